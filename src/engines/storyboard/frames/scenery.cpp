// frames/scenery.cpp: bakes the pictures that a plan asks for and strews them.
#include "engines/storyboard/frames/scenery.hpp"

#include "engines/storyboard/frames/fronts.hpp"

#include <mutex>

namespace kinora::engines::storyboard {
namespace {

Painting paint_lamp(bool on) {
    Painting p(60, 220);
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const float u = float(x) - 29.5F, v = float(y);
            const float bulb = std::sqrt(u * u + (v - 22) * (v - 22));
            const auto i = p.index(x, y);
            if (bulb < 17)
                p.set(i, on ? Vec3{2.2F, 1.8F, 1.1F} : srgb(0xf0ead8), smooth(17, 15.5F, bulb));
            else if (v > 38 && std::abs(u) < (v > 196 ? 9.0F : v < 46 ? 8.0F : 3.2F))
                p.set(i, srgb(0x3c4650) * (1.3F - 0.1F * u), 1);
        }
    }
    return p;
}

Painting paint_railing() {
    Painting p(256, 96);
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const bool rail = y < 12 || (y > 48 && y < 56) || y > 88, post = x % 64 < 10;
            if (rail || post)
                p.set(p.index(x, y), srgb(0xb83a2c) * (rail && y % 12 < 4 ? 1.2F : 0.9F), 1);
        }
    }
    return p;
}

// A bridge's tower with the cables that hang from it.
Painting paint_pylon() {
    Painting p(640, 400);
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const float u = (float(x) - 319.5F), v = float(y);
            const float cable = 20.0F + 330.0F * std::pow(std::abs(u) / 320.0F, 0.75F);
            const bool leg = std::abs(std::abs(u) - 24.0F) < 11.0F,
                       beam = std::abs(u) < 34.0F &&
                              (std::abs(v - 40.0F) < 9.0F || std::abs(v - 150.0F) < 8.0F ||
                               std::abs(v - 260.0F) < 8.0F);
            const bool rope = std::abs(v - cable) < 4.0F || (v > cable && x % 40 < 3);
            if (leg || beam || rope) p.set(p.index(x, y), srgb(0xb83a2c) * (leg ? 1.0F : 0.85F), 1);
        }
    }
    return p;
}

Painting paint_kelp(std::uint32_t seed) {
    Painting p(120, 300);
    for (std::uint32_t stem = 0; stem < 4; ++stem) {
        const float x0 = 30.0F + 20.0F * float(stem), length = 170.0F + 120.0F * chance(seed, stem);
        for (int y = 0; y < p.height; ++y) {
            const float a = float(299 - y) / length;
            if (a > 1) continue;
            const float x = x0 + 10.0F * std::sin(a * 7.0F + float(stem) * 2.0F);
            const float leaf =
                (5.0F + 6.0F * std::abs(std::sin(a * 26.0F + float(stem)))) * (1.05F - a);
            for (int k = int(x - leaf - 1); k <= int(x + leaf + 1); ++k) {
                if (k < 0 || k >= p.width) continue;
                const float cover = clamp01(leaf + 0.5F - std::abs(float(k) + 0.5F - x));
                if (cover > 0)
                    p.over(p.index(k, y),
                           mix(srgb(0x1d5a34), srgb(0x6fae3c), a) * (1.1F - 0.03F * (float(k) - x)),
                           cover);
            }
        }
    }
    return p;
}

class Maker {
public:
    Maker(const SceneryOrder& order, Team& team) : o_(order), team_(team) {}

    Scenery make() {
        std::uint32_t salt = o_.seed;
        for (const auto& scatter : o_.plan->scatter) strew(scatter, salt += 7919);
        out_.props.insert(out_.props.end(), further_.begin(), further_.end());
        return std::move(out_);
    }

private:
    struct Wanted {
        std::string key;
        bool flip;
        int variant;
        std::optional<Vec3> color;
    };

    float units_of(const Scatter& s) const {
        // Nothing near is higher than the frame.
        const float most = 0.95F * o_.height * s.z0 / o_.focal;
        return s.share > 0 ? s.share * o_.height * s.z0 / o_.focal
                           : std::min({most, scene_height(s.height_m, o_.unit_m),
                                       s.height_m < 0.7F ? 0.85F : 1e9F});
    }

