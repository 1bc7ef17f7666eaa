// frames/figure_cel.cpp: turns and projects the bones, then lets the kernels draw them.
#include "engines/storyboard/frames/figure_cel.hpp"

namespace kinora::engines::storyboard {

void CelPainter::draw(const Figure& f, float unit_px, bool face_left, const Light& light,
                      Team& team, Cel& cel) {
    unit_px = std::min(unit_px, 900.0F);
    const float scale = unit_px * 2.0F;  // Drawn at twice the size.
    const float sy = std::sin(f.yaw), cy = std::cos(f.yaw), sr = std::sin(f.roll),
                cr = std::cos(f.roll);
    const float flip = face_left ? -1.0F : 1.0F;
    float x0 = 1e9F, x1 = -1e9F, y0 = 1e9F, y1 = -1e9F;
    capsules_.clear();
    auto project = [&](Vec3 p) {
        const Vec3 v{p.x * sy + p.z * cy, p.y, p.x * cy - p.z * sy};
        // The roll turns about the figure's foot, forwards when it is positive.
        const float x = v.x * cr + v.y * sr, y = -v.x * sr + v.y * cr;
        return Vec3{x * flip * scale, -(y + f.lift) * scale, v.z * scale};
    };
    for (const auto& bone : f.bones) {
        const Vec3 a = project(bone.a), b = project(bone.b);
        const float ra = std::max(0.8F, bone.ra * scale), rb = std::max(0.8F, bone.rb * scale);
        x0 = std::min({x0, a.x - ra, b.x - rb}), x1 = std::max({x1, a.x + ra, b.x + rb});
        y0 = std::min({y0, a.y - ra, b.y - rb}), y1 = std::max({y1, a.y + ra, b.y + rb});
        Capsule c{};
        c.ax = a.x, c.ay = a.y, c.az = a.z, c.ar = ra;
        c.bx = b.x, c.by = b.y, c.bz = b.z, c.br = rb;
        c.color = bone.color.color(), c.belly = bone.belly.color();
        c.belly_amount = bone.belly_amount, c.stripes = bone.stripes, c.shine = bone.shine,
        c.glow = bone.glow;
        capsules_.push_back(c);
    }
    // 32 texels of margin at twice the size leave 16 transparent ones.
    const int left = int(std::floor(x0)) - 32, top = int(std::floor(y0)) - 32;
    // Rounded up, so that the half sizes have no rest.
    const int width = ((int(std::ceil(x1)) + 32 - left + 1) / 2 + 15) / 16 * 16,
              height = ((int(std::ceil(y1)) + 32 - top + 1) / 2 + 15) / 16 * 16;
    for (auto& c : capsules_)
        c.ax -= float(left), c.bx -= float(left), c.ay -= float(top), c.by -= float(top);
    const auto area = std::size_t(width) * std::size_t(height) * 4;
    z_.resize(area), rgb_.resize(area * 3);
    const Vec3 l = unit(light.direction);
    CelArgs args{};
    args.z = z_.data(), args.rgb = rgb_.data(), args.width = width * 2, args.height = height * 2;
    args.capsules = capsules_.data(), args.count = int(capsules_.size());
    args.light_x = l.x, args.light_y = l.y, args.light_z = l.z;
    args.key = light.key.color(), args.ambient_top = light.ambient_top.color(),
    args.ambient_bottom = light.ambient_bottom.color();
    args.rim = light.rim;
    cel.sprite.pad = kSpritePad;
    cel.sprite.width = width - 2 * kSpritePad, cel.sprite.height = height - 2 * kSpritePad;
    cel.sprite.levels.resize(1);
    Bitmap& base = cel.sprite.levels[0];
    base.width = width, base.height = height;
    base.texels.resize(std::size_t(width) * std::size_t(height));
    constexpr int rows = 48;
    team.run((height + rows - 1) / rows, [&](int block, int) {
        const int from = block * rows, to = std::min(height, from + rows);
        const auto first = std::size_t(from) * 2 * std::size_t(args.width),
                   last = std::size_t(to) * 2 * std::size_t(args.width);
        std::fill(z_.begin() + std::ptrdiff_t(first), z_.begin() + std::ptrdiff_t(last), -1e9F);
        kernels().cel(args, from * 2, to * 2);
        kernels().resolve(args, base.texels.data(), from, to);
    });
    make_levels(cel.sprite, 5);
    cel.origin_x = float(-left) * 0.5F, cel.origin_y = float(-top) * 0.5F;
    cel.unit_px = unit_px;
}

}  // namespace kinora::engines::storyboard
