// media/input.hpp: an opened file and the video stream in it, for probe and reader.
#pragma once

#include "base/result.hpp"
#include "media/ffmpeg.hpp"
#include "media/video_writer.hpp"

#include <filesystem>

namespace kinora::media {

inline constexpr const char* kCannotRead = "The video could not be read.";

struct Input {
    InputPtr file;
    AVStream* stream = nullptr;  // Owned by `file`.
};

// Fails with `api_error` where the file cannot be read or has no video.
Result<Input> open_input(const std::filesystem::path& path);

VideoFacts video_facts(const Input& input);

}  // namespace kinora::media
