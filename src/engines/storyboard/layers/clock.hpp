// layers/clock.hpp: time within a shot, so told that a loop closes.
#pragma once

#include "engines/storyboard/frames/vec.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

// A smooth step from 0 to 1 that begins `since` seconds ago and takes `seconds`.
inline float eased(float since, float seconds) {
    const float k = std::clamp(since / seconds, 0.0F, 1.0F);
    return k * k * (3.0F - 2.0F * k);
}
// The way at a speed that follows it: its integral.
inline float eased_way(float since, float seconds) {
    const float k = std::clamp(since / seconds, 0.0F, 1.0F);
    return seconds * k * k * k * (1.0F - 0.5F * k) + std::max(0.0F, since - seconds);
}

class Clock {
public:
    // `seconds` may be negative: a loop dissolves its end into what came before its start.
    Clock(float seconds, float length, bool loop) : t_(seconds), length_(length), loop_(loop) {}

    float seconds() const { return t_; }
    float length() const { return length_; }
    bool loop() const { return loop_; }
    // 0 at the start of the shot, 1 at its end.
    float progress() const { return t_ / length_; }
    // Cycles since the start at `hertz`; a loop has a whole number of them.
    float cycles(float hertz) const { return t_ * rate(hertz); }
    // The same as an angle.
    float angle(float hertz) const { return cycles(hertz) * 2.0F * kPi; }
    float wave(float hertz, float phase = 0) const { return std::sin(angle(hertz) + phase); }
    float rate(float hertz) const {
        return loop_ ? std::max(1.0F, std::round(hertz * length_)) / length_ : hertz;
    }
    // From 0 to 1 over the shot, slower towards its end but never still; in a loop there and back.
    // A shot that goes on beyond its length swings about its end, without a jerk.
    float sweep() const {
        const float p = progress();
        if (loop_) return there_and_back();
        constexpr float last = 0.5F;  // Speed at the end.
        if (p <= 1.0F) return p * (1.0F + 0.5F * (1.0F - last) * (1.0F - p * p));
        return 1.0F + last / kPi * std::sin(kPi * (p - 1.0F));
    }
    // The same of what is done once: it comes to rest, and stays done where the shot goes on.
    float deed() const {
        const float p = std::min(progress(), 1.0F);
        return loop_ ? there_and_back() : p * (1.5F - 0.5F * p * p);
    }

private:
    float there_and_back() const { return 0.5F - 0.5F * std::cos(2.0F * kPi * progress()); }

    float t_, length_;
    bool loop_;
};

}  // namespace kinora::engines::storyboard
