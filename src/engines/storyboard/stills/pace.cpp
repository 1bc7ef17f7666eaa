// stills/pace.cpp: rates in hertz become whole cycles in a loop.
#include "engines/storyboard/stills/pace.hpp"

namespace kinora::engines::storyboard {

Pace::Pace(const StillsBrief& brief)
    : brief_(brief),
      count_(std::max(1, brief.frame_count)),
      fps_(float(std::max(1, brief.fps))),
      seconds_(float(count_) / fps_) {
    const bool windy = brief.mood.weather == Weather::wind || brief.mood.time == TimeOfDay::storm;
    wind_ = (chance(std::uint32_t(brief.seed), 11) < 0.5F ? -1.0F : 1.0F) * (windy ? 2.2F : 1.0F);
}

float Pace::progress(int frame) const {
    if (!brief_.before.empty()) return float(frame + 1) / float(count_);
    if (brief_.loop) return float(frame) / float(count_);
    return count_ == 1 ? 0.0F : float(frame) / float(count_ - 1);
}

float Pace::crossing(int frame) const {
    if (brief_.loop && brief_.before.empty()) {
        const int middle = std::max(1, count_ / 2);
        return frame <= middle ? float(frame) / float(middle)
                               : float(count_ - frame) / float(count_ - middle);
    }
    // A clip of one frame is where it should end.
    if (count_ == 1) return 1;
    const float s = progress(frame);
    return mix(s, smooth(0, 1, s), 0.3F);
}

float Pace::ease(int frame) const {
    const float length = std::max(1.0F, std::min(0.5F * fps_, 0.25F * float(count_)));
    float away = 1e6F;
    const bool loop = brief_.loop && brief_.before.empty();
    if (brief_.start != nullptr || !brief_.before.empty())
        away = float(frame + (brief_.before.empty() ? 0 : 1));
    if (loop && brief_.start != nullptr) away = std::min(away, float(count_ - frame));
    const float eased = smooth(0.0F, length, away);
    if (brief_.end == nullptr) return eased;
    // Night and rain take their time to leave a picture that is to be seen as it is.
    const float leaving = std::max(1.0F, std::min(1.5F * fps_, 0.35F * float(count_)));
    const float left = std::abs(float(loop ? std::max(1, count_ / 2) - frame : count_ - 1 - frame));
    return std::min(eased, smooth(0.0F, leaving, left));
}

LifeMoment Pace::life(float s) const {
    LifeMoment m;
    const float t = s * seconds_;
    const bool loop = brief_.loop && brief_.before.empty() && brief_.end == nullptr;
    auto rate = [&](float hertz) {
        return loop ? std::max(1.0F, std::round(hertz * seconds_)) / seconds_ : hertz;
    };
    m.eye = loop ? round_trip(brief_.mood.camera, s) : eye_at(brief_.mood.camera, s, t);
    m.drift = wind_ * (loop ? 0.010F * std::sin(2 * kPi * s) : 0.007F * t);
    m.ripple = t * rate(0.55F), m.ripple2 = t * rate(0.85F);
    return m;
}

}  // namespace kinora::engines::storyboard
