// media/decoder/refusal.hpp: why a file is not decoded any further.
//
// Thrown from anywhere in the decoder and caught in one place, its main: one process, one file,
// and nothing to go on with.
#pragma once

#include "media/box_wire.hpp"

namespace kinora::media::decoder {

struct Refusal {
    wire::Reason reason;
};

[[noreturn]] inline void refuse(wire::Reason reason = wire::Reason::unreadable) {
    throw Refusal{reason};
}

// Refuses the file where `code`, what a call of FFmpeg's returned, says that it failed.
void require(int code);

}  // namespace kinora::media::decoder
