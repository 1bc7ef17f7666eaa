// layers/stance.cpp: motions as functions of time.
#include "engines/storyboard/layers/cast.hpp"
#include "engines/storyboard/layers/figure.hpp"

namespace kinora::engines::storyboard {

namespace {

constexpr float kPass = 0.5F;  // Seconds from one motion to the next.

// At home, doing what `a` does.
Stance pose_of(const Actor& a, const Clock& c) {
    Stance s;
    s.at = a.home, s.rotation = a.tilt;
    const float ph = a.phase * 2.0F * kPi;
    const float t = c.seconds() - 0.5F * c.length();
    const bool sprite = a.form == Form::sprite || a.form == Form::silhouette;
    auto life = [&](float hz, float size) { return size * c.wave(hz, ph); };
    auto rate = [&](float cycles_a_second) { return c.cycles(cycles_a_second) + a.phase; };
    switch (a.motion) {
        case Motion::walk: {
            const float hz =
                sprite ? 1.25F : a.speed / (stride_of(a.form, Motion::walk) * a.height);
            s.gait = rate(hz);
            if (sprite) {
                const bool jointed = a.asset != nullptr && a.asset->legs;
                s.legs = 0.36F,
                s.at.y +=
                    (jointed ? 0.014F : 0.05F) * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.rotation += (jointed ? 0.012F : 0.06F) * std::sin(s.gait * 2 * kPi);
            }
            break;
        }
        case Motion::run: {
            const float hz = sprite ? 2.0F : a.speed / (stride_of(a.form, Motion::run) * a.height);
            s.gait = rate(hz);
            if (sprite)
                s.legs = 0.62F, s.at.y += 0.06F * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.rotation += 0.05F * std::sin(s.gait * 2 * kPi + 0.6F);
            break;
        }
        case Motion::jump:
        case Motion::bounce: {
            s.gait = rate(0.9F);
            if (sprite) {
                const float up = std::abs(std::sin(s.gait * kPi));
                s.at.y += (a.motion == Motion::jump ? 0.50F : 0.34F) * a.height * up;
                const float squash = smooth(0.25F, 0.0F, up) * 0.14F;
                s.stretch_y = 1.0F - squash + 0.05F * up, s.stretch_x = 1.0F + squash * 0.8F;
            }
            break;
        }
        case Motion::fly:
            s.gait = rate(a.height < 0.4F ? 5.0F : 1.4F), s.at.y += 0.07F * c.wave(0.55F, ph),
            s.rotation += 0.06F * c.wave(0.55F, ph + 1.2F);
            if (a.speed == 0) s.at.x += 0.10F * c.wave(0.4F, ph);
            s.flap = 0.35F + 0.65F * std::abs(std::cos(s.gait * 2 * kPi));
            break;
        case Motion::hover:
        case Motion::float_:
            s.gait = rate(0.3F), s.at.y += 0.06F * c.wave(0.4F, ph),
            s.at.x += 0.05F * c.wave(0.25F, ph + 1), s.rotation += 0.07F * c.wave(0.3F, ph),
            s.flap = 0.4F + 0.6F * std::abs(c.wave(4.0F, ph));
            break;
        case Motion::swim:
            s.gait = rate(0.9F), s.bend = 0.06F, s.at.y += 0.05F * c.wave(0.4F, ph),
            s.rotation += 0.04F * c.wave(0.4F, ph + 1);
            break;
        case Motion::drive:
        case Motion::ride:
            s.gait = rate(1.6F), s.at.y += 0.006F * c.wave(7.0F, ph),
            s.rotation += 0.006F * c.wave(3.0F, ph);
            break;
        case Motion::sail:
            s.gait = rate(0.4F), s.at.y += 0.03F * c.wave(0.5F, ph),
            s.rotation += 0.06F * c.wave(0.45F, ph);
            break;
        case Motion::fall:
            s.gait = rate(0.7F), s.at.y += 0.9F - 1.5F * c.deed(),
            s.rotation += c.loop() ? 0.4F * c.wave(0.4F, ph) : 1.2F * t;
            break;
        case Motion::rise:
            s.gait = rate(0.5F),
            s.at.y += c.loop() ? 0.15F * c.wave(0.2F, ph) : -0.42F + 0.72F * c.deed(),
            s.rotation += 0.02F * c.wave(1.2F, ph);
            break;
        case Motion::dance:
            s.gait = rate(0.95F);
            if (sprite)
                s.sway = 0.16F * std::sin(s.gait * 2 * kPi),
                s.at.y += 0.10F * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.stretch_y = 1.0F + 0.06F * std::cos(s.gait * 4 * kPi),
                s.turned = std::sin(s.gait * kPi) < 0;
            break;
        case Motion::spin:
            s.gait = rate(0.5F);
            if (sprite) {
                const float k = std::cos(s.gait * 2 * kPi);
                s.stretch_x = 0.55F + 0.45F * std::abs(k), s.turned = k < 0;
            }
            break;
        case Motion::roll:
            s.gait = rate(0.5F), s.rotation += float(a.direction) * s.gait * 2 * kPi;
            break;
        case Motion::swing:
            s.gait = rate(0.7F);
            if (sprite) s.rotation += 0.35F * std::sin(s.gait * 2 * kPi);
            break;
        case Motion::fight:
        case Motion::kick:
            s.gait = rate(0.9F);
            if (sprite)
                s.rotation += 0.16F * std::sin(s.gait * 2 * kPi),
                    s.at.x += 0.10F * std::sin(s.gait * 2 * kPi) * float(a.direction);
            break;
        case Motion::climb:
            s.gait = rate(0.7F),
            s.at.y += c.loop() ? 0.1F + 0.06F * c.wave(0.4F, ph) : 0.75F * c.deed();
            break;
        case Motion::wave:
        case Motion::eat:
        case Motion::talk:
        case Motion::play_instrument:
        case Motion::cook:
        case Motion::read:
        case Motion::look:
            s.gait = rate(a.motion == Motion::look || a.motion == Motion::read ? 0.25F : 0.9F);
            if (sprite)
                s.rotation += 0.06F * std::sin(s.gait * 2 * kPi),
                    s.at.y += 0.02F * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                    s.sway = 0.05F * std::sin(s.gait * 2 * kPi);
            break;
        case Motion::sleep:
            s.gait = rate(0.2F), s.stretch_y = 1.0F + life(0.28F, 0.025F);
            break;
        case Motion::glow:
            s.glow = 0.6F + 0.4F * c.wave(0.7F, ph), s.stretch_y = 1.0F + life(0.5F, 0.012F);
            break;
        case Motion::burn:
            s.glow = 0.7F + 0.3F * c.wave(3.0F, ph), s.sway = life(2.0F, 0.03F),
            s.stretch_y = 1.0F + life(3.0F, 0.04F);
            break;
        case Motion::grow: {
            const float k = 0.35F + 0.65F * c.deed();
            s.stretch_x = s.stretch_y = c.loop() ? 0.85F + 0.15F * c.wave(0.2F) : k;
            break;
        }
        case Motion::explode:
        case Motion::erupt:
            s.rotation += 0.012F * c.wave(9.0F, ph), s.glow = 0.5F;
            break;
        case Motion::sit:
        case Motion::idle:
            s.gait = rate(0.25F), s.stretch_y = 1.0F + life(0.45F, 0.013F),
            s.sway = life(0.3F, 0.016F);
            break;
    }
    s.motion = s.before = a.motion;
    return s;
}

// The same in an act: its own time begins with it.
Stance pose_in(const Actor& a, std::size_t act, const Clock& c) {
    Actor now = a;
    // Legs go as fast as it comes.
    if (a.entrance) {
        const auto& e = *a.entrance;
        now.speed = e.across != 0 ? std::abs(e.drift + e.across)
                                  : std::max(std::abs(e.drift), std::abs(e.from_x) / kEnter);
    }
    if (act == 0) return pose_of(now, c);
    const auto& last = a.acts[act - 1];
    float velocity = a.speed * float(a.direction) + (a.entrance ? a.entrance->drift : 0.0F);
    for (std::size_t i = 0; i < act; ++i) velocity += a.acts[i].by;
    now.motion = last.motion, now.speed = std::abs(velocity);
    auto s = pose_of(now, Clock(c.seconds() - last.since, c.length(), c.loop()));
    // What is done once begins where it was.
    const auto first = pose_of(now, Clock(0, c.length(), c.loop()));
    const bool deed = now.motion == Motion::rise || now.motion == Motion::fall;
    if (deed) s.at.y -= first.at.y - a.home.y;
    if (now.motion == Motion::grow) s.stretch_x /= first.stretch_x, s.stretch_y /= first.stretch_y;
    return s;
}

Stance between(const Stance& before, Stance now, float k) {
    const Vec3 at = mix(before.at, now.at, k);
    now.at = at;
    now.rotation = mix(before.rotation, now.rotation, k);
    now.stretch_x = mix(before.stretch_x, now.stretch_x, k);
    now.stretch_y = mix(before.stretch_y, now.stretch_y, k);
    now.legs = mix(before.legs, now.legs, k), now.bend = mix(before.bend, now.bend, k);
    now.sway = mix(before.sway, now.sway, k), now.flap = mix(before.flap, now.flap, k);
    now.glow = mix(before.glow, now.glow, k);
    if (k < 0.5F) now.turned = before.turned;
    now.gait_before = before.gait;
    if (now.legs > 0 && now.motion != Motion::walk && now.motion != Motion::run)
        now.gait = before.gait;  // Legs that come to rest.
    now.before = before.motion, now.new_share = k;
    return now;
}

// Where it has gone, and comes from.
void move_on(const Actor& a, const Clock& c, const EyeLevel& eye, Stance& s) {
    const float velocity = a.speed * float(a.direction);
    float entered = 0;
    if (a.entrance) {
        const auto& e = *a.entrance;
        const float since = c.seconds() - e.since;
        s.way = (e.drift + e.across) * since, s.at.x += e.eye;
        if (e.across != 0) {
            s.at.x += e.from_x;
            if (since < 0) s.size = 0;
        } else if (e.grows) {
            const float k = eased(since, kGrow);
            s.size = k * (1.0F + 0.18F * std::sin(kPi * k));
        } else {
            const float p = std::clamp(since / kEnter, 0.0F, 1.0F), rest = (1.0F - p) * (1.0F - p);
            s.at.x += e.from_x * rest, s.at.y += e.from_y * rest;
            entered = e.from_x * (rest - 1.0F);
            if (since < 0) s.size = 0;
        }
    } else {
        // At home in the middle of the shot, as the eye sees it.
        s.way = velocity * c.seconds();
        s.at.x -= 0.5F * (velocity - eye.track) * c.length();
    }
    for (const auto& act : a.acts) {
        s.apart += act.by * eased_way(c.seconds() - act.since, kBend);
        s.at.y += act.lift * eased(c.seconds() - act.since, kLift);
    }
    s.way += s.apart;
    s.at.x += s.way;
    s.way += entered;
    s.opacity = 1.0F - eased(c.seconds() - a.vanishes, kGrow);
}

}  // namespace

Stance stance_of(const Actor& a, const Clock& c, const EyeLevel& eye) {
    std::size_t act = 0;
    while (act < a.acts.size() && a.acts[act].since < c.seconds()) ++act;
    Stance s = pose_in(a, act, c);
    if (act > 0) {
        const float since = c.seconds() - a.acts[act - 1].since;
        if (since < kPass) s = between(pose_in(a, act - 1, c), s, eased(since, kPass));
    }
    move_on(a, c, eye, s);
    const float ph = a.phase * 2.0F * kPi;
    if (eye.afloat && !a.hangs && a.carrier < 0)
        s.at.y += 0.03F * c.wave(0.5F, ph), s.rotation += 0.035F * c.wave(0.42F, ph + 0.7F);
    return s;
}

}  // namespace kinora::engines::storyboard
