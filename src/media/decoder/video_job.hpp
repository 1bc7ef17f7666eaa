// media/decoder/video_job.hpp: a whole video, picture by picture, with the sound that belongs to
// each.
#pragma once

#include "media/decoder/cadence.hpp"
#include "media/decoder/outlet.hpp"
#include "media/decoder/picture_maker.hpp"
#include "media/decoder/source.hpp"

#include <cstdint>

namespace kinora::media::decoder {

struct VideoJob {
    Size fit;
    Rate rate;
    std::int64_t seconds_max = 0;
    int side_max = 0;
    bool sound = false;
};

// Says `facts`, then pictures and sound, then `end`; or throws a Refusal at any point.
void decode_video(const Source& source, const VideoJob& job, Outlet& outlet);

}  // namespace kinora::media::decoder
