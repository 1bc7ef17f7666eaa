// media/video_writer.hpp: pictures in, an MP4 that every browser plays out.
//
// H.264 High in MP4, yuv420p, BT.709 limited range, tagged, constant frame rate, faststart. The
// file at `path` is whole only after finish() succeeded; a writer that is destroyed before removes
// it. Not safe from several threads at once. Encoding uses threads of its own.
#pragma once

#include "base/result.hpp"
#include "media/picture.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace kinora::media {

struct VideoSettings {
    int width = 0;                    // Even, 16..4096.
    int height = 0;                   // Even, 16..4096.
    int fps = 24;                     // Frames a second; fps / fps_den is 1..120.
    int crf = 20;                     // x264's constant rate factor, 1 (best) to 51.
    const char* preset = "veryfast";  // x264's names.
    int threads = 0;                  // 0: one a core.
    bool with_sound = false;          // A track of AAC for add_sound().
    int fps_den = 1;                  // 1..100,000: 30,000 / 1,001 is NTSC's rate.
    // Index of the first frame from which on each may take twice the bits; -1: none. The end of a
    // loop is seen right before its first frame, a key frame, and is to be as good.
    int fine_from = -1;
};

struct VideoFacts {
    int width = 0;
    int height = 0;
    double fps = 0;
    std::int64_t frame_count = 0;
    std::chrono::microseconds duration{0};
};

class VideoWriter {
public:
    virtual ~VideoWriter() = default;

    // Fails with `api_error` where the file cannot be made (detail has the reason of the system).
    static Result<std::unique_ptr<VideoWriter>> open(const std::filesystem::path& path,
                                                     const VideoSettings& settings);

    // Takes the next frame; the picture may be reused when this returns. Fails where the disk does.
    virtual Result<void> add(const Picture& picture) = 0;
    // Takes the next sound, as media::Sound has it, in pieces of any length; it starts with the
    // first frame. Best given along with the frames that it belongs to, since the file holds both
    // in turn. Fails where the settings say nothing of sound.
    virtual Result<void> add_sound(std::span<const float> samples) = 0;
    // Flushes the encoder, writes the index and moves it to the front, and syncs the file to disk.
    virtual Result<VideoFacts> finish() = 0;
};

// Writes `picture` as a baseline JPEG of the same size and syncs it to disk. `quality` is 1..100.
Result<void> write_jpeg(const std::filesystem::path& path, const Picture& picture, int quality);

}  // namespace kinora::media
