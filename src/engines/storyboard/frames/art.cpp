// frames/art.cpp: decode, mirror, recolour, relight, and take apart what moves.
#include "engines/storyboard/frames/art.hpp"

namespace kinora::engines::storyboard {
namespace {

struct Run {
    int x0, x1;
};

std::vector<Run> runs_of(const Painting& p, int y) {
    std::vector<Run> runs;
    int start = -1;
    for (int x = 0; x <= p.width; ++x) {
        const bool solid = x < p.width && p.alpha[p.index(x, y)] > 0.5F;
        if (solid && start < 0) start = x;
        if (!solid && start >= 0) {
            if (x - start > p.width / 50) runs.push_back({start, x});
            start = -1;
        }
    }
    return runs;
}

// Spokes and bolts, so that a turning wheel is seen to turn.
Sprite cut_wheel(const Painting& p, const Wheel& wheel) {
    const float r = wheel.radius * float(p.height), cx = wheel.x * float(p.width),
                cy = wheel.y * float(p.height);
    const int side = std::max(4, int(2 * r));
    Painting out(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const float u = (float(x) + 0.5F) / float(side) * 2 - 1,
                        v = (float(y) + 0.5F) / float(side) * 2 - 1, d = std::sqrt(u * u + v * v);
            const int sx = int(cx + u * r), sy = int(cy + v * r);
            if (sx < 0 || sy < 0 || sx >= p.width || sy >= p.height || d > 1) continue;
            const auto i = p.index(sx, sy);
            Vec3 c = p.color(i);
            const float angle = std::atan2(v, u);
            const float spoke = smooth(0.10F, 0.04F, std::abs(std::sin(angle * 2.5F)) * d) *
                                smooth(0.62F, 0.5F, d) * smooth(0.08F, 0.16F, d);
            const float tread =
                smooth(0.55F, 0.9F, std::sin(angle * 14.0F)) * smooth(0.80F, 0.9F, d);
            c = mix(c, c * 0.35F, spoke),
            c = mix(c, c * 1.5F + Vec3{0.03F, 0.03F, 0.03F}, tread * 0.5F);
            out.set(out.index(x, y), c, p.alpha[i] * smooth(1.0F, 0.95F, d));
        }
    }
    return make_sprite(out);
}

}  // namespace

Vec3 stone_tint(GroundKind ground) {
    switch (ground) {
        case GroundKind::lava:
            return {0.16F, 0.12F, 0.12F};
        case GroundKind::dirt:
            return {0.62F, 0.36F, 0.20F};
        case GroundKind::sand:
            return {0.75F, 0.58F, 0.38F};
        case GroundKind::moon:
            return {0.50F, 0.49F, 0.48F};
        case GroundKind::rock:
            return {0.35F, 0.33F, 0.36F};
        case GroundKind::seabed:
            return {0.45F, 0.52F, 0.50F};
        case GroundKind::snow:
            return {0.8F, 0.85F, 0.95F};
        default:
            return {0.50F, 0.50F, 0.48F};
    }
}

