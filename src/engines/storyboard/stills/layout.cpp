// stills/layout.cpp: four guesses, one after the other; each uses those before it.
#include "engines/storyboard/stills/layout.hpp"

namespace kinora::engines::storyboard {
namespace {

// How much a node differs from its neighbours.
Field roughness(const Thumbnail& t) {
    const Mesh& m = t.mesh;
    Field out(m.size());
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j), right = m.index(std::min(i + 1, m.columns - 1), j),
                       below = m.index(i, std::min(j + 1, m.rows - 1));
            auto step = [&](const Field& f) {
                return std::abs(f[right] - f[at]) + std::abs(f[below] - f[at]);
            };
            out[at] = std::max({step(t.red), step(t.green), step(t.blue)});
        }
    }
    return out;
}

float apart(const Thumbnail& t, std::size_t a, std::size_t b) {
    return std::abs(t.red[a] - t.red[b]) + std::abs(t.green[a] - t.green[b]) +
           std::abs(t.blue[a] - t.blue[b]);
}

// Goes down each column from the upper edge while the picture stays smooth.
void find_sky(const Thumbnail& t, const Field& rough, Layout& out) {
    const Mesh& m = t.mesh;
    std::vector<int> ends(std::size_t(m.columns), 0);
    for (int i = 0; i < m.columns; ++i) {
        const auto first = m.index(i, 0);
        // Green, or dark on top of something bright, is leaves or a ceiling.
        const bool leafy = t.green[first] > t.blue[first] + 0.04F;
        int j = 0;
        float allowance = 0.9F;  // Strong edges on the way, summed up: clouds have some.
        while (!leafy && j < m.rows * 4 / 5) {
            const auto at = m.index(i, j);
            if (rough[at] > 0.20F || t.green[at] > t.blue[at] + 0.10F) break;
            allowance -= std::max(0.0F, rough[at] - 0.05F);
            if (allowance < 0 || apart(t, at, first) > 1.1F) break;
            ++j;
        }
        ends[std::size_t(i)] = j;
    }
    // A column ends where most of its neighbours do.
    std::vector<int> calm(ends.size());
    const int reach = std::max(1, m.columns / 40);
    for (int i = 0; i < m.columns; ++i) {
        const int a = std::max(0, i - reach), b = std::min(m.columns, i + reach + 1);
        const int most =
            ranked(std::vector(ends.begin() + a, ends.begin() + b), std::size_t(b - a) / 2);
        calm[std::size_t(i)] = std::min(ends[std::size_t(i)], most + m.rows / 20 + 1);
    }
    out.open.assign(m.size(), 0.0F);
    std::size_t count = 0, wide = 0;
    for (int i = 0; i < m.columns; ++i) {
        const int end = calm[std::size_t(i)];
        wide += end > m.rows / 25 ? 1 : 0;
        for (int j = 0; j < end; ++j) out.open[m.index(i, j)] = 1, ++count;
    }
    out.sky_share = float(count) / float(m.size());
    // A smooth road that runs up to the edge is no sky.
    if (out.sky_share < 0.06F || wide * 5 < std::size_t(m.columns) * 2) {
        std::fill(out.open.begin(), out.open.end(), 0.0F), out.sky_share = 0;
        out.sky = out.open;
        return;
    }
    // The horizon is as low as the sky reaches in a good part of the columns.
    std::vector<int> order = calm;
    std::sort(order.begin(), order.end());
    const int low = order[order.size() * 7 / 10];
    out.horizon = std::clamp(float(low) / float(m.rows), 0.15F, 0.70F);
    // Drift dies out towards whatever the sky ends at, over a quarter of its height.
    out.sky = out.open;
    for (int pass = 0; pass < 2; ++pass) {
        box_mean(m, out.sky, std::max(2, int(out.horizon * float(m.rows)) / 6));
        for (std::size_t i = 0; i < out.sky.size(); ++i)
            out.sky[i] = smooth(0.45F, 1.0F, out.sky[i]) * out.open[i];
    }
    box_mean(m, out.sky, 1);
    out.open = guided(m, t.luma, out.open, 2, 0.05F);
    for (float& v : out.open) v = clamp01(v);
}

