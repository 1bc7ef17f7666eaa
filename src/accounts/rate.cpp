#include "accounts/rate.hpp"

#include <algorithm>
#include <string>

namespace kinora::accounts {
namespace {

using std::chrono::nanoseconds;

// A few dozen bytes each. Tokens that were silent for a second need no entry.
constexpr std::size_t kTokensMax = 10'000;

}  // namespace

Result<void> RateGuard::admit(const Uuid& id, int per_second, SteadyPoint now) {
    if (per_second <= 0) return ok();
    constexpr nanoseconds kSecond = std::chrono::seconds(1);
    const auto each = kSecond / per_second;
    const std::lock_guard lock(mutex_);
    if (full_at_.size() >= kTokensMax) {
        std::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
    }
    auto& full_at = full_at_[id];
    const auto next = std::max(full_at, now) + each;
    if (next - now <= kSecond) {
        full_at = next;
        return ok();
    }
    // Until one is allowed again, in whole seconds, as the headers say it.
    const auto wait = std::chrono::ceil<std::chrono::seconds>(next - now - kSecond);
    return Error(ErrorCode::too_many_requests,
                 "This token may make " + std::to_string(per_second) +
                     " requests a second. Wait a moment, then go on more slowly.")
        .with({per_second, 0, wait.count()});
}

}  // namespace kinora::accounts
