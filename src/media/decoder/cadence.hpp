// media/decoder/cadence.hpp: pictures at a constant rate out of ones that come when they like.
//
// The picture number k, at k/rate seconds, is the one of the source that is nearest in time,
// and of two that are as near the earlier one.
#pragma once

#include <cstdint>

namespace kinora::media::decoder {

struct Rate {
    std::int64_t num = 24;
    std::int64_t den = 1;  // Both 1 to 1,000,000.
};

class Cadence {
public:
    explicit Cadence(Rate rate) : rate_(rate) {}

    // The source's next picture is to be seen from `at_ns` on, which rises; the first one's is 0.
    // Returns how often the one before it is shown.
    std::int64_t show_at(std::int64_t at_ns);
    // Nothing follows, and the last one stays for `stay_ns`. Shown is at least one picture.
    std::int64_t end(std::int64_t stay_ns);

    // How many were asked for in all.
    std::int64_t shown() const { return shown_; }

private:
    // How many pictures have their time by then.
    std::int64_t count_until(std::int64_t at_ns) const;

    Rate rate_;
    std::int64_t last_ns_ = 0;
    std::int64_t shown_ = 0;
};

}  // namespace kinora::media::decoder
