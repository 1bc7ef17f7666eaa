// layers/newcomers.cpp: places for those who come while others are there already.
#include "engines/storyboard/layers/places.hpp"
#include "engines/storyboard/layers/staging.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {
namespace {

class Newcomers {
public:
    Newcomers(CastPlan& cast, const Shot& shot, const EyeLevel& eye, float eye_speed)
        : cast_(cast), shot_(shot), eye_(eye), z0_(cast.main_z), eye_speed_(eye_speed) {}

    void place_from(std::size_t first) {
        for (std::size_t i = 0; i < first; ++i) {
            const auto& a = cast_.actors[i];
            if (!subject_of(a).word.empty()) keep_clear_of(a);
        }
        for (std::size_t i = first; i < cast_.actors.size(); ++i) {
            auto& a = cast_.actors[i];
            if (is_with_another(subject_of(a), a)) continue;
            place(a, subject_of(a));
            if (!a.hangs) keep_clear_of(a);
        }
        place_by_others(cast_, first, shot_);
        for (std::size_t i = first; i < cast_.actors.size(); ++i) {
            auto& a = cast_.actors[i];
            if (is_with_another(subject_of(a), a) && a.carrier < 0) keep_in_view(a);
        }
    }

private:
    const Subject& subject_of(const Actor& a) const {
        return shot_.subjects[std::size_t(a.subject)];
    }

    void keep_clear_of(const Actor& a) {
        if (a.home.z > z0_ + 0.5F) return;
        left_ = std::max(left_, 0.5F * a.width() - a.home.x);
        right_ = std::max(right_, a.home.x + 0.5F * a.width());
    }
    // Where there is more room; -1: to the left.
    float side_of(const Actor& a) const {
        const double wish = subject_of(a).x;
        if (std::abs(wish) > 0.99) return wish < 0 ? -1.0F : 1.0F;  // It was said.
        const float behind = std::copysign(1.0F, -eye_speed_);
        if (eye_speed_ != 0 && !a.hangs &&
            clear_at(behind) + 1.1F * a.width() < eye_.half_view(z0_))
            return behind;
        if (std::abs(left_ - right_) > 0.3F) return left_ < right_ ? -1.0F : 1.0F;
        if (std::abs(wish) > 0.1 && a.copy == 0) return wish < 0 ? -1.0F : 1.0F;
        return (a.copy + a.subject) % 2 == 0 ? 1.0F : -1.0F;
    }
    float clear_at(float side) const { return std::max(0.1F, side < 0 ? left_ : right_); }

    void place(Actor& a, const Subject& s) {
        if (is_mountain(s)) return place_far_off(a, s, eye_, z0_);
        const float side = side_of(a), w = a.width();
        const bool weightless = eye_.weightless;
        a.hangs = a.hangs || weightless;
        if (in_background(s) || (a.height > 1.35F && !a.hangs)) {
            a.home.z = z0_ + 1.6F + float(s.depth) * (in_background(s) ? 8.0F : 4.0F);
            a.home.x =
                side * std::max(0.5F * eye_.half_view(a.home.z), 0.5F * clear_at(side) + 0.5F * w);
        } else if (a.hangs && (weightless || a.height >= 0.6F)) {
            a.home.z = z0_ + 1.4F + float(s.depth) * 3.0F;
            a.home.x = side * std::max(0.5F * eye_.half_view(a.home.z),
                                       clear_at(side) * a.home.z / z0_ + 0.6F * w);
        } else if (a.hangs) {
            // Small flyers: above the row, at heights that follow none.
            const float share = fraction(0.618F * float(a.copy) + 0.37F * float(a.subject));
            a.home = {side * (0.2F + 0.5F * share) * eye_.half_view(z0_), 0.85F + 0.4F * share,
                      z0_ - 0.1F};
        } else {
            beside(a, side);
        }
        if (a.hangs && (weightless || a.height >= 0.6F || in_background(s))) {
            const float row = weightless ? 0.40F : 0.24F;
            const float top = eye_.at_row(0.05F, a.home.z) - 0.5F * a.height;
            a.home.y = std::min(top, eye_.at_row(row + 0.1F * (a.phase - 0.5F), a.home.z));
        }
        keep_in_view(a);
        ashore(a, s, side);
    }

    // A little in front of what stands about, or behind where the row has no room.
    void beside(Actor& a, float side) const {
        const float w = a.width();
        // Feet stay in the picture.
        const float row = std::max(0.05F * eye_.height, 0.96F * eye_.height - eye_.horizon);
        a.home.z = std::max(z0_ - 0.2F, std::min(z0_, eye_.y * eye_.focal / row));
        a.home.x = side * (clear_at(side) + 0.1F + 0.55F * w);
        if (std::abs(a.home.x) > eye_.half_view(a.home.z) - 0.6F * w) a.home.z = z0_ + 1.2F;
        keep_in_view(a);
    }
    void keep_in_view(Actor& a) const {
        const float most = std::max(0.0F, eye_.half_view(a.home.z) - 0.6F * a.width());
        a.home.x = std::clamp(a.home.x, -most, most);
    }

    // Nothing that stands is left standing in the water.
    void ashore(Actor& a, const Subject& s, float side) const {
        const bool swims = a.motion == Motion::sail || a.motion == Motion::swim ||
                           (a.asset != nullptr && (a.asset->floats || a.asset->swims));
        if (eye_.shore <= 0 || eye_.afloat || eye_.weightless || a.hangs || swims ||
            in_background(s) || a.home.z < eye_.shore - 0.1F)
            return;
        a.height = std::min(a.height, 1.1F);
        a.home.z = std::max(z0_ - 0.3F, eye_.shore - 0.15F);
        a.home.x = side * (clear_at(side) + 0.1F + 0.55F * a.width());
    }

    CastPlan& cast_;
    const Shot& shot_;
    const EyeLevel& eye_;
    const float z0_, eye_speed_;
    float left_ = -1e6F, right_ = -1e6F;  // How far the row before the eye reaches to both sides.
};

}  // namespace

void place_more(CastPlan& cast, std::size_t first, const Shot& shot, const EyeLevel& eye,
                float eye_speed) {
    Newcomers(cast, shot, eye, eye_speed).place_from(first);
}

}  // namespace kinora::engines::storyboard
