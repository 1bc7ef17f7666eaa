// stills/match.cpp: there and back again must lead to where it began, and look alike.
#include "engines/storyboard/stills/match.hpp"

#include "engines/storyboard/stills/hunt.hpp"

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
    return trust;
}

// Lends what is not trusted the motion of something trusted that looks like it and is near, where
// that leads to what looks like it in the other picture: motions have edges, and what lies between
// two of them moves with one or the other.
void lend(const Thumbnail& a, const Thumbnail& b, Flow& flow, const Field& trust) {
    const Mesh& m = flow.mesh;
    const float unit = 1.0F / float(m.step());
    constexpr float unknown = 1e9F;
    Field way(m.size()), price(m.size());  // How unlike on the way here; and with the goal.
    for (std::size_t i = 0; i < way.size(); ++i)
        way[i] = price[i] = trust[i] > 0.6F ? 0.0F : unknown;
    auto borrow = [&](int i, int j, int u, int v) {
        if (u < 0 || v < 0 || u >= m.columns || v >= m.rows) return;
        const auto at = m.index(i, j), from = m.index(u, v);
        if (way[from] >= unknown) return;
        const float walked = way[from] + 0.003F + std::abs(a.red[at] - a.red[from]) +
                             std::abs(a.green[at] - a.green[from]) +
                             std::abs(a.blue[at] - a.blue[from]);
        if (walked >= price[at]) return;
        const MeshTap tap(m, float(i) + flow.x[from] * unit, float(j) + flow.y[from] * unit);
        const float unlike = std::abs(tap.of(m, b.red) - a.red[at]) +
                             std::abs(tap.of(m, b.green) - a.green[at]) +
                             std::abs(tap.of(m, b.blue) - a.blue[at]);
        if (walked + 1.5F * unlike >= price[at]) return;
        price[at] = walked + 1.5F * unlike, way[at] = walked;
        flow.x[at] = flow.x[from], flow.y[at] = flow.y[from];
    };
    for (int round = 0; round < 4; ++round) {
        const int back = round % 2 == 0 ? -1 : 1;
        for (int q = 0; q < m.rows; ++q) {
            for (int p = 0; p < m.columns; ++p) {
                const int i = back < 0 ? p : m.columns - 1 - p, j = back < 0 ? q : m.rows - 1 - q;
                if (trust[m.index(i, j)] > 0.6F) continue;
                borrow(i, j, i + back, j), borrow(i, j, i, j + back);
                borrow(i, j, i - back, j + back);
            }
        }
    }
}

// How far each node's motion is from that of most others: what moves by itself is in front, and so
// is what is near when the eye moves.
Field front_of(const Flow& flow) {
    const std::size_t middle = flow.x.size() / 2;
    const float x = ranked(flow.x, middle), y = ranked(flow.y, middle);
    Field out(flow.x.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = std::hypot(flow.x[i] - x, flow.y[i] - y) / float(flow.mesh.step());
    return out;
}

// What is in front takes a seam along: the pixels of its edge are half its own. Two pixels, so one
// node or two.
void take_seams(Flow& flow, Field& front, Field trust) {
    const Mesh& m = flow.mesh;
    for (int pass = 0; pass < (m.shift == 0 ? 2 : 1); ++pass) {
        const Flow old = flow;
        const Field was = front, trusted = trust;
        for (int j = 1; j + 1 < m.rows; ++j) {
            for (int i = 1; i + 1 < m.columns; ++i) {
                const auto at = m.index(i, j);
                for (const auto near : {at - 1, at + 1, m.index(i, j - 1), m.index(i, j + 1)}) {
                    if (trusted[near] < 0.6F || was[near] < front[at] + 1.5F) continue;
                    flow.x[at] = old.x[near], flow.y[at] = old.y[near];
                    front[at] = was[near], trust[at] = trusted[near];
                }
            }
        }
    }
}

// Gives what is still not trusted a motion between those about it.
void calm(const Thumbnail& t, Flow& flow, const Field& trust, Team& team) {
    const int radius = std::max(3, flow.mesh.columns / 40);
    team.run(2, [&](int k, int) {
        Field& f = k == 0 ? flow.x : flow.y;
        const Field near = guided(flow.mesh, t.luma, f, radius, 0.06F, &trust);
        for (std::size_t i = 0; i < f.size(); ++i)
            f[i] = mix(near[i], f[i], smooth(0.2F, 0.7F, trust[i]));
    });
}

// What the hunt found there and back, and much better than the flow did, replaces the flow.
Flow improved(const Flow& flow, const Hunt& there, const Hunt& back) {
    const Mesh& m = there.flow.mesh;
    const float unit = 1.0F / float(m.step());
    Field better(m.size());
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float fx = there.flow.x[at] * unit, fy = there.flow.y[at] * unit;
            const int x = std::clamp(i + int(std::lround(fx)), 0, m.columns - 1),
                      y = std::clamp(j + int(std::lround(fy)), 0, m.rows - 1);
            const auto goal = m.index(x, y);
            const float ex = fx + back.flow.x[goal] * unit, ey = fy + back.flow.y[goal] * unit;
            better[at] = ex * ex + ey * ey < 3.0F && there.unlike[at] < 0.07F &&
                                 there.unlike[at] < 0.6F * there.before[at] - 0.01F
                             ? 1.0F
                             : 0.0F;
        }
    }
    // Alone it was luck.
    Field around = better;
    box_mean(m, around, 2);
    Flow out = flow;
    const Mesh& fine = flow.mesh;
    for (int j = 0; j < fine.rows; ++j) {
        for (int i = 0; i < fine.columns; ++i) {
            const int a = std::min(m.columns - 1, ((i << fine.shift) + m.step() / 2) >> m.shift),
                      b = std::min(m.rows - 1, ((j << fine.shift) + m.step() / 2) >> m.shift);
            const auto at = m.index(a, b);
            if (better[at] < 0.5F || around[at] < 0.3F) continue;
            out.x[fine.index(i, j)] = there.flow.x[at], out.y[fine.index(i, j)] = there.flow.y[at];
        }
    }
    return out;
}

