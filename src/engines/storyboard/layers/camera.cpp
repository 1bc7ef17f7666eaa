// layers/camera.cpp: every move is a path of the eye, a focal length and a shift of the picture's
// centre.
#include "engines/storyboard/layers/camera.hpp"

namespace kinora::engines::storyboard {
namespace {

// Slow, even wandering: sums of sines that close in a loop.
float wander(const Clock& c, float phase) {
    return 0.6F * c.wave(0.45F, phase) + 0.3F * c.wave(1.1F, phase * 1.7F) +
           0.1F * c.wave(2.3F, phase * 2.3F);
}

// Shifts the picture so that the main subject's middle stays in its row (and column).
void keep_aim(const CameraPlan& p, View& v, bool columns) {
    const float before = p.base.horizon_y - (p.main_y - p.base.y) * p.base.focal / p.main_z;
    const float z = std::max(0.2F, p.main_z - v.z);
    v.horizon_y = before + (p.main_y - v.y) * v.focal / z;
    if (columns) v.centre_x = p.base.centre_x + v.x * v.focal / z;
}

}  // namespace

float Travel::at(const Clock& clock) const {
    const float way = speed * clock.seconds(), since = clock.seconds() - clock.length();
    if (clock.loop() || since <= 0) return way;
    // The speed follows a smooth step of this length; its integral is what is added.
    constexpr float seconds = 1.5F;
    const float k = std::min(1.0F, since / seconds);
    const float integral =
        seconds * k * k * k * (1.0F - 0.5F * k) + std::max(0.0F, since - seconds);
    return way + (after - speed) * integral;
}

View camera_at(const CameraPlan& p, const Clock& clock) {
    View v = p.base;
    const float s = clock.sweep(), z = p.main_z, w = float(p.width), h = float(p.height);
    const float both = 2.0F * s - 1.0F;  // -1 .. 1.
    const float room = p.bounded ? 0.6F : 1.0F;
    switch (p.move) {
        case CameraMove::drift:
            v.z += 0.14F * z * s * room, v.x += 0.16F * both * room;
            keep_aim(p, v, false);
            break;
        case CameraMove::fixed:
            break;
        case CameraMove::pan_left:
            v.centre_x += 0.17F * w * both;
            break;
        case CameraMove::pan_right:
            v.centre_x -= 0.17F * w * both;
            break;
        case CameraMove::tilt_up:
            v.horizon_y += 0.17F * h * both;
            break;
        case CameraMove::tilt_down:
            v.horizon_y -= 0.17F * h * both;
            break;
        case CameraMove::zoom_in:
            v.focal *= 1.0F + 0.55F * s, keep_aim(p, v, false);
            break;
        case CameraMove::zoom_out:
            v.focal *= 1.5F - 0.55F * s, keep_aim(p, v, false);
            break;
        case CameraMove::push_in:
            v.z += 0.36F * z * s * room, keep_aim(p, v, false);
            break;
        case CameraMove::pull_out:
            v.z += (0.30F - 0.45F * s) * z * room, keep_aim(p, v, false);
            break;
        case CameraMove::crane_up:
            v.y += (1.1F * s - 0.2F) * z * 0.32F * room, keep_aim(p, v, false);
            break;
        case CameraMove::crane_down:
            v.y += (0.9F - 1.1F * s) * z * 0.32F * room, keep_aim(p, v, false);
            break;
        case CameraMove::orbit:
            v.x += 0.42F * z * both * room, v.z += 0.10F * z * (1.0F - both * both) * room;
            keep_aim(p, v, true);
            break;
        case CameraMove::tracking:
            v.x += 0.5F * both * room;
            break;
        case CameraMove::aerial:
            v.y += 0.62F * z, v.z += 0.35F * z * s - 0.45F * z;
            keep_aim(p, v, false);
            break;
        case CameraMove::handheld:
            v.x += 0.05F * wander(clock, 0.3F), v.y += 0.03F * wander(clock, 1.9F),
                v.z += 0.08F * z * s;
            keep_aim(p, v, false);
            v.centre_x += 0.012F * w * wander(clock, 4.1F),
                v.horizon_y += 0.012F * h * wander(clock, 2.7F);
            break;
        case CameraMove::dolly_zoom: {
            const float back = 0.42F * z * s * room;
            v.z += back, v.focal *= (z - back) / z;
            keep_aim(p, v, false);
            break;
        }
    }
    v.x += p.travel.at(clock);
    return v;
}

}  // namespace kinora::engines::storyboard
