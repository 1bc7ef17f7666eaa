// media/video_reader.hpp: frames out of a file.
//
// For files that we wrote ourselves; what strangers send is decoded elsewhere, in a box.
#pragma once

#include "base/result.hpp"
#include "media/picture.hpp"
#include "media/video_writer.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace kinora::media {

struct VideoStreamFacts {
    VideoFacts video;
    std::string codec;         // "h264".
    std::string profile;       // "High".
    std::string pixel_format;  // "yuv420p".
    std::string color_space;   // "bt709"; likewise the next three, as FFmpeg names them.
    std::string color_primaries;
    std::string color_transfer;
    std::string color_range;   // "tv".
    bool index_first = false;  // The moov box stands before the mdat box (faststart).
};

// Reads the index, and decodes the first frame or so for what only the stream knows.
Result<VideoStreamFacts> probe(const std::filesystem::path& path);

class VideoReader {
public:
    virtual ~VideoReader() = default;
    static Result<std::unique_ptr<VideoReader>> open(const std::filesystem::path& path);

    struct Frame {
        Picture picture;
        std::chrono::microseconds at{0};  // Presentation time.
    };
    // The next frame in order of presentation; nothing at the end.
    virtual Result<std::optional<Frame>> next() = 0;
};

}  // namespace kinora::media
