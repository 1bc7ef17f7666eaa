// engines/storyboard/scene/json.hpp: scenes and the words of the stage as JSON, for tests, tools
// and lists.
#pragma once

#include "engines/storyboard/scene/scene.hpp"

#include <boost/json/object.hpp>
#include <span>
#include <string_view>

namespace kinora::engines::storyboard {

// The name of a value is its name in scene.hpp ("float" for Motion::float_).
std::string_view name_of(Setting value);
std::string_view name_of(TimeOfDay value);
std::string_view name_of(Weather value);
std::string_view name_of(Effect value);
std::string_view name_of(Style value);
std::string_view name_of(CameraMove value);
std::string_view name_of(Motion value);
std::string_view name_of(Transition value);
std::string_view name_of(Palette value);
std::string_view name_of(Form value);
std::string_view name_of(Relation value);
std::string_view name_of(Presence value);

// All names of an enum, in the order of its values.
std::span<const std::string_view> setting_names();
std::span<const std::string_view> time_names();
std::span<const std::string_view> weather_names();
std::span<const std::string_view> effect_names();
std::span<const std::string_view> style_names();
std::span<const std::string_view> camera_names();
std::span<const std::string_view> motion_names();
std::span<const std::string_view> palette_names();
std::span<const std::string_view> form_names();
std::span<const std::string_view> relation_names();

// Every member of the scene; colours as "#rrggbb", an absent colour, a presence that
// is `there` and `changes` that is false are left out.
boost::json::object to_json(const Scene& scene);

}  // namespace kinora::engines::storyboard
