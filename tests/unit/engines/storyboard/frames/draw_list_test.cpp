// tests/unit/engines/storyboard/frames/draw_list_test.cpp: sprites come to lie where they are
// placed.
#include "engines/storyboard/frames/draw_list.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

constexpr int kWidth = 161, kHeight = 97;

struct Page {
    std::vector<float> r = std::vector<float>(192 * kHeight), g = r, b = r,
                       scratch = std::vector<float>(192 * kScratchRows);
    Band band() { return {r.data(), g.data(), b.data(), 192, kWidth, 0, kHeight, scratch.data()}; }
    float at(int x, int y) const { return r[std::size_t(y * 192 + x)]; }
    void draw(DrawList& list) {
        list.sort();
        list.draw(band(), 1e9F, -1e9F);
    }
};

Sprite white(int width, int height) {
    Painting p(width, height);
    for (std::size_t i = 0; i < p.alpha.size(); ++i) p.set(i, {1, 1, 1}, 1);
    return make_sprite(p);
}

TEST(DrawList, PutsTheAnchorWhereItIsWanted) {
    const auto sprite = white(40, 80);
    for (const bool flip : {false, true}) {
        Page page;
        DrawList list;
        Placement p;
        p.x = 80, p.y = 90, p.height = 40, p.flip = flip;
        list.sprite(sprite, p);
        page.draw(list);
        EXPECT_GT(page.at(80, 88), 0.9F);
        EXPECT_GT(page.at(80, 52), 0.9F);
        EXPECT_GT(page.at(72, 70), 0.9F);
        EXPECT_LT(page.at(80, 93), 0.05F);
        EXPECT_LT(page.at(80, 47), 0.05F);
        EXPECT_LT(page.at(66, 70), 0.05F);
    }
}

TEST(DrawList, StripsMakeTheWhole) {
    const auto sprite = white(64, 32);
    Page whole, parts;
    Placement p;
    p.x = 80, p.y = 80, p.height = 50, p.rotation = 0.3F;
    DrawList list;
    list.sprite(sprite, p);
    whole.draw(list);
    list.clear();
    for (int i = 0; i < 8; ++i)
        list.strip(sprite, p, float(i) / 8, float(i + 1) / 8, 0, 1, 0, 0, 0, 0);
    parts.draw(list);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x)
            EXPECT_NEAR(whole.at(x, y), parts.at(x, y), 0.12F) << x << " " << y;
    }
}

// The shadow starts at the foot and falls towards the eye.
TEST(DrawList, ShadowsTouchTheFeet) {
    const auto sprite = white(30, 60);
    Page page;
    std::fill(page.r.begin(), page.r.end(), 1.0F);
    DrawList list;
    Placement p;
    p.x = 80, p.y = 60, p.height = 50;
    list.shadow(sprite, p, -1.0F, -0.3F, 0.5F);
    page.draw(list);
    EXPECT_LT(page.at(80, 62), 0.75F);
    EXPECT_GT(page.at(80, 55), 0.9F);
    EXPECT_GT(page.at(80, 82), 0.95F);
}

TEST(DrawList, DrawsFarThingsFirst) {
    Page page;
    DrawList list;
    list.disc(1, {80, 50, 20, 20, {0.2F, 0, 0}, 1, 1, 9});
    list.disc(5, {80, 50, 20, 20, {0.9F, 0, 0}, 1, 1, 9});
    page.draw(list);
    EXPECT_NEAR(page.at(80, 50), 0.2F, 0.01F);
}

TEST(DrawList, SurvivesPlacesOutsideTheFrame) {
    const auto sprite = white(50, 50);
    Page page;
    DrawList list;
    for (const float x : {-4000.0F, -20.0F, 80.0F, 170.0F, 9000.0F}) {
        for (const float height : {0.0F, 0.6F, 40.0F, 3000.0F}) {
            Placement p;
            p.x = x, p.y = x * 0.3F, p.height = height, p.rotation = x, p.lean = 0.7F,
            p.stretch_x = height > 50 ? 0.01F : 1.0F;
            list.sprite(sprite, p);
            list.shadow(sprite, p, 1.5F, -0.3F, 0.5F);
            list.disc(2, {x, x, height, height * 0.5F, {1, 1, 1}, 1, 1, 1});
        }
    }
    page.draw(list);
    for (int y = 0; y < kHeight; ++y) EXPECT_EQ(page.at(kWidth + 3, y), 0.0F);
}

}  // namespace
}  // namespace kinora::engines::storyboard
