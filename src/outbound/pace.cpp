#include "outbound/pace.hpp"

namespace kinora::outbound {

bool Pace::keeps_up(SteadyPoint now, std::uint64_t bytes) {
    if (began_) {
        if (now - *began_ < window_) return true;
        if (bytes - bytes_before_ < bytes_min_) return false;
    }
    began_ = now;
    bytes_before_ = bytes;
    return true;
}

}  // namespace kinora::outbound
