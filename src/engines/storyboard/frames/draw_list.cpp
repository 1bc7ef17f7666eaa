// frames/draw_list.cpp: placements become inverse affine maps.
#include "engines/storyboard/frames/draw_list.hpp"

namespace kinora::engines::storyboard {

void DrawList::clear() {
    quads_.clear(), discs_.clear(), entries_.clear();
}

void DrawList::push(const QuadArgs& args, float z) {
    if (args.y1 <= args.y0 || args.opacity <= 0.003F) return;
    entries_.push_back({z, int(entries_.size()), false, int(quads_.size()), args.y0, args.y1});
    quads_.push_back(args);
}

namespace {

// Maps texels of level 0 (measured from the anchor) to pixels: x = a*u + b*v, y = c*u + d*v.
struct Forward {
    float a, b, c, d;
};

Forward forward_map(const Sprite& s, const Placement& p) {
    const float scale = p.height / s.content_height();
    const float sx = scale * p.stretch_x * (p.flip ? -1.0F : 1.0F), sy = scale * p.stretch_y;
    const float cs = std::cos(p.rotation), sn = std::sin(p.rotation);
    // Lean first, then turn. Rows count downwards, so leaning to the right subtracts.
    const float lean = -p.lean * sy;
    return {sx * cs, lean * cs - sy * sn, sx * sn, lean * sn + sy * cs};
}

QuadArgs common(const Placement& p) {
    QuadArgs q{};
    q.opacity = p.opacity, q.cover = p.light ? 0.0F : p.opacity;
    q.tint = p.tint.color(), q.fog = p.fog, q.fog_color = p.fog_color.color();
    q.wobble = p.wobble, q.wobble_rate = p.wobble_rate, q.wobble_phase = p.wobble_phase,
    q.fade = p.fade;
    return q;
}

}  // namespace

void DrawList::sprite(const Sprite& s, const Placement& p) {
    strip(s, p, 0, 1, 0, 1, 0, 0, 0, 0);
}

void DrawList::strip(const Sprite& s, const Placement& p, float u0, float u1, float v0, float v1,
                     float shift_x, float shift_y, float shear_x, float shear_y) {
    if (s.empty() || p.height < 0.5F || p.opacity <= 0.003F) return;
    const Forward map = forward_map(s, p);
    Forward m = map;
    // Shear inside the strip: rows move by `shear_y` pixels for each texel to the right, and the
    // other way.
    m.c += shear_y, m.b += shear_x;
    const float det = m.a * m.d - m.b * m.c;
    if (std::abs(det) < 1e-9F) return;
    const float shrink = 1.0F / std::sqrt(std::abs(det));
    const int level =
        std::clamp(int(std::floor(std::log2(std::max(shrink, 1e-3F)) + 0.35F + p.blur)), 0,
                   int(s.levels.size()) - 1);
    const Bitmap& image = s.levels[std::size_t(level)];
    const float lw = float(image.width) / float(s.levels[0].width),
                lh = float(image.height) / float(s.levels[0].height);

    const float pad = float(s.pad), cw = s.content_width(), ch = s.content_height();
    const float ax = pad + p.anchor_x * cw, ay = pad + p.anchor_y * ch;
    // The strip's edges in texels; whole content reaches into the padding.
    const bool whole_u = u0 <= 0 && u1 >= 1, whole_v = v0 <= 0 && v1 >= 1;
    const float tu0 = u0 <= 0 ? 0.0F : pad + u0 * cw,
                tu1 = u1 >= 1 ? float(s.levels[0].width) : pad + u1 * cw;
    const float tv0 = v0 <= 0 ? 0.0F : pad + v0 * ch,
                tv1 = v1 >= 1 ? float(s.levels[0].height) : pad + v1 * ch;

    QuadArgs q = common(p);
    const float i = 1.0F / det;
    const float ua = m.d * i, ub = -m.b * i, va = -m.c * i, vb = m.a * i;
    const float px = p.x + shift_x, py = p.y + shift_y;
    // Shear leaves the strip's own left (or upper) edge where it is.
    const float ou = shear_y != 0 ? tu0 - ax : 0.0F, ov = shear_x != 0 ? tv0 - ay : 0.0F;
    const float bx = px - shear_x * ov, by = py - shear_y * ou;
    q.ux = ua * lw, q.uy = ub * lw, q.u0 = (ax - ua * bx - ub * by) * lw;
    q.vx = va * lh, q.vy = vb * lh, q.v0 = (ay - va * bx - vb * by) * lh;
    int x0 = 0, y0 = 0, x1 = image.width, y1 = image.height;
    if (!whole_u)
        x0 = std::max(0, int(std::floor(tu0 * lw))),
        x1 = std::min(image.width, int(std::ceil(tu1 * lw)) + 1);
    if (!whole_v)
        y0 = std::max(0, int(std::floor(tv0 * lh))),
        y1 = std::min(image.height, int(std::ceil(tv1 * lh)) + 1);
    if (x1 - x0 < 2 || y1 - y0 < 2) return;
    q.texels = {image.texels.data() + std::ptrdiff_t(y0) * image.width + x0, x1 - x0, y1 - y0,
                image.width};
    q.u0 -= float(x0), q.v0 -= float(y0);

    float low = 1e9F, high = -1e9F;
    for (const float u : {tu0 - ax, tu1 - ax}) {
        for (const float v : {tv0 - ay, tv1 - ay}) {
            const float y = by + m.c * u + m.d * v;
            low = std::min(low, y), high = std::max(high, y);
        }
    }
    q.y0 = std::max(int(std::floor(low)), p.clip_top),
    q.y1 = std::min(int(std::ceil(high)) + 1, p.clip_bottom);
    push(q, p.z);
}

void DrawList::shadow(const Sprite& s, Placement p, float shear, float squash, float strength) {
    // The sprite laid down: squashed, leaning away from the light, and black.
    p.stretch_y *= squash;
    p.lean = shear;
    p.opacity *= strength;
    p.tint = {0, 0, 0}, p.fog = 0;
    p.blur += 1.2F;
    p.z += 0.02F;
    sprite(s, p);
}

void DrawList::disc(float z, const Disc& d) {
    if (d.rx <= 0.05F || d.ry <= 0.05F) return;
    entries_.push_back({z, int(entries_.size()), true, int(discs_.size()),
                        int(std::floor(d.y - d.ry)), int(std::ceil(d.y + d.ry)) + 1});
    discs_.push_back(d);
}

void DrawList::sort() {
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return a.z != b.z ? a.z > b.z : a.order < b.order;
    });
}

void DrawList::draw(const Band& band, float far, float near) const {
    for (const auto& e : entries_) {
        if (e.z >= far || e.z < near || e.y0 >= band.y1 || e.y1 <= band.y0) continue;
        if (e.is_disc)
            kernels().discs(&discs_[std::size_t(e.index)], 1, band);
        else
            kernels().quad(quads_[std::size_t(e.index)], band);
    }
}

}  // namespace kinora::engines::storyboard
