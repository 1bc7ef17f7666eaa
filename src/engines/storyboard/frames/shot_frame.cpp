// frames/shot_frame.cpp: what changes from frame to frame: the view, the air, the order of layers.
#include "engines/storyboard/frames/shot_painter.hpp"

namespace kinora::engines::storyboard {

float ShotPainter::fog_at(float z) const {
    return std::min(0.92F, 1.0F - std::exp(-std::max(0.0F, z - 1.0F) * mood_.fog_density * 0.75F));
}

// Height of the ground under a place: a beach rises towards the eye, everything else is flat.
float ShotPainter::floor_at(float, float z) const {
    if (plan_.water != WaterKind::beach) return 0;
    const float scale = plan_.water_scale, shore = plan_.shore * scale;
    return std::max(0.0F, 0.085F * (shore - z * scale)) / scale;
}

void ShotPainter::draw(float seconds, FrameBuffer& buffer, Team& team, const Passage& passage) {
    passage_ = passage;
    const Clock clock(seconds, order_.seconds, order_.loop);
    prepare(clock, team);
    buffer.paint(team, mood_.threshold, [this](const Band& band) { draw_band(band); });
}

// How far it has come back, 0..1.
float ShotPainter::returned(const Clock& clock) const {
    if (order_.returns < 0) return 0;
    return eased(clock.seconds() - order_.returns, order_.closes - order_.returns);
}

Clock ShotPainter::before_start(const Clock& clock) const {
    return Clock(clock.seconds() - order_.closes, order_.seconds, false);
}

View ShotPainter::view_at(const Clock& clock) const {
    View v = camera_at(camera_, clock);
    const float k = returned(clock);
    if (k == 0) return v;
    const auto then = before_start(clock);
    const View first = camera_at(camera_, then);
    const float way = cast_.travel.at(clock), first_way = cast_.travel.at(then);
    v.x = way + mix(v.x - way, first.x - first_way, k);
    v.y = mix(v.y, first.y, k), v.z = mix(v.z, first.z, k), v.focal = mix(v.focal, first.focal, k);
    v.centre_x = mix(v.centre_x, first.centre_x, k),
    v.horizon_y = mix(v.horizon_y, first.horizon_y, k);
    return v;
}

// Seen from the eye's way, it comes back with it.
Stance ShotPainter::stance_at(const Actor& a, const Clock& clock) const {
    Stance s = stance_of(a, clock, eye_);
    const float k = returned(clock);
    if (k == 0 || a.entrance) return s;
    const auto then = before_start(clock);
    const Stance first = stance_of(a, then, eye_);
    const float way = cast_.travel.at(clock), first_way = cast_.travel.at(then);
    const float gait = s.gait;
    s.at = {way + mix(s.at.x - way, first.at.x - first_way, k), mix(s.at.y, first.at.y, k),
            mix(s.at.z, first.at.z, k)};
    s.rotation = mix(s.rotation, first.rotation, k);
    s.stretch_x = mix(s.stretch_x, first.stretch_x, k);
    s.stretch_y = mix(s.stretch_y, first.stretch_y, k);
    s.legs = mix(s.legs, first.legs, k), s.bend = mix(s.bend, first.bend, k);
    s.sway = mix(s.sway, first.sway, k), s.flap = mix(s.flap, first.flap, k);
    s.glow = mix(s.glow, first.glow, k), s.apart = mix(s.apart, first.apart, k);
    s.opacity = mix(s.opacity, first.opacity, k);
    // In step with it at last.
    const float behind = first.gait - gait;
    s.gait = gait + k * (behind - std::round(behind));
    return s;
}

void ShotPainter::prepare(const Clock& clock, Team& team) {
    view_ = view_at(clock);
    const float half_w = 0.5F * float(order_.width), half_h = 0.5F * float(order_.height);
    view_.focal *= passage_.zoom;
    view_.centre_x = half_w + (view_.centre_x - half_w) * passage_.zoom;
    view_.horizon_y = half_h + (view_.horizon_y - half_h) * passage_.zoom;
    list_.clear();
    set_ground(view_, clock);
    if (plan_.water != WaterKind::none) set_water(view_, clock, team);
    if (plan_.interior != Interior::none) {
        columns_.fill(interior_, view_, order_.width);
        wall_args_ = {};
        wall_args_.view = view_, wall_args_.view.y += interior_.drop,
        wall_args_.z = columns_.z.data(), wall_args_.u = columns_.u.data(),
        wall_args_.kind = columns_.kind.data();
        wall_args_.height = columns_.height.data(), wall_args_.base = columns_.base.data();
        wall_args_.textures = wall_chains_,
        wall_args_.levels = int(wall_levels_[0].size()) - interior_.soft,
        wall_args_.texture_height = interior_.height;
        for (auto& light : wall_args_.light) light = {1, 1, 1};
        wall_args_.fog = fog_row_.data(),
        wall_args_.fog_stride = std::ptrdiff_t(fog_row_.size() / 3),
        wall_args_.fog_density = mood_.fog_density * 0.5F;
    }
    AirView air;
    air.view = view_, air.base = camera_.base, air.width = float(order_.width),
    air.height = float(order_.height), air.main_z = cast_.main_z;
    const float z = std::max(0.3F, cast_.main_z - view_.z), scale = view_.focal / z;
    air.main_px = scale, air.main_x = view_.centre_x + (cast_.travel.at(clock) - view_.x) * scale;
    air.main_y = view_.horizon_y - (camera_.main_y - view_.y) * scale,
    air.ground_y = view_.horizon_y + view_.y * scale;
    const float far = view_.focal / camera_.base.focal;
    air.summit_x = view_.centre_x - (view_.x - 0.0F) * view_.focal / backdrop_.distance * 0.15F,
    air.summit_y = view_.horizon_y - backdrop_.summit_y * far;
    atmosphere_->draw_sky(list_, air, clock);
    add_backdrop(view_, clock);
    add_props(view_, clock);
    for (std::size_t i = 0; i < cast_.actors.size(); ++i) add_actor(i, clock, view_, team);
    atmosphere_->draw_air(list_, air, clock);
    if (passage_.spark > 0) add_sparkle(air, clock);
    list_.sort();
}

// A burst of light in which one thing becomes another.
void ShotPainter::add_sparkle(const AirView& air, const Clock& clock) {
    const float z = std::max(0.3F, cast_.main_z - view_.z) - 0.2F, r = 0.62F * air.main_px;
    list_.disc(z, {air.main_x,
                   air.main_y,
                   r * 1.3F,
                   r * 1.3F,
                   {1.5F, 1.35F, 1.0F},
                   0.75F * passage_.spark,
                   0,
                   1});
    for (std::uint32_t i = 0; i < 70; ++i) {
        const float turn = 2 * kPi * chance(i, 3) + clock.cycles(0.4F),
                    out = r * (0.25F + 0.95F * chance(i, 5) * (0.4F + 0.6F * passage_.spark));
        const float s = air.main_px * (0.010F + 0.022F * chance(i, 7)) * passage_.spark;
        list_.disc(z - 0.01F, {air.main_x + out * std::cos(turn),
                               air.main_y + out * std::sin(turn),
                               s,
                               s,
                               {1.9F, 1.7F, 1.1F},
                               passage_.spark,
                               0.4F,
                               2});
    }
}

void ShotPainter::add_backdrop(const View& v, const Clock& clock) {
    if (backdrop_.land.empty()) return;
    const float scale = v.focal / camera_.base.focal * backdrop_.scale;
    const Sprite& s = backdrop_.land;
    Placement p;
    p.z = 2.5e4F;
    p.height = s.content_height() * scale;
    p.anchor_y = (backdrop_.horizon - float(s.pad)) / s.content_height();
    p.x = v.centre_x - v.x * v.focal / backdrop_.distance * 0.15F;
    p.y = v.horizon_y + v.y * v.focal / backdrop_.distance * 0.12F + 1.0F;
    list_.sprite(s, p);
    if (backdrop_.glow.empty()) return;
    p.z -= 1.0F, p.light = true,
                 p.opacity = 0.32F + 0.10F * clock.wave(0.9F) + 0.06F * clock.wave(2.1F);
    list_.sprite(backdrop_.glow, p);
}

void ShotPainter::set_ground(const View& v, const Clock& clock) {
    sky_args_ = {};
    sky_args_.view = v, sky_args_.gradient = gradient_.data(), sky_args_.glow = glow_.data();
    sky_args_.y_end = order_.height;
    if (!ground_.empty() || plan_.water != WaterKind::none)
        sky_args_.y_end = std::clamp(int(v.horizon_y) + 14, 0, order_.height);
    sky_args_.sun_x = mood_.sun_direction.x, sky_args_.sun_y = mood_.sun_direction.y,
    sky_args_.sun_z = mood_.sun_direction.z;
    sky_args_.sun = mood_.sun.color(), sky_args_.noise = order_.noise->clouds.view();
    const float windy =
        shot_.weather == Weather::wind || shot_.time == TimeOfDay::storm ? 3.0F : 1.0F;
    sky_args_.cloud_u =
        clock.loop() ? 0.010F * clock.wave(0.2F) * windy : clock.seconds() * 0.006F * windy;
    sky_args_.cloud_u2 =
        0.3F - (clock.loop() ? 0.006F * clock.wave(0.2F, 1.0F) : clock.seconds() * 0.0035F * windy);
    sky_args_.cloud_cover = mood_.cloud_cover, sky_args_.cloud_density = mood_.cloud_density,
    sky_args_.cloud_scale = 0.16F;
    sky_args_.cloud_lit = mood_.cloud_lit.color(),
    sky_args_.cloud_shade = mood_.cloud_shade.color();
    sky_args_.aurora = mood_.aurora, sky_args_.aurora_phase = clock.angle(0.2F);

    if (ground_.empty()) return;
    GroundArgs& g = ground_args_;
    g = {};
    g.view = v, g.y_begin = std::max(0, int(v.horizon_y));
    g.texture = ground_levels_.data(), g.texture_levels = int(ground_levels_.size()),
    g.tile = plan_.tile;
    g.path = path_levels_.data(), g.path_levels = int(path_levels_.size()),
    g.path_tile = plan_.path_tile;
    g.path_kind = plan_.path, g.path_at = plan_.path_at, g.path_half = plan_.path_half,
    g.path_bend = plan_.path_bend;
    g.edge = plan_.path_edge, g.dash = plan_.dash;
    Vec3 light = plan_.interior == Interior::none || plan_.interior == Interior::hall
                     ? ground_light(mood_)
                     : mood_.light.ambient_top * 0.7F + mood_.light.key * 0.5F;
    if (plan_.interior == Interior::stage || plan_.interior == Interior::cave) light = light * 0.6F;
    g.light = root(light).color();
    g.macro = order_.noise->wide.view(),
    g.macro_strength =
        plan_.interior == Interior::none && shot_.setting != Setting::city_street ? 0.16F : 0.0F;
    const bool open_air = plan_.has_sky && mood_.night < 0.5F &&
                          shot_.setting != Setting::underwater && shot_.setting != Setting::moon;
    g.cloud_shadow = open_air ? 0.16F : 0.0F, g.cloud_shift = sky_args_.cloud_u * 2.0F;
    g.fog = fog_row_.data(), g.fog_stride = std::ptrdiff_t(fog_row_.size() / 3),
    g.fog_density = mood_.fog_density * (shot_.setting == Setting::underwater ? 1.0F : 0.9F);
    g.fog_most = backdrop_.land.empty() ? 1.0F : backdrop_.haze;
    g.z_begin = plan_.ground_begin, g.z_end = plan_.ground_end;
    if (shot_.setting == Setting::underwater) {
        g.caustics = 0.26F;
        // Two layers drift against each other; a loop closes when each has moved by whole tiles.
        g.time = clock.loop() ? 0.05F * clock.wave(0.2F) : clock.seconds() * 0.016F;
    }
}

void ShotPainter::set_water(const View& v, const Clock& clock, Team& team) {
    WaterArgs& w = water_args_;
    const float scale = plan_.water_scale;
    const bool beach = plan_.water == WaterKind::beach, night = mood_.night > 0.5F;
    w = {};
    w.view = v;
    w.view.x *= scale, w.view.y *= scale, w.view.z *= scale;
    // Long waves take about four seconds; ripples drift by whole tiles so that a loop closes.
    w.time_wave = clock.angle(0.25F);
    w.drift_a = clock.loop() ? 0.12F * clock.wave(0.2F) : clock.seconds() * 0.05F,
    w.drift_b = clock.loop() ? clock.cycles(0.2F) : clock.seconds() * 0.09F;
    w.amplitude = plan_.wave * (shot_.time == TimeOfDay::storm ? 1.5F : 1.0F),
    w.breaker = beach ? 1.0F : 0.0F;
    w.shore_z = beach ? plan_.shore * scale : -1.0F, w.surf = beach ? w.shore_z - 9.2F : 0.0F;
    w.ripple = plan_.ripple;
    w.z_begin = beach ? 0.0F : plan_.water_begin * scale, w.z_end = plan_.water_end * scale;
    w.x_begin = -1e6F, w.x_end = 1e6F;
    w.fine = order_.noise->fine.view(), w.wide = order_.noise->wide.view();
    w.sky = water_sky_.data(), w.crest = crest_.data();
    w.sun_x = mood_.sun_direction.x, w.sun_y = mood_.sun_direction.y,
    w.sun_z = mood_.sun_direction.z;
    w.sun = (mood_.sun * (night ? 0.8F : mood_.sun_radius > 0 ? 1.0F : 0.35F)).color();
    const float bright = luminance(ground_light(mood_));
    const Vec3 tone = mood_.light.ambient_top * 0.6F + mood_.light.key * 0.5F;
    w.deep = (Vec3{0.004F, 0.045F, 0.085F} * (0.35F + bright)).color(),
    w.crest_color = (Vec3{0.05F, 0.38F, 0.32F} * tone).color();
    if (plan_.water == WaterKind::calm || plan_.water == WaterKind::river)
        w.deep = (Vec3{0.008F, 0.05F, 0.07F} * (0.35F + bright)).color();
    w.sand = (Vec3{0.80F, 0.60F, 0.36F} * tone).color(), w.foam = (tone * 1.55F).color(),
    w.light = 1.0F;
    w.fog_density = mood_.fog_density * 0.16F / scale * 3.0F;
    w.coarse = order_.coarse;
    w.depth = depth_.data(), w.depth_stride = order_.width / 2 + 16;
    w.y_begin =
        std::max(0, int(v.horizon_y - (w.amplitude > 0.3F ? 0.08F : 0.0F) * float(order_.height)));
    const int columns = order_.width / 2;
    if (w.amplitude > 0.0F || beach) {
        team.run((columns + 63) / 64, [&](int block, int) {
            kernels().water_depth(w, depth_.data(), order_.height, columns, block * 64,
                                  std::min(columns, block * 64 + 64));
        });
    } else {
        team.run((order_.height + 63) / 64, [&](int block, int) {
            for (int y = block * 64; y < std::min(order_.height, block * 64 + 64); ++y) {
                const float below = float(y) + 0.5F - v.horizon_y;
                const float z = below > 0.2F ? w.view.y * v.focal / below : kFarWater;
                std::fill_n(depth_.begin() + std::ptrdiff_t(y) * w.depth_stride, columns, z);
            }
        });
    }
}

void ShotPainter::draw_band(const Band& band) const {
    const auto fill = [&](Vec3 c, int y0, int y1) {
        for (int y = std::max(y0, band.y0); y < std::min(y1, band.y1); ++y) {
            const auto row = (y - band.y0) * band.stride;
            std::fill_n(band.r + row, band.width, c.x), std::fill_n(band.g + row, band.width, c.y),
                std::fill_n(band.b + row, band.width, c.z);
        }
    };
    if (plan_.has_sky) {
        kernels().sky(sky_args_, band);
        if (band.y1 > sky_args_.y_end) {
            // Below the horizon, where ground or water may leave gaps, lies the colour of far air.
            const auto n = fog_row_.size() / 3;
            for (int y = std::max(sky_args_.y_end, band.y0); y < band.y1; ++y) {
                const auto row = (y - band.y0) * band.stride;
                std::copy_n(fog_row_.begin(), band.width, band.r + row),
                    std::copy_n(fog_row_.begin() + std::ptrdiff_t(n), band.width, band.g + row);
                std::copy_n(fog_row_.begin() + std::ptrdiff_t(2 * n), band.width, band.b + row);
            }
        }
    } else {
        fill(root(interior_.ceiling), band.y0, band.y1);
    }
    // Towers at the end of a street stand behind its houses.
    const float behind = plan_.interior == Interior::street ? kStreetEnd - view_.z : 1e4F;
    list_.draw(band, 1e9F, behind);
    if (plan_.tabletop) kernels().walls(wall_args_, band);
    if (!ground_.empty()) kernels().ground(ground_args_, band);
    if (plan_.water != WaterKind::none) kernels().water(water_args_, band);
    if (plan_.interior != Interior::none && !plan_.tabletop) kernels().walls(wall_args_, band);
    list_.draw(band, behind, -1e9F);
}

}  // namespace kinora::engines::storyboard
