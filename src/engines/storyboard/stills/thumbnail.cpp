// stills/thumbnail.cpp: sums along rows, then down columns; every one in the same order always.
#include "engines/storyboard/stills/thumbnail.hpp"

namespace kinora::engines::storyboard {

Thumbnail::Thumbnail(const StillPicture& still, const Mesh& m, Team& team) : mesh(m) {
    red.resize(m.size()), green.resize(m.size()), blue.resize(m.size()), luma.resize(m.size());
    // A tent as wide as the step on each side, so that the middle of what is seen is the node.
    const int reach = m.step() - 1;
    team.run(m.rows, [&](int j, int) {
        std::vector<float> sums(std::size_t(m.width) * 3);
        float down = 0;
        for (int dy = -reach; dy <= reach; ++dy) {
            const float weight = float(reach + 1 - std::abs(dy));
            const auto* row = still.row(std::clamp((j << m.shift) + dy, 0, m.height - 1));
            for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += weight * float(row[i]);
            down += weight;
        }
        for (int i = 0; i < m.columns; ++i) {
            float c[3] = {}, across = 0;
            for (int dx = -reach; dx <= reach; ++dx) {
                const float weight = float(reach + 1 - std::abs(dx));
                const auto x = std::size_t(std::clamp((i << m.shift) + dx, 0, m.width - 1)) * 3;
                for (std::size_t k = 0; k < 3; ++k) c[k] += weight * sums[x + k];
                across += weight;
            }
            const float unit = 1.0F / (255.0F * down * across);
            const auto at = m.index(i, j);
            red[at] = c[0] * unit, green[at] = c[1] * unit, blue[at] = c[2] * unit;
            luma[at] = 0.2126F * red[at] + 0.7152F * green[at] + 0.0722F * blue[at];
        }
    });
}

void box_mean(const Mesh& m, Field& f, int radius) {
    const int w = m.columns, h = m.rows;
    Field sums(f.size());
    for (int j = 0; j < h; ++j) {
        const float* p = f.data() + m.index(0, j);
        float* out = sums.data() + m.index(0, j);
        double sum = 0;
        for (int i = 0; i < std::min(radius, w); ++i) sum += double(p[i]);
        for (int i = 0; i < w; ++i) {
            if (i + radius < w) sum += double(p[i + radius]);
            if (i - radius - 1 >= 0) sum -= double(p[i - radius - 1]);
            const int n = std::min(w - 1, i + radius) - std::max(0, i - radius) + 1;
            out[i] = float(sum) / float(n);
        }
    }
    std::vector<double> column(std::size_t(w), 0.0);
    for (int j = 0; j < std::min(radius, h); ++j)
        for (int i = 0; i < w; ++i) column[std::size_t(i)] += double(sums[m.index(i, j)]);
    for (int j = 0; j < h; ++j) {
        const int n = std::min(h - 1, j + radius) - std::max(0, j - radius) + 1;
        for (int i = 0; i < w; ++i) {
            double& sum = column[std::size_t(i)];
            if (j + radius < h) sum += double(sums[m.index(i, j + radius)]);
            if (j - radius - 1 >= 0) sum -= double(sums[m.index(i, j - radius - 1)]);
            f[m.index(i, j)] = float(sum) / float(n);
        }
    }
}

Field guided(const Mesh& m, const Field& guide, const Field& field, int radius, float edge,
             const Field* trust) {
    // Weighted means: of the guide, of the field, and of their products.
    const auto n = field.size();
    Field w(n, 1.0F), g(n), f(n), gg(n), gf(n);
    for (std::size_t i = 0; i < n; ++i) {
        if (trust != nullptr) w[i] = (*trust)[i] + 1e-4F;
        g[i] = w[i] * guide[i], f[i] = w[i] * field[i];
        gg[i] = g[i] * guide[i], gf[i] = g[i] * field[i];
    }
    for (Field* one : {&w, &g, &f, &gg, &gf}) box_mean(m, *one, radius);
    // A line through them for each window, and the mean of the lines.
    for (std::size_t i = 0; i < n; ++i) {
        const float unit = 1.0F / w[i], mg = g[i] * unit, mf = f[i] * unit;
        const float slope = (gf[i] * unit - mg * mf) / (gg[i] * unit - mg * mg + edge * edge);
        g[i] = slope * w[i], f[i] = (mf - slope * mg) * w[i];
    }
    box_mean(m, g, radius), box_mean(m, f, radius), box_mean(m, w, radius);
    Field out(n);
    for (std::size_t i = 0; i < n; ++i) out[i] = (g[i] * guide[i] + f[i]) / w[i];
    return out;
}

}  // namespace kinora::engines::storyboard
