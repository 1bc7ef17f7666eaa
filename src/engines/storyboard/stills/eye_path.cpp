// stills/eye_path.cpp: each move in numbers. Where a move looks past the picture's border, a zoom
// goes with it that soon makes up for it; until then the border is mirrored.
#include "engines/storyboard/stills/eye_path.hpp"

#include "engines/storyboard/frames/vec.hpp"

namespace kinora::engines::storyboard {
namespace {

// Zoom by the same factor in every step.
float grow(float most, float s) {
    return std::exp(std::log(most) * s);
}

// Uneven hands: nothing at the start.
float tremble(float t, float phase) {
    auto at = [&](float s) {
        return 0.6F * std::sin(2.8F * s + phase) + 0.3F * std::sin(6.9F * s + 1.7F * phase) +
               0.1F * std::sin(14.0F * s + 2.3F * phase);
    };
    return at(t) - at(0);
}

}  // namespace

EyePose eye_at(CameraMove move, float progress, float seconds) {
    EyePose p;
    const float s = progress * (1.1F - 0.1F * progress);
    switch (move) {
        case CameraMove::drift:
            p.zoom = grow(1.12F, s), p.dolly = 0.07F * s, p.side = 0.016F * s;
            break;
        case CameraMove::fixed:
            p.zoom = grow(1.022F, s), p.dolly = 0.02F * s;
            break;
        case CameraMove::pan_left:
        case CameraMove::pan_right: {
            const float way = move == CameraMove::pan_left ? -1.0F : 1.0F;
            p.zoom = grow(1.20F, s), p.x = way * 0.10F * s, p.side = way * 0.012F * s;
            break;
        }
        case CameraMove::tilt_up:
        case CameraMove::tilt_down: {
            const float way = move == CameraMove::tilt_up ? -1.0F : 1.0F;
            p.zoom = grow(1.20F, s), p.y = way * 0.055F * s, p.rise = way * 0.008F * s;
            break;
        }
        case CameraMove::zoom_in:
            p.zoom = grow(1.42F, s);
            break;
        case CameraMove::zoom_out:
            p.zoom = grow(0.92F, s), p.dolly = -0.03F * s;
            break;
        case CameraMove::push_in:
            p.zoom = grow(1.26F, s), p.dolly = 0.16F * s;
            break;
        case CameraMove::pull_out:
            p.zoom = grow(0.95F, s), p.dolly = -0.08F * s;
            break;
        case CameraMove::crane_up:
            p.zoom = grow(1.10F, s), p.y = -0.018F * s, p.rise = -0.040F * s;
            break;
        case CameraMove::crane_down:
            p.zoom = grow(1.10F, s), p.y = 0.018F * s, p.rise = 0.030F * s;
            break;
        case CameraMove::orbit:
            p.zoom = grow(1.10F, s), p.side = 0.055F * s, p.x = 0.012F * s;
            break;
        case CameraMove::tracking:
            p.zoom = grow(1.14F, s), p.x = 0.05F * s, p.side = 0.035F * s;
            break;
        case CameraMove::aerial:
            p.zoom = grow(1.20F, s), p.rise = -0.030F * s, p.dolly = 0.10F * s, p.y = 0.012F * s;
            break;
        case CameraMove::handheld:
            p.zoom = grow(1.12F, s), p.dolly = 0.05F * s;
            p.x = 0.006F * tremble(seconds, 0.3F), p.y = 0.004F * tremble(seconds, 1.9F),
            p.side = 0.006F * tremble(seconds, 4.1F);
            break;
        case CameraMove::dolly_zoom:
            p.zoom = grow(1.10F, s), p.dolly = -0.24F * s;
            break;
    }
    return p;
}

EyePose round_trip(CameraMove move, float progress) {
    // The move itself there and back, and a sway across it, so that the eye never stands still: an
    // ellipse whose axes are what is seen of both, in shares of the picture's width.
    const EyePose far = eye_at(move, 0.5F, 0);
    const float zoom = std::clamp(far.zoom, 0.96F, 1.16F) * 1.03F;
    const float move_axis = 0.5F * (0.28F * std::abs(std::log(zoom)) + std::abs(far.x) +
                                    std::abs(far.y) + 0.4F * std::abs(far.side) +
                                    0.4F * std::abs(far.rise) + 0.15F * std::abs(far.dolly));
    const float sway_axis = std::max(0.010F, 0.5F * move_axis);
    // The flatter the ellipse, the faster it is passed at its ends: the way is even in time, to the
    // first harmonic.
    const float flat = std::min(1.0F, sway_axis / move_axis),
                even = 0.5F * (1.0F - flat) / (1.0F + flat);
    const float turn = 2 * kPi * progress + even * std::sin(4 * kPi * progress);
    const float along = std::sin(turn), there = 0.5F - 0.5F * std::cos(turn);
    EyePose p;
    p.zoom = grow(zoom, there);
    p.x = far.x * there, p.y = far.y * there;
    p.side = far.side * there, p.rise = far.rise * there, p.dolly = far.dolly * there;
    const bool sideways = std::abs(far.x) + std::abs(far.side) > 0.02F;
    if (sideways)
        p.rise += 0.9F * sway_axis * along, p.y += 0.6F * sway_axis * along;
    else
        p.side += 0.9F * sway_axis * along, p.x += 0.6F * sway_axis * along;
    return p;
}

}  // namespace kinora::engines::storyboard
