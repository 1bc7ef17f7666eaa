#include "engines/storyboard/scene/json.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace kinora::engines::storyboard {

namespace {

namespace json = boost::json;

constexpr auto kSettings = std::to_array<std::string_view>(
    {"sky",          "space",       "moon",      "sea",    "underwater", "beach",     "lake",
     "river",        "waterfall",   "meadow",    "garden", "park",       "forest",    "jungle",
     "snowy_forest", "snowfield",   "mountains", "desert", "canyon",     "volcano",   "farm",
     "village",      "city_street", "skyline",   "road",   "bridge",     "castle",    "ruins",
     "harbor",       "room",        "kitchen",   "office", "library",    "classroom", "stage",
     "stadium",      "cave",        "abstract"});
constexpr auto kTimes =
    std::to_array<std::string_view>({"day", "golden_hour", "dusk", "night", "storm"});
constexpr auto kWeathers = std::to_array<std::string_view>(
    {"clear", "cloudy", "rain", "snow", "fog", "wind", "lightning", "aurora"});
constexpr auto kEffects =
    std::to_array<std::string_view>({"fire", "smoke", "sparks", "petals", "leaves", "bubbles",
                                     "fireflies", "confetti", "dust", "stars", "fireworks"});
constexpr auto kStyles = std::to_array<std::string_view>(
    {"claymation", "cinematic", "noir", "black_and_white", "watercolor", "oil", "pixel_art",
     "paper_cutout", "anime", "sketch", "cyberpunk", "vintage_film"});
constexpr auto kCameras = std::to_array<std::string_view>(
    {"drift", "fixed", "pan_left", "pan_right", "tilt_up", "tilt_down", "zoom_in", "zoom_out",
     "push_in", "pull_out", "crane_up", "crane_down", "orbit", "tracking", "aerial", "handheld",
     "dolly_zoom"});
constexpr auto kMotions = std::to_array<std::string_view>({"idle",
                                                           "walk",
                                                           "run",
                                                           "jump",
                                                           "fly",
                                                           "hover",
                                                           "swim",
                                                           "float",
                                                           "drive",
                                                           "sail",
                                                           "fall",
                                                           "rise",
                                                           "dance",
                                                           "sit",
                                                           "sleep",
                                                           "eat",
                                                           "play_instrument",
                                                           "kick",
                                                           "wave",
                                                           "ride",
                                                           "spin",
                                                           "bounce",
                                                           "roll",
                                                           "swing",
                                                           "climb",
                                                           "fight",
                                                           "read",
                                                           "cook",
                                                           "look",
                                                           "glow",
                                                           "burn",
                                                           "grow",
                                                           "explode",
                                                           "erupt",
                                                           "talk"});
constexpr auto kTransitions =
    std::to_array<std::string_view>({"cut", "dissolve", "morph", "fly_through"});
constexpr auto kPalettes = std::to_array<std::string_view>(
    {"natural", "warm", "cool", "neon", "pastel", "muted", "vivid", "gloomy"});
constexpr auto kForms =
    std::to_array<std::string_view>({"sprite", "biped", "quadruped", "silhouette"});
constexpr auto kRelations = std::to_array<std::string_view>(
    {"none", "left_of", "right_of", "on", "under", "behind", "in_front_of", "next_to", "above",
     "riding", "holding", "inside", "around"});

constexpr auto kPresences =
    std::to_array<std::string_view>({"there", "comes", "appears", "passes", "goes", "vanishes"});

// A value added to an enum and not here does not compile.
static_assert(kSettings.size() == std::size_t(Setting::abstract) + 1);
static_assert(kTimes.size() == std::size_t(TimeOfDay::storm) + 1);
static_assert(kWeathers.size() == std::size_t(Weather::aurora) + 1);
static_assert(kEffects.size() == std::size_t(Effect::fireworks) + 1);
static_assert(kStyles.size() == std::size_t(Style::vintage_film) + 1);
static_assert(kCameras.size() == std::size_t(CameraMove::dolly_zoom) + 1);
static_assert(kMotions.size() == std::size_t(Motion::talk) + 1);
static_assert(kTransitions.size() == std::size_t(Transition::fly_through) + 1);
static_assert(kPalettes.size() == std::size_t(Palette::gloomy) + 1);
static_assert(kForms.size() == std::size_t(Form::silhouette) + 1);
static_assert(kRelations.size() == std::size_t(Relation::around) + 1);
static_assert(kPresences.size() == std::size_t(Presence::vanishes) + 1);

std::string hex(Rgb color) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "#";
    for (const auto part : {color.r, color.g, color.b}) {
        text += kDigits[part >> 4];
        text += kDigits[part & 15];
    }
    return text;
}

