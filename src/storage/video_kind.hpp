// storage/video_kind.hpp: the containers of media_kind.hpp: boxes of ISO files, elements of
// Matroska. Private to this room.
#pragma once

#include "storage/media_kind.hpp"

namespace kinora::storage {

// MP4, MOV, AVIF and HEIC.
std::optional<FileKind> iso_kind_of(std::string_view head);
// WebM and Matroska.
std::optional<FileKind> matroska_kind_of(std::string_view head);

}  // namespace kinora::storage
