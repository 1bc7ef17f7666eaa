// tasks/render.hpp: an engine's frames become a clip and a thumbnail on disk.
#pragma once

#include "engines/engine.hpp"
#include "media/video_writer.hpp"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace kinora::tasks {

struct RenderPaths {
    std::filesystem::path video;
    std::filesystem::path thumbnail;
};

struct RenderedClip {
    media::VideoFacts facts;
    std::vector<std::string> notes;
};

inline constexpr int kThumbnailQuality = 88;  // Of a JPEG, 1..100.

// How a clip of that brief is encoded.
media::VideoSettings clip_settings(const engines::Brief& brief);

// Blocks until both files are whole and synced, with at most `threads` threads drawing and one
// encoding. `frame_done` is called after each frame, from this thread, with the number done so far.
// Fails with `cancelled` when `stop` was requested, `unavailable` when the disk is full, and
// whatever the engine says. The files may then be there in part.
Result<RenderedClip> render_clip(engines::Engine& engine, const engines::Brief& brief,
                                 const media::VideoSettings& settings, const RenderPaths& paths,
                                 int threads, std::stop_token stop,
                                 const std::function<void(int)>& frame_done);

}  // namespace kinora::tasks
