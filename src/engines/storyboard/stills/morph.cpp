// stills/morph.cpp: every node of both pictures is sent along its way; what arrives most surely is
// what is seen.
//
// Where a node of either picture arrived with trust, both pictures are laid over each other there,
// sharp because they fit. Where only one picture has something, it alone is seen: what is being
// covered or uncovered. Where both have something and nothing fits, one gives way to the other
// along a soft line that wanders over the picture; never are both seen through each other.
#include "engines/storyboard/stills/morph.hpp"

namespace kinora::engines::storyboard {

Morph::Morph(const PictureMatch& match, std::uint32_t seed)
    : match_(match), first_(match.there.x.size()), second_(match.there.x.size()) {
    order_ = lumps(mesh(), 0.16F, seed);
}

void Morph::send(const Sender& from, float time, std::vector<Arrival>& to) const {
    const auto& [flow, trust, front] = from;
    const Mesh& m = mesh();
    const float part = time / float(m.step());
    std::fill(to.begin(), to.end(), Arrival{0, 0, kNobody, kNobody});
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float x = float(i) + flow.x[at] * part, y = float(j) + flow.y[at] * part;
            if (!(x > -1.0F && y > -1.0F)) continue;
            const int u = int(x + 1.0F) - 1, v = int(y + 1.0F) - 1;
            if (u >= m.columns || v >= m.rows) continue;
            // It lies between four nodes and is the surer the nearer it lies.
            const float fx = x - float(u), fy = y - float(v), gx = 1.0F - fx, gy = 1.0F - fy;
            const float doubt = 1.0F - trust[at];
            Arrival one{flow.x[at], flow.y[at], doubt, 0};
            // Only what is trusted hides anything.
            const float rank = doubt - trust[at] * std::min(0.8F, 0.1F * front[at]);
            auto arrive = [&](int a, int b, float far) {
                Arrival& goal = to[m.index(a, b)];
                one.rank = rank + 0.2F * far;
                if (one.rank < goal.rank) goal = one;
            };
            const bool left = u >= 0, right = u + 1 < m.columns;
            if (v >= 0 && left) arrive(u, v, fx * fx + fy * fy);
            if (v >= 0 && right) arrive(u + 1, v, gx * gx + fy * fy);
            if (v + 1 >= m.rows) continue;
            if (left) arrive(u, v + 1, fx * fx + gy * gy);
            if (right) arrive(u + 1, v + 1, gx * gx + gy * gy);
        }
    }
}

int Morph::owner(int i, int j) const {
    const Mesh& m = mesh();
    int first = 0, second = 0;
    for (int v = std::max(0, j - 2); v <= std::min(m.rows - 1, j + 2); ++v) {
        for (int u = std::max(0, i - 2); u <= std::min(m.columns - 1, i + 2); ++u) {
            const auto at = m.index(u, v);
            first += first_[at].doubt < kNobody, second += second_[at].doubt < kNobody;
        }
    }
    // A few nodes in a gap are the seam of what has left.
    if (5 * first < 4 * second) return 1;
    if (5 * second < 4 * first) return -1;
    return 0;
}

void Morph::settle(int j, float t, ViewFields& out) const {
    const Mesh& m = mesh();
    const float soft = 0.10F, gone = mix(-soft, 1.0F + soft, t);
    for (int i = 0; i < m.columns; ++i) {
        const auto at = m.index(i, j);
        const float x = float(i << m.shift), y = float(j << m.shift);
        const float d1 = first_[at].doubt, d2 = second_[at].doubt;
        const bool sooner = first_[at].rank <= second_[at].rank;
        // The way from the first to the second, as either picture has it.
        float ax = first_[at].x, ay = first_[at].y, bx = -second_[at].x, by = -second_[at].y;
        const bool one = d1 < kNobody, two = d2 < kNobody;
        if (!one && !two) ax = match_.there.x[at], ay = match_.there.y[at], bx = ax, by = ay;
        if (!one) ax = bx, ay = by;
        if (!two) bx = ax, by = ay;
        const bool fits = std::min(d1, d2) < 0.5F;
        const bool take_first = d2 >= 0.5F || (d1 < 0.5F && sooner);
        if (fits && take_first) bx = ax, by = ay;
        if (fits && !take_first) ax = bx, ay = by;
        out.from_x[at] = x - t * ax, out.from_y[at] = y - t * ay;
        out.to_x[at] = x + (1 - t) * bx, out.to_y[at] = y + (1 - t) * by;
        float share = t;
        if (fits) {
            // What is seen in both, but hardly the same, is rather seen in its own picture.
            const float lean = 2.0F * (take_first ? d1 : d2) * std::min(1.0F, 6.0F * t * (1 - t));
            share = mix(t, take_first ? 0.0F : 1.0F, lean);
        } else {
            const int whose = owner(i, j);
            share = whose != 0 ? (whose > 0 ? 1.0F : 0.0F)
                               : smooth(order_[at] - soft, order_[at] + soft, gone);
        }
        out.share[at] = share;
    }
}

void Morph::at(float time, ViewFields& out, Team& team) {
    out.resize(mesh(), true);
    team.run(2, [&](int k, int) {
        if (k == 0)
            send({match_.there, match_.trust_there, match_.front_there}, time, first_);
        else
            send({match_.back, match_.trust_back, match_.front_back}, 1.0F - time, second_);
    });
    team.run(mesh().rows, [&](int j, int) { settle(j, time, out); });
}

}  // namespace kinora::engines::storyboard
