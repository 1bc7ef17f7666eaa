// tests/unit/engines/storyboard/stills/given.hpp: pictures made by rule, and what is made of them.
#pragma once

#include "engines/storyboard/frames/vec.hpp"
#include "engines/storyboard/stills/stills.hpp"
#include "media/video_reader.hpp"
#include "media/video_writer.hpp"
#include "support/pictures.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace kinora::engines::storyboard {

inline constexpr int kWidth = 272, kHeight = 152;

// A picture of display colours 0..1 by place, each place counted in pixels from the middle.
inline StillPicture painted(const std::function<Vec3(float x, float y)>& color, int width = kWidth,
                            int height = kHeight) {
    StillPicture out{width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const Vec3 c = color(float(x) - 0.5F * float(width), float(y) - 0.5F * float(height));
            for (const float v : {c.x, c.y, c.z})
                out.rgb.push_back(std::uint8_t(clamp01(v) * 255.0F + 0.5F));
        }
    }
    return out;
}

// Lumps of about `size` pixels, 0..1, that know no border.
inline float lump(float x, float y, float size, std::uint32_t seed) {
    x = x / size + 512.0F, y = y / size + 512.0F;
    const auto i = std::uint32_t(x), j = std::uint32_t(y);
    const float u = smooth(0, 1, x - float(i)), v = smooth(0, 1, y - float(j));
    auto at = [&](std::uint32_t a, std::uint32_t b) { return chance(seed + i + a, j + b); };
    return mix(mix(at(0, 0), at(1, 0), u), mix(at(0, 1), at(1, 1), u), v);
}

inline Vec3 ground(float x, float y, std::uint32_t seed = 5) {
    const float v = 0.25F + 0.30F * lump(x, y, 14, seed) + 0.20F * lump(x, y, 7, seed + 1);
    return {0.9F * v + 0.08F, v + 0.05F, 0.6F * v + 0.1F};
}

// Sky with clouds, hills, a meadow, and something red that stands on it.
inline Vec3 landscape_at(float x, float y) {
    const float ridge = -14.0F + 10.0F * std::sin(x * 0.035F);
    Vec3 c = ground(x, y);
    if (y < ridge) {
        const float cloud = smooth(0.5F, 0.8F, lump(x, 2 * y, 46, 9));
        c = mix(Vec3{0.42F, 0.62F, 0.92F}, Vec3{0.96F, 0.96F, 0.97F}, cloud);
    }
    const float dx = std::abs(x + 20), dy = y - 22;
    if (dx < 17 && dy > -30 && dy < 16) c = {0.82F, 0.22F + 0.2F * lump(x, y, 4, 3), 0.18F};
    return c;
}
inline StillPicture landscape() {
    return painted(landscape_at);
}
// Something with which the landscape has nothing in common.
inline StillPicture checkers() {
    return painted([](float x, float y) {
        const bool odd = (int(x + 400) / 23 + int(y + 400) / 23) % 2 != 0;
        const float v = 0.25F * lump(x, y, 9, 77);
        return odd ? Vec3{0.75F, 0.65F - v, 0.30F} : Vec3{0.15F + v, 0.10F, 0.35F};
    });
}
// A square whose middle is at (at_x, at_y), before a wall.
inline StillPicture square_at(float at_x, float at_y) {
    return painted([=](float x, float y) {
        if (std::abs(x - at_x) < 20 && std::abs(y - at_y) < 20)
            return Vec3{0.95F, 0.85F - 0.3F * lump(x - at_x, y - at_y, 6, 21), 0.10F};
        return ground(x, y, 31) * 0.7F;
    });
}

struct Clip {
    std::vector<media::Picture> frames;
    std::vector<std::string> notes;
};

class Keeper final : public FrameSink {
public:
    explicit Keeper(Clip& clip) : clip_(clip) {}
    Result<void> add(const media::Picture& picture) override {
        clip_.frames.push_back(picture.clone());
        return ok();
    }

private:
    Clip& clip_;
};

inline Clip drawn(const StillsBrief& brief, int threads = 2) {
    Clip clip;
    Keeper keeper(clip);
    RenderContext context;
    context.threads = threads;
    const auto report = draw_stills(brief, keeper, context);
    EXPECT_TRUE(report.has_value());
    if (report) clip.notes = report->notes;
    EXPECT_EQ(clip.frames.size(), std::size_t(brief.frame_count));
    return clip;
}

// Through the encoder and back.
inline std::vector<media::Picture> encoded(const std::vector<media::Picture>& clip) {
    const test::TempFolder folder;
    const auto path = folder.path() / "clip.mp4";
    auto writer =
        media::VideoWriter::open(path, {clip[0].width(), clip[0].height(), 24, 20, "veryfast", 1});
    EXPECT_TRUE(writer.has_value());
    for (const auto& frame : clip) EXPECT_TRUE((*writer)->add(frame).has_value());
    EXPECT_TRUE((*writer)->finish().has_value());
    std::vector<media::Picture> out;
    auto reader = media::VideoReader::open(path);
    EXPECT_TRUE(reader.has_value());
    while (reader) {
        auto frame = (*reader)->next();
        if (!frame || !*frame) break;
        out.push_back(std::move((*frame)->picture));
    }
    EXPECT_EQ(out.size(), clip.size());
    return out;
}

// Something moves in every step, and no step stands out.
inline void expect_even(const std::vector<double>& steps, double most, const char* what) {
    const double middle = test::median(steps);
    EXPECT_GT(*std::min_element(steps.begin(), steps.end()), 0.02) << what;
    EXPECT_LT(*std::max_element(steps.begin(), steps.end()), most * middle) << what;
}

}  // namespace kinora::engines::storyboard
