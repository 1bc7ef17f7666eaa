// layers/plan_parts.hpp: what the plans of several settings share. For plan*.cpp only.
#pragma once

#include "engines/storyboard/layers/plan.hpp"

namespace kinora::engines::storyboard {

inline const std::vector<std::string> kFlowers = {"fluent:tulip",     "fluent:blossom",
                                                  "fluent:sunflower", "fluent:rose",
                                                  "fluent:hyacinth",  "fluent:hibiscus"};
inline const std::vector<std::string> kTrees = {"fluent:deciduous-tree", "fluent:deciduous-tree",
                                                "fluent:evergreen-tree"};
inline const std::vector<std::string> kPines = {"fluent:evergreen-tree"};
inline const std::vector<std::string> kTuft = {"tuft"};

inline Scatter tufts(float z0, float z1, float per_unit, float keep_out = 0.0F) {
    return {kTuft, 0.16F, 0.4F, per_unit, z0, z1, keep_out, false, 0.10F, false};
}
inline Scatter trees(const std::vector<std::string>& which, float z0, float z1, float per_unit,
                     float keep_out, float height = 6.0F) {
    return {which, height, 0.3F, per_unit, z0, z1, keep_out, true, 0.012F, false};
}
inline Scatter few(const std::vector<std::string>& which, float height, float z0, float z1,
                   float per_unit, float keep_out) {
    return {which, height, 0.2F, per_unit, z0, z1, keep_out, true, 0.0F, false};
}

// Fill in the plan of a setting; `z` is the distance of the main subject.
void plan_countryside(Plan& p, const Shot& shot, float z);
void plan_town(Plan& p, const Shot& shot, float z, bool travels);
void plan_waters(Plan& p, const Shot& shot, float z);

}  // namespace kinora::engines::storyboard