    std::vector<int> bake(const Scatter& s, float nearest) {
        std::vector<Wanted> wanted;
        const bool baked = s.assets.size() == 1 && s.assets[0].find(':') == std::string::npos;
        if (baked) {
            const int variants =
                s.assets[0] == "front" || s.assets[0] == "tower"                              ? 6
                : s.assets[0] == "lamp" || s.assets[0] == "railing" || s.assets[0] == "pylon" ? 1
                                                                                              : 3;
            for (int i = 0; i < variants; ++i)
                wanted.push_back({s.assets[0], false, i, std::nullopt});
        } else {
            std::vector<std::string> seen;
            for (const auto& key : s.assets) {
                if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
                seen.push_back(key);
                if (o_.autumn && key.ends_with("-tree") && key != "fluent:palm-tree") {
                    for (const int leaves : kAutumn)
                        wanted.push_back({key, false, 0, srgb(leaves)});
                    continue;
                }
                wanted.push_back({key, false, 0, std::nullopt});
            }
        }
        const float pixels = units_of(s) * o_.focal / nearest;
        const auto first = out_.sprites.size();
        out_.sprites.resize(first + wanted.size());
        team_.run(int(wanted.size()), [&](int i, int) {
            out_.sprites[first + std::size_t(i)] =
                paint(wanted[std::size_t(i)], s, int(std::min(420.0F, pixels * 1.05F)));
        });
        std::vector<int> good;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!out_.sprites[first + i].empty()) good.push_back(int(first + i));
        }
        return good;
    }

    Sprite paint(const Wanted& w, const Scatter& s, int pixels) const {
        const auto& light = o_.mood->light;
        const auto seed = o_.seed + std::uint32_t(w.variant) * 101U;
        if (w.key == "tuft" || w.key == "reed") {
            const Vec3 glow = light.ambient_top * 0.75F + light.key * 0.7F;
            const bool reed = w.key == "reed", dark = o_.plan->ground == GroundKind::forest_floor;
            return make_sprite(paint_tuft(srgb(reed ? 0x3a5a20 : 0x2f5a14) * glow,
                                          srgb(dark   ? 0x7aa83a
                                               : reed ? 0xa8b85a
                                                      : 0x9ccb4a) *
                                              glow,
                                          seed));
        }
        if (w.key == "front" || w.key == "tower")
            return make_sprite(lit_front(
                front_plan(w.key == "tower", seed + std::uint32_t(s.z0 * 10), *o_.mood), *o_.mood));
        if (w.key == "lamp") return make_sprite(paint_lamp(o_.mood->night > 0.3F));
        if (w.key == "railing") return make_sprite(relight(paint_railing(), light, {0.7F, 0.3F}));
        if (w.key == "pylon") return make_sprite(relight(paint_pylon(), light, {0.7F, 0.3F}));
        if (w.key == "kelp") return make_sprite(relight(paint_kelp(seed), light, {0.8F, 0.3F}));
        if (o_.pack == nullptr) return {};
        ArtOrder order;
        order.key = w.key, order.height_px = std::clamp(pixels, 48, 448), order.color = w.color;
        order.snow = o_.snow && (w.key.find("tree") != std::string::npos ||
                                 w.key.find("house") != std::string::npos ||
                                 w.key.find("rock") != std::string::npos);
        if (w.key == "fluent:rock") order.tint = stone_tint(o_.plan->ground);
        if (o_.plan->ground == GroundKind::forest_floor && w.key.find("tree") != std::string::npos)
            order.tint = {0.72F, 0.80F, 0.70F};
        return make_art(*o_.pack, order, light).whole;
    }

    void strew(const Scatter& s, std::uint32_t salt) {
        const float unit = units_of(s);
        const auto good = bake(s, std::max(1.2F, s.z0));
        if (good.empty()) return;
        const float margin = unit * 0.6F + 0.5F;
        auto half = [&](float z) { return 0.5F * o_.width / o_.focal * z * 1.22F + margin; };
        if (s.aligned) {
            line_up(s, good, unit, half(s.z0), salt);
            return;
        }
        if (s.avenue > 0) {
            plant_avenue(s, good, unit, salt);
            return;
        }
        if (s.per_unit <= 0) {  // Two by the wall, left and right.
            const float side = out_.props.size() % 2 == 0 ? -1.0F : 1.0F;
            const float x = side * std::min(half(s.z0) * 0.62F, o_.clear + 0.9F);
            add({x, 0, s.z0}, unit, good[0], s, salt);
            return;
        }
        const float z_mean = 0.5F * (s.z0 + s.z1),
                    wide = 2 * half(z_mean) + (o_.travel_to - o_.travel_from);
        const int count = std::min(260, int(s.per_unit * (s.z1 - s.z0) * wide + 0.7F));
        for (int i = 0; i < count; ++i) {
            const auto n = std::uint32_t(i);
            // Even over the ground: more of them where the view is wider. Drawn from strata, so
            // that they spread.
            const float r = (float(i) + chance(salt, n * 4)) / float(count);
            const float z = std::sqrt(mix(s.z0 * s.z0, s.z1 * s.z1, r));
            const float stratum =
                fraction(float(i) * 0.61803399F + chance(salt, n * 4 + 1) * 0.35F);
            const float x = mix(o_.travel_from - half(z), o_.travel_to + half(z), stratum);
            const float h = unit * (1.0F + s.spread * (2 * chance(salt, n * 4 + 2) - 1));
            const int sprite =
                good[std::size_t(chance(salt, n * 4 + 3) * float(good.size())) % good.size()];
            if (!blocks(s, x, z)) add({x, 0, z}, h, sprite, s, salt + n * 13);
            // Further on it all comes again, as if the ground were a roll.
            const float roll =
                std::copysign(2 * half(z) + (o_.travel_to - o_.travel_from), o_.further);
            for (float u = x + roll; o_.further != 0 && needs(u, half(z)); u += roll) {
                if (!blocks(s, u, z, o_.further))
                    add_further({u, 0, z}, h, sprite, s, salt + n * 13);
            }
        }
    }

    // Two rows into the depth, left and right of the way.
    void plant_avenue(const Scatter& s, const std::vector<int>& good, float unit,
                      std::uint32_t salt) {
        std::uint32_t n = 0;
        for (float z = s.z0; z < s.z1 && n < 120; z += 1.0F / s.per_unit) {
            for (const float side : {-1.0F, 1.0F}) {
                ++n;
                const float h = unit * (1.0F + s.spread * (2 * chance(salt, n * 3) - 1));
                add({side * s.avenue, 0, z}, h, good[n % good.size()], s, salt + n * 13);
            }
        }
    }

    // Keeps the way of the main subject free, and the path.
    bool blocks(const Scatter& s, float x, float z, float further = 0) const {
        const Plan& p = *o_.plan;
        if (p.path == 1 && z < 24) {
            const float centre =
                p.path_at + p.path_bend * std::sin(z * 0.16F) - p.path_bend * 0.02F * z;
            if (std::abs(x - centre) < p.path_half + 0.1F) return true;
        }
        if (p.path == 2 && std::abs(z - p.path_at) < p.path_half + 0.1F &&
            p.path_ground == GroundKind::asphalt)
            return true;
        const float begin = o_.travel_from + std::min(0.0F, further),
                    end = o_.travel_to + std::max(0.0F, further);
        const float from = begin - o_.clear, to = end + o_.clear;
        if (z < o_.main_z + 0.15F) {
            // Nearer than the main subject only small things, and beside it.
            const bool small = s.height_m < 0.35F;
            return x > from - 0.25F && x < to + 0.25F && !(small && z < o_.main_z * 0.9F);
        }
        const float keep = s.keep_out * std::sqrt(z / o_.main_z);
        return x > begin - keep && x < end + keep;
    }

    // Whether the eye comes to see what lies at `x`, `half` a view's width away, where it goes on.
    bool needs(float x, float half) const {
        return o_.further > 0 ? x < o_.travel_to + o_.further + half
                              : x > o_.travel_from + o_.further - half;
    }

    void line_up(const Scatter& s, const std::vector<int>& good, float unit, float half,
                 std::uint32_t salt) {
        float x = o_.travel_from - half;
        const float end = o_.travel_to + half;
        if (good.size() == 1 && s.spread <= 0.0F) {
            const float w = unit * out_.sprites[std::size_t(good[0])].aspect();
            const bool once = out_.sprites[std::size_t(good[0])].aspect() < 1.4F;
            if (once) {
                add({0.5F * (o_.travel_from + o_.travel_to) + 0.16F * s.z0, 0, s.z0}, unit, good[0],
                    s, salt);
                return;
            }
            x = std::floor(x / w) * w;
            const float step = w * 0.985F;
            for (float u = x - step; o_.further < 0 && needs(u, half); u -= step)
                add_further({u, 0, s.z0}, unit, good[0], s, salt);
            for (int i = 0; x < end && i < 80; ++i, x += step)
                add({x, 0, s.z0}, unit, good[0], s, salt);
            for (; o_.further > 0 && needs(x, half); x += step)
                add_further({x, 0, s.z0}, unit, good[0], s, salt);
            return;
        }
        struct One {
            float height, width, room;
            int sprite;
        };
        const auto pick = [&](std::uint32_t i) {
            One one{};
            one.height = unit * (1.0F + s.spread * (2 * chance(salt, i * 3) - 1));
            one.sprite =
                good[std::size_t(chance(salt, i * 3 + 1) * float(good.size())) % good.size()];
            // Fronts are as wide as their bays: the same scale for all, so the height follows the
            // floors.
            one.width = one.height * out_.sprites[std::size_t(one.sprite)].aspect();
            const bool apart = s.assets[0] == "tower";
            one.room = one.width * (apart ? 0.95F + 0.9F * chance(salt, i * 3 + 2) : 1.0F);
            return one;
        };
        const auto depth = [&](std::uint32_t i) { return s.z0 + 0.02F * float(i % 3); };
        float back = x;
        std::uint32_t i = 0;
        for (; x < end && i < 90; ++i) {
            const auto one = pick(i);
            add({x + 0.5F * one.width, 0, depth(i)}, one.height, one.sprite, s, salt + i);
            x += one.room;
        }
        for (; o_.further > 0 && needs(x, half); ++i) {
            const auto one = pick(i);
            add_further({x + 0.5F * one.width, 0, depth(i)}, one.height, one.sprite, s, salt + i);
            x += one.room;
        }
        for (i = 100'000; o_.further < 0 && needs(back, half); ++i) {
            const auto one = pick(i);
            back -= one.room;
            add_further({back + 0.5F * one.width, 0, depth(i)}, one.height, one.sprite, s,
                        salt + i);
        }
    }

    void add(Vec3 at, float height, int sprite, const Scatter& s, std::uint32_t salt) {
        out_.props.push_back(prop(at, height, sprite, s, salt));
    }
    void add_further(Vec3 at, float height, int sprite, const Scatter& s, std::uint32_t salt) {
        further_.push_back(prop(at, height, sprite, s, salt));
    }

    Prop prop(Vec3 at, float height, int sprite, const Scatter& s, std::uint32_t salt) const {
        Prop p;
        p.at = at, p.height = height, p.sprite = sprite;
        p.flip = s.assets[0] != "front" && s.assets[0] != "tower" && chance(salt, 91) < 0.5F;
        p.shadow = s.shadow, p.sway = s.sway, p.phase = chance(salt, 92) * 2 * kPi;
        p.sink = s.assets[0] == "tuft" || s.assets[0] == "reed" ? 0.08F : 0.0F;
        p.tint = 0.88F + 0.2F * chance(salt, 93);
        return p;
    }

    const SceneryOrder& o_;
    Team& team_;
    Scenery out_;
    std::vector<Prop> further_;  // Behind all others, so that these are as they would be alone.
};

}  // namespace

Scenery make_scenery(const SceneryOrder& order, Team& team) {
    return Maker(order, team).make();
}

}  // namespace kinora::engines::storyboard
