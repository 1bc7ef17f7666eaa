// tests/unit/tasks/intake_test.cpp: what a call names becomes files and URLs, or is refused.
#include "tasks/intake.hpp"

#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace kinora::tasks {
namespace {

constexpr std::string_view kBase = "http://kinora.test:8080";
// "GIF89a" and what need not be right here.
constexpr const char* kGif = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
constexpr const char* kOtherGif = "data:image/gif;base64,R0lGODlhAgACAAAAACw=";

class IntakeTest : public testing::Test {
protected:
    Result<Intake> take(const NamedInputs& named) { return take_in(named, kBase, media, random); }
    std::size_t file_count() const {
        const std::filesystem::directory_iterator files(media.files());
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }
    std::string add_file(std::string_view ending) {
        const auto name = storage::make_media_name(ending, random);
        const std::uint8_t byte = 7;
        EXPECT_TRUE(media.add({&byte, 1}, name).has_value());
        return name;
    }

    test::TempFolder folder;
    test::SeededRandom random;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
};

TEST_F(IntakeTest, NothingIsNothing) {
    const auto intake = take({});
    ASSERT_TRUE(intake.has_value());
    EXPECT_FALSE(intake->inputs.any());
}

TEST_F(IntakeTest, UrlsOfOthersAreLeftForTheTask) {
    const auto intake = take({"https://example.com/a.png#top", "HTTP://EXAMPLE.com/b.jpg", ""});
    ASSERT_TRUE(intake.has_value()) << intake.error().message();
    EXPECT_EQ(intake->inputs.start,
              (Input{kStartImage, Input::Kind::url, "https://example.com/a.png"}));
    EXPECT_EQ(intake->inputs.end, (Input{kEndImage, Input::Kind::url, "http://example.com/b.jpg"}));
    EXPECT_TRUE(intake->saved.empty());
}

TEST_F(IntakeTest, DataBecomesAFile) {
    const auto intake = take({kGif, kOtherGif, ""});
    ASSERT_TRUE(intake.has_value()) << intake.error().message();
    const auto& start = *intake->inputs.start;
    EXPECT_EQ(start.kind, Input::Kind::file);
    EXPECT_TRUE(start.place.ends_with(".gif"));
    EXPECT_EQ(test::contents_of(media.files() / start.place).substr(0, 6), "GIF89a");
    ASSERT_EQ(intake->saved.size(), 2U);
    EXPECT_EQ(intake->saved[0].name, start.place);
    EXPECT_EQ(intake->saved[0].size_bytes, std::filesystem::file_size(media.files() / start.place));
    EXPECT_EQ(intake->saved[1].name, intake->inputs.end->place);
    EXPECT_EQ(file_count(), 2U);
}

TEST_F(IntakeTest, OurOwnUrlsBecomeNamesWhateverTheHostIsCalled) {
    const auto picture = add_file("jpg"), video = add_file("mp4");
    const auto intake = take({"http://127.0.0.1:8080/media/" + picture, "",
                              "https://video.example.com/media/" + video + "?download=1"});
    ASSERT_TRUE(intake.has_value()) << intake.error().message();
    EXPECT_EQ(intake->inputs.start, (Input{kStartImage, Input::Kind::file, picture}));
    EXPECT_EQ(intake->inputs.video, (Input{kVideoUrl, Input::Kind::file, video}));
}

TEST_F(IntakeTest, AFileOfAnotherServerIsFetched) {
    const auto intake =
        take({"https://other.example/media/0123456789abcdef0123456789abcdef.png", "", ""});
    ASSERT_TRUE(intake.has_value());
    EXPECT_EQ(intake->inputs.start->kind, Input::Kind::url);
}

TEST_F(IntakeTest, NoPathLeadsOutOfTheFolder) {
    folder.write("media/secret.png", "secret");
    for (const std::string path : {"../kinora.db", "secret.png", "%2e%2e/kinora.db", ""}) {
        const auto intake = take({"https://other.example/media/" + path, "", ""});
        EXPECT_TRUE(!intake || intake->inputs.start->kind == Input::Kind::url) << path;
    }
}

TEST_F(IntakeTest, RefusesByNameAndSavesNothing) {
    struct Row {
        NamedInputs named;
        std::string field;
        std::string word;
    };
    const std::string base(kBase);
    const auto file = base + "/media/" + add_file("png");
    const Row table[] = {
        {{"a.png", "", ""}, kStartImage, "no URL"},
        {{"ftp://example.com/a.png", "", ""}, kStartImage, "Only http and https"},
        {{"", "https://u:p@example.com/a.png", ""}, kEndImage, "user or a password"},
        {{"", "", "data:video/mp4;base64,AAAA"}, kVideoUrl, "Only http and https"},
        {{"data:image/gif;base64,R0lG*", "", ""}, kStartImage, "not base64"},
        {{"data:text/html,GIF89a", "", ""}, kStartImage, "media type"},
        {{"data:image/png,hello", "", ""}, kStartImage, "no PNG"},
        {{"data:image/png;base64,AAAAGGZ0eXBpc29tAAAAAA==", "", ""}, kStartImage, "no PNG"},
        {{kGif, "a.png", ""}, kEndImage, "no URL"},
        {{base + "/media/0123456789abcdef0123456789abcdef.png", "", ""},
         kStartImage,
         "no such file"},
        {{"https://example.com/a.png", "https://EXAMPLE.com/a.png#x", ""}, kEndImage, "same"},
        {{file, file, ""}, kEndImage, "same"},
        {{kGif, kGif, ""}, kEndImage, "same"},
    };
    for (const auto& row : table) {
        const auto intake = take(row.named);
        ASSERT_FALSE(intake.has_value()) << row.word;
        EXPECT_EQ(intake.error().code(), ErrorCode::bad_request);
        const auto message = intake.error().message();
        EXPECT_TRUE(message.starts_with("`" + row.field + "` ")) << message;
        EXPECT_NE(message.find(row.word), std::string::npos) << message;
    }
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(IntakeTest, AFileThatIsTooLargeIsRefused) {
    const auto intake = take({"data:image/gif,GIF89a" + std::string(kImageBytesMax, 'x'), "", ""});
    ASSERT_FALSE(intake.has_value());
    EXPECT_NE(intake.error().message().find("larger than"), std::string::npos);
}

}  // namespace
}  // namespace kinora::tasks
