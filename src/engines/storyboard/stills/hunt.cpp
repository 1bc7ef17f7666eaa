// stills/hunt.cpp: patches of seven nodes by seven; a far find must be better than a near one.
#include "engines/storyboard/stills/hunt.hpp"

namespace kinora::engines::storyboard {
namespace {

constexpr int kReach = 3;
constexpr int kSide = 2 * kReach + 1;
// What a find costs for each node of its way, beside how unlike it is.
constexpr float kFar = 0.0004F;

class Hunter {
public:
    Hunter(const Thumbnail& from, const Thumbnail& to)
        : m_(from.mesh), from_(padded(from)), to_(padded(to)) {}

    // Of the patch about (i, j) and the one (x, y) nodes off; no less than `most` where that is
    // reached on the way.
    float unlike(int i, int j, int x, int y, float most) const {
        const float limit = most * float(kSide * kSide * 3);
        float sum = 0;
        for (int v = 0; v < kSide; ++v) {
            const float* p = &from_[row(i, j + v)];
            const float* q = &to_[row(i + x, j + y + v)];
            float line = 0;
            for (int k = 0; k < 3 * kSide; ++k) line += std::abs(p[k] - q[k]);
            sum += line;
            if (sum >= limit) return most;
        }
        return sum / float(kSide * kSide * 3);
    }
    bool inside(int i, int j) const { return i >= 0 && j >= 0 && i < m_.columns && j < m_.rows; }

private:
    // With its border repeated, so that every patch is whole.
    static std::vector<float> padded(const Thumbnail& t) {
        const Mesh& m = t.mesh;
        std::vector<float> out;
        out.reserve(std::size_t(m.columns + 2 * kReach) * std::size_t(m.rows + 2 * kReach) * 3);
        for (int j = -kReach; j < m.rows + kReach; ++j) {
            for (int i = -kReach; i < m.columns + kReach; ++i) {
                const auto at =
                    m.index(std::clamp(i, 0, m.columns - 1), std::clamp(j, 0, m.rows - 1));
                out.insert(out.end(), {t.red[at], t.green[at], t.blue[at]});
            }
        }
        return out;
    }
    std::size_t row(int i, int j) const {
        return (std::size_t(j) * std::size_t(m_.columns + 2 * kReach) + std::size_t(i)) * 3;
    }

    const Mesh& m_;
    std::vector<float> from_, to_;
};

struct Find {
    int x = 0, y = 0;
    float cost = 0;
};

}  // namespace

Hunt hunt(const Thumbnail& from, const Thumbnail& to, const Flow& guess) {
    const Mesh& m = from.mesh;
    const Hunter hunter(from, to);
    const float unit = 1.0F / float(m.step());
    Hunt out{{m, Field(m.size()), Field(m.size())}, Field(m.size()), Field(m.size())};
    std::vector<Find> finds(m.size());
    auto price = [](int x, int y) { return kFar * std::sqrt(float(x * x + y * y)); };
    auto attempt = [&](int i, int j, int x, int y) {
        Find& best = finds[m.index(i, j)];
        if (!hunter.inside(i + x, j + y) || (x == best.x && y == best.y)) return;
        const float way = price(x, y);
        if (way >= best.cost) return;
        const float cost = hunter.unlike(i, j, x, y, best.cost - way) + way;
        if (cost < best.cost) best = {x, y, cost};
    };
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const MeshTap tap(guess.mesh, float(i << m.shift) / float(guess.mesh.step()),
                              float(j << m.shift) / float(guess.mesh.step()));
            const int x = std::clamp(i + int(std::lround(tap.of(guess.mesh, guess.x) * unit)), 0,
                                     m.columns - 1) -
                          i,
                      y = std::clamp(j + int(std::lround(tap.of(guess.mesh, guess.y) * unit)), 0,
                                     m.rows - 1) -
                          j;
            out.before[at] = hunter.unlike(i, j, x, y, 1);
            finds[at] = {x, y, out.before[at] + price(x, y)};
        }
    }
    std::uint32_t turn = 0;
    for (int round = 0; round < 5; ++round) {
        const int way = round % 2 == 0 ? 1 : -1;
        for (int b = 0; b < m.rows; ++b) {
            for (int a = 0; a < m.columns; ++a) {
                const int i = way > 0 ? a : m.columns - 1 - a, j = way > 0 ? b : m.rows - 1 - b;
                if (hunter.inside(i - way, j)) {
                    const Find near = finds[m.index(i - way, j)];
                    attempt(i, j, near.x, near.y);
                }
                if (hunter.inside(i, j - way)) {
                    const Find near = finds[m.index(i, j - way)];
                    attempt(i, j, near.x, near.y);
                }
                // What is found well already needs no luck.
                if (finds[m.index(i, j)].cost < 0.015F) continue;
                for (float reach = 0.45F * float(m.columns); reach >= 1; reach *= 0.5F) {
                    const Find now = finds[m.index(i, j)];
                    const float dx = 2.0F * chance(++turn) - 1.0F,
                                dy = 2.0F * chance(++turn) - 1.0F;
                    attempt(i, j, now.x + int(std::lround(dx * reach)),
                            now.y + int(std::lround(dy * reach)));
                }
            }
        }
    }
    for (std::size_t i = 0; i < finds.size(); ++i) {
        out.flow.x[i] = float(finds[i].x * m.step()), out.flow.y[i] = float(finds[i].y * m.step());
        out.unlike[i] = finds[i].cost - price(finds[i].x, finds[i].y);
    }
    return out;
}

}  // namespace kinora::engines::storyboard
