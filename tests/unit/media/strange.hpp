// tests/unit/media/strange.hpp: files as strangers send them, made by the program `ffmpeg`, and the
// box that opens them.
#pragma once

#include "media/decoder_box.hpp"
#include "media/input_file.hpp"
#include "media/still.hpp"

#include "clip.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace kinora::media {

inline DecoderBox box() {
    return DecoderBox(KINORA_DECODER);
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline std::span<const std::uint8_t> as_span(const std::string& bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

// Whether `ffmpeg` could do it: a build may lack an encoder.
inline bool ffmpeg(const std::string& arguments) {
    const auto line = "ffmpeg -v quiet -nostdin -y " + arguments + " </dev/null >/dev/null 2>&1";
    return std::system(line.c_str()) == 0;
}

using Pixel = std::array<int, 4>;

// Red, green, blue and half transparent white, from the upper left to the lower right quarter.
inline Pixel quarter(bool right, bool lower) {
    if (!lower) return right ? Pixel{20, 200, 40, 255} : Pixel{220, 30, 10, 255};
    return right ? Pixel{250, 250, 250, 128} : Pixel{10, 40, 230, 255};
}

inline std::string quarters(int width, int height) {
    std::string raw;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (const int value : quarter(x >= width / 2, y >= height / 2)) {
                raw.push_back(static_cast<char>(value));
            }
        }
    }
    return raw;
}

// `name` in `folder`: the quarters in a format that its ending and `options` say.
inline bool make_still(const Scratch& folder, const char* name, int width, int height,
                       const std::string& options = "") {
    write_bytes(folder / "raw", quarters(width, height));
    return ffmpeg("-f rawvideo -pix_fmt rgba -s " + std::to_string(width) + "x" +
                  std::to_string(height) + " -i " + (folder / "raw").string() + " -frames:v 1 " +
                  options + " " + (folder / name).string());
}

inline Pixel pixel(const Still& still, int x, int y) {
    const auto* at =
        still.rgba.data() + (std::size_t(y) * std::size_t(still.width) + std::size_t(x)) * 4;
    return {at[0], at[1], at[2], at[3]};
}

inline int distance(const Pixel& one, const Pixel& other, int channels = 4) {
    int most = 0;
    for (std::size_t i = 0; i < std::size_t(channels); ++i) {
        most = std::max(most, std::abs(one[i] - other[i]));
    }
    return most;
}

inline Result<Still> decode_file(const std::filesystem::path& path,
                                 const StillLimits& limits = {}) {
    const auto file = InputFile::open(path);
    if (!file) return file.error();
    return decode_still(box(), *file, limits);
}

inline Result<Still> decode_bytes(const std::string& bytes, const StillLimits& limits = {}) {
    const auto file = InputFile::of_bytes(as_span(bytes));
    if (!file) return file.error();
    return decode_still(box(), *file, limits);
}

}  // namespace kinora::media
