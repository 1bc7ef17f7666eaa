// stills/crossing.cpp: the order is by distance from the aim, by depth, and by chance.
#include "engines/storyboard/stills/crossing.hpp"

namespace kinora::engines::storyboard {

Crossing::Crossing(const Living& first, const Living& second, std::uint32_t seed)
    : first_(first), second_(second) {
    const Mesh& m = first.mesh();
    const Layout& l = first.layout();
    order_ = lumps(m, 0.22F, seed);
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float x = float(i) / float(m.columns) - l.focus_x,
                        y = (float(j) / float(m.rows) - l.focus_y) * float(m.height) /
                            float(m.width);
            const float out = std::sqrt(x * x + y * y) * 1.5F;
            order_[at] = 0.50F * out + 0.22F * l.nearness[at] + 0.34F * order_[at];
        }
    }
    const auto [least, most] = std::minmax_element(order_.begin(), order_.end());
    const float from = *least, unit = 1.0F / std::max(1e-3F, *most - *least);
    for (float& v : order_) v = (v - from) * unit;
}

void Crossing::at(float time, float length, LifeMoment first, LifeMoment second, ViewFields& out,
                  Team& team) const {
    const float k = clamp01((time - 0.5F) / length + 0.5F);
    first.eye.zoom *= 1.0F + 0.45F * k * k;
    second.eye.zoom *= 1.0F - 0.10F * (1.0F - k) * (1.0F - k);
    const Mesh& m = first_.mesh();
    out.resize(m, true);
    out.light.resize(m.size());
    first_.look(first, out.from_x, out.from_y, team);
    second_.look(second, out.to_x, out.to_y, team);
    const float soft = 0.07F, gone = mix(-soft, 1.0F + soft, k), glare = std::sin(kPi * k);
    for (std::size_t i = 0; i < out.share.size(); ++i) {
        const float off = (order_[i] - gone) / soft;
        out.share[i] = smooth(1.0F, -1.0F, off);
        out.light[i] = glare * (0.26F * std::exp(-0.9F * off * off) + 0.07F);
    }
}

}  // namespace kinora::engines::storyboard
