// frames/shot_painter.cpp: what is made once for a shot.
#include "engines/storyboard/frames/shot_painter.hpp"

#include "engines/storyboard/layers/staging.hpp"

#include <utility>

namespace kinora::engines::storyboard {
namespace {

std::vector<Texels> levels_of(const Sprite& sprite) {
    std::vector<Texels> out;
    for (const auto& level : sprite.levels) out.push_back(level.view());
    return out;
}

// Of a lens of about 50 degrees, in pixels.
float focal_of(float width, float height) {
    return 0.98F * std::sqrt(width * height);
}

}  // namespace

ShotPainter::Going ShotPainter::going_of(const Shot& shot, const ShotOrder& order) {
    Shot staged = stage(shot);
    const float w = float(order.width), h = float(order.height), focal = focal_of(w, h);
    auto cast = make_cast(staged, order.pack, {focal, w, h, order.seconds}, order.seed, order.loop);
    const auto plan = plan_for(staged, {cast.main_z, false, cast.travel.speed != 0, false});
    const bool indoors = plan.interior != Interior::none;
    EyeLevel eye{};
    eye.focal = focal, eye.width = w, eye.height = h;
    Acts acts(shot, staged, cast, {order.pack, eye, order.seconds, indoors, order.seed});
    for (const auto& change : order.changes) acts.add(change.shot, change.since, {});
    return {cast.travel, indoors};
}

ShotPainter::ShotPainter(const Shot& shot, const ShotOrder& order, Team& team)
    : shot_(stage(shot)), order_(order), mood_(make_mood(shot_)) {
    const float w = float(order.width), h = float(order.height), focal = focal_of(w, h);
    cast_ = make_cast(shot_, order.pack, {focal, w, h, order.seconds}, order.seed, order.loop);
    const bool swims = std::any_of(cast_.actors.begin(), cast_.actors.end(), [](const Actor& a) {
        const bool by_nature = a.asset != nullptr && (a.asset->floats || a.asset->swims);
        return a.main && !a.hangs &&
               (by_nature || a.motion == Motion::sail || a.motion == Motion::swim);
    });
    plan_ = plan_for(shot_, {cast_.main_z, swims, cast_.travel.speed != 0, holds_small_things()});
    mood_.fog_density *= plan_.far_air;

    View base{};
    base.focal = focal, base.centre_x = 0.5F * w, base.horizon_y = plan_.horizon * h;
    base.y = std::max(0.05F, (plan_.foot - plan_.horizon) * h * cast_.main_z / focal);
    eye_ = {base.y,
            base.horizon_y,
            focal,
            w,
            h,
            plan_.weightless,
            plan_.afloat,
            plan_.water == WaterKind::beach                           ? plan_.shore
            : plan_.water == WaterKind::river || plan_.ground_end > 0 ? plan_.water_begin
                                                                      : 0.0F,
            cast_.travel.speed};
    place_cast(cast_, shot_, eye_, order.seed);
    float clear = 0.4F, middle = plan_.weightless
                                     ? base.y + (base.horizon_y - 0.48F * h) * cast_.main_z / focal
                                     : cast_.main_middle;
    for (const auto& a : cast_.actors) {
        if (a.main) clear = std::max(clear, std::abs(a.home.x) + 0.55F * a.width());
        if (a.main && a.hangs) middle = a.home.y;
    }
    camera_ = {shot_.camera,
               base,
               cast_.main_z,
               middle,
               cast_.travel,
               order.width,
               order.height,
               plan_.interior != Interior::none,
               {}};
    auto move = shot_.camera;
    for (const auto& change : order.changes) {
        if (std::exchange(move, change.shot.camera) != change.shot.camera)
            camera_.turns.push_back({change.since, change.shot.camera});
    }
    enact(shot);

    ground_ =
        plan_.ground == GroundKind::none ? Sprite{} : bake_ground(plan_.ground, *order.noise, team);
    if (plan_.path != 0) path_ = bake_ground(plan_.path_ground, *order.noise, team);
    ground_levels_ = levels_of(ground_), path_levels_ = levels_of(path_);
    if (plan_.interior != Interior::none) {
        const float room = plan_.tabletop ? std::min(4.5F, scene_height(1.7F, cast_.unit_m)) : 1.0F;
        interior_ = bake_interior(plan_.interior, cast_.main_z + 1.5F, room,
                                  std::abs(cast_.travel.speed) * order.seconds, mood_, *order.noise,
                                  order.seed, team);
        for (int i = 0; i < 2; ++i)
            wall_levels_[i] = levels_of(interior_.walls[std::size_t(i)]),
            wall_chains_[i] = wall_levels_[i].data() + interior_.soft;
    }
    const float margin = widens_view() ? 1.0F : turns_camera() ? 0.5F : 0.12F;
    backdrop_ = bake_relief({plan_.relief, plan_.relief_height, plan_.snow}, margin, order.width,
                            order.height, focal, mood_, *order.noise, order.seed, team);

    SceneryOrder scene{};
    scene.plan = &plan_, scene.mood = &mood_, scene.noise = order.noise, scene.pack = order.pack;
    scene.focal = focal, scene.width = w, scene.height = h, scene.main_z = cast_.main_z,
    scene.unit_m = cast_.unit_m, scene.clear = clear;
    const float travel = cast_.travel.speed * order.seconds;
    scene.travel_from = std::min(0.0F, travel) - (order.loop ? std::abs(travel) * 0.15F : 0.0F),
    scene.travel_to = std::max(0.0F, travel);
    if (order.until > order.seconds && !order.loop)
        scene.further = cast_.travel.at(Clock(order.until, order.seconds, false)) - travel;
    scene.snow = plan_.snow;
    scene.autumn = is_autumn();
    scene.seed = order.seed;
    scenery_ = make_scenery(scene, team);
    atmosphere_ = std::make_unique<Atmosphere>(shot_, mood_, *order.noise, order.seed, team);
    bake_actors(team);
    make_tables();
}

void ShotPainter::enact(const Shot& shot) {
    if (order_.changes.empty()) return;
    Acts acts(shot, shot_, cast_,
              {order_.pack, eye_, order_.seconds, plan_.interior != Interior::none, order_.seed});
    for (const auto& change : order_.changes) {
        const Clock arrived(change.since + kEnter, order_.seconds, false);
        View view = camera_at(camera_, arrived);
        view.x -= camera_.travel.at(arrived);
        acts.add(change.shot, change.since, view);
    }
    camera_.travel = cast_.travel;
}

// To the side, so that more of the horizon is seen.
bool ShotPainter::turns_camera() const {
    const auto turns = [](CameraMove move) {
        return move == CameraMove::orbit || move == CameraMove::pan_left ||
               move == CameraMove::pan_right;
    };
    return turns(shot_.camera) ||
           std::any_of(camera_.turns.begin(), camera_.turns.end(),
                       [&](const CameraTurn& turn) { return turns(turn.move); });
}

// Beyond what it shows at first.
bool ShotPainter::widens_view() const {
    return std::any_of(camera_.turns.begin(), camera_.turns.end(), [](const CameraTurn& turn) {
        return turn.move == CameraMove::zoom_out || turn.move == CameraMove::pull_out;
    });
}

// Nothing but what stands on a table: the room then lies behind it, as a lens would see it.
bool ShotPainter::holds_small_things() const {
    bool any = false;
    for (const auto& a : cast_.actors) {
        const auto& s = shot_.subjects[std::size_t(a.subject)];
        if (s.word.empty() || a.entrance) continue;
        if (a.asset == nullptr || a.asset->kind == AssetKind::animal ||
            a.asset->kind == AssetKind::person || s.height_m > 0.62 || s.airborne || a.speed > 0)
            return false;
        any = true;
    }
    return any;
}

bool ShotPainter::is_autumn() const {
    return std::find(shot_.effects.begin(), shot_.effects.end(), Effect::leaves) !=
           shot_.effects.end();
}

void ShotPainter::bake_actors(Team& team) {
    cels_.resize(cast_.actors.size());
    art_of_.assign(cast_.actors.size(), -1);
    std::vector<ArtOrder> orders;
    std::vector<std::pair<int, int>> known;  // Subject and direction.
    for (std::size_t i = 0; i < cast_.actors.size(); ++i) {
        const auto& a = cast_.actors[i];
        if (a.asset == nullptr || order_.pack == nullptr) continue;
        const auto& s = shot_.subjects[std::size_t(a.subject)];
        const std::pair<int, int> id{a.subject, a.asset->facing == 0 ? 1 : a.direction};
        const auto at = std::find(known.begin(), known.end(), id);
        art_of_[i] = int(at - known.begin());
        if (at != known.end()) continue;
        known.push_back(id);
        ArtOrder o;
        o.key = s.asset;
        const float z = std::max(0.8F, a.home.z - 0.3F * cast_.main_z);
        o.height_px = std::clamp(int(a.height * camera_.base.focal / z * 1.1F), 40, 600);
        o.flip = a.asset->facing != 0 && a.asset->facing != a.direction;
        if (s.color) o.color = linear(*s.color);
        if (!s.color && is_autumn() && o.key == "fluent:deciduous-tree")
            o.color = srgb(kAutumn[known.size() % std::size(kAutumn)]);
        o.silhouette = s.form == Form::silhouette;
        o.jointed = true;
        if (o.key == "fluent:rock" && !s.color) o.tint = stone_tint(plan_.ground);
        orders.push_back(o);
    }
    art_.resize(orders.size());
    team.run(int(orders.size()), [&](int i, int) {
        art_[std::size_t(i)] = make_art(*order_.pack, orders[std::size_t(i)], mood_.light);
    });
}

void ShotPainter::make_tables() {
    gradient_.resize(3 * 257), glow_.resize(257);
    for (std::size_t i = 0; i <= 256; ++i) {
        const float e = float(i) / 256.0F;
        const Vec3 c = mix(mood_.horizon, mood_.zenith, std::pow(e, mood_.horizon_power));
        gradient_[i] = c.x, gradient_[257 + i] = c.y, gradient_[514 + i] = c.z;
        const float angle = 2.0F * std::asin(std::min(1.0F, e));  // Chord 0..2 to angle.
        glow_[i] = 0.55F * mood_.glow *
                   (std::exp(-angle * angle * 14.0F) + 0.45F * std::exp(-angle * 5.0F));
    }
    auto sky_at = [&](Vec3 d) {
        const auto i = std::size_t(clamp01(d.y) * 256.0F);
        const Vec3 c{gradient_[i], gradient_[257 + i], gradient_[514 + i]},
            off = d - mood_.sun_direction;
        return c +
               mood_.sun * glow_[std::size_t(std::min(256.0F, std::sqrt(dot(off, off)) * 128.0F))];
    };
    const auto n = std::size_t(order_.width) + 32;
    fog_row_.assign(3 * n, 0.0F);
    for (std::size_t x = 0; x < n; ++x) {
        const Vec3 d =
            unit({(float(x) - camera_.base.centre_x) / camera_.base.focal, 0.012F, 1.0F});
        const bool outdoors = plan_.has_sky && shot_.setting != Setting::underwater &&
                              shot_.setting != Setting::space;
        const bool open = outdoors && backdrop_.land.empty();
        const Vec3 c = root(open ? mix(sky_at(d), mood_.fog, 0.35F) : mood_.fog);
        fog_row_[x] = c.x, fog_row_[n + x] = c.y, fog_row_[2 * n + x] = c.z;
    }
    if (plan_.water == WaterKind::none) return;
    water_sky_.resize(3 * 4096), crest_.resize(3 * 257);
    const Vec3 s = mood_.sun_direction;
    const float flat = std::sqrt(std::max(1e-4F, 1.0F - s.y * s.y));
    for (int e = 0; e < 64; ++e) {
        for (int b = 0; b < 64; ++b) {
            const float y = float(e) / 63.0F, toward = float(b) / 31.5F - 1.0F,
                        ring = std::sqrt(std::max(0.0F, 1.0F - y * y));
            const float c = std::clamp((toward - y * s.y) / (ring * flat + 1e-4F), -1.0F, 1.0F),
                        side = std::sqrt(1.0F - c * c);
            const Vec3 d = unit(
                {ring * (c * s.x - side * s.z) / flat, y, ring * (c * s.z + side * s.x) / flat});
            Vec3 q = sky_at(d);
            q = mix(q, mood_.cloud_lit * 0.8F,
                    0.25F * mood_.cloud_density * smooth(0.05F, 0.3F, y) *
                        clamp01(mood_.cloud_cover * 3.0F));
            const auto i = std::size_t(e * 64 + b);
            water_sky_[i] = q.x, water_sky_[4096 + i] = q.y, water_sky_[8192 + i] = q.z;
        }
    }
    for (std::size_t i = 0; i <= 256; ++i) {
        const float p = float(i) / 256.0F * 2 * kPi, c = std::exp(2.1F * (std::cos(p) - 1.0F));
        crest_[i] = c, crest_[257 + i] = -2.1F * std::sin(p) * c, crest_[514 + i] = std::sin(p);
    }
    depth_.assign(std::size_t(order_.width / 2 + 16) * std::size_t(order_.height), kFarWater);
}

Lens ShotPainter::lens(float seconds) const {
    const Clock clock(seconds, order_.seconds, order_.loop);
    Lens l;
    l.exposure = mood_.exposure * (1.0F + 0.9F * atmosphere_->flash(clock)), l.bloom = mood_.bloom,
    l.threshold = mood_.threshold;
    l.vignette = mood_.vignette, l.grain = mood_.grain, l.saturation = mood_.saturation,
    l.contrast = mood_.contrast, l.grade = mood_.grade;
    return l;
}

}  // namespace kinora::engines::storyboard
