// tests/unit/engines/storyboard/frames/style_test.cpp: every style keeps a picture a picture.
#include "engines/storyboard/frames/style.hpp"

#include <gtest/gtest.h>

namespace kinora::engines::storyboard {
namespace {

TEST(Style, KeepsLightInRange) {
    Team team(2);
    for (int style = 0; style <= int(Style::vintage_film); ++style) {
        for (const auto& [width, height] : {std::pair{16, 16}, {90, 50}, {50, 90}}) {
            LightPlanes planes(width, height);
            for (std::size_t i = 0; i < planes.r.size(); ++i)
                planes.r[i] = planes.g[i] = planes.b[i] = std::uint16_t(i * 131 % 32000);
            StyleFilter filter(Style(style), width, height);
            filter.filter(planes, team, 0);
            for (const auto v : planes.g) ASSERT_LE(v, 32800);
            Lens lens;
            filter.bend(lens);
            EXPECT_GT(lens.exposure, 0.3F);
            media::Picture picture(width, height);
            filter.finish(picture, team);
        }
    }
}

}  // namespace
}  // namespace kinora::engines::storyboard
