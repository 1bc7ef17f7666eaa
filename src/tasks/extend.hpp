// tasks/extend.hpp: a clip and what continues it become one clip.
#pragma once

#include "media/boxed_video.hpp"
#include "tasks/render.hpp"

namespace kinora::tasks {

inline constexpr int kExtensionSeconds = 5;
inline constexpr int kExtensionSideMax = 1920;  // Pixels; the other side is up to 1,088.

struct ExtensionSource {
    std::string field;  // Errors about the file begin with it.
    media::InputFile file;
    // Where the file lies if it is a clip of ours; empty otherwise. Only such a one is read by our
    // own process.
    std::filesystem::path own_clip;
};

// Blocks until both files are whole and synced: the source first, then kExtensionSeconds drawn for
// `brief`, at the source's size and rate, whatever the brief says of these. `given` may have an end
// picture. The frames of a clip of ours are not encoded again where the new ones go with them. The
// source's sound is kept. The thumbnail is from the new part. The thread that calls this must live
// until it returns; `progress` is called from it, with a number done of an estimated total. Fails
// as render_clip does, and with `bad_request` and the field's name where the source cannot be used.
Result<RenderedClip> extend_clip(engines::Engine& engine, const engines::Brief& brief,
                                 engines::Given given, const ExtensionSource& source,
                                 const media::DecoderBox& box, const RenderPaths& paths,
                                 int threads, std::stop_token stop,
                                 const std::function<void(int done, int total)>& progress);

// The rate at which a clip with `rate` is extended: from 1 to 120 frames a second, the familiar one
// where it is all but that.
media::FrameRate extension_rate(media::FrameRate rate);

}  // namespace kinora::tasks
