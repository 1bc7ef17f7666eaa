// frames/atmosphere.cpp: every particle is a function of its number and the time, so nothing is
// kept between frames and any frame can be drawn alone.
#include "engines/storyboard/frames/atmosphere.hpp"

namespace kinora::engines::storyboard {

bool Atmosphere::has(Effect effect) const {
    return std::find(shot_.effects.begin(), shot_.effects.end(), effect) != shot_.effects.end();
}

Atmosphere::Atmosphere(const Shot& shot, const Mood& mood, const Noise& noise, std::uint32_t seed,
                       Team& team)
    : shot_(shot), mood_(mood), seed_(seed) {
    const bool clouds = shot.setting == Setting::sky || shot.weather == Weather::fog ||
                        shot.weather == Weather::cloudy;
    const bool volcano = shot.setting == Setting::volcano;
    std::vector<std::function<void()>> jobs;
    if (clouds) {
        puffs_.resize(4);
        for (std::uint32_t i = 0; i < 4; ++i)
            jobs.push_back([this, i, &noise] {
                puffs_[i] = make_sprite(paint_puff(noise.clouds, mood_.cloud_lit * 1.05F,
                                                   mix(mood_.cloud_shade, mood_.horizon, 0.35F),
                                                   mood_.light.direction, seed_ + i));
            });
    }
    if (volcano || has(Effect::smoke) || has(Effect::fire) || has(Effect::dust)) {
        const Vec3 lit = volcano ? srgb(0xc98a78) * 0.75F
                                 : mood.light.ambient_top * 0.7F + mood.light.key * 0.35F;
        const Vec3 shade = volcano ? srgb(0x2c2233) * 0.8F : mood.light.ambient_bottom * 0.6F;
        smoke_.resize(3);
        for (std::uint32_t i = 0; i < 3; ++i)
            jobs.push_back([this, i, lit, shade, &noise] {
                smoke_[i] = make_sprite(
                    paint_puff(noise.fine, lit, shade, mood_.light.direction, seed_ + 40 + i));
            });
    }
    if (mood.moon && mood.sun_radius > 0)
        jobs.push_back([this, &noise] { moon_ = make_sprite(paint_moon(noise.clouds)); });
    if (shot.setting == Setting::space || shot.setting == Setting::moon) {
        jobs.push_back([this, &noise] {
            planet_ = make_sprite(paint_planet(noise, PlanetKind::earth, mood_.light, 420));
        });
        if (shot.setting == Setting::space)
            jobs.push_back([this, &noise] {
                ringed_ = make_sprite(paint_planet(
                    noise, chance(seed_, 3) < 0.5F ? PlanetKind::banded : PlanetKind::red,
                    mood_.light, 200));
            });
    }
    auto mote = [&](Sprite& to, MoteKind kind) {
        jobs.push_back([&to, kind, &noise] { to = make_sprite(paint_mote(kind, noise.fine)); });
    };
    if (shot.weather == Weather::rain || shot.weather == Weather::lightning)
        mote(streak_, MoteKind::streak);
    if (shot.weather == Weather::snow) mote(flake_, MoteKind::flake);
    if (has(Effect::petals)) mote(petal_, MoteKind::petal);
    if (has(Effect::leaves) || shot.weather == Weather::wind) mote(leaf_, MoteKind::leaf);
    if (has(Effect::bubbles) || shot.setting == Setting::underwater)
        mote(bubble_, MoteKind::bubble);
    if (has(Effect::fire)) mote(flame_, MoteKind::flame);
    if (shot.setting == Setting::underwater || shot.setting == Setting::forest ||
        shot.setting == Setting::jungle || shot.setting == Setting::stage ||
        shot.setting == Setting::cave)
        mote(ray_, MoteKind::ray);
    team.run(int(jobs.size()), [&](int i, int) { jobs[std::size_t(i)](); });
}

float Atmosphere::flash(const Clock& c) const {
    if (shot_.weather != Weather::lightning) return 0;
    const float at = fraction(c.cycles(0.4F) + 0.62F);
    return at < 0.11F ? 0.9F * (1.0F - at / 0.11F) * (0.55F + 0.45F * std::cos(at * 160.0F)) : 0.0F;
}

void Atmosphere::draw_sky(DrawList& list, const AirView& a, const Clock& c) const {
    const bool indoor = shot_.setting == Setting::cave || shot_.setting == Setting::underwater;
    if (indoor) return;
    if (mood_.stars > 0 || has(Effect::stars)) stars(list, a, c);
    if (mood_.sun_radius > 0) {
        const Vec3 d = mood_.sun_direction;
        const float x = a.view.centre_x + a.view.focal * d.x / d.z,
                    y = a.view.horizon_y - a.view.focal * d.y / d.z,
                    r = a.view.focal * mood_.sun_radius;
        const Vec3 glow = root(mood_.sun * 0.35F);
        list.disc(9e5F, {x, y, r * 5, r * 5, glow.color(), 0.5F, 0, 1});
        if (mood_.moon) {
            Placement p;
            p.z = 8e5F, p.x = x, p.y = y, p.anchor_y = 0.5F, p.height = 2.3F * r;
            list.sprite(moon_, p);
        } else {
            list.disc(8e5F, {x, y, r, r, root(mood_.sun * 5.0F).color(), 1, 1, 9});
        }
    }
    if (shot_.setting == Setting::space || shot_.setting == Setting::moon) planets(list, a, c);
    if (shot_.setting == Setting::sky || shot_.weather == Weather::cloudy) cloud_field(list, a, c);
    if (shot_.setting == Setting::abstract) orbs(list, a, c);
    if (shot_.weather == Weather::lightning) bolt(list, a, c);
}

void Atmosphere::stars(DrawList& list, const AirView& a, const Clock& c) const {
    const int count =
        int(std::min(1.6F, std::max(mood_.stars, has(Effect::stars) ? 0.8F : 0.0F)) * 230.0F);
    const float dx = a.view.centre_x - a.base.centre_x, dy = a.view.horizon_y - a.base.horizon_y,
                size = a.height / 752.0F;
    const float bottom = std::min(a.base.horizon_y, a.height * 1.05F);
    for (int i = 0; i < count; ++i) {
        const auto n = std::uint32_t(i);
        const float x = (chance(seed_, n * 3) * 1.5F - 0.25F) * a.width + dx,
                    v = chance(seed_ + 1, n * 3), y = (v * 1.15F - 0.15F) * bottom + dy;
        const float fade = a.base.horizon_y > a.height ? 1.0F : smooth(1.0F, 0.55F, v);
        const float bright = (0.25F + 0.6F * chance(seed_ + 2, n)) *
                             (0.75F + 0.25F * c.wave(0.4F + chance(n, 7), float(i))) * fade *
                             std::min(1.0F, mood_.stars + 0.4F);
        const float r = (1.0F + 1.6F * chance(seed_ + 3, n) * chance(seed_ + 4, n)) * size * 1.3F;
        const Vec3 tone =
            mix(Vec3{1.0F, 0.92F, 0.8F}, Vec3{0.8F, 0.9F, 1.1F}, chance(seed_ + 5, n));
        list.disc(9.5e5F, {x, y, r, r, tone.color(), bright, 0, 1.6F});
    }
}

void Atmosphere::planets(DrawList& list, const AirView& a, const Clock& c) const {
    const float dx = (a.view.centre_x - a.base.centre_x) * 0.8F - a.view.x * 6.0F,
                dy = (a.view.horizon_y - a.base.horizon_y) * 0.8F;
    const bool moon = shot_.setting == Setting::moon;
    Placement p;
    p.z = 7e5F, p.anchor_y = 0.5F;
    const float side = chance(seed_, 77) < 0.5F ? -1.0F : 1.0F, least = std::min(a.width, a.height);
    p.height = least * (moon ? 0.30F : 0.62F);
    p.x = a.width * (0.5F + side * (moon ? 0.28F : 0.36F)) + dx,
    p.y = (moon ? 0.22F : 0.84F) * a.height + dy;
    p.rotation = 0.02F * c.seconds() * (c.loop() ? 0.0F : 1.0F) - 0.3F;
    const float r = p.height * 0.56F;
    list.disc(7.1e5F, {p.x, p.y, r * 1.25F, r * 1.25F, {0.25F, 0.45F, 0.8F}, 0.35F, 0, 1});
    list.sprite(planet_, p);
    if (!ringed_.empty()) {
        p.height = least * 0.20F, p.x = a.width * (0.5F - side * 0.34F) + dx * 0.8F,
        p.y = 0.20F * a.height + dy * 0.8F, p.z = 7.5e5F;
        list.sprite(ringed_, p);
    }
}

void Atmosphere::cloud_field(DrawList& list, const AirView& a, const Clock& c) const {
    if (puffs_.empty()) return;
    const bool above = shot_.setting == Setting::sky;
    const int count = above ? 46 : 16;
    for (int i = 0; i < count; ++i) {
        const auto n = std::uint32_t(i);
        // Heaps of puffs at several distances; in the sky they lie below as a sea of cloud as well.
        const int heap = i / 5;
        const auto h = std::uint32_t(heap);
        const bool sea = above && heap < 6;
        const float z = 6.0F + 22.0F * chance(seed_ + 1, h * 7 + 1) + 0.05F * float(i);
        const float drift = c.loop() ? 0.25F * c.wave(0.2F, float(heap)) : 0.22F * c.seconds();
        float x = (chance(seed_ + 2, h) - 0.5F) * z * 2.0F +
                  (chance(seed_ + 3, n) - 0.5F) * z * 0.22F - drift - a.view.x * 0.2F;
        const float y =
            sea ? a.view.y - z * (0.10F + 0.10F * chance(seed_ + 4, h)) + 0.03F * z * chance(n, 5)
                : a.view.y +
                      z * (above ? 0.12F + 0.42F * chance(seed_ + 5, h)
                                 : 0.20F + 0.25F * chance(seed_ + 5, h)) +
                      0.04F * z * chance(n, 5);
        const float span = z * 2.2F;
        x = (fraction(x / span + 0.5F) - 0.5F) * span;
        Placement p;
        p.z = (above ? 1e5F : 2e5F) + z, p.anchor_y = 0.5F;
        p.x = a.view.centre_x + x * a.view.focal / z,
        p.y = a.view.horizon_y - (y - a.view.y) * a.view.focal / z;
        p.height = (0.10F + 0.10F * chance(seed_ + 6, n)) * a.view.focal * (sea ? 1.6F : 1.0F);
        p.stretch_x = 1.5F, p.opacity = 0.9F * smooth(0.0F, 0.12F, fraction(x / span + 0.5F)) *
                                        smooth(1.0F, 0.88F, fraction(x / span + 0.5F));
        p.fog = std::min(0.7F, z * 0.022F), p.fog_color = root(mood_.horizon);
        p.flip = i % 2 != 0;
        list.sprite(puffs_[std::size_t(i) % puffs_.size()], p);
    }
}

void Atmosphere::bolt(DrawList& list, const AirView& a, const Clock& c) const {
    const float now = c.cycles(0.4F) + 0.62F, at = fraction(now);
    if (at > 0.10F) return;
    const auto n = std::uint32_t(int(std::floor(now)) + 50) * 31U + seed_;
    const float size = a.height / 752.0F, light = 1.0F - at / 0.10F;
    float x = a.width * (0.2F + 0.6F * chance(n, 1)), y = -10;
    const float end = a.view.horizon_y - 10 * size;
    for (std::uint32_t i = 0; y < end && i < 400; ++i) {
        const float bend = (chance(n + 3, i / 6) - 0.5F) * 7.0F * size;
        x += bend, y += 4.0F * size;
        const float r = (1.8F + 2.2F * (1.0F - y / end)) * size;
        list.disc(3e4F, {x, y, r, r, {1.6F, 1.7F, 2.0F}, light, light, 4});
        if (i % 6 == 0)
            list.disc(3e4F, {x, y, 40 * size, 40 * size, {0.5F, 0.55F, 0.9F}, 0.16F * light, 0, 1});
        if (i % 23 == 11) {
            float bx = x, by = y;
            for (std::uint32_t k = 0; k < 18; ++k) {
                bx += (chance(n + 9, i) < 0.5F ? -1.0F : 1.0F) * 4.0F * size +
                      (chance(n + i, k / 4) - 0.5F) * 6 * size,
                    by += 4 * size;
                list.disc(3e4F, {bx,
                                 by,
                                 1.5F * size,
                                 1.5F * size,
                                 {1.4F, 1.5F, 1.9F},
                                 light * 0.8F,
                                 light * 0.8F,
                                 4});
            }
        }
    }
}

void Atmosphere::draw_air(DrawList& list, const AirView& a, const Clock& c) const {
    if (shot_.setting == Setting::volcano) plume(list, a, c);
    if (shot_.setting == Setting::waterfall) waterfall(list, a, c);
    if (!ray_.empty()) rays(list, a, c);
    if (shot_.weather == Weather::fog) fog(list, a, c);
    if (!streak_.empty()) rain(list, a, c);
    if (shot_.weather == Weather::snow) snow(list, a, c);
    if (shot_.weather == Weather::wind && !has(Effect::leaves))
        floating(list, a, c, Effect::leaves);
    if (shot_.setting == Setting::underwater && !has(Effect::bubbles))
        floating(list, a, c, Effect::bubbles);
    if (shot_.setting == Setting::volcano && !has(Effect::sparks))
        floating(list, a, c, Effect::sparks);
    for (const auto effect : shot_.effects) {
        switch (effect) {
            case Effect::fire:
                // What burns brings its own flames.
                if (std::any_of(shot_.subjects.begin(), shot_.subjects.end(),
                                [](const Subject& s) { return s.motion == Motion::burn; }))
                    break;
                fire(list, a, c, false);
                break;
            case Effect::smoke:
                fire(list, a, c, true);
                break;
            case Effect::fireworks:
                fireworks(list, a, c);
                break;
            case Effect::stars:
                break;
            default:
                floating(list, a, c, effect);
                break;
        }
    }
}

void Atmosphere::rain(DrawList& list, const AirView& a, const Clock& c) const {
    const float size = a.height / 752.0F, slant = shot_.time == TimeOfDay::storm ? 0.28F : 0.12F;
    const Vec3 tone = root(mood_.light.ambient_top * 1.1F + mood_.horizon * 0.3F);
    for (int i = 0; i < 340; ++i) {
        const auto n = std::uint32_t(i);
        const float near = chance(seed_ + 2, n), speed = 1.5F + 1.3F * near;
        const float t = fraction(chance(seed_, n) + c.cycles(speed));
        Placement p;
        p.z = 1.2F + 2.2F * (1 - near), p.height = (34.0F + 70.0F * near) * size, p.anchor_y = 0.5F;
        p.y = (t * 1.25F - 0.12F) * a.height,
        p.x = fraction(chance(seed_ + 1, n) - a.view.x * 0.05F) * a.width * 1.3F - 0.1F * a.width -
              slant * p.y + slant * 0.3F * a.height;
        p.rotation = slant, p.stretch_x = 0.32F + 0.22F * near, p.opacity = 0.42F + 0.35F * near,
        p.tint = tone;
        list.sprite(streak_, p);
    }
    for (int i = 0; i < 60; ++i) {  // Splashes.
        const auto n = std::uint32_t(i);
        const float now = c.cycles(2.2F) + chance(n, 61), t = fraction(now);
        const auto turn = std::uint32_t(int(std::floor(now)) + 1000);
        const float y = mix(a.view.horizon_y + 0.12F * a.height, a.height,
                            std::sqrt(chance(n * 3, turn))),
                    x = chance(n * 5, turn) * a.width;
        const float r = (2.0F + 10.0F * t) * size * (0.5F + (y - a.view.horizon_y) / a.height);
        list.disc(2.0F, {x, y, r, r * 0.3F, tone.color(), 0.30F * (1 - t), 0.1F, 1.4F});
    }
}

void Atmosphere::snow(DrawList& list, const AirView& a, const Clock& c) const {
    const float size = a.height / 752.0F;
    const Vec3 tone = root(mood_.light.ambient_top * 0.9F + mood_.light.key * 0.6F) * 1.1F;
    for (int i = 0; i < 420; ++i) {
        const auto n = std::uint32_t(i);
        const float near = chance(seed_ + 2, n) * chance(seed_ + 3, n);
        const float t =
            fraction(chance(seed_, n) + c.cycles(0.10F + 0.30F * near + 0.06F * chance(n, 9)));
        const float x = fraction(chance(seed_ + 1, n) - a.view.x * (0.03F + 0.16F * near) +
                                 0.025F * c.wave(0.35F, float(i))) *
                            1.06F -
                        0.03F;
        const float r = (1.3F + 6.0F * near) * size;
        list.disc(1.1F + 7.0F * (1 - std::sqrt(near)),
                  {x * a.width, (t * 1.06F - 0.03F) * a.height, r, r, tone.color(),
                   near > 0.5F ? 0.5F : 0.85F, near > 0.5F ? 0.45F : 0.8F, 2.0F});
    }
}

void Atmosphere::fog(DrawList& list, const AirView& a, const Clock& c) const {
    if (puffs_.empty()) return;
    for (int i = 0; i < 22; ++i) {
        const auto n = std::uint32_t(i);
        const float z = 2.6F + 11.0F * float(i) / 22.0F;
        Placement p;
        p.z = z, p.anchor_y = 0.5F;
        const float x = fraction(
            chance(seed_, n) + (c.loop() ? 0.03F * c.wave(0.2F, float(i)) : 0.014F * c.seconds()) -
            a.view.x * 0.1F / z);
        p.x = (x * 1.8F - 0.4F) * a.width,
        p.y = a.view.horizon_y + (a.view.y - 0.12F) * a.view.focal / z;
        p.height = 0.9F * a.view.focal / z, p.stretch_x = 4.0F, p.flip = i % 2 != 0;
        p.opacity = 0.26F * smooth(0.0F, 0.15F, x) * smooth(1.0F, 0.85F, x), p.fog = 0.8F,
        p.fog_color = root(mood_.fog * 1.05F);
        list.sprite(puffs_[n % 4], p);
    }
}

}  // namespace kinora::engines::storyboard
