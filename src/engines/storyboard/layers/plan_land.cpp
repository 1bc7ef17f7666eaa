// layers/plan_land.cpp: the settings in the open: country, town and water.
#include "engines/storyboard/layers/plan_parts.hpp"

namespace kinora::engines::storyboard {

void plan_countryside(Plan& p, const Shot& shot, float z) {
    switch (shot.setting) {
        case Setting::garden:
            p.path = 1, p.path_at = 0.9F, p.relief = ReliefKind::hills;
            p.scatter = {trees(kTrees, 12, 26, 0.05F, 2.5F),
                         few({"fluent:house"}, 6, 15, 16, 0.02F, 3),
                         {kFlowers, 0.55F, 0.35F, 0.55F, z * 0.85F, 13, 1.0F, true, 0.06F, false},
                         tufts(z * 0.8F, 14, 1.2F, 0.35F)};
            break;
        case Setting::park:
            p.path = 1, p.path_at = 1.2F, p.path_ground = GroundKind::paving;
            p.scatter = {trees(kTrees, 8, 26, 0.075F, 2.6F, 7),
                         {{"fluent:blossom", "fluent:tulip"},
                          0.4F,
                          0.3F,
                          0.10F,
                          4.5F,
                          10,
                          1.2F,
                          true,
                          0.05F,
                          false},
                         few({"fluent:fountain"}, 3, 11, 12, 0.02F, 2.2F),
                         tufts(z * 0.8F, 13, 0.8F, 0.3F)};
            break;
        case Setting::forest:
            p.ground = GroundKind::forest_floor, p.path = 1, p.path_at = 0.2F, p.path_half = 0.8F,
            p.relief = ReliefKind::woods;
            p.scatter = {trees({"fluent:evergreen-tree", "fluent:deciduous-tree"}, 4.6F, 24, 0.22F,
                               1.25F, 14),
                         few({"fluent:mushroom", "fluent:herb"}, 0.3F, z, 9, 0.12F, 0.9F),
                         tufts(z * 0.8F, 12, 0.9F, 0.4F)};
            break;
        case Setting::jungle:
            p.ground = GroundKind::forest_floor, p.relief = ReliefKind::woods;
            p.scatter = {
                trees({"fluent:palm-tree", "fluent:deciduous-tree"}, 4.6F, 20, 0.26F, 1.3F, 12),
                {{"fluent:herb", "fluent:potted-plant", "fluent:leafy-green", "fluent:hibiscus"},
                 1.0F,
                 0.4F,
                 0.35F,
                 4.2F,
                 12,
                 1.1F,
                 true,
                 0.05F,
                 false},
                {{"tuft"}, 0.4F, 0.4F, 1.3F, z * 0.8F, 12, 0.4F, false, 0.1F, false}};
            p.scatter[1].assets = {"fluent:herb", "fluent:hibiscus", "fluent:seedling"};
            break;
        case Setting::snowy_forest:
            p.ground = GroundKind::snow, p.relief = ReliefKind::woods;
            p.scatter = {trees(kPines, 4.6F, 24, 0.20F, 1.3F, 12)};
            break;
        case Setting::snowfield:
            p.ground = GroundKind::snow, p.relief = ReliefKind::snow_mountains,
            p.relief_height = 0.7F;
            p.scatter = {trees(kPines, 11, 24, 0.02F, 3, 6),
                         few({"fluent:rock"}, 0.5F, 5, 12, 0.015F, 1.2F)};
            break;
        case Setting::mountains:
            p.ground = GroundKind::meadow, p.relief = ReliefKind::snow_mountains,
            p.relief_height = 1.25F, p.horizon = 0.55F;
            p.scatter = {trees(kPines, 9, 26, 0.06F, 2.6F, 7),
                         few({"fluent:rock"}, 0.7F, 4.5F, 12, 0.04F, 1.1F),
                         tufts(z * 0.8F, 11, 0.8F)};
            break;
        case Setting::desert:
            p.ground = GroundKind::sand, p.relief = ReliefKind::dunes;
            p.scatter = {few({"fluent:cactus"}, 2.6F, 5.5F, 18, 0.05F, 1.5F),
                         few({"fluent:rock"}, 0.5F, 4.5F, 14, 0.025F, 1.1F)};
            break;
        case Setting::canyon:
            p.ground = GroundKind::dirt, p.relief = ReliefKind::canyon, p.relief_height = 0.62F;
            p.scatter = {few({"fluent:cactus"}, 2.0F, 5, 14, 0.035F, 1.6F),
                         few({"fluent:rock"}, 0.9F, 4.5F, 14, 0.05F, 1.2F)};
            break;
        case Setting::volcano:
            p.ground = GroundKind::lava, p.tile = 5, p.relief = ReliefKind::volcano,
            p.horizon = 0.60F, p.foot = 0.88F;
            p.scatter = {few({"fluent:rock"}, 0.8F, 4.5F, 14, 0.05F, 1.4F)};
            break;
        case Setting::farm:
            p.ground = GroundKind::grass, p.path = 2, p.path_ground = GroundKind::field,
            p.path_at = 12, p.path_half = 5.0F, p.path_edge = 0.3F, p.path_tile = 3.0F;
            p.relief = ReliefKind::hills;
            p.scatter = {few({"fluent:house", "fluent:derelict-house"}, 6, 16, 17, 0.035F, 2.5F),
                         trees(kTrees, 17, 26, 0.05F, 2),
                         {{"fluent:sheaf-of-rice", "fluent:ear-of-corn"},
                          1.2F,
                          0.2F,
                          0.30F,
                          7,
                          14,
                          1.6F,
                          true,
                          0.05F,
                          false},
                         tufts(z * 0.8F, 9, 1.0F, 0.3F)};
            break;
        case Setting::village:
            p.path = 1, p.path_at = 0.3F, p.path_half = 0.9F, p.relief = ReliefKind::hills;
            p.scatter = {{{"fluent:house", "fluent:house-with-garden", "fluent:hut"},
                          6,
                          0.15F,
                          0.11F,
                          6.5F,
                          18,
                          2.2F,
                          true,
                          0,
                          false},
                         trees(kTrees, 9, 26, 0.05F, 2.4F),
                         {kFlowers, 0.4F, 0.3F, 0.12F, 4.5F, 8, 1.3F, true, 0.05F, false},
                         tufts(z * 0.8F, 9, 0.7F, 0.3F)};
            break;
        case Setting::castle:
            p.path = 1, p.path_at = 0.0F, p.path_bend = 0.6F, p.relief = ReliefKind::hills,
            p.horizon = 0.52F;
            p.scatter = {{{"fluent:castle"}, 24, 0.0F, 0, 14, 14, 0, true, 0, true, 0.40F},
                         trees(kTrees, 11, 24, 0.06F, 3.4F),
                         tufts(z * 0.8F, 10, 0.8F, 0.3F)};
            break;
        case Setting::ruins:
            p.ground = GroundKind::meadow, p.relief = ReliefKind::hills;
            p.scatter = {few({"fluent:classical-building"}, 9, 10, 13, 0.05F, 1.8F),
                         few({"fluent:rock", "fluent:moai"}, 1.2F, 4.5F, 12, 0.08F, 1.3F),
                         trees(kTrees, 14, 26, 0.03F, 3), tufts(z * 0.8F, 10, 1.1F)};
            break;
        default:  // A meadow.
            p.ground = GroundKind::meadow, p.relief = ReliefKind::hills;
            p.scatter = {trees(kTrees, 13, 28, 0.03F, 2.5F),
                         {{"fluent:blossom", "fluent:tulip", "fluent:hyacinth"},
                          0.4F,
                          0.3F,
                          0.22F,
                          z,
                          12,
                          1.0F,
                          true,
                          0.06F,
                          false},
                         tufts(z * 0.8F, 14, 1.3F, 0.3F)};
            break;
    }
}

namespace {

// A street seen along its length, houses at both sides.
void plan_avenue(Plan& p) {
    p.interior = Interior::street, p.ground = GroundKind::paving, p.tile = 3;
    p.path = 1, p.path_ground = GroundKind::asphalt, p.path_at = 0, p.path_bend = 0;
    p.path_half = 1.35F, p.path_edge = 0.03F, p.dash = 1.6F, p.horizon = 0.50F;
    p.scatter = {
        {{"tower"}, 70, 0.35F, 0, kStreetEnd + 1, kStreetEnd + 1, 0, false, 0, true, 0.24F}};
    Scatter lamps{{"lamp"}, 5.0F, 0, 1 / 3.4F, 4.2F, 40, 0, true, 0, false};
    lamps.avenue = 1.75F;
    Scatter plane_trees{
        {"fluent:deciduous-tree"}, 4.0F, 0.1F, 1 / 5.1F, 6.0F, 40, 0, true, 0.01F, false};
    plane_trees.avenue = 2.1F;
    p.scatter.push_back(lamps), p.scatter.push_back(plane_trees);
}

}  // namespace

void plan_town(Plan& p, const Shot& shot, float z, bool travels) {
    switch (shot.setting) {
        case Setting::city_street:
            if (!travels) {
                plan_avenue(p);
                break;
            }
            p.ground = GroundKind::paving, p.tile = 3, p.path = 2,
            p.path_ground = GroundKind::asphalt, p.path_at = z, p.path_half = 1.15F;
            p.path_edge = 0.03F, p.dash = 1.2F, p.horizon = 0.47F;
            p.scatter = {{{"tower"}, 40, 0.35F, 0, 17, 17, 0, false, 0, true},
                         {{"front"}, 15, 0.2F, 0, 9.5F, 9.5F, 0, false, 0, true},
                         {{"fluent:deciduous-tree"},
                          4.5F,
                          0.1F,
                          0.12F,
                          7.0F,
                          7.6F,
                          1.2F,
                          true,
                          0.01F,
                          false},
                         few({"lamp"}, 5.5F, 5.2F, 5.3F, 1.2F, 1.3F)};
            break;
        case Setting::skyline:
            p.ground = GroundKind::paving, p.tile = 3, p.horizon = 0.56F, p.ground_end = z + 2.2F;
            p.water = WaterKind::calm, p.water_begin = z + 2.2F, p.water_end = 17, p.ripple = 0.8F,
            p.water_scale = 3;
            p.scatter = {{{"tower"}, 95, 0.45F, 0, 26, 26, 0, false, 0, true, 0.30F},
                         {{"tower"}, 62, 0.45F, 0, 21, 21, 0, false, 0, true, 0.21F},
                         {{"tower"}, 34, 0.40F, 0, 17.5F, 17.5F, 0, false, 0, true, 0.12F}};
            break;
        case Setting::road:
            p.ground = GroundKind::grass, p.path = 2, p.path_ground = GroundKind::asphalt,
            p.path_at = z, p.path_half = 1.2F, p.path_edge = 0.04F;
            p.dash = 1.2F, p.relief = ReliefKind::hills;
            p.scatter = {trees(kTrees, 7.5F, 26, 0.06F, 0.0F),
                         {{"fluent:blossom"}, 0.4F, 0.2F, 0.2F, 5.2F, 9, 0, true, 0.06F, false},
                         tufts(4.8F, 13, 0.8F)};
            break;
        case Setting::bridge:
            p.ground = GroundKind::asphalt, p.ground_end = z + 1.5F, p.path = 2,
            p.path_ground = GroundKind::asphalt, p.path_at = z, p.path_half = 1.0F;
            p.path_edge = 0.03F, p.dash = 1.2F, p.water = WaterKind::open, p.water_begin = z + 1.5F,
            p.wave = 0.25F, p.relief = ReliefKind::hills;
            p.scatter = {{{"railing"}, 1.1F, 0, 0, z + 1.4F, z + 1.4F, 0, false, 0, true},
                         {{"pylon"}, 30, 0, 0, z + 1.5F, z + 1.5F, 0, false, 0, true}};
            break;
        case Setting::harbor:
            p.ground = GroundKind::planks, p.tile = 2.5F, p.ground_end = z + 1.4F,
            p.water = WaterKind::open, p.water_begin = z + 1.4F, p.wave = 0.2F;
            p.relief = ReliefKind::hills, p.relief_height = 0.7F, p.horizon = 0.44F;
            p.scatter = {{{"fluent:sailboat", "fluent:motor-boat", "fluent:ferry"},
                          7,
                          0.2F,
                          0.05F,
                          7,
                          14,
                          1.6F,
                          false,
                          0.03F,
                          false},
                         few({"fluent:anchor", "fluent:package", "fluent:oil-drum"}, 0.9F, z + 0.5F,
                             z + 1.2F, 0.25F, 1.2F)};
            break;
        case Setting::stadium:
            p.ground = GroundKind::court, p.tile = 8, p.horizon = 0.42F,
            p.interior = Interior::hall;
            p.scatter = {few({"fluent:goal-net"}, 2.4F, 8, 8.2F, 0.1F, 2.6F)};
            break;
        default:
            break;
    }
}

void plan_waters(Plan& p, const Shot& shot, float z) {
    switch (shot.setting) {
        case Setting::sea:
            p.ground = GroundKind::none, p.water = WaterKind::open, p.wave = 0.85F,
            p.horizon = 0.48F, p.foot = 0.70F, p.afloat = true, p.water_scale = 3.2F;
            break;
        case Setting::beach:
            p.ground = GroundKind::none, p.water = WaterKind::beach, p.wave = 1.0F,
            p.horizon = 0.44F, p.water_scale = 2.1F;
            p.scatter = {{{"fluent:palm-tree"},
                          7,
                          0.15F,
                          0.10F,
                          z + 0.9F,
                          z + 1.6F,
                          2.0F,
                          true,
                          0.02F,
                          false},
                         few({"fluent:spiral-shell", "fluent:beach-with-umbrella"}, 0.3F, z * 0.9F,
                             z + 0.7F, 0.25F, 0.8F)};
            p.scatter[1].assets = {"fluent:spiral-shell", "fluent:rock"};
            p.scatter[1].height_m = 0.09F;
            break;
        case Setting::lake:
            p.ground = GroundKind::meadow, p.ground_end = z + 1.3F, p.water = WaterKind::calm,
            p.water_begin = z + 1.2F, p.ripple = 0.55F, p.relief = ReliefKind::mountains;
            p.horizon = 0.47F;
            p.scatter = {
                {{"reed"}, 0.5F, 0.3F, 2.2F, z + 0.7F, z + 1.2F, 0.9F, false, 0.08F, false},
                tufts(z * 0.8F, z + 1.1F, 1.0F, 0.3F)};
            break;
        case Setting::river:
            p.ground = GroundKind::grass, p.water = WaterKind::river, p.water_begin = z + 1.1F,
            p.water_end = z + 5.5F, p.ripple = 1.2F, p.relief = ReliefKind::hills;
            p.scatter = {
                trees(kTrees, z + 6.5F, 24, 0.10F, 0),
                {{"reed"}, 0.5F, 0.3F, 1.6F, z + 0.7F, z + 1.0F, 0.9F, false, 0.08F, false},
                few({"fluent:rock"}, 0.4F, z + 0.4F, z + 1.1F, 0.3F, 0.8F),
                tufts(z * 0.8F, z + 1, 1.0F, 0.3F)};
            break;
        case Setting::waterfall:
            p.ground = GroundKind::grass, p.water = WaterKind::river, p.water_begin = z + 1.1F,
            p.water_end = z + 8, p.ripple = 1.4F, p.relief = ReliefKind::cliff;
            p.horizon = 0.50F;
            p.scatter = {trees({"fluent:evergreen-tree", "fluent:deciduous-tree"}, z + 1.5F, z + 7,
                               0.14F, 2.8F, 6),
                         few({"fluent:rock"}, 0.7F, z + 0.6F, z + 2, 0.35F, 0.9F),
                         tufts(z * 0.8F, z + 1, 1.1F, 0.3F)};
            break;
        case Setting::underwater:
            p.ground = GroundKind::seabed, p.horizon = 0.40F, p.foot = 0.90F, p.weightless = true,
            p.relief = ReliefKind::none;
            p.scatter = {
                {{"fluent:coral"}, 1.0F, 0.5F, 0.22F, z * 0.9F, 10, 0.9F, true, 0.02F, false},
                {{"kelp"}, 2.0F, 0.4F, 0.30F, z * 1.1F, 11, 1.0F, false, 0.12F, false},
                few({"fluent:rock", "fluent:spiral-shell"}, 0.5F, z * 0.9F, 8, 0.14F, 0.6F)};
            break;
        default:
            break;
    }
}

}  // namespace kinora::engines::storyboard
