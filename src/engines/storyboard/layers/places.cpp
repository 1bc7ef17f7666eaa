// layers/places.cpp: where the cast stands: the main subject in the clear, others beside and behind
// it.
#include "engines/storyboard/layers/places.hpp"
#include "engines/storyboard/layers/cast.hpp"
#include "engines/storyboard/layers/staging.hpp"

namespace kinora::engines::storyboard {
namespace {

// Lays the front row side by side, in the order wanted, and returns how wide it is.
float lay_row(CastPlan& cast, const std::vector<int>& row, const Shot& shot, float offset) {
    auto wish = [&](int i) {
        const auto& a = cast.actors[std::size_t(i)];
        const auto& s = shot.subjects[std::size_t(a.subject)];
        return float(s.x) * 1.6F + (float(a.copy) - 0.5F * float(s.count - 1)) * a.width() * 0.9F;
    };
    std::vector<int> order = row;
    std::stable_sort(order.begin(), order.end(), [&](int i, int j) { return wish(i) < wish(j); });
    float total = 0;
    for (const int i : order) total += cast.actors[std::size_t(i)].width() * 1.14F + 0.06F;
    float x = -0.5F * total;
    // With one alone, its own wish counts; with several, their order does.
    const float alone = order.size() == 1 ? std::clamp(wish(order[0]), -0.9F, 0.9F) : 0.0F;
    for (const int i : order) {
        auto& a = cast.actors[std::size_t(i)];
        const float w = a.width() * 1.14F + 0.06F;
        a.home.x = x + 0.5F * w + alone + offset;
        x += w;
    }
    return total;
}

struct Places {
    CastPlan& cast;
    const Shot& shot;
    const EyeLevel& eye;
    std::uint32_t seed;
    float z0, clear = 0.35F;

    float side_of(const Actor& a, const Subject& s) const {
        if (std::abs(s.x) > 0.1) return s.x < 0 ? -1.0F : 1.0F;
        return (a.copy + a.subject) % 2 == 0 ? 1.0F : -1.0F;
    }
    // Different for each copy, evenly spread over 0..1.
    float spread(const Actor& a) const {
        return fraction(0.61803399F * float(a.copy) + chance(seed + 5, std::uint32_t(a.subject)));
    }

    void mains() {
        std::vector<int> front, second;
        for (std::size_t i = 0; i < cast.actors.size(); ++i) {
            auto& a = cast.actors[i];
            a.home.z = z0;
            const auto& s = shot.subjects[std::size_t(a.subject)];
            if ((a.main || a.bears) && !is_with_another(s, a))
                (a.copy < 5 ? front : second).push_back(int(i));
        }
        lay_row(cast, front, shot, 0);
        // Later copies: rows behind, in the gaps of the row before.
        for (std::size_t n = 0; n < second.size(); ++n) {
            auto& a = cast.actors[std::size_t(second[n])];
            const int row = 1 + int(n) / 6, column = int(n) % 6;
            a.home.z = z0 + 0.75F * float(row);
            a.home.x = (float(column) - 2.5F + 0.5F * float(row % 2)) * a.width() * 1.35F +
                       0.2F * (a.phase - 0.5F);
        }
        for (const int i : front) {
            const auto& a = cast.actors[std::size_t(i)];
            clear = std::max(clear, std::abs(a.home.x) + 0.5F * a.width());
        }
    }

    void others() {
        for (auto& a : cast.actors) {
            const auto& s = shot.subjects[std::size_t(a.subject)];
            if (a.main || a.bears || is_with_another(s, a)) continue;
            if (is_mountain(s))
                place_far_off(a, s, eye, z0);
            else if (in_background(s))
                background(a, s);
            else
                companion(a, s);
        }
    }

    void companion(Actor& a, const Subject& s) {
        const float side = side_of(a, s), w = a.width();
        if (a.hangs && a.height < 0.6F) {
            // Small flyers: around the main subject, at heights that follow no row.
            const float share = (float(a.copy) + 0.5F) / float(std::max(1, s.count)), r = spread(a);
            const float about = a.copy % 2 == 0 ? side : -side;
            a.home = {about * (clear + 0.05F + 0.9F * share),
                      0.50F + 0.85F * fraction(share * 2.6F + 0.37F * float(a.subject)),
                      z0 + (r - 0.3F) * 0.9F};
        } else if (a.hangs) {
            a.home.z = z0 + 1.4F + float(s.depth) * 3.0F;
            a.home.x = side * 0.52F * eye.half_view(a.home.z) + w * 1.1F * float(a.copy) * side;
        } else if (a.height > 1.35F) {
            a.home.z = z0 + 1.6F + float(s.depth) * 4.0F;
            a.home.x = side * std::max(0.45F * eye.half_view(a.home.z), 0.5F * clear + 0.5F * w) +
                       side * float(a.copy) * w * 1.1F;
        } else {
            // Beside the main subject; several make a second line behind the first.
            const int row = a.copy / 3, column = a.copy % 3;
            a.home.z = z0 + 0.10F + 0.6F * float(row) + 0.05F * float(column);
            a.home.x = side * (clear + 0.10F + w * (0.55F + 1.08F * float(column)));
            const float most = eye.half_view(a.home.z) - 0.3F * w;
            if (std::abs(a.home.x) > most && a.speed == 0) a.home.z += 0.7F, a.home.x = side * most;
        }
    }

