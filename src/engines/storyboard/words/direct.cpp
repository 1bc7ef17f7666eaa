#include "engines/storyboard/words/direct.hpp"

#include "engines/storyboard/words/whereabouts.hpp"

#include <algorithm>
#include <array>

namespace kinora::engines::storyboard {

namespace {

// A small generator of its own, so that scenes do not depend on a library's (Steele et al.,
// SplitMix64, 2014).
class Chance {
public:
    explicit Chance(std::uint64_t state) : state_(state) {}
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }

private:
    std::uint64_t state_;
};

bool moves(const Shot& shot) {
    return std::ranges::any_of(shot.subjects, [](const Subject& s) {
        return s.main &&
               (s.motion == Motion::walk || s.motion == Motion::run || s.motion == Motion::drive ||
                s.motion == Motion::ride || s.motion == Motion::fly || s.motion == Motion::sail ||
                s.motion == Motion::swim);
    });
}

void light(Shot& shot, const Draft& draft, Chance& chance) {
    if (draft.time || is_indoors(shot.setting) || shot.setting == Setting::space ||
        shot.setting == Setting::underwater || shot.setting == Setting::abstract)
        return;
    if (draft.weather && draft.weather != Weather::clear)
        return;  // Rain and snow have their own light.
    if (shot.time != TimeOfDay::day) return;
    // The low sun is kind to nearly everything; mid-day keeps its share.
    const int dice = chance.below(10);
    switch (shot.setting) {
        case Setting::volcano:
        case Setting::cave:
            shot.time = dice < 6 ? TimeOfDay::dusk : TimeOfDay::night;
            break;
        case Setting::skyline:
        case Setting::stadium:
            shot.time = dice < 5 ? TimeOfDay::dusk : TimeOfDay::golden_hour;
            break;
        case Setting::garden:
        case Setting::park:
        case Setting::farm:
        case Setting::meadow:
        case Setting::jungle:
            shot.time = dice < 6 ? TimeOfDay::day : TimeOfDay::golden_hour;
            break;
        case Setting::snowfield:
        case Setting::snowy_forest:
            shot.time = dice < 6 ? TimeOfDay::day : TimeOfDay::dusk;
            break;
        default:
            shot.time = dice < 5 ? TimeOfDay::golden_hour : TimeOfDay::day;
            break;
    }
}

void colours(Shot& shot, const Draft& draft) {
    if (draft.palette) return;
    if (shot.time == TimeOfDay::golden_hour) shot.palette = Palette::warm;
    if (shot.time == TimeOfDay::storm) shot.palette = Palette::cool;
    if (shot.setting == Setting::garden || shot.setting == Setting::jungle)
        shot.palette = Palette::vivid;
}

void air(Shot& shot, const Draft& draft, Chance& chance) {
    if (!draft.effects.empty()) return;
    const auto add = [&shot](Effect effect) { shot.effects.push_back(effect); };
    const bool dry = shot.weather == Weather::clear || shot.weather == Weather::cloudy;
    const bool dark = shot.time == TimeOfDay::night || shot.time == TimeOfDay::dusk;
    switch (shot.setting) {
        case Setting::garden:
            if (dry) add(dark ? Effect::fireflies : Effect::petals);
            break;
        case Setting::forest:
        case Setting::meadow:
            if (dry && dark) add(Effect::fireflies);
            break;
        case Setting::park:
            if (dry && chance.below(2) == 0) add(Effect::leaves);
            break;
        case Setting::desert:
        case Setting::canyon:
        case Setting::ruins:
        case Setting::library:
            add(Effect::dust);
            break;
        case Setting::underwater:
            add(Effect::bubbles);
            break;
        case Setting::volcano:
            add(Effect::sparks);
            break;
        case Setting::space:
        case Setting::moon:
            add(Effect::stars);
            break;
        case Setting::kitchen:
            if (!shot.subjects.empty()) add(Effect::smoke);
            break;
        default:
            if (dark && dry && shot.time == TimeOfDay::night && !is_indoors(shot.setting))
                add(Effect::stars);
            break;
    }
    if (shot.setting == Setting::snowy_forest && !draft.weather) shot.weather = Weather::snow;
}

void camera(Shot& shot, const Draft& draft, Chance& chance) {
    if (draft.camera) return;
    if (shot.setting == Setting::skyline || (shot.subjects.empty() && !is_indoors(shot.setting))) {
        shot.camera = std::array{CameraMove::aerial, CameraMove::crane_up,
                                 CameraMove::push_in}[static_cast<std::size_t>(chance.below(3))];
    } else if (moves(shot)) {
        shot.camera = chance.below(3) < 2 ? CameraMove::tracking : CameraMove::drift;
    } else {
        shot.camera = std::array{CameraMove::push_in, CameraMove::drift,
                                 CameraMove::orbit}[static_cast<std::size_t>(chance.below(3))];
    }
}

struct Companion {
    Setting setting;
    std::string_view asset;
    int count;
    double height_m;
    Motion motion;
    bool airborne;
    double depth;
};

// What a place would miss if nobody named it. Only what stands aside or flies far off.
constexpr Companion kCompanions[] = {
    {Setting::garden, "fluent:butterfly", 3, 0.08, Motion::fly, true, 0.35},
    {Setting::garden, "fluent:tulip", 6, 0.4, Motion::idle, false, 0.35},
    {Setting::meadow, "fluent:blossom", 7, 0.3, Motion::idle, false, 0.35},
    {Setting::meadow, "fluent:deciduous-tree", 3, 8, Motion::idle, false, 0.75},
    {Setting::beach, "fluent:palm-tree", 2, 7, Motion::idle, false, 0.55},
    {Setting::beach, "fluent:dove", 3, 0.35, Motion::fly, true, 0.6},
    {Setting::sea, "fluent:dove", 4, 0.35, Motion::fly, true, 0.65},
    {Setting::harbor, "fluent:sailboat", 2, 7, Motion::float_, false, 0.6},
    {Setting::underwater, "fluent:tropical-fish", 5, 0.2, Motion::swim, true, 0.5},
    {Setting::underwater, "fluent:coral", 3, 0.5, Motion::idle, false, 0.4},
    {Setting::lake, "fluent:evergreen-tree", 4, 10, Motion::idle, false, 0.8},
    {Setting::park, "fluent:deciduous-tree", 3, 8, Motion::idle, false, 0.7},
    {Setting::farm, "game:barn", 1, 8, Motion::idle, false, 0.75},
    {Setting::mountains, "fluent:evergreen-tree", 5, 9, Motion::idle, false, 0.65},
    {Setting::mountains, "fluent:eagle", 1, 0.8, Motion::fly, true, 0.6},
    {Setting::desert, "fluent:cactus", 2, 3, Motion::idle, false, 0.55},
    {Setting::volcano, "fluent:rock", 3, 0.9, Motion::idle, false, 0.45},
    {Setting::snowfield, "fluent:evergreen-tree", 4, 8, Motion::idle, false, 0.7},
    {Setting::road, "fluent:evergreen-tree", 4, 9, Motion::idle, false, 0.65},
    {Setting::space, "fluent:ringed-planet", 1, 40, Motion::idle, true, 0.95},
    {Setting::city_street, "fluent:taxi", 1, 1.5, Motion::drive, false, 0.6},
    {Setting::village, "fluent:house", 3, 7, Motion::idle, false, 0.65},
};

void companions(Shot& shot, Chance& chance) {
    const auto named = shot.subjects.size();
    if (named == 0 || named > 5) return;
    // Out on a lake no tree stands.
    const bool afloat =
        shot.setting == Setting::lake && std::ranges::any_of(shot.subjects, [](const Subject& s) {
            return s.main && (s.motion == Motion::sail || s.motion == Motion::swim ||
                              s.motion == Motion::float_);
        });
    if (afloat) return;
    int added = 0;
    for (const auto& companion : kCompanions) {
        if (companion.setting != shot.setting || added >= 2) continue;
        const bool there = std::ranges::any_of(
            shot.subjects, [&](const Subject& s) { return s.asset == companion.asset; });
        if (there) continue;
        const bool bird_in_bad_weather =
            companion.airborne &&
            (shot.weather == Weather::rain || shot.weather == Weather::snow ||
             shot.weather == Weather::lightning) &&
            shot.setting != Setting::underwater;
        const bool bird_by_night =
            companion.airborne && shot.time == TimeOfDay::night && companion.motion == Motion::fly;
        if (bird_in_bad_weather || bird_by_night || shot.subjects.size() >= 12) continue;
        Subject subject;
        subject.word = "";
        subject.asset = companion.asset;
        subject.form = companion.asset.starts_with("game:") ? Form::silhouette : Form::sprite;
        subject.count = companion.count;
        subject.height_m = companion.height_m;
        subject.motion = companion.motion;
        subject.airborne = companion.airborne;
        subject.depth = companion.depth;
        subject.x = (chance.below(2) == 0 ? -1 : 1) * (0.5 + 0.1 * chance.below(4));
        shot.subjects.push_back(std::move(subject));
        ++added;
    }
}

}  // namespace

void direct(Shot& shot, const Draft& draft, bool alone, std::uint64_t number) {
    Chance chance(number);
    light(shot, draft, chance);
    colours(shot, draft);
    air(shot, draft, chance);
    camera(shot, draft, chance);
    if (!alone) companions(shot, chance);
}

}  // namespace kinora::engines::storyboard
