// tests/unit/storage/media_folder_test.cpp: names that nobody guesses, and files that are whole.
#include "storage/media_folder.hpp"

#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace kinora::storage {
namespace {

std::span<const std::uint8_t> as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(MediaFolder, MakesNamesThatItKnowsAgain) {
    test::SeededRandom random;
    for (const auto& [ending, type] : kMediaTypes) {
        const auto name = make_media_name(ending, random);
        EXPECT_TRUE(is_media_name(name)) << name;
        EXPECT_EQ(media_type_of(name), type);
    }
    const std::string stem(32, 'a'), shorter(31, 'a'), shouted(32, 'A');
    for (const auto& name : {stem, stem + ".", stem + ".svg", stem + ".PNG", stem + ".png.png",
                             stem + "a.png", shorter + ".png", shouted + ".png", std::string(),
                             "../" + stem, std::string("kinora.db")}) {
        EXPECT_FALSE(is_media_name(name)) << name;
    }
}

TEST(MediaFolder, KeepsWhatIsAddedUntilItIsRemoved) {
    const test::TempFolder folder;
    test::SeededRandom random;
    const auto media = *MediaFolder::open(folder.path());
    const auto name = make_media_name("png", random);
    EXPECT_FALSE(media.has(name));
    ASSERT_TRUE(media.add(as_bytes("a picture"), name).has_value());
    EXPECT_TRUE(media.has(name));
    EXPECT_FALSE(media.has("../media/" + name));
    EXPECT_EQ(test::contents_of(media.files() / name), "a picture");
    EXPECT_TRUE(std::filesystem::is_empty(folder / "parts"));
    media.remove(name);
    EXPECT_FALSE(media.has(name));
}

TEST(MediaFolder, AFileThatCannotBeWrittenIsNotThere) {
    const test::TempFolder folder;
    test::SeededRandom random;
    const auto media = *MediaFolder::open(folder.path());
    std::filesystem::remove_all(folder / "parts");
    const auto name = make_media_name("png", random);
    const auto added = media.add(as_bytes("a picture"), name);
    ASSERT_FALSE(added.has_value());
    EXPECT_EQ(added.error().code(), ErrorCode::api_error);
    EXPECT_FALSE(media.has(name));
}

TEST(MediaFolder, RemovesAllPartsOfATask) {
    const test::TempFolder folder;
    test::SeededRandom random;
    const auto media = *MediaFolder::open(folder.path());
    const auto task = TaskId::make(random), other = TaskId::make(random);
    for (const auto& path : {media.part(task, 1, MediaKind::video), media.part(task, 2, "start"),
                             media.part(other, 1, "start")}) {
        folder.write("parts/" + path.filename().string(), "x");
    }
    media.remove_parts(task);
    EXPECT_FALSE(std::filesystem::exists(media.part(task, 2, "start")));
    EXPECT_TRUE(std::filesystem::exists(media.part(other, 1, "start")));
}

}  // namespace
}  // namespace kinora::storage
