// stills/living.cpp: each node asks which place of the picture is seen through it. The answer hangs
// on how near that place is, so it is asked three times, each time from a better guess.
#include "engines/storyboard/stills/living.hpp"

namespace kinora::engines::storyboard {
namespace {

// Waves get longer towards the eye. What they do is counted from the start, so that the first
// picture is as it was given.
struct Waves {
    float size, horizon, ripple, ripple2;

    void shift(float u, float v, float water, float& x, float& y) const {
        const float depth = (v - horizon) / std::max(0.1F, 1.0F - horizon);
        if (depth <= 0.0F) return;
        const float far = std::log(depth + 0.12F), across = u / (depth + 0.25F);
        const float a = 20.0F * far + 2.3F * across, b = 13.0F * far - 3.7F * across;
        const float now = std::sin(a + 2 * kPi * ripple) - std::sin(a) +
                          0.7F * (std::sin(b + 2 * kPi * ripple2) - std::sin(b));
        const float most = size * (0.0012F + 0.0045F * depth) * smooth(0.01F, 0.14F, depth);
        y += water * most * now;
        x += water * most * 0.4F * (std::cos(b + 2 * kPi * ripple2) - std::cos(b));
    }
};

}  // namespace

void Living::look(const LifeMoment& moment, Field& x, Field& y, Team& team) const {
    const Mesh& m = mesh();
    x.resize(m.size()), y.resize(m.size());
    const float w = float(m.width), h = float(m.height), unit = 1.0F / float(m.step());
    const EyePose& e = moment.eye;
    const float aim_x = (layout_.focus_x + e.aim_x) * w, aim_y = (layout_.focus_y + e.aim_y) * h;
    const float middle = layout_.subject_near;
    const bool waves = layout_.water_share > 0 && (moment.ripple != 0 || moment.ripple2 != 0);
    const bool clouds = layout_.sky_share > 0 && moment.drift != 0;
    const Waves water{h, layout_.horizon, moment.ripple, moment.ripple2};
    team.run(m.rows, [&](int j, int) {
        for (int i = 0; i < m.columns; ++i) {
            const float px = float(i << m.shift), py = float(j << m.shift);
            float qx = px, qy = py;
            for (int round = 0; round < 3; ++round) {
                const MeshTap tap(m, qx * unit, qy * unit);
                const float near = tap.of(m, layout_.nearness) - middle;
                // A dolly passes what is near and hardly reaches what is far.
                const float zoom = e.zoom * (1.0F + e.dolly * near);
                qx = aim_x + (px - aim_x) / zoom + w * (e.x + e.side * near);
                qy = aim_y + (py - aim_y) / zoom + w * (e.y + e.rise * near);
            }
            if (waves) {
                const MeshTap tap(m, qx * unit, qy * unit);
                const float wet = tap.of(m, layout_.water);
                if (wet > 0) water.shift(qx / w, qy / h, wet, qx, qy);
            }
            if (clouds) {
                const MeshTap tap(m, qx * unit, qy * unit);
                qx -= moment.drift * w * tap.of(m, layout_.sky);
            }
            if (moment.momentum != nullptr)
                moment.momentum->undo(moment.carried, moment.carried_own, qx, qy);
            x[m.index(i, j)] = qx, y[m.index(i, j)] = qy;
        }
    });
}

}  // namespace kinora::engines::storyboard
