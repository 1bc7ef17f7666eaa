// frames/relight.cpp: a height field from blurred alpha gives normals, and normals give light.
#include "engines/storyboard/frames/relight.hpp"

#include <array>

namespace kinora::engines::storyboard {
namespace {

// Hue in turns (0..1), saturation and brightness of a display-like colour.
struct Hsv {
    float hue = 0, saturation = 0, value = 0;
};

Hsv to_hsv(Vec3 linear) {
    const Vec3 c = root(linear);
    const float high = std::max({c.x, c.y, c.z}), low = std::min({c.x, c.y, c.z});
    const float range = high - low;
    Hsv out{0, high > 0 ? range / high : 0, high};
    if (range <= 0) return out;
    if (high == c.x) out.hue = (c.y - c.z) / range;
    if (high == c.y) out.hue = 2.0F + (c.z - c.x) / range;
    if (high == c.z) out.hue = 4.0F + (c.x - c.y) / range;
    out.hue = fraction(out.hue / 6.0F + 1.0F);
    return out;
}

float hue_distance(float a, float b) {
    const float d = fraction(a - b + 1.0F);
    return std::min(d, 1.0F - d);
}

// Height of the puffed shape: the alpha blurred at four sizes, so that thin parts are thin.
std::vector<float> puffed(const Painting& p, float puff) {
    std::vector<float> height(p.alpha.size());
    const float size = float(std::max(p.width, p.height)) / 448.0F;
    for (const float radius : {3.0F, 7.0F, 15.0F, 31.0F}) {
        auto plane = p.alpha;
        blur(plane, p.width, p.height, std::max(1, int(radius * size + 0.5F)), 2);
        for (std::size_t i = 0; i < height.size(); ++i)
            height[i] += plane[i] * radius * size * 1.1F * puff;
    }
    std::vector<float> light(p.alpha.size());
    for (std::size_t i = 0; i < light.size(); ++i) {
        light[i] =
            std::sqrt(std::max(0.0F, luminance(p.color(i)))) * std::min(1.0F, p.alpha[i] * 4.0F);
    }
    auto near = light;
    blur(near, p.width, p.height, std::max(1, int(2 * size)), 2);
    blur(light, p.width, p.height, std::max(2, int(9 * size)), 2);
    for (std::size_t i = 0; i < height.size(); ++i) {
        height[i] += (near[i] - light[i]) * 6.0F * size * p.alpha[i];
    }
    return height;
}

}  // namespace

void recolor(Painting& p, Vec3 wanted) {
    // The main colour: the hue that covers most, or grey where nothing is coloured.
    std::array<float, 25> share{};
    for (std::size_t i = 0; i < p.alpha.size(); ++i) {
        if (p.alpha[i] < 0.5F) continue;
        const Hsv h = to_hsv(p.color(i));
        if (h.value < 0.16F) continue;
        share[h.saturation > 0.22F ? std::size_t(h.hue * 24.0F) % 24 : 24] +=
            h.saturation > 0.22F ? 1.0F : 0.7F;
    }
    std::size_t best = 24;
    float most = share[24];
    for (std::size_t i = 0; i < 24; ++i) {
        const float sum = share[i] + share[(i + 1) % 24] + share[(i + 23) % 24];
        if (sum > most) most = sum, best = i;
    }
    const bool grey = best == 24;
    const float hue = (float(best) + 0.5F) / 24.0F;
    float mean = 0, weight = 0;
    std::vector<float> part(p.alpha.size());
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (p.alpha[i] < 0.02F) continue;
        const Hsv h = to_hsv(p.color(i));
        part[i] = grey ? smooth(0.34F, 0.2F, h.saturation) * smooth(0.10F, 0.22F, h.value)
                       : smooth(0.15F, 0.09F, hue_distance(h.hue, hue)) *
                             smooth(0.12F, 0.24F, h.saturation);
        mean += luminance(p.color(i)) * part[i];
        weight += part[i];
    }
    mean = std::max(0.02F, mean / std::max(1.0F, weight));
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] <= 0) continue;
        const float ratio = std::clamp(luminance(p.color(i)) / mean, 0.25F, 2.2F);
        // Lights of a dark colour turn pale rather than stay black.
        const Vec3 target =
            wanted * std::min(ratio, 1.2F) + Vec3{1, 1, 1} * (std::max(0.0F, ratio - 1.2F) * 0.12F);
        const Vec3 c = mix(p.color(i), target, part[i]);
        p.set(i, c, p.alpha[i]);
    }
}