void cut_legs(const Painting& p, Art& art) {
    // Feet are the runs of the lowest rows; followed upwards they join at the belly.
    const int foot_row = int(float(p.height) * 0.955F) - 1;
    auto feet = runs_of(p, foot_row);
    if (feet.size() < 2 || feet.size() > 4) return;
    const int top_limit = int(float(p.height) * 0.50F);
    std::vector<std::vector<Run>> tracks(feet.size());
    int hip = top_limit;
    for (int y = foot_row; y > top_limit; --y) {
        const auto runs = runs_of(p, y);
        std::vector<Run> here;
        for (std::size_t i = 0; i < feet.size(); ++i) {
            const Run last = tracks[i].empty() ? feet[i] : tracks[i].back();
            const Run* best = nullptr;
            for (const auto& run : runs) {
                if (run.x1 > last.x0 && run.x0 < last.x1 &&
                    (best == nullptr || run.x1 - run.x0 < best->x1 - best->x0))
                    best = &run;
            }
            if (best == nullptr || best->x1 - best->x0 > (last.x1 - last.x0) * 3 / 2 + 4) break;
            here.push_back(*best);
        }
        if (here.size() < feet.size()) {
            hip = y + 1;
            break;
        }
        for (std::size_t i = 0; i < feet.size(); ++i) tracks[i].push_back(here[i]);
    }
    if (foot_row - hip < p.height / 12) return;

    Painting body = p;
    const int overlap = p.height / 9;
    std::vector<float> taken(p.alpha.size());
    for (std::size_t i = 0; i < feet.size(); ++i) {
        Painting leg(p.width, p.height);
        int x0 = p.width, x1 = 0;
        for (int y = std::max(0, hip - overlap); y < p.height; ++y) {
            // Rows below the foot row follow the lowest run, rows above the hip the highest.
            const int step = std::clamp(foot_row - y, 0, int(tracks[i].size()) - 1);
            Run run = tracks[i][std::size_t(step)];
            if (y > foot_row) run.x0 -= 6, run.x1 += 6;
            run.x0 -= 2, run.x1 += 2;
            for (int x = std::max(0, run.x0); x < std::min(p.width, run.x1); ++x) {
                const auto k = p.index(x, y);
                if (p.alpha[k] <= 0) continue;
                const float fade = smooth(float(hip - overlap), float(hip), float(y));
                leg.set(k, p.color(k), p.alpha[k] * (y < hip ? fade : 1.0F));
                x0 = std::min(x0, x), x1 = std::max(x1, x + 1);
                if (y >= hip) taken[k] = 1;
            }
        }
        if (x0 >= x1) return;
        const int y0 = std::max(0, hip - overlap);
        Painting part(x1 - x0, p.height - y0);
        for (int y = y0; y < p.height; ++y) {
            for (int x = x0; x < x1; ++x) {
                const auto k = p.index(x, y);
                part.set(part.index(x - x0, y - y0), leg.color(k), leg.alpha[k]);
            }
        }
        const Run top = tracks[i].back();
        LegPart out;
        const float px = 0.5F * float(top.x0 + top.x1), py = float(hip) - 0.25F * float(overlap);
        out.pivot_x = px / float(p.width), out.pivot_y = py / float(p.height);
        out.anchor_x = (px - float(x0)) / float(x1 - x0),
        out.anchor_y = (py - float(y0)) / float(p.height - y0);
        out.share = float(p.height - y0) / float(p.height);
        // Neighbours step in turn; of four, the outer ones together.
        out.phase = feet.size() == 4 ? (i == 0 || i == 3 ? 0.0F : 0.5F) : 0.5F * float(i % 2);
        if (feet.size() == 4 && i >= 2) out.phase += 0.08F;
        out.sprite = make_sprite(part);
        art.legs.push_back(std::move(out));
    }
    for (std::size_t k = 0; k < taken.size(); ++k) {
        if (taken[k] > 0) body.alpha[k] = 0;
    }
    art.body = make_sprite(body);
    art.hip = float(hip) / float(p.height);
}

Art make_art(const Pack& pack, const ArtOrder& order, const Light& light) {
    Art art;
    const Asset* asset = pack.find(order.key);
    if (asset == nullptr) return art;
    const auto image = pack.decode(order.key, std::clamp(order.height_px, 24, 640));
    if (!image) return art;
    Painting p = from_rgba(image->rgba, image->width, image->height);
    if (p.width < 3 || p.height < 3) return art;
    if (order.flip) mirror(p);
    if (order.color) recolor(p, *order.color);
    for (std::size_t i = 0; i < p.alpha.size(); ++i) p.set(i, p.color(i) * order.tint, p.alpha[i]);
    if (order.snow) add_snow(p, srgb(0xf4f8ff));
    const bool glows = asset->glows;
    Painting lit = order.silhouette ? as_silhouette(p, light) : relight(p, light, {1.0F, 0.4F});
    if (glows) {
        for (std::size_t i = 0; i < lit.alpha.size(); ++i) {
            const Vec3 own = p.color(i);
            lit.set(i,
                    {std::max(lit.red[i], own.x * 1.3F), std::max(lit.green[i], own.y * 1.3F),
                     std::max(lit.blue[i], own.z * 1.3F)},
                    lit.alpha[i]);
        }
    }
    art.whole = make_sprite(lit);
    art.ground = float(asset->ground);
    art.facing = order.flip ? -asset->facing : asset->facing;
    if (order.jointed) {
        if (asset->legs) cut_legs(lit, art);
        for (Wheel wheel : asset->wheels) {
            if (order.flip) wheel.x = 1.0F - wheel.x;
            if (wheel.radius > 0.02F)
                art.wheels.push_back({cut_wheel(lit, wheel), wheel.x, wheel.y, wheel.radius});
        }
    }
    return art;
}

}  // namespace kinora::engines::storyboard