double mean(const Field& f) {
    double sum = 0;
    for (const float v : f) sum += double(v);
    return sum / double(f.size());
}

void hunt_far(const StillPicture& first, const StillPicture& second, const Thumbnail& a,
              const Thumbnail& b, PictureMatch& match, Team& team) {
    const Mesh coarse = Mesh::within(first.width, first.height, 200);
    const Thumbnail c(first, coarse, team), d(second, coarse, team);
    Hunt hunts[2];
    team.run(2, [&](int k, int) {
        hunts[k] = k == 0 ? hunt(c, d, match.there) : hunt(d, c, match.back);
    });
    const Flow there = improved(match.there, hunts[0], hunts[1]),
               back = improved(match.back, hunts[1], hunts[0]);
    team.run(2, [&](int k, int) {
        if (k == 0)
            match.there = find_flow(a, b, &there);
        else
            match.back = find_flow(b, a, &back);
    });
}

}  // namespace

PictureMatch find_match(const StillPicture& first, const StillPicture& second, Team& team) {
    const Mesh mesh = Mesh::within(first.width, first.height, 720);
    const Thumbnail a(first, mesh, team), b(second, mesh, team);
    PictureMatch out;
    team.run(2, [&](int k, int) {
        if (k == 0)
            out.there = find_flow(a, b);
        else
            out.back = find_flow(b, a);
    });
    const Shift shift = shift_between(a, b), other{-shift.red, -shift.green, -shift.blue};
    auto judge_both = [&] {
        out.trust_there = judge(a, b, out.there, out.back, shift, team);
        out.trust_back = judge(b, a, out.back, out.there, other, team);
    };
    judge_both();
    // What does not fit may have gone far; and at its edges it has to be told from what is behind.
    if (mean(out.trust_there) + mean(out.trust_back) < 2 * 0.98) {
        hunt_far(first, second, a, b, out, team);
        judge_both();
    }
    team.run(2, [&](int k, int) {
        if (k == 0)
            lend(a, b, out.there, out.trust_there);
        else
            lend(b, a, out.back, out.trust_back);
    });
    judge_both();
    out.front_there = front_of(out.there);
    out.front_back = front_of(out.back);
    take_seams(out.there, out.front_there, out.trust_there);
    take_seams(out.back, out.front_back, out.trust_back);
    double share = 0, sure = 0, way = 0;
    for (std::size_t i = 0; i < out.trust_there.size(); ++i) {
        const double trust = double(out.trust_there[i]);
        share += 0.5 * double(out.trust_there[i] + out.trust_back[i]), sure += trust;
        way += trust * std::hypot(double(out.there.x[i]), double(out.there.y[i]));
    }
    out.share = float(share / double(out.trust_there.size()));
    out.distance = float(way / std::max(1e-6, sure) / double(first.width));
    calm(a, out.there, out.trust_there, team), calm(b, out.back, out.trust_back, team);
    return out;
}

}  // namespace kinora::engines::storyboard
