#include "media/decoder/cadence.hpp"

#include <algorithm>

namespace kinora::media::decoder {
namespace {

constexpr __int128 kSecond = 1'000'000'000;

}  // namespace

std::int64_t Cadence::count_until(std::int64_t at_ns) const {
    const auto unit = kSecond * rate_.den;
    return std::int64_t(static_cast<__int128>(at_ns) * rate_.num / unit) + 1;
}

std::int64_t Cadence::show_at(std::int64_t at_ns) {
    const auto middle = last_ns_ + (at_ns - last_ns_) / 2;
    const auto count = std::max<std::int64_t>(count_until(middle) - shown_, 0);
    shown_ += count;
    last_ns_ = at_ns;
    return count;
}

std::int64_t Cadence::end(std::int64_t stay_ns) {
    const auto unit = kSecond * rate_.den;
    const auto span = static_cast<__int128>(last_ns_ + stay_ns) * rate_.num;
    const auto total = std::max<std::int64_t>(std::int64_t((span + unit / 2) / unit), 1);
    const auto count = std::max<std::int64_t>(total - shown_, 0);
    shown_ += count;
    return count;
}

}  // namespace kinora::media::decoder
