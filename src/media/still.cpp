#include "media/still.hpp"

#include "media/box_reader.hpp"
#include "media/decoder_process.hpp"

namespace kinora::media {

Result<Still> decode_still(const DecoderBox& box, const InputFile& file, const StillLimits& limits,
                           std::stop_token stop) {
    auto process = DecoderProcess::start(
        box, file,
        {"still",
         {limits.cover_width, limits.cover_height, limits.pixels_max, limits.file_bytes_max}},
        limits.patience, std::move(stop));
    if (!process) return process.error();
    BoxReader reader(**process, {limits.pixels_max, limits.file_bytes_max, 0, 0});
    auto ready = reader.read_ready();
    if (!ready) return ready.error();
    return reader.read_still();
}

}  // namespace kinora::media