json::object to_json(const Subject& subject) {
    json::object out{{"word", subject.word},
                     {"form", name_of(subject.form)},
                     {"asset", subject.asset},
                     {"count", subject.count},
                     {"height_m", subject.height_m},
                     {"motion", name_of(subject.motion)},
                     {"direction", subject.direction},
                     {"airborne", subject.airborne},
                     {"main", subject.main},
                     {"x", subject.x},
                     {"depth", subject.depth},
                     {"relation", name_of(subject.relation)},
                     {"related_to", subject.related_to}};
    if (subject.color) out["color"] = hex(*subject.color);
    if (subject.presence != Presence::there) out["presence"] = name_of(subject.presence);
    return out;
}

json::object to_json(const Shot& shot) {
    json::array effects;
    for (const auto effect : shot.effects) effects.emplace_back(name_of(effect));
    json::array subjects;
    for (const auto& subject : shot.subjects) subjects.emplace_back(to_json(subject));
    json::object out{{"setting", name_of(shot.setting)}, {"time", name_of(shot.time)},
                     {"weather", name_of(shot.weather)}, {"effects", std::move(effects)},
                     {"palette", name_of(shot.palette)}, {"camera", name_of(shot.camera)},
                     {"subjects", std::move(subjects)},  {"share", shot.share},
                     {"into", name_of(shot.into)}};
    if (shot.changes) out["changes"] = true;
    return out;
}

}  // namespace

std::string_view name_of(Setting value) {
    return kSettings[std::size_t(value)];
}
std::string_view name_of(TimeOfDay value) {
    return kTimes[std::size_t(value)];
}
std::string_view name_of(Weather value) {
    return kWeathers[std::size_t(value)];
}
std::string_view name_of(Effect value) {
    return kEffects[std::size_t(value)];
}
std::string_view name_of(Style value) {
    return kStyles[std::size_t(value)];
}
std::string_view name_of(CameraMove value) {
    return kCameras[std::size_t(value)];
}
std::string_view name_of(Motion value) {
    return kMotions[std::size_t(value)];
}
std::string_view name_of(Transition value) {
    return kTransitions[std::size_t(value)];
}
std::string_view name_of(Palette value) {
    return kPalettes[std::size_t(value)];
}
std::string_view name_of(Form value) {
    return kForms[std::size_t(value)];
}
std::string_view name_of(Relation value) {
    return kRelations[std::size_t(value)];
}
std::string_view name_of(Presence value) {
    return kPresences[std::size_t(value)];
}

std::span<const std::string_view> setting_names() {
    return kSettings;
}
std::span<const std::string_view> time_names() {
    return kTimes;
}
std::span<const std::string_view> weather_names() {
    return kWeathers;
}
std::span<const std::string_view> effect_names() {
    return kEffects;
}
std::span<const std::string_view> style_names() {
    return kStyles;
}
std::span<const std::string_view> camera_names() {
    return kCameras;
}
std::span<const std::string_view> motion_names() {
    return kMotions;
}
std::span<const std::string_view> palette_names() {
    return kPalettes;
}
std::span<const std::string_view> form_names() {
    return kForms;
}
std::span<const std::string_view> relation_names() {
    return kRelations;
}

json::object to_json(const Scene& scene) {
    json::array shots;
    for (const auto& shot : scene.shots) shots.emplace_back(to_json(shot));
    json::array notes;
    for (const auto& note : scene.notes) notes.emplace_back(note);
    return {
        {"style", name_of(scene.style)}, {"shots", std::move(shots)}, {"notes", std::move(notes)}};
}

}  // namespace kinora::engines::storyboard
