// stills/momentum.cpp: a similarity fitted to the flow of the last steps, and what it leaves over.
#include "engines/storyboard/stills/momentum.hpp"

#include <array>

namespace kinora::engines::storyboard {
namespace {

// The fit of flow = (x, y) + zoom * place + turn * across, where weights say what to trust.
struct Fit {
    double x = 0, y = 0, zoom = 0, turn = 0;

    std::pair<double, double> at(double u, double v) const {
        return {x + zoom * u - turn * v, y + zoom * v + turn * u};
    }
};

Fit fit_once(const Flow& f, const Field& weight) {
    const Mesh& m = f.mesh;
    double n = 0, su = 0, sv = 0, sq = 0, sx = 0, sy = 0, along = 0, across = 0;
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const double w = double(weight[at]), u = (i << m.shift) - m.width / 2.0,
                         v = (j << m.shift) - m.height / 2.0;
            const double x = double(f.x[at]), y = double(f.y[at]);
            n += w, su += w * u, sv += w * v, sq += w * (u * u + v * v);
            sx += w * x, sy += w * y, along += w * (u * x + v * y), across += w * (u * y - v * x);
        }
    }
    Fit fit;
    if (n < 1e-9) return fit;
    const double mu = su / n, mv = sv / n, mx = sx / n, my = sy / n;
    const double spread = sq - n * (mu * mu + mv * mv);
    if (spread > 1e-6) {
        fit.zoom = (along - n * (mu * mx + mv * my)) / spread;
        fit.turn = (across - n * (mu * my - mv * mx)) / spread;
    }
    fit.x = mx - fit.zoom * mu + fit.turn * mv;
    fit.y = my - fit.zoom * mv - fit.turn * mu;
    return fit;
}

// What fits badly counts less in the next round.
Fit fit_flow(const Flow& f, const Field& texture) {
    const Mesh& m = f.mesh;
    Field weight = texture;
    Fit fit;
    for (int round = 0; round < 6; ++round) {
        fit = fit_once(f, weight);
        for (int j = 0; j < m.rows; ++j) {
            for (int i = 0; i < m.columns; ++i) {
                const auto at = m.index(i, j);
                const auto [x, y] =
                    fit.at((i << m.shift) - m.width / 2.0, (j << m.shift) - m.height / 2.0);
                const float ex = f.x[at] - float(x), ey = f.y[at] - float(y);
                weight[at] = texture[at] / (0.15F + ex * ex + ey * ey);
            }
        }
    }
    return fit;
}

// Flat places say nothing about motion.
Field texture_of(const Thumbnail& t) {
    const Mesh& m = t.mesh;
    Field out(m.size());
    for (int j = 1; j + 1 < m.rows; ++j) {
        for (int i = 1; i + 1 < m.columns; ++i) {
            const float dx = t.luma[m.index(i + 1, j)] - t.luma[m.index(i - 1, j)],
                        dy = t.luma[m.index(i, j + 1)] - t.luma[m.index(i, j - 1)];
            out[m.index(i, j)] = std::min(0.01F, dx * dx + dy * dy);
        }
    }
    box_mean(m, out, 2);
    return out;
}

// Logarithm of how much brighter what is in both pictures became: what came into view does not
// count.
float light_between(const Thumbnail& now, const Thumbnail& then, const Flow& back) {
    const Mesh& m = now.mesh;
    const float unit = 1.0F / float(m.step());
    Field ratios;
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float was = MeshTap(m, float(i) + back.x[at] * unit, float(j) + back.y[at] * unit)
                                  .of(m, then.luma);
            if (was > 0.06F && now.luma[at] > 0.06F) ratios.push_back(now.luma[at] / was);
        }
    }
    if (ratios.size() < m.size() / 10) return 0;
    return std::log(ranked(ratios, ratios.size() / 2));
}

}  // namespace

float Momentum::speed() const {
    const float reach = 0.5F * std::hypot(float(mesh.width), float(mesh.height));
    return std::hypot(x, y) + reach * (std::abs(zoom) + std::abs(turn));
}

float Momentum::own_speed() const {
    Field speeds(own_x.size());
    if (speeds.empty()) return 0;
    for (std::size_t i = 0; i < speeds.size(); ++i) speeds[i] = std::hypot(own_x[i], own_y[i]);
    return ranked(speeds, speeds.size() * 97 / 100);
}

void Momentum::undo(float steps, float own, float& px, float& py) const {
    const float cx = 0.5F * float(mesh.width), cy = 0.5F * float(mesh.height);
    const float u = px - cx - x * steps, v = py - cy - y * steps;
    const float size = std::exp(-zoom * steps), c = std::cos(turn * steps) * size,
                s = std::sin(turn * steps) * size;
    px = cx + c * u + s * v, py = cy + c * v - s * u;
    if (own == 0) return;
    const MeshTap tap(mesh, px / float(mesh.step()), py / float(mesh.step()));
    px -= own * tap.of(mesh, own_x), py -= own * tap.of(mesh, own_y);
}

Momentum find_momentum(std::span<const media::Picture> before, Team& team) {
    Momentum out;
    if (before.size() < 2) return out;
    const auto last = before.size() - 1;
    const auto steps = std::min<std::size_t>(3, last);
    std::vector<Thumbnail> seen;
    for (auto i = last - steps; i <= last; ++i) {
        const StillPicture still = from_video(before[i]);
        if (seen.empty()) out.mesh = Mesh::within(still.width, still.height, 360);
        seen.emplace_back(still, out.mesh, team);
    }
    // From each picture back to the one before it: places are those of the later one.
    std::array<Flow, 3> flows;
    team.run(int(steps), [&](int k, int) {
        const auto i = std::size_t(k);
        flows[i] = find_flow(seen[i + 1], seen[i]);
    });
    const Field texture = texture_of(seen.back());
    for (std::size_t i = 0; i < steps; ++i) {
        const Fit fit = fit_flow(flows[i], texture);
        // The last step counts most, but one step alone would also carry its trembling on.
        const float share = steps == 1 ? 1.0F : i + 1 == steps ? 0.6F : 0.4F / float(steps - 1);
        out.x -= share * float(fit.x), out.y -= share * float(fit.y);
        out.zoom -= share * float(fit.zoom), out.turn -= share * float(fit.turn);
        out.light += share * light_between(seen[i + 1], seen[i], flows[i]);
        if (i + 1 < steps) continue;
        const Mesh& m = out.mesh;
        out.own_x.resize(m.size()), out.own_y.resize(m.size());
        for (int j = 0; j < m.rows; ++j) {
            for (int k = 0; k < m.columns; ++k) {
                const auto at = m.index(k, j);
                const auto [x, y] =
                    fit.at((k << m.shift) - m.width / 2.0, (j << m.shift) - m.height / 2.0);
                // Only where there is something to see; nothing wanders off by a great way.
                const float seen_share = smooth(0.0F, 0.0008F, texture[at]),
                            most = 0.02F * float(m.width);
                out.own_x[at] = std::clamp(float(x) - flows[i].x[at], -most, most) * seen_share;
                out.own_y[at] = std::clamp(float(y) - flows[i].y[at], -most, most) * seen_share;
            }
        }
        box_mean(m, out.own_x, 2), box_mean(m, out.own_y, 2);
    }
    return out;
}

}  // namespace kinora::engines::storyboard