// Below the horizon, bluish like the sky above it and without detail that stands upright.
void find_water(const Thumbnail& t, const Field& rough, Water hint, Layout& out) {
    const Mesh& m = t.mesh;
    out.water.assign(m.size(), 0.0F);
    const int first = int(out.horizon * float(m.rows));
    double share = 0, along = 0, down = 0;
    for (int j = first; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float blue = t.blue[at] - t.red[at], most = std::max(t.blue[at], t.green[at]);
            const float hue =
                smooth(0.03F, 0.12F, blue) * smooth(-0.10F, 0.02F, t.blue[at] - 0.8F * t.green[at]);
            const float calm = smooth(0.40F, 0.18F, rough[at]);
            // Snow and concrete are bluish too, but hardly: colour counts beside brightness.
            const float deep = smooth(0.10F, 0.25F, blue / std::max(0.08F, most));
            out.water[at] = hue * calm * deep;
            if (i + 1 == m.columns || j + 1 == m.rows) continue;
            along += double(out.water[at] * std::abs(t.luma[at + 1] - t.luma[at]));
            down += double(out.water[at] * std::abs(t.luma[m.index(i, j + 1)] - t.luma[at]));
        }
    }
    box_mean(m, out.water, std::max(1, m.columns / 60));
    for (float& v : out.water) v = smooth(0.55F, 0.85F, v), share += double(v);
    out.water_share = float(share / double(m.size()));
    // Waves lie across the view: a blue road or a wall at night has edges of all directions.
    const bool sure = hint == Water::expected || (out.water_share > 0.15F && down > 1.5 * along);
    if (out.water_share < 0.04F || !sure)
        std::fill(out.water.begin(), out.water.end(), 0.0F), out.water_share = 0;
    box_mean(m, out.water, std::max(1, m.columns / 80));
}

// What differs from the colours about it, more so near the middle.
Field find_subject(const Thumbnail& t, Layout& out) {
    const Mesh& m = t.mesh;
    Field far_r = t.red, far_g = t.green, far_b = t.blue;
    const int wide = std::max(4, m.columns / 5);
    for (Field* f : {&far_r, &far_g, &far_b}) box_mean(m, *f, wide), box_mean(m, *f, wide);
    Field out_of_place(m.size());
    double sum = 0, sum_x = 0, sum_y = 0;
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const float x = float(i) / float(m.columns) - 0.5F,
                        y = float(j) / float(m.rows) - 0.58F;
            const float middle = std::exp(-7.0F * x * x - 7.0F * y * y);
            const float odd = std::abs(t.red[at] - far_r[at]) + std::abs(t.green[at] - far_g[at]) +
                              std::abs(t.blue[at] - far_b[at]);
            out_of_place[at] = odd * middle * (1.0F - out.open[at]);
        }
    }
    box_mean(m, out_of_place, std::max(1, m.columns / 50));
    const float most = *std::max_element(out_of_place.begin(), out_of_place.end());
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            float& v = out_of_place[m.index(i, j)];
            v = most < 0.05F ? 0.0F : smooth(0.35F * most, 0.75F * most, v);
            sum += double(v), sum_x += double(v) * i, sum_y += double(v) * j;
        }
    }
    if (sum > 0.002 * double(m.size())) {
        out.focus_x = float(sum_x / sum) / float(m.columns - 1),
        out.focus_y = float(sum_y / sum) / float(m.rows - 1);
    }
    return out_of_place;
}

void find_nearness(const Thumbnail& t, const Field& subject, Layout& out) {
    const Mesh& m = t.mesh;
    out.nearness.resize(m.size());
    // Upright things are as near as the lowest row they reach: that of the subject by its weight.
    double weight = 0, foot = 0;
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const double v = double(subject[m.index(i, j)]);
            weight += v * v * j, foot += v * v * j * j;
        }
    }
    const float span = std::max(0.2F, 1.0F - out.horizon);
    auto ground = [&](float row) { return 0.12F + 0.80F * clamp01((row - out.horizon) / span); };
    const float stands = weight > 0 ? float(foot / weight) / float(m.rows) + 0.10F : 0.75F;
    out.subject_near = std::clamp(ground(stands), 0.35F, 0.85F);
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            float near = ground(float(j) / float(m.rows));
            near *= 1.0F - out.open[at];
            out.nearness[at] = mix(near, std::max(near, out.subject_near), subject[at]);
        }
    }
    const int reach = std::max(2, m.columns / 24);
    out.nearness = guided(m, t.luma, out.nearness, reach, 0.12F);
    // Nearer things keep their shape: what is behind them gives way, a little outside of them.
    Field wide = out.nearness;
    const int grow = std::max(1, m.columns / 60);
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            float most = 0;
            for (int k = -grow; k <= grow; ++k)
                most =
                    std::max(most, out.nearness[m.index(std::clamp(i + k, 0, m.columns - 1), j)]);
            wide[m.index(i, j)] = most;
        }
    }
    out.nearness = std::move(wide);
    box_mean(m, out.nearness, std::max(1, m.columns / 40));
    box_mean(m, out.nearness, std::max(1, m.columns / 40));
    for (float& v : out.nearness) v = clamp01(v);
}

}  // namespace

Layout make_layout(const StillPicture& still, Water water, Team& team) {
    Layout out;
    out.mesh = Mesh::within(still.width, still.height, 180);
    const Thumbnail t(still, out.mesh, team);
    double light = 0;
    for (const float v : t.luma) light += double(v);
    out.brightness = float(light / double(t.luma.size()));
    const Field rough = roughness(t);
    find_sky(t, rough, out);
    find_water(t, rough, water, out);
    const Field subject = find_subject(t, out);
    find_nearness(t, subject, out);
    return out;
}

}  // namespace kinora::engines::storyboard
