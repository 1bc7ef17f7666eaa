#include "media/decoder/refusal.hpp"

extern "C" {
#include <libavutil/error.h>
}

#include <cerrno>

namespace kinora::media::decoder {

void require(int code) {
    if (code >= 0) return;
    refuse(code == AVERROR(ENOMEM) ? wire::Reason::too_much_memory : wire::Reason::unreadable);
}

}  // namespace kinora::media::decoder
