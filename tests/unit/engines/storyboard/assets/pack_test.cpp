// A pack keeps what was put in, and damage is an Error, never a crash.
#include "engines/storyboard/assets/pack.hpp"

#include "engines/storyboard/assets/pack_writer.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>

namespace kinora::engines::storyboard {
namespace {

namespace fs = std::filesystem;

// A temporary folder that goes away with the test.
class PackTest : public testing::Test {
protected:
    PackTest() {
        auto name = (fs::temp_directory_path() / "kinora-pack-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~PackTest() override { fs::remove_all(folder_); }

    fs::path file() const { return folder_ / "test.pack"; }

    // Two pictures: a red square on nothing, and a half-transparent blue bar.
    Result<void> write() const {
        PackedAsset car;
        car.asset.key = "fluent:automobile";
        car.asset.name = "automobile";
        car.asset.tags = "car,vehicle";
        car.asset.kind = AssetKind::vehicle;
        car.asset.width = car.asset.height = 16;
        car.asset.height_m = 1.5;
        car.asset.facing = -1;
        car.asset.glows = true;
        car.asset.wheels = {{0.25F, 0.8F, 0.1F}, {0.75F, 0.8F, 0.1F}};
        std::vector<std::uint8_t> red;
        for (int i = 0; i < 256; ++i) red.insert(red.end(), {255, 0, 0, 255});
        car.webp = encode_webp(16, 16, red);

        PackedAsset bar;
        bar.asset.key = "art:bar";
        bar.asset.width = 32;
        bar.asset.height = 8;
        std::vector<std::uint8_t> blue;
        for (int i = 0; i < 256; ++i) blue.insert(blue.end(), {0, 0, 255, 128});
        bar.webp = encode_webp(32, 8, blue);
        return write_pack(file(), {car, bar});
    }

    std::string bytes() const {
        std::ifstream in(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void replace(const std::string& bytes) const {
        std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
    }

    fs::path folder_;
};

TEST_F(PackTest, KeepsWhatWasPutIn) {
    ASSERT_TRUE(write());
    const auto pack = Pack::open(file());
    ASSERT_TRUE(pack);
    ASSERT_EQ(pack->assets().size(), 2U);
    EXPECT_EQ(pack->assets()[0].key, "art:bar");  // In the order of the keys.
    const auto* car = pack->find("fluent:automobile");
    ASSERT_NE(car, nullptr);
    EXPECT_EQ(car->tags, "car,vehicle");
    EXPECT_EQ(car->kind, AssetKind::vehicle);
    EXPECT_EQ(car->facing, -1);
    EXPECT_DOUBLE_EQ(car->height_m, 1.5);
    EXPECT_TRUE(car->glows);
    EXPECT_FALSE(car->wings);
    ASSERT_EQ(car->wheels.size(), 2U);
    EXPECT_FLOAT_EQ(car->wheels[1].x, 0.75F);
    EXPECT_EQ(pack->find("fluent:unicycle"), nullptr);
    EXPECT_EQ(pack->find(""), nullptr);
}

TEST_F(PackTest, DecodesPremultipliedAtAnyHeight) {
    ASSERT_TRUE(write());
    const auto pack = Pack::open(file());
    ASSERT_TRUE(pack);
    const auto bar = pack->decode("art:bar");
    ASSERT_TRUE(bar);
    EXPECT_EQ(bar->width, 32);
    EXPECT_EQ(bar->height, 8);
    EXPECT_NEAR(bar->rgba[2], 128, 6);  // Blue, times alpha.
    EXPECT_EQ(bar->rgba[3], 128);

    const auto large = pack->decode("art:bar", 40);
    ASSERT_TRUE(large);
    EXPECT_EQ(large->width, 160);
    EXPECT_EQ(large->rgba.size(), 160U * 40U * 4U);
    const auto small = pack->decode("fluent:automobile", 1);
    ASSERT_TRUE(small);
    EXPECT_EQ(small->width, 1);
    EXPECT_GT(small->rgba[0], 240);
}

TEST_F(PackTest, AnUnknownKeyIsNotFound) {
    ASSERT_TRUE(write());
    const auto pack = Pack::open(file());
    ASSERT_TRUE(pack);
    const auto image = pack->decode("fluent:unicycle");
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code(), ErrorCode::not_found);
}

TEST_F(PackTest, AMissingFileOrFolderIsAnError) {
    EXPECT_FALSE(Pack::open(file()));
    EXPECT_FALSE(Pack::open(folder_));
    replace("");
    EXPECT_FALSE(Pack::open(file()));
    replace("KINOPACK");
    EXPECT_FALSE(Pack::open(file()));
}

TEST_F(PackTest, EveryTruncationIsAnError) {
    ASSERT_TRUE(write());
    const auto whole = bytes();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        replace(whole.substr(0, size));
        EXPECT_FALSE(Pack::open(file())) << size;
    }
}

TEST_F(PackTest, EveryFlippedByteIsFound) {
    ASSERT_TRUE(write());
    const auto whole = bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
        replace(damaged);
        const auto pack = Pack::open(file());
        if (!pack) continue;
        // Damage behind the index shows when the picture is asked for.
        const bool both =
            pack->decode("art:bar").has_value() && pack->decode("fluent:automobile").has_value();
        EXPECT_FALSE(both) << at;
    }
}

TEST_F(PackTest, WritingReplacesAtOnceAndLeavesNoParts) {
    ASSERT_TRUE(write());
    const auto old = Pack::open(file());
    ASSERT_TRUE(old);
    ASSERT_TRUE(write_pack(file(), {}));
    EXPECT_TRUE(old->decode("art:bar"));  // The old file lives on while it is mapped.
    const auto empty = Pack::open(file());
    ASSERT_TRUE(empty);
    EXPECT_TRUE(empty->assets().empty());
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
    EXPECT_FALSE(write_pack(folder_ / "none" / "test.pack", {}));
}

}  // namespace
}  // namespace kinora::engines::storyboard