Painting relight(const Painting& p, const Light& light, Relief relief) {
    const auto height = puffed(p, relief.puff);
    const Vec3 l = unit(light.direction), half = unit(l + Vec3{0, 0, 1});
    Painting out = p;
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const auto i = p.index(x, y);
            if (p.alpha[i] < 0.004F) continue;
            auto at = [&](int ix, int iy) {
                if (ix < 0 || iy < 0 || ix >= p.width || iy >= p.height) return 0.0F;
                return height[p.index(ix, iy)];
            };
            const Vec3 n = unit(
                {(at(x - 1, y) - at(x + 1, y)) * 0.5F, (at(x, y + 1) - at(x, y - 1)) * 0.5F, 1.0F});
            const float lit = std::clamp(dot(n, l) * 0.65F + 0.35F, 0.0F, 1.4F);
            const Vec3 ambient = mix(light.ambient_bottom, light.ambient_top, n.y * 0.5F + 0.5F);
            float shine = std::max(0.0F, dot(n, half));
            shine *= shine, shine *= shine, shine *= shine, shine *= shine;
            shine = shine * shine * light.shine;
            const float edge = 1.0F - clamp01(n.z);
            const float rim = edge * edge * light.rim * std::clamp(dot(n, l) + 0.3F, 0.0F, 1.0F);
            const Vec3 c = p.color(i);
            const Vec3 full = c * (ambient + light.key * lit) + light.key * (shine + rim * 0.5F);
            const Vec3 flat = c * (light.ambient_top * 0.6F + light.key * 0.7F);
            out.set(i, mix(full, flat, relief.keep * 0.3F), p.alpha[i]);
        }
    }
    return out;
}

Painting as_silhouette(const Painting& p, const Light& light) {
    Painting out = p;
    const Vec3 dark = light.ambient_bottom * 0.10F;
    std::fill(out.red.begin(), out.red.end(), 0.06F);
    std::fill(out.green.begin(), out.green.end(), 0.06F);
    std::fill(out.blue.begin(), out.blue.end(), 0.07F);
    out = relight(out, light, {1.0F, 0.0F});
    for (std::size_t i = 0; i < out.alpha.size(); ++i)
        out.set(i, out.color(i) + dark, out.alpha[i]);
    return out;
}

void mirror(Painting& p) {
    for (auto* plane : {&p.red, &p.green, &p.blue, &p.alpha}) {
        for (int y = 0; y < p.height; ++y) {
            const auto row = plane->begin() + std::ptrdiff_t(p.index(0, y));
            std::reverse(row, row + p.width);
        }
    }
}

void add_snow(Painting& p, Vec3 color) {
    const int reach = std::max(5, p.height / 9);
    std::vector<float> snow(p.alpha.size());
    for (int x = 0; x < p.width; ++x) {
        for (int y = 0; y < p.height; ++y) {
            // Close below an upper edge of the shape, or of a bright tier inside it.
            const auto i = p.index(x, y);
            if (p.alpha[i] < 0.05F) continue;
            float best = 0;
            for (int k = 1; k <= reach; ++k) {
                const float above = y - k >= 0 ? p.alpha[p.index(x, y - k)] : 0.0F;
                best = std::max(best, (p.alpha[i] - above) * (1.0F - float(k) / float(reach + 1)));
                if (y - k >= 0) {
                    const float step =
                        luminance(p.color(i)) - luminance(p.color(p.index(x, y - k)));
                    best = std::max(
                        best, clamp01(step * 2.2F - 0.1F) * (1.0F - float(k) / float(reach + 1)));
                }
            }
            const float spot = chance(std::uint32_t(x / 3), std::uint32_t(y / 3));
            snow[i] = clamp01(best * 2.2F - 0.55F + (spot > 0.9F ? 0.3F : 0.0F));
        }
    }
    blur(snow, p.width, p.height, 1, 1);
    for (std::size_t i = 0; i < snow.size(); ++i)
        p.set(i, mix(p.color(i), color, snow[i] * 0.9F), p.alpha[i]);
}

}  // namespace kinora::engines::storyboard