    void background(Actor& a, const Subject& s) {
        const float side = side_of(a, s), r = spread(a),
                    r2 = fraction(r * 7.13F + 0.3F * float(a.copy));
        if (a.hangs) {
            a.home.z = z0 + 2.4F + float(s.depth) * 6.0F + r;
            a.home.x = (side * (0.28F + 0.5F * r)) * eye.half_view(a.home.z);
            return;
        }
        const bool low = a.height < 0.75F;
        a.home.z = low ? z0 + 0.35F + 2.2F * r : z0 + 1.4F + float(s.depth) * 8.0F + 2.0F * r;
        // Clusters on one side with a few strays on the other.
        const float about = a.copy % 4 == 3 ? -side : side;
        const float from = clear * (low ? 1.1F : 0.9F) + 0.45F * a.width();
        a.home.x = about * mix(from, std::max(from + 0.6F, eye.half_view(a.home.z) * 0.95F), r2);
    }

    // Nothing that stands is left standing in the water.
    void ashore() {
        if (eye.shore <= 0 || eye.afloat || eye.weightless) return;
        for (auto& a : cast.actors) {
            const auto& s = shot.subjects[std::size_t(a.subject)];
            const bool swims = a.motion == Motion::sail || a.motion == Motion::swim ||
                               (a.asset != nullptr && (a.asset->floats || a.asset->swims));
            if (a.hangs || a.main || swims || is_mountain(s) || is_with_another(s, a) ||
                a.home.z < eye.shore - 0.1F)
                continue;
            a.height = std::min(a.height, 1.1F);
            a.home.z = mix(z0 + 0.3F, std::max(z0 + 0.35F, eye.shore - 0.15F), spread(a));
            const float least = clear + 0.5F * a.width();
            if (std::abs(a.home.x) < least) a.home.x = std::copysign(least, a.home.x);
        }
    }

    // Those who fight or talk look at each other.
    void face() {
        float left = 1e9F, right = -1e9F;
        for (const auto& a : cast.actors) {
            const bool meets = a.motion == Motion::fight || a.motion == Motion::talk;
            if (!meets || a.speed != 0) continue;
            left = std::min(left, a.home.x), right = std::max(right, a.home.x);
        }
        for (const auto& a : cast.actors) {
            const auto& s = shot.subjects[std::size_t(a.subject)];
            if (left > right || in_background(s) || a.hangs) continue;
            left = std::min(left, a.home.x), right = std::max(right, a.home.x);
        }
        if (right <= left) return;
        for (auto& a : cast.actors) {
            const auto& s = shot.subjects[std::size_t(a.subject)];
            if (in_background(s) || a.speed != 0 || a.carrier >= 0) continue;
            a.direction = a.home.x > 0.5F * (left + right) ? -1 : 1;
        }
    }

    void hang() {
        for (auto& a : cast.actors) {
            const auto& s = shot.subjects[std::size_t(a.subject)];
            const bool afloat = eye.weightless && (shot.setting != Setting::underwater || a.main ||
                                                   a.motion == Motion::swim || s.airborne);
            if (!a.hangs && !afloat) continue;
            const bool around = !a.main && a.height < 0.6F && !in_background(s) && !eye.weightless;
            a.hangs = true;
            if (around) continue;
            const bool lead = a.main || a.bears;
            const float r = spread(a) - 0.5F, wide = s.count > 1 ? 0.30F : lead ? 0.03F : 0.2F;
            // In the middle where nothing weighs; else above the horizon.
            float row = eye.weightless ? (lead ? 0.48F : 0.40F) : lead ? 0.37F : 0.24F;
            row += wide * r;
            a.home.y = eye.at_row(row, a.home.z);
        }
    }
};

}  // namespace

bool in_background(const Subject& s) {
    return s.word.empty() || s.depth >= 0.45;
}

void place_far_off(Actor& a, const Subject& s, const EyeLevel& eye, float z0) {
    a.home.z = z0 + 18.0F;
    a.height = 0.40F * eye.height / eye.focal * a.home.z;
    a.home.x = (0.5F * float(s.x) + (float(a.copy) - 0.5F * float(s.count - 1)) * 0.3F) * 0.7F *
               eye.width / eye.focal * a.home.z;
    a.hangs = false;
}

void place_cast(CastPlan& cast, const Shot& shot, const EyeLevel& eye, std::uint32_t seed) {
    Places places{cast, shot, eye, seed, cast.main_z};
    places.mains();
    places.others();
    places.ashore();
    places.hang();
    place_by_others(cast, 0, shot);
    places.face();
}

}  // namespace kinora::engines::storyboard
