// frames/bitmap.cpp: conversions between working pictures and texels.
#include "engines/storyboard/frames/bitmap.hpp"

#include <array>

namespace kinora::engines::storyboard {

Painting::Painting(int w, int h)
    : width(w),
      height(h),
      red(std::size_t(w) * std::size_t(h)),
      green(red),
      blue(red),
      alpha(red) {}

void Painting::over(std::size_t i, Vec3 c, float a) {
    const float below = alpha[i] * (1.0F - a), sum = a + below;
    if (sum <= 0.0F) return;
    red[i] = (c.x * a + red[i] * below) / sum;
    green[i] = (c.y * a + green[i] * below) / sum;
    blue[i] = (c.z * a + blue[i] * below) / sum;
    alpha[i] = sum;
}

namespace {

std::uint32_t encode(Vec3 c, float alpha, float scale) {
    const Vec3 s = root(c) * (alpha / scale);
    const float limit = alpha * 255.0F;
    auto part = [&](float v) { return std::uint32_t(std::min(v, limit) + 0.5F); };
    return part(s.x) | part(s.y) << 8 | part(s.z) << 16 | std::uint32_t(limit + 0.5F) << 24;
}

std::uint32_t mean4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    std::uint32_t out = 0;
    for (int s = 0; s < 32; s += 8) {
        const std::uint32_t sum = (a >> s & 255) + (b >> s & 255) + (c >> s & 255) + (d >> s & 255);
        out |= (sum + 2) >> 2 << s;
    }
    return out;
}

Bitmap halve(const Bitmap& from) {
    Bitmap to(std::max(1, from.width / 2), std::max(1, from.height / 2));
    for (int y = 0; y < to.height; ++y) {
        for (int x = 0; x < to.width; ++x) {
            const int x1 = std::min(2 * x + 1, from.width - 1),
                      y1 = std::min(2 * y + 1, from.height - 1);
            to.at(x, y) = mean4(from.at(2 * x, 2 * y), from.at(x1, 2 * y), from.at(2 * x, y1),
                                from.at(x1, y1));
        }
    }
    return to;
}

}  // namespace

void make_levels(Sprite& sprite, int most) {
    sprite.levels.resize(1);
    while (int(sprite.levels.size()) < most && sprite.levels.back().width >= 8 &&
           sprite.levels.back().height >= 8) {
        sprite.levels.push_back(halve(sprite.levels.back()));
    }
}

Sprite make_sprite(const Painting& p, int pad) {
    Sprite sprite;
    sprite.pad = pad;
    sprite.width = p.width, sprite.height = p.height;
    const int unit = pad >= 16 ? 16 : pad >= 8 ? 8 : 1;
    Bitmap base((p.width + 2 * pad + unit - 1) / unit * unit,
                (p.height + 2 * pad + unit - 1) / unit * unit);
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const auto i = p.index(x, y);
            base.at(x + pad, y + pad) = encode(p.color(i), p.alpha[i], 1.6F / 255.0F);
        }
    }
    sprite.levels.push_back(std::move(base));
    // After n halvings pad / 2^n transparent texels are left; one must remain.
    make_levels(sprite, pad >= 16 ? 5 : pad >= 8 ? 4 : 1);
    return sprite;
}

Sprite make_texture(const Painting& p, float scale) {
    Sprite sprite;
    sprite.width = p.width, sprite.height = p.height;
    Bitmap base(p.width, p.height);
    for (std::size_t i = 0; i < base.texels.size(); ++i) {
        const std::uint32_t alpha = std::uint32_t(clamp01(p.alpha[i]) * 255.0F + 0.5F) << 24;
        base.texels[i] = (encode(p.color(i), 1.0F, scale / 255.0F) & 0xffffffU) | alpha;
    }
    sprite.levels.push_back(std::move(base));
    make_levels(sprite, 8);
    return sprite;
}

Painting from_rgba(std::span<const std::uint8_t> rgba, int width, int height) {
    static const auto linear = [] {
        std::array<float, 256> table{};
        for (int i = 0; i < 256; ++i) table[std::size_t(i)] = std::pow(float(i) / 255.0F, 2.2F);
        return table;
    }();
    int x0 = width, x1 = 0, y0 = height, y1 = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (rgba[(std::size_t(y) * std::size_t(width) + std::size_t(x)) * 4 + 3] < 24) continue;
            x0 = std::min(x0, x), x1 = std::max(x1, x + 1);
            y0 = std::min(y0, y), y1 = std::max(y1, y + 1);
        }
    }
    if (x0 >= x1 || y0 >= y1) return Painting(1, 1);
    Painting out(x1 - x0, y1 - y0);
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            const auto* p =
                &rgba[(std::size_t(y + y0) * std::size_t(width) + std::size_t(x + x0)) * 4];
            const int a = p[3];
            if (a == 0) continue;
            auto part = [&](int v) { return linear[std::size_t(std::min(255, v * 255 / a))]; };
            out.set(out.index(x, y), {part(p[0]), part(p[1]), part(p[2])}, float(a) / 255.0F);
        }
    }
    return out;
}

void blur(std::vector<float>& plane, int width, int height, int radius, int times) {
    radius = std::min(radius, std::min(width, height) / 2 - 1);
    if (radius < 1) return;
    std::vector<float> other(plane.size());
    const float scale = 1.0F / float(2 * radius + 1);
    const auto w = std::size_t(width);
    for (int n = 0; n < times; ++n) {
        for (int y = 0; y < height; ++y) {
            const float* row = &plane[std::size_t(y) * w];
            float* to = &other[std::size_t(y) * w];
            float sum = row[0] * float(radius + 1);
            for (int x = 1; x <= radius; ++x) sum += row[x];
            for (int x = 0; x < width; ++x) {
                to[x] = sum * scale;
                sum += row[std::min(width - 1, x + radius + 1)] - row[std::max(0, x - radius)];
            }
        }
        // Columns are summed a row at a time, so that the inner loop runs along memory.
        std::vector<float> sum(w);
        auto row_of = [&](int y) { return &other[std::size_t(std::clamp(y, 0, height - 1)) * w]; };
        for (int y = -radius; y <= radius; ++y) {
            const float* row = row_of(y);
            for (std::size_t x = 0; x < w; ++x) sum[x] += row[x];
        }
        for (int y = 0; y < height; ++y) {
            float* to = &plane[std::size_t(y) * w];
            const float *in = row_of(y + radius + 1), *out = row_of(y - radius);
            for (std::size_t x = 0; x < w; ++x) {
                to[x] = sum[x] * scale;
                sum[x] += in[x] - out[x];
            }
        }
    }
}

}  // namespace kinora::engines::storyboard
