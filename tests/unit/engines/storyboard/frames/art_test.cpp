// tests/unit/engines/storyboard/frames/art_test.cpp: recolouring, relighting, and legs that come
// apart.
#include "engines/storyboard/frames/art.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

// A body on `legs` legs.
Painting table(int legs) {
    Painting p(120, 100);
    for (int y = 10; y < 100; ++y) {
        for (int x = 5; x < 115; ++x) {
            const int slot = (x - 5) * (2 * legs - 1) / 110;
            if (y < 55 || slot % 2 == 0) p.set(p.index(x, y), {0.6F, 0.2F, 0.1F}, 1);
        }
    }
    return p;
}

TEST(Art, FindsLegs) {
    for (const int legs : {2, 4}) {
        Art art;
        cut_legs(table(legs), art);
        EXPECT_EQ(art.legs.size(), std::size_t(legs));
        EXPECT_NEAR(art.hip, 0.55F, 0.05F);
        for (const auto& leg : art.legs) {
            EXPECT_NEAR(leg.pivot_y, 0.53F, 0.08F);
            EXPECT_GT(leg.share, 0.3F);
        }
    }
}

TEST(Art, LeavesWhatHasNoLegs) {
    Art art;
    cut_legs(table(1), art);
    EXPECT_TRUE(art.legs.empty());
    EXPECT_TRUE(art.body.empty());
}

TEST(Art, PaintsTheMainColorOver) {
    Painting p(20, 20);
    for (std::size_t i = 0; i < p.alpha.size(); ++i)
        p.set(i, i < 300 ? Vec3{0.7F, 0.05F, 0.05F} : Vec3{0.02F, 0.02F, 0.5F}, 1);
    recolor(p, {0.05F, 0.6F, 0.05F});
    EXPECT_GT(p.green[0], p.red[0] * 3);
    EXPECT_GT(p.blue[399], p.green[399] * 3);  // The rest keeps its hue.
}

TEST(Art, LightsFromTheSideOfTheLight) {
    Painting p(90, 90);
    for (int y = 0; y < 90; ++y) {
        for (int x = 0; x < 90; ++x) {
            const float u = float(x) - 44.5F, v = float(y) - 44.5F;
            if (u * u + v * v < 1600) p.set(p.index(x, y), {0.5F, 0.5F, 0.5F}, 1);
        }
    }
    Light light;
    light.direction = {-1, 0, 0.4F};
    const auto lit = relight(p, light, {});
    EXPECT_GT(lit.red[p.index(12, 45)], lit.red[p.index(78, 45)] * 1.1F);
    EXPECT_EQ(lit.alpha, p.alpha);
}

}  // namespace
}  // namespace kinora::engines::storyboard
