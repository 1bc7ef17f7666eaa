// media/decoder/still_job.hpp: one picture out of a file.
#pragma once

#include "media/decoder/outlet.hpp"
#include "media/decoder/source.hpp"

#include <cstdint>

namespace kinora::media::decoder {

struct StillJob {
    // The picture is scaled down as far as it still covers these; 0 leaves it as it is.
    int cover_width = 0;
    int cover_height = 0;
    std::int64_t pixels_max = 0;
    std::int64_t file_bytes_max = 0;
};

// Says `still`, or throws a Refusal.
void decode_still(const Source& source, const StillJob& job, Outlet& outlet);

}  // namespace kinora::media::decoder
