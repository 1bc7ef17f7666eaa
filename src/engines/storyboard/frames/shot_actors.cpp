// frames/shot_actors.cpp: props and actors of the frame: where they stand, their parts, their
// shadows.
#include "engines/storyboard/frames/shot_painter.hpp"

#include "engines/storyboard/layers/staging.hpp"

namespace kinora::engines::storyboard {

void ShotPainter::add_props(const View& v, const Clock& clock) {
    const Vec3 fog = root(mood_.fog);
    const Vec3 l = unit(mood_.light.direction);
    const float shear = std::clamp(l.x / std::max(0.35F, l.y) * 1.5F, -1.6F, 1.6F);
    const float gust =
        shot_.weather == Weather::wind || shot_.time == TimeOfDay::storm ? 3.0F : 1.0F;
    for (const auto& prop : scenery_.props) {
        const float z = prop.at.z - v.z;
        if (z < 0.7F) continue;
        const float scale = v.focal / z;
        Placement p;
        p.z = z, p.height = prop.height * scale;
        p.x = v.centre_x + (prop.at.x - v.x) * scale,
        p.y = v.horizon_y - (floor_at(prop.at.x, prop.at.z) - v.y) * scale;
        const Sprite& sprite = scenery_.sprites[std::size_t(prop.sprite)];
        const float half = p.height * (0.6F * sprite.aspect() + 0.4F);
        if (p.x + half < 0 || p.x - half > float(order_.width)) continue;
        p.y += p.height * prop.sink, p.flip = prop.flip;
        p.lean = prop.sway * gust *
                 (clock.wave(0.45F, prop.phase) + 0.4F * clock.wave(1.1F, prop.phase * 1.7F) +
                  (gust > 1 ? 0.8F : 0.0F));
        p.tint = Vec3{1, 1, 1} * prop.tint, p.fog = fog_at(z), p.fog_color = fog;
        // Out of focus: nearer things much, farther ones a little.
        const float focus = std::abs(1.0F / z - 1.0F / std::max(0.4F, cast_.main_z - v.z));
        p.blur = std::clamp(focus * 2.6F - 0.30F, 0.0F, z < cast_.main_z ? 2.6F : 1.3F);
        // Things fade in as they come close to the eye, instead of popping.
        p.opacity = smooth(0.7F, 1.1F, z);
        if (prop.shadow && mood_.light.key.y > 0.2F && plan_.interior == Interior::none)
            list_.shadow(sprite, p, shear, -0.26F, 0.34F);
        list_.sprite(sprite, p);
    }
}

void ShotPainter::add_contact(const Actor& a, const Stance& s, const View& v) {
    const float z = s.at.z - v.z, scale = v.focal / z;
    const float base = floor_at(s.at.x, s.at.z),
                high = std::max(0.0F, s.at.y - (a.hangs ? 0.5F * a.height : 0.0F) - base);
    const float y = v.horizon_y - (base - v.y) * scale, x = v.centre_x + (s.at.x - v.x) * scale;
    const float fade = std::exp(-high * 1.6F), r = 0.46F * a.width() * scale * (1.0F + high * 0.3F);
    list_.disc(z + 0.03F, {x, y, r * 1.25F, r * 0.26F, {0, 0, 0}, 0, 0.50F * fade, 1.2F});
    if (high < 0.05F)
        list_.disc(z + 0.025F, {x, y, r * 0.9F, r * 0.10F, {0, 0, 0}, 0, 0.45F, 1.4F});
}

void ShotPainter::add_actor(std::size_t index, const Clock& clock, const View& v, Team& team) {
    const Actor& a = cast_.actors[index];
    Stance s = stance_at(a, clock);
    if (a.carrier >= 0) {
        // What is carried moves and tilts with its carrier.
        const Actor& c = cast_.actors[std::size_t(a.carrier)];
        const Stance under = stance_at(c, clock);
        const Vec3 offset = a.home - c.home;
        const float cs = std::cos(under.rotation - c.tilt), sn = std::sin(under.rotation - c.tilt);
        s.at = {under.at.x + offset.x * cs + offset.y * sn + s.apart,
                under.at.y + offset.y * cs - offset.x * sn + (s.at.y - a.home.y),
                under.at.z + offset.z};
        s.rotation += under.rotation - c.tilt;
    }
    if (!a.hangs && a.carrier < 0 && !plan_.afloat) s.at.y += floor_at(s.at.x, s.at.z);
    const float z = s.at.z - v.z;
    if (z < 0.35F) return;
    const float scale = v.focal / z;
    Placement p;
    p.z = z, p.x = v.centre_x + (s.at.x - v.x) * scale, p.y = v.horizon_y - (s.at.y - v.y) * scale;
    // While one thing becomes another it shrinks away or grows.
    const bool turns = a.main || (a.carrier >= 0 && cast_.actors[std::size_t(a.carrier)].main);
    const float grown = turns ? passage_.main : 1.0F;
    const float size = grown * s.size;
    if (size < 0.02F || s.opacity < 0.01F) return;
    p.opacity = s.opacity;
    p.height = a.height * scale * size, p.rotation = s.rotation, p.stretch_x = s.stretch_x,
    p.stretch_y = s.stretch_y, p.lean = s.sway;
    p.anchor_y = a.hangs ? 0.5F : 1.0F;
    p.fog = a.main ? fog_at(z) * 0.5F : fog_at(z), p.fog_color = root(mood_.fog);
    const float focus = std::abs(1.0F / z - 1.0F / std::max(0.4F, cast_.main_z - v.z));
    p.blur = a.main ? 0.0F : std::clamp(focus * 2.0F - 0.3F, 0.0F, 1.2F);
    const bool grounded = !plan_.weightless && !plan_.afloat && !ground_.empty();
    const bool far = is_mountain(shot_.subjects[std::size_t(a.subject)]);
    const bool whole = s.size > 0.5F && s.opacity > 0.5F;
    if ((grounded || plan_.water == WaterKind::beach) && a.carrier < 0 && !far && whole)
        add_contact(a, s, v);
    if (art_of_[index] >= 0) {
        const Art& art = art_[std::size_t(art_of_[index])];
        if (!art.whole.empty()) add_sprite(a, art, s, p, scale, clock);
    } else {
        add_figure(index, s, p, scale * size, clock, team);
    }
}

void ShotPainter::add_sprite(const Actor& a, const Art& art, const Stance& s, Placement p,
                             float scale, const Clock& clock) {
    if (!a.hangs) p.anchor_y = art.ground;
    if (!a.hangs && a.tilt != 0) p.anchor_y = 0.5F, p.y -= 0.14F * p.height;  // Lies level.
    p.flip = s.turned;
    if (a.asset != nullptr && a.asset->key == "fluent:rocket") add_exhaust(a, art, p, clock);
    const bool wings = a.asset != nullptr && a.asset->wings &&
                       (s.motion == Motion::fly || s.motion == Motion::hover);
    if (wings && art.facing == 0) p.stretch_x *= s.flap;
    const bool on_ground = !plan_.weightless && !plan_.afloat && a.carrier < 0 &&
                           (!ground_.empty() || plan_.water == WaterKind::beach);
    if (on_ground && !a.hangs && plan_.interior == Interior::none && mood_.light.key.y > 0.15F) {
        const Vec3 l = unit(mood_.light.direction);
        Placement shade = p;
        shade.rotation = 0, shade.lean = 0;
        shade.y += (s.at.y - floor_at(s.at.x, s.at.z)) * scale;
        list_.shadow(art.whole, shade, std::clamp(l.x / std::max(0.35F, l.y) * 1.5F, -1.6F, 1.6F),
                     -0.28F, 0.46F);
    }
    if (plan_.afloat && !a.hangs && a.carrier < 0) {
        Placement mirror = p;
        mirror.z += 0.01F, mirror.stretch_y *= -0.75F, mirror.rotation = -p.rotation * 0.6F,
                                                       mirror.opacity = 0.34F * p.opacity,
                                                       mirror.tint = {0.65F, 0.7F, 0.75F};
        mirror.wobble = 0.035F * p.height, mirror.wobble_rate = 22.0F / p.height,
        mirror.wobble_phase = clock.angle(0.8F), mirror.fade = 0.9F / p.height;
        mirror.y -= 0.02F * p.height;
        list_.sprite(art.whole, mirror);
        p.y += 0.03F * p.height;
        p.clip_bottom = int(p.y - 0.02F * p.height);
        const Vec3 foam = root(mood_.light.ambient_top + mood_.light.key * 0.6F);
        for (int k = 0; k < 34; ++k) {
            const float u = (float(k) + 0.5F) / 34.0F - 0.5F,
                        r = p.height * (0.022F + 0.018F * chance(std::uint32_t(k), 3)) *
                            (1.2F - std::abs(u));
            list_.disc(p.z - 0.005F, {p.x + u * p.height * a.aspect * 0.95F,
                                      float(p.clip_bottom) +
                                          p.height * 0.012F * clock.wave(0.7F, float(k) * 1.3F),
                                      r, r * 0.55F, foam.color(), 0.42F, 0.40F, 1.5F});
        }
    }
    if (s.bend > 0 && a.hangs) {
        // A wave runs through the body, larger towards the tail.
        constexpr int strips = 10;
        const float face = art.facing == 0 ? float(a.direction) : float(art.facing);
        auto offset = [&](float u) {
            const float tail = face > 0 ? 1.0F - u : u;
            return s.bend * p.height * (0.15F + tail) * std::sin((s.gait - 0.55F * tail) * 2 * kPi);
        };
        const float texels = art.whole.content_width() / float(strips);
        for (int i = 0; i < strips; ++i) {
            const float u0 = float(i) / float(strips), u1 = float(i + 1) / float(strips),
                        y0 = offset(u0), y1 = offset(u1);
            list_.strip(art.whole, p, u0, u1, 0, 1, 0, y0, 0, (y1 - y0) / texels);
        }
        return;
    }
    // Lies on its belly: the legs are tucked in.
    const float lies = (s.motion == Motion::sleep ? s.new_share : 0.0F) +
                       (s.before == Motion::sleep ? 1.0F - s.new_share : 0.0F);
    if (lies > 0 && !art.legs.empty()) p.anchor_y = mix(p.anchor_y, art.hip, lies);
    if (lies >= 1 && !art.legs.empty()) {
        list_.sprite(art.body, p);
        return;
    }
    const bool legs = (s.legs > 0 || lies > 0) && !art.legs.empty();
    if (legs) {
        for (const auto& leg : art.legs) {
            const float turn = (s.gait + leg.phase) * 2 * kPi,
                        swing = s.legs * std::sin(turn) * -float(a.direction);
            Placement q = p;
            const float w = p.height * art.whole.aspect();
            const float dx = (leg.pivot_x - 0.5F) * w, dy = (leg.pivot_y - p.anchor_y) * p.height;
            q.x = p.x + dx * std::cos(p.rotation) - dy * std::sin(p.rotation),
            q.y = p.y + dx * std::sin(p.rotation) + dy * std::cos(p.rotation);
            q.height = p.height * leg.share, q.anchor_x = leg.anchor_x, q.anchor_y = leg.anchor_y,
            q.rotation = p.rotation + swing;
            // A leg is lifted while it swings forward.
            q.stretch_y = (1.0F - 0.8F * lies) * (1.0F - 0.12F * std::max(0.0F, std::cos(turn)) *
                                                             std::min(1.0F, s.legs * 2));
            list_.sprite(leg.sprite, q);
        }
        list_.sprite(art.body, p);
    } else {
        list_.sprite(art.whole, p);
    }
    for (const auto& wheel : art.wheels) {
        Placement q = p;
        const float dx = (wheel.x - 0.5F) * p.height * art.whole.aspect(),
                    dy = (wheel.y - p.anchor_y) * p.height;
        q.x = p.x + dx * std::cos(p.rotation) - dy * std::sin(p.rotation),
        q.y = p.y + dx * std::sin(p.rotation) + dy * std::cos(p.rotation);
        q.height = 2 * wheel.radius * p.height, q.anchor_x = q.anchor_y = 0.5F, q.z -= 0.001F;
        // Rolling without slipping: the way on the ground over the radius.
        q.rotation = s.way / std::max(0.02F, wheel.radius * a.height);
        list_.sprite(wheel.sprite, q);
    }
    if (s.motion == Motion::burn && a.asset != nullptr && !a.asset->glows) {
        const bool alive = a.asset->kind == AssetKind::animal || a.asset->kind == AssetKind::person;
        if (alive)
            add_breath(a, p, clock);
        else
            add_flames(a, p, clock);
    }
    if (s.glow > 0) {
        const float r = p.height * 0.75F;
        list_.disc(p.z + 0.02F, {p.x,
                                 p.y - (p.anchor_y - 0.5F) * p.height,
                                 r,
                                 r,
                                 {1.1F, 0.8F, 0.4F},
                                 0.35F * s.glow,
                                 0,
                                 1});
    }
    const bool lamps =
        mood_.night > 0.5F && s.motion == Motion::drive && !art.wheels.empty() && !a.hangs;
    if (lamps) {
        const float side = float(a.direction), w = p.height * art.whole.aspect(),
                    x = p.x + side * 0.47F * w, y = p.y - 0.36F * p.height;
        list_.disc(
            p.z - 0.01F,
            {x, y, 0.10F * p.height, 0.10F * p.height, {1.9F, 1.7F, 1.2F}, 0.9F, 0.5F, 1.5F});
        list_.disc(p.z - 0.01F,
                   {x, y, 0.34F * p.height, 0.30F * p.height, {1.1F, 0.95F, 0.6F}, 0.5F, 0, 1});
        for (int k = 1; k < 8; ++k) {
            const float out = float(k) * 0.22F * p.height;
            list_.disc(p.z + 0.02F, {x + side * out,
                                     p.y - 0.02F * p.height + 0.01F * out,
                                     0.34F * p.height + 0.3F * out,
                                     0.05F * p.height + 0.05F * out,
                                     {1.0F, 0.85F, 0.55F},
                                     0.28F * (1.0F - float(k) / 9.0F),
                                     0,
                                     1});
            list_.disc(p.z - 0.01F, {x + side * out,
                                     y + 0.06F * out,
                                     0.22F * p.height + 0.2F * out,
                                     0.10F * p.height + 0.16F * out,
                                     {0.9F, 0.8F, 0.55F},
                                     0.07F,
                                     0,
                                     1});
        }
        list_.disc(p.z - 0.01F, {p.x - side * 0.48F * w,
                                 y,
                                 0.16F * p.height,
                                 0.14F * p.height,
                                 {1.5F, 0.12F, 0.08F},
                                 0.7F,
                                 0,
                                 1.2F});
    }
}

void ShotPainter::add_figure(std::size_t index, const Stance& s, Placement p, float scale,
                             const Clock& clock, Team& team) {
    const Actor& a = cast_.actors[index];
    const auto& subject = shot_.subjects[std::size_t(a.subject)];
    Gait g;
    g.motion = s.motion, g.cycle = s.gait, g.seconds = clock.cycles(1.0F) + a.phase * 3.0F;
    g.seed = look_seed(shot_, a, order_.clip_seed);
    g.carried = a.carrier >= 0, g.stands = a.stands,
    g.seated = a.seated || (a.gets_seat && s.motion == Motion::sit);
    g.instrument =
        std::none_of(shot_.subjects.begin(), shot_.subjects.end(), [&](const Subject& other) {
            return other.relation == Relation::holding && other.related_to == a.subject;
        });
    g.ball = std::none_of(shot_.subjects.begin(), shot_.subjects.end(), [](const Subject& other) {
        return other.form == Form::sprite && other.asset.find("ball") != std::string::npos;
    });
    const auto make = [&] {
        return a.form == Form::biped ? make_biped(subject.asset, g, subject.color)
                                     : make_quadruped(subject.asset, g, subject.color);
    };
    Figure f = make();
    if (s.new_share < 1) {
        g.motion = s.before, g.cycle = s.gait_before;
        f = mix(make(), f, s.new_share);
    }
    auto& cel = cels_[index];
    cel_painter_.draw(f, std::max(8.0F, a.height * scale), a.direction < 0, mood_.light, team, cel);
    const Sprite& sprite = cel.sprite;
    p.height = sprite.content_height() * (a.height * scale / cel.unit_px);
    p.anchor_x = (cel.origin_x - float(sprite.pad)) / sprite.content_width();
    p.anchor_y = (cel.origin_y - float(sprite.pad)) / sprite.content_height();
    if (a.hangs) p.y += 0.5F * a.height * scale;
    p.stretch_x = p.stretch_y = 1;
    const bool on_ground = !plan_.weightless && !plan_.afloat && a.carrier < 0 && !a.hangs &&
                           (!ground_.empty() || plan_.water == WaterKind::beach);
    if (on_ground && plan_.interior == Interior::none && mood_.light.key.y > 0.15F) {
        const Vec3 l = unit(mood_.light.direction);
        list_.shadow(sprite, p, std::clamp(l.x / std::max(0.35F, l.y) * 1.5F, -1.6F, 1.6F), -0.28F,
                     0.46F);
    }
    list_.sprite(sprite, p);
}

}  // namespace kinora::engines::storyboard
