// media/mp4_boxes.hpp: the order of the outermost boxes of an MP4 file (ISO/IEC 14496-12, 4.2).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kinora::media {

// Their four-letter types from front to back, as far as the file makes sense.
std::vector<std::string> outer_boxes(const std::filesystem::path& path);

// A player can start before it has the whole file: the index (moov) precedes the frames (mdat).
bool index_is_first(const std::vector<std::string>& boxes);

}  // namespace kinora::media
