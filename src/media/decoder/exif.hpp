// media/decoder/exif.hpp: which way up a camera was held (Exif 2.3, tag 0x0112).
#pragma once

#include "media/decoder/byte_view.hpp"

namespace kinora::media::decoder {

// `tiff` starts at the byte order mark. 1, upright, where it says nothing that makes sense.
int exif_orientation(ByteView tiff);

}  // namespace kinora::media::decoder
