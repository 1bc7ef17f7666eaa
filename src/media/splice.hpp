// media/splice.hpp: more frames at the end of a clip, without encoding it again.
#pragma once

#include "base/result.hpp"
#include "media/video_writer.hpp"

#include <filesystem>
#include <optional>

namespace kinora::media {

// Makes the file `out` of the frames of `first` and then those of `second`, packet for packet as
// they are, with the first one's sound. Both are files of ours, as VideoWriter makes them. Gives
// nothing, and no file, where the two do not go together (another size, rate or set of encoder
// settings, or a first one of but a frame or two): then the frames have to be encoded anew. `out`
// is whole or not there, as a writer's.
Result<std::optional<VideoFacts>> append_clip(const std::filesystem::path& first,
                                              const std::filesystem::path& second,
                                              const std::filesystem::path& out);

}  // namespace kinora::media
