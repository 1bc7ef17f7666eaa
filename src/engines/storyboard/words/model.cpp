// engines/storyboard/words/model.cpp: the names are those of scene/json.cpp; here stands, in the
// same order, what a prompt says to get each. model_test.cpp compiles every one of them.
#include "engines/storyboard/words/model.hpp"

#include "base/ensure.hpp"
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/lexicon.hpp"

#include <array>
#include <span>

namespace kinora::engines::storyboard {

namespace {

constexpr auto kSettings = std::to_array<std::string_view>(
    {"above the clouds", "in outer space",       "on the moon",       "at sea",
     "underwater",       "on a beach",           "by a lake",         "by a river",
     "by a waterfall",   "in a meadow",          "in a garden",       "in a park",
     "in a forest",      "in a jungle",          "in a snowy forest", "on a glacier",
     "in the mountains", "in a desert",          "in a canyon",       "at a volcano",
     "on a farm",        "in a village",         "in a city street",  "before a city skyline",
     "on a road",        "on a bridge",          "in a castle",       "in ancient ruins",
     "in a harbor",      "in a living room",     "in a kitchen",      "in an office",
     "in a library",     "in a classroom",       "on a stage",        "in a stadium",
     "in a cave",        "on a white background"});
constexpr auto kTimes =
    std::to_array<std::string_view>({"by day", "at sunset", "at dusk", "at night", "stormy sky"});
constexpr auto kWeathers =
    std::to_array<std::string_view>({"clear sky", "cloudy", "in the rain", "snowfall", "foggy",
                                     "windy", "lightning", "northern lights"});
constexpr auto kEffects = std::to_array<std::string_view>(
    {"fire", "smoke", "sparks", "cherry blossom petals", "falling leaves", "bubbles", "fireflies",
     "confetti", "dust", "starry sky", "fireworks"});
constexpr auto kStyles = std::to_array<std::string_view>(
    {"claymation", "cinematic", "film noir", "black and white", "watercolor painting",
     "oil painting", "pixel art", "paper cutout", "anime", "pencil sketch", "cyberpunk",
     "vintage film"});
constexpr auto kCameras = std::to_array<std::string_view>(
    {"", "static shot", "camera pans left", "camera pans right", "camera tilts up",
     "camera tilts down", "camera zooms in", "camera zooms out", "camera pushes in",
     "camera pulls back", "crane up", "crane down", "camera orbits", "tracking shot", "aerial view",
     "handheld camera", "dolly zoom"});
// After who does it: "a bird flying".
constexpr auto kMotions = std::to_array<std::string_view>({"",
                                                           "walking",
                                                           "running",
                                                           "jumping",
                                                           "flying",
                                                           "hovering",
                                                           "swimming",
                                                           "floating",
                                                           "driving",
                                                           "sailing",
                                                           "falling",
                                                           "rising",
                                                           "dancing",
                                                           "sitting",
                                                           "sleeping",
                                                           "eating",
                                                           "playing the guitar",
                                                           "kicking",
                                                           "waving",
                                                           "riding",
                                                           "spinning",
                                                           "bouncing",
                                                           "rolling",
                                                           "swinging",
                                                           "climbing",
                                                           "fighting",
                                                           "reading",
                                                           "cooking",
                                                           "looking",
                                                           "glowing",
                                                           "burning",
                                                           "growing",
                                                           "exploding",
                                                           "erupting",
                                                           "singing"});
constexpr auto kPalettes =
    std::to_array<std::string_view>({"", "warm colors", "cool colors", "neon lights",
                                     "pastel colors", "muted colors", "vivid colors", "gloomy"});

// "golden_hour" as "Golden hour".
std::string title_of(std::string_view name) {
    std::string title(name);
    for (char& c : title) c = c == '_' ? ' ' : c;
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    return title;
}

template <std::size_t N>
Choices choices(std::string name, std::span<const std::string_view> ids,
                const std::array<std::string_view, N>& phrases) {
    ensure(ids.size() == N, "every value has its phrase");
    Choices all{std::move(name), {}};
    for (std::size_t i = 0; i < N; ++i) {
        all.items.push_back({std::string(ids[i]), title_of(ids[i]), std::string(phrases[i])});
    }
    return all;
}

}  // namespace

Model describe_model(const std::filesystem::path& lexicon) {
    Model model;
    model.id = "storyboard";
    model.title = "Storyboard";
    model.description =
        "Draws stylised animated scenes: reads the prompt for things, a place, a time of day, "
        "weather and a camera move, and composes them from open picture sets, lit anew, over "
        "procedural sky, ground and water. No neural model: what it could not draw it says in "
        "`notes`.";
    model.features.loop = true;
    model.features.enhancement = true;
    model.features.seed = true;
    model.features.start_image = model.features.end_image = model.features.extend = true;
    model.features.shots_max = 3;
    model.features.subjects_max = 12;
    model.thing_count = count_things(lexicon);
    model.vocabulary = {choices("settings", setting_names(), kSettings),
                        choices("times_of_day", time_names(), kTimes),
                        choices("weather", weather_names(), kWeathers),
                        choices("effects", effect_names(), kEffects),
                        choices("palettes", palette_names(), kPalettes),
                        choices("motions", motion_names(), kMotions),
                        choices("styles", style_names(), kStyles),
                        choices("camera_moves", camera_names(), kCameras)};
    return model;
}

}  // namespace kinora::engines::storyboard
