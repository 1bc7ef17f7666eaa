// tests/unit/media/clip.hpp: small pictures and clips to write and read, and a folder for them.
#pragma once

#include "media/video_reader.hpp"
#include "media/video_writer.hpp"
#include "support/pictures.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace kinora::media {

// A folder of this test's own, gone when the test ends.
class Scratch {
public:
    Scratch() {
        auto name = (std::filesystem::temp_directory_path() / "kinora-media-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path operator/(const char* name) const { return path_ / name; }
    bool is_empty() const { return std::filesystem::is_empty(path_); }

private:
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Picture `index` of a clip: a slope of light with a bright disc that moves to the right.
inline Picture drawn(int width, int height, int index) {
    Picture picture(width, height);
    const auto luma = picture.plane(0);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int dx = x - width / 4 - 3 * index;
            const int dy = y - height / 2;
            const bool in_disc = dx * dx + dy * dy < height * height / 16;
            luma.data[y * luma.stride + x] =
                std::uint8_t(in_disc ? 220 : 30 + 120 * (x + y) / (width + height));
        }
    }
    for (int i = 1; i < 3; ++i) {
        const auto chroma = picture.plane(i);
        for (int y = 0; y < chroma.height; ++y) {
            for (int x = 0; x < chroma.width; ++x) {
                const int slope = i == 1 ? 80 * x / chroma.width : 80 * y / chroma.height;
                chroma.data[y * chroma.stride + x] = std::uint8_t(88 + slope);
            }
        }
    }
    return picture;
}

inline VideoSettings small_settings() {
    return {320, 176, 24, 20, "veryfast", 2};
}

inline Result<VideoFacts> write_clip(const std::filesystem::path& path,
                                     const VideoSettings& settings, int frame_count) {
    auto writer = VideoWriter::open(path, settings);
    if (!writer) return writer.error();
    for (int i = 0; i < frame_count; ++i) {
        const auto added = (*writer)->add(drawn(settings.width, settings.height, i));
        if (!added) return added.error();
    }
    return (*writer)->finish();
}

inline std::vector<VideoReader::Frame> read_clip(const std::filesystem::path& path) {
    std::vector<VideoReader::Frame> frames;
    auto reader = VideoReader::open(path);
    EXPECT_TRUE(reader.has_value());
    while (reader) {
        auto frame = (*reader)->next();
        EXPECT_TRUE(frame.has_value());
        if (!frame || !*frame) break;
        frames.push_back(std::move(**frame));
    }
    return frames;
}

using test::psnr;

}  // namespace kinora::media
