// layers/plan.cpp: the settings under a roof, and those of one kind alone; the others are in
// plan_land.cpp.
#include "engines/storyboard/layers/plan_parts.hpp"

namespace kinora::engines::storyboard {
namespace {

void rooms(Plan& p, const Shot& shot, float z) {
    p.has_sky = false, p.horizon = 0.40F, p.foot = 0.88F;
    p.tile = 2.5F;
    auto by_wall = [&](const char* key, float height) {
        p.scatter.push_back({{key}, height, 0, 0.0F, z + 1.5F, z + 1.5F, 1.0F, true, 0, false});
    };
    switch (shot.setting) {
        case Setting::kitchen:
            p.interior = Interior::kitchen, p.ground = GroundKind::tiles;
            break;
        case Setting::office:
            p.interior = Interior::office, p.ground = GroundKind::carpet;
            by_wall("fluent:potted-plant", 1.4F), by_wall("fluent:desktop-computer", 1.4F);
            break;
        case Setting::library:
            p.interior = Interior::library, p.ground = GroundKind::planks;
            by_wall("fluent:books", 0.6F), by_wall("fluent:potted-plant", 0.9F);
            break;
        case Setting::classroom:
            p.interior = Interior::classroom, p.ground = GroundKind::planks;
            by_wall("fluent:globe-showing-europe-africa", 0.7F), by_wall("fluent:chair", 1.0F);
            break;
        case Setting::stage:
            p.interior = Interior::stage, p.ground = GroundKind::stage;
            break;
        case Setting::cave:
            p.interior = Interior::cave, p.ground = GroundKind::rock, p.tile = 4;
            p.scatter = {few({"fluent:rock"}, 0.8F, 4, 9, 0.22F, 1.0F),
                         few({"fluent:gem-stone"}, 0.5F, 4.2F, 7, 0.12F, 1.1F)};
            break;
        default:
            p.interior = Interior::room, p.ground = GroundKind::planks;
            by_wall("fluent:couch-and-lamp", 2.2F), by_wall("fluent:potted-plant", 1.4F);
            break;
    }
}

Plan setting_plan(const Shot& shot, float z, bool travels) {
    Plan p;
    switch (shot.setting) {
        case Setting::sky:
            p.ground = GroundKind::none, p.weightless = true, p.horizon = 0.72F, p.foot = 1.1F;
            break;
        case Setting::space:
            p.ground = GroundKind::none, p.weightless = true, p.horizon = 1.4F, p.foot = 1.8F;
            break;
        case Setting::moon:
            p.ground = GroundKind::moon, p.tile = 7, p.relief = ReliefKind::lunar,
            p.relief_height = 0.4F, p.horizon = 0.54F;
            p.scatter = {few({"fluent:rock"}, 0.5F, 4.5F, 14, 0.04F, 1.0F)};
            break;
        case Setting::abstract:
            p.ground = GroundKind::none, p.horizon = 0.55F, p.foot = 0.82F, p.has_sky = true;
            break;
        case Setting::sea:
        case Setting::beach:
        case Setting::lake:
        case Setting::river:
        case Setting::waterfall:
        case Setting::underwater:
            plan_waters(p, shot, z);
            break;
        case Setting::city_street:
        case Setting::skyline:
        case Setting::road:
        case Setting::bridge:
        case Setting::harbor:
        case Setting::stadium:
            plan_town(p, shot, z, travels);
            break;
        case Setting::room:
        case Setting::kitchen:
        case Setting::office:
        case Setting::library:
        case Setting::classroom:
        case Setting::stage:
        case Setting::cave:
            rooms(p, shot, z);
            break;
        default:
            plan_countryside(p, shot, z);
            break;
    }
    return p;
}

bool runs_on_rails(std::string_view asset) {
    static constexpr std::string_view kTrains[] = {
        "fluent:locomotive",   "fluent:railway-car",     "fluent:high-speed-train",
        "fluent:bullet-train", "fluent:train",           "fluent:metro",
        "fluent:tram",         "fluent:tram-car",        "fluent:light-rail",
        "fluent:monorail",     "fluent:mountain-railway"};
    return std::find(std::begin(kTrains), std::end(kTrains), asset) != std::end(kTrains);
}

bool has_table(Interior interior) {
    return interior == Interior::room || interior == Interior::kitchen ||
           interior == Interior::office || interior == Interior::library ||
           interior == Interior::classroom;
}

void set_table(Plan& p, float z) {
    p.tabletop = true, p.ground = GroundKind::planks, p.tile = 3.2F, p.path = 0;
    p.ground_end = z + 1.1F, p.horizon = 0.36F, p.foot = 0.80F;
    p.scatter.clear();
}

void lay_rails(Plan& p, float z) {
    p.path = 2, p.path_at = z, p.path_half = 0.75F, p.path_edge = 0.10F, p.dash = 0;
    p.path_ground = GroundKind::railway;
    // The rails lie in the middle of the texture, so its middle comes to lie under the train.
    p.path_tile = z / (std::max(0.0F, std::floor(z / 1.6F - 0.5F)) + 0.5F);
}

bool can_be_white(GroundKind ground) {
    return ground == GroundKind::grass || ground == GroundKind::meadow ||
           ground == GroundKind::dirt || ground == GroundKind::field ||
           ground == GroundKind::forest_floor;
}

void let_snow_lie(Plan& p, const Shot& shot) {
    p.snow = shot.weather == Weather::snow || shot.setting == Setting::snowy_forest ||
             shot.setting == Setting::snowfield;
    if (p.snow && can_be_white(p.ground)) p.ground = GroundKind::snow;
}

}  // namespace

Plan plan_for(const Shot& shot, const PlanCast& cast) {
    const float z = cast.main_z;
    Plan p = setting_plan(shot, z, cast.travels);
    if (p.has_sky && p.interior == Interior::none && !p.weightless) let_snow_lie(p, shot);
    p.shore = z + 1.0F;
    if (cast.small_things && has_table(p.interior)) set_table(p, z);
    if (cast.swims && p.water != WaterKind::none && !p.afloat) {
        // The water comes up to the eye; a strip of land stays in the foreground.
        p.afloat = true, p.shore = z * 0.70F, p.water_begin = z * 0.66F;
        if (p.ground_end > 0) p.ground_end = z * 0.68F;
        for (auto& s : p.scatter) {
            if (s.z0 < p.water_end && s.z0 > p.water_begin && !s.aligned) s.z0 = s.z1 = z * 0.66F;
        }
        return p;
    }
    const bool land = p.ground != GroundKind::none && p.interior == Interior::none && !p.weightless;
    for (const auto& s : shot.subjects) {
        const bool rolls = s.motion == Motion::drive && !s.airborne;
        if (s.main && land && !s.airborne && runs_on_rails(s.asset)) {
            lay_rails(p, z);
            continue;
        }
        if (!s.main || !rolls || !land || p.path == 2) continue;
        // Who drives needs a road.
        const bool soft = p.ground == GroundKind::sand || p.ground == GroundKind::forest_floor ||
                          p.ground == GroundKind::dirt || p.ground == GroundKind::moon;
        p.path = 2, p.path_at = z, p.path_half = 1.05F;
        p.path_ground = soft ? GroundKind::dirt : GroundKind::asphalt;
        p.path_edge = soft ? 0.15F : 0.06F, p.dash = soft ? 0.0F : 1.2F;
    }
    return p;
}

}  // namespace kinora::engines::storyboard
