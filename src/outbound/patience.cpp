#include "outbound/patience.hpp"

namespace kinora::outbound {

std::optional<Error> Patience::ran_out() const {
    if (stop.stop_requested()) return Error(ErrorCode::cancelled, "The fetch was stopped.");
    if (std::chrono::steady_clock::now() < deadline) return std::nullopt;
    return Error(ErrorCode::timeout, "The fetch took too long.");
}

}  // namespace kinora::outbound
