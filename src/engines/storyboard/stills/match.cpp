// stills/match.cpp: there and back again must lead to where it began, and look alike.
#include "engines/storyboard/stills/match.hpp"

namespace kinora::engines::storyboard {
namespace {

// How much light changed between the pictures as wholes: no reason to distrust.
struct Shift {
    float red = 0, green = 0, blue = 0;
};

Shift shift_between(const Thumbnail& a, const Thumbnail& b) {
    double r = 0, g = 0, v = 0;
    for (std::size_t i = 0; i < a.luma.size(); ++i)
        r += double(b.red[i] - a.red[i]), g += double(b.green[i] - a.green[i]),
            v += double(b.blue[i] - a.blue[i]);
    const double n = double(a.luma.size());
    return {float(r / n), float(g / n), float(v / n)};
}

Field judge(const Thumbnail& a, const Thumbnail& b, const Flow& there, const Flow& back,
            const Shift& shift, Team& team) {
    const Mesh& m = there.mesh;
    const float unit = 1.0F / float(m.step());
    Field trust(m.size());
    team.run(m.rows, [&](int j, int) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float fx = there.x[at], fy = there.y[at];
            const float x = float(i) + fx * unit, y = float(j) + fy * unit;
            // Only half sure of what left the picture.
            const float outside =
                std::max({-x, x - float(m.columns - 1), -y, y - float(m.rows - 1), 0.0F});
            const MeshTap tap(m, x, y);
            const float ex = fx + tap.of(m, back.x), ey = fy + tap.of(m, back.y);
            const float lost = std::sqrt(ex * ex + ey * ey) * unit,
                        length = std::sqrt(fx * fx + fy * fy) * unit;
            const float allowed = 0.8F + 0.04F * length;
            const float odd = std::abs(tap.of(m, b.red) - a.red[at] - shift.red) +
                              std::abs(tap.of(m, b.green) - a.green[at] - shift.green) +
                              std::abs(tap.of(m, b.blue) - a.blue[at] - shift.blue);
            trust[at] = smooth(2.4F * allowed, 0.8F * allowed, lost) * smooth(0.50F, 0.18F, odd) *
                        smooth(3.0F, 0.5F, outside);
        }
    });
    box_mean(m, trust, 1);
    return trust;
}

// Gives what is not trusted the motion of what looks like it.
void mend(const Thumbnail& t, Flow& flow, const Field& trust, Team& team) {
    const int radius = std::max(3, flow.mesh.columns / 40);
    team.run(2, [&](int k, int) {
        Field& f = k == 0 ? flow.x : flow.y;
        const Field near = guided(flow.mesh, t.luma, f, radius, 0.06F, &trust);
        for (std::size_t i = 0; i < f.size(); ++i)
            f[i] = mix(near[i], f[i], smooth(0.2F, 0.7F, trust[i]));
    });
}

}  // namespace

Match find_match(const StillPicture& first, const StillPicture& second, Team& team) {
    const Mesh mesh = Mesh::within(first.width, first.height, 720);
    const Thumbnail a(first, mesh, team), b(second, mesh, team);
    Match out;
    team.run(2, [&](int k, int) {
        if (k == 0)
            out.there = find_flow(a, b);
        else
            out.back = find_flow(b, a);
    });
    const Shift shift = shift_between(a, b), other{-shift.red, -shift.green, -shift.blue};
    out.trust_there = judge(a, b, out.there, out.back, shift, team);
    out.trust_back = judge(b, a, out.back, out.there, other, team);
    double share = 0, sure = 0, way = 0;
    for (std::size_t i = 0; i < out.trust_there.size(); ++i) {
        const double trust = double(out.trust_there[i]);
        share += 0.5 * double(out.trust_there[i] + out.trust_back[i]), sure += trust;
        way += trust * std::hypot(double(out.there.x[i]), double(out.there.y[i]));
    }
    out.share = float(share / double(out.trust_there.size()));
    out.distance = float(way / std::max(1e-6, sure) / double(first.width));
    mend(a, out.there, out.trust_there, team), mend(b, out.back, out.trust_back, team);
    return out;
}

}  // namespace kinora::engines::storyboard
