// layers/camera.cpp: every move is a path of the eye, a focal length and a shift of the picture's
// centre.
#include "engines/storyboard/layers/camera.hpp"

#include <numeric>

namespace kinora::engines::storyboard {
namespace {

// Slow, even wandering: sums of sines that close in a loop.
float wander(const Clock& c, float phase) {
    return 0.6F * c.wave(0.45F, phase) + 0.3F * c.wave(1.1F, phase * 1.7F) +
           0.1F * c.wave(2.3F, phase * 2.3F);
}

// What the picture is kept upon while the eye moves.
enum class Aim { none, rows, columns };

// How far a move is from the view at rest.
struct Offset {
    float x = 0, y = 0, z = 0;       // Of the eye, scene units.
    float focal = 1;                 // Times.
    float shift_x = 0, shift_y = 0;  // Of the picture's centre, pixels.
    Aim aim = Aim::rows;             // The main subject's middle stays in its row, or place.
};

Offset offset_of(CameraMove move, const CameraPlan& p, const Clock& clock) {
    const float s = clock.sweep(), z = p.main_z, w = float(p.width), h = float(p.height);
    const float both = 2.0F * s - 1.0F;  // -1 .. 1.
    const float room = p.bounded ? 0.6F : 1.0F;
    // In a frame that is narrower than 16:9, ways to the side are shorter.
    const float side = std::min(1.0F, w / (1.3F * p.base.focal));
    Offset o;
    switch (move) {
        case CameraMove::drift:
            o.z = 0.14F * z * s * room, o.x = 0.16F * both * room * side;
            break;
        case CameraMove::fixed:
            o.aim = Aim::none;
            break;
        case CameraMove::pan_left:
            o.shift_x = 0.17F * w * both, o.aim = Aim::none;
            break;
        case CameraMove::pan_right:
            o.shift_x = -0.17F * w * both, o.aim = Aim::none;
            break;
        case CameraMove::tilt_up:
            o.shift_y = 0.17F * h * both, o.aim = Aim::none;
            break;
        case CameraMove::tilt_down:
            o.shift_y = -0.17F * h * both, o.aim = Aim::none;
            break;
        case CameraMove::zoom_in:
            o.focal = 1.0F + 0.55F * s;
            break;
        case CameraMove::zoom_out:
            o.focal = 1.5F - 0.55F * s;
            break;
        case CameraMove::push_in:
            o.z = 0.36F * z * s * room;
            break;
        case CameraMove::pull_out:
            o.z = (0.30F - 0.45F * s) * z * room;
            break;
        case CameraMove::crane_up:
            o.y = (1.1F * s - 0.2F) * z * 0.32F * room;
            break;
        case CameraMove::crane_down:
            o.y = (0.9F - 1.1F * s) * z * 0.32F * room;
            break;
        case CameraMove::orbit:
            o.x = 0.42F * z * both * room, o.z = 0.10F * z * (1.0F - both * both) * room;
            o.aim = Aim::columns;
            break;
        case CameraMove::tracking:
            o.x = 0.5F * both * room * side, o.aim = Aim::none;
            break;
        case CameraMove::aerial:
            o.y = 0.62F * z, o.z = 0.35F * z * s - 0.45F * z;
            break;
        case CameraMove::handheld:
            o.x = 0.05F * wander(clock, 0.3F), o.y = 0.03F * wander(clock, 1.9F),
            o.z = 0.08F * z * s;
            o.shift_x = 0.012F * w * wander(clock, 4.1F),
            o.shift_y = 0.012F * h * wander(clock, 2.7F);
            break;
        case CameraMove::dolly_zoom: {
            const float back = 0.42F * z * s * room;
            o.z = back, o.focal = (z - back) / z;
            break;
        }
    }
    return o;
}

// The same for a move that takes over from another, and begins where the eye is.
Offset offset_from_there(CameraMove move, const CameraPlan& p, const Clock& clock) {
    auto o = offset_of(move, p, clock);
    if (move == CameraMove::aerial) {  // It rises first, and back, so that it sees what it left.
        o.y *= clock.sweep(), o.z = -0.25F * p.main_z * clock.sweep();
        return o;
    }
    const auto start = offset_of(move, p, Clock(0, clock.length(), false));
    o.x -= start.x, o.y -= start.y, o.z -= start.z, o.focal /= start.focal;
    o.shift_x -= start.shift_x, o.shift_y -= start.shift_y;
    return o;
}

// Moves the eye by `o`, shifts the picture, and keeps what it aims at.
View moved(const CameraPlan& p, const View& from, const Offset& o) {
    View v = from;
    v.x += o.x, v.y += o.y, v.z += o.z, v.focal *= o.focal;
    const float near = std::max(0.2F, p.main_z - from.z), z = std::max(0.2F, p.main_z - v.z);
    if (o.aim != Aim::none) {
        const float before = from.horizon_y - (p.main_y - from.y) * from.focal / near;
        v.horizon_y = before + (p.main_y - v.y) * v.focal / z;
    }
    if (o.aim == Aim::columns) v.centre_x = from.centre_x + o.x * v.focal / z;
    v.centre_x += o.shift_x, v.horizon_y += o.shift_y;
    return v;
}

// From `since` on until the next one takes over, which lets it run out.
Clock clock_of_turn(const CameraPlan& p, std::size_t turn, const Clock& clock) {
    const float begin = turn == 0 ? 0.0F : p.turns[turn - 1].since;
    float t = clock.seconds() - begin;
    // Begins gently: the way at a speed that rises to one.
    if (turn > 0) t = eased_way(t, kBend);
    if (turn < p.turns.size()) {
        const float since = clock.seconds() - p.turns[turn].since;
        if (since > 0) t -= eased_way(since, kBend);
    }
    return Clock(t, clock.length(), clock.loop());
}

}  // namespace

float Travel::at(const Clock& clock) const {
    const float since = clock.seconds() - clock.length();
    float way = speed * clock.seconds();
    if (clock.loop()) return way;
    if (since > 0) way += (after - speed) * eased_way(since, 1.5F);
    for (const auto& bend : bends) way += bend.by * eased_way(clock.seconds() - bend.since, kBend);
    return way;
}

float Travel::last_speed() const {
    return std::accumulate(bends.begin(), bends.end(), after,
                           [](float sum, const Bend& bend) { return sum + bend.by; });
}

View camera_at(const CameraPlan& p, const Clock& clock) {
    View v = moved(p, p.base, offset_of(p.move, p, clock_of_turn(p, 0, clock)));
    for (std::size_t i = 0; i < p.turns.size() && p.turns[i].since < clock.seconds(); ++i) {
        v = moved(p, v, offset_from_there(p.turns[i].move, p, clock_of_turn(p, i + 1, clock)));
    }
    v.x += p.travel.at(clock);
    return v;
}

}  // namespace kinora::engines::storyboard
