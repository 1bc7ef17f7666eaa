// layers/figure.cpp: what puppets of both kinds are made with.
#include "engines/storyboard/layers/figure.hpp"

namespace kinora::engines::storyboard {

Bone& Figure::add(Vec3 a, float ra, Vec3 b, float rb, Vec3 color) {
    Bone bone;
    bone.a = a, bone.ra = ra, bone.b = b, bone.rb = rb, bone.color = color;
    bones.push_back(bone);
    return bones.back();
}

Figure mix(const Figure& one, const Figure& other, float share) {
    Figure out = share < 0.5F ? one : other;
    const bool same = one.bones.size() == other.bones.size();
    for (std::size_t i = 0; same && i < out.bones.size(); ++i) {
        const auto &a = one.bones[i], &b = other.bones[i];
        auto& bone = out.bones[i];
        bone.a = mix(a.a, b.a, share), bone.b = mix(a.b, b.b, share);
        bone.ra = mix(a.ra, b.ra, share), bone.rb = mix(a.rb, b.rb, share);
    }
    out.yaw = mix(one.yaw, other.yaw, share), out.roll = mix(one.roll, other.roll, share);
    out.lift = mix(one.lift, other.lift, share), out.seat = mix(one.seat, other.seat, share);
    return out;
}

Vec3 bend_joint(Vec3 a, Vec3& b, float upper, float lower, Vec3 hint) {
    Vec3 d = b - a;
    float length = std::sqrt(dot(d, d));
    const float reach = (upper + lower) * 0.999F;
    if (length > reach) b = a + d * (reach / length), d = b - a, length = reach;
    length = std::max(length, 1e-3F);
    const Vec3 along = d * (1.0F / length);
    const Vec3 across = unit(hint - along * dot(hint, along));
    const float x = (upper * upper - lower * lower + length * length) / (2.0F * length);
    return a + along * x + across * std::sqrt(std::max(0.0F, upper * upper - x * x));
}

}  // namespace kinora::engines::storyboard
