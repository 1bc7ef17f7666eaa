#include "engines/storyboard/words/journeys.hpp"

#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr auto kNone = std::string::npos;

enum class Stop { time, season, place, building };

bool is(const Unit& unit, Stop stop) {
    const auto any = [&unit](auto has) { return std::ranges::any_of(unit.word.meanings, has); };
    switch (stop) {
        case Stop::time:
            return any([](const Meaning* m) { return m->time.has_value(); });
        case Stop::season:
            return is_season(unit.lower);
        case Stop::place:
            return any([](const Meaning* m) { return m->setting.has_value(); });
        case Stop::building:
            return unit.kind == Unit::Kind::noun && unit.word.thing != nullptr &&
                   (is_kind(*unit.word.thing, AssetKind::building) ||
                    is_celestial(*unit.word.thing));
    }
    return false;
}

// The unit behind `at` that names such a stop, adjectives and articles skipped; npos if another
// word comes first.
std::size_t destination(const std::vector<Unit>& units, std::size_t at, Stop stop) {
    for (std::size_t i = at + 1; i < units.size() && i < at + 5; ++i) {
        const auto& unit = units[i];
        if (is(unit, stop)) return i;
        const bool skip = unit.kind == Unit::Kind::modifier || unit.kind == Unit::Kind::skip ||
                          unit.role == Role::definite || unit.role == Role::indefinite ||
                          unit.role == Role::stop || unit.kind == Unit::Kind::term;
        if (!skip) break;
    }
    return kNone;
}

bool leads_on(const Unit& unit) {
    return unit.role == Role::to || unit.lower == "into" || unit.lower == "toward" ||
           unit.lower == "towards";
}

// Seasons follow one another as a list too: "spring, summer and autumn".
bool joins(const Unit& unit, Stop stop) {
    return leads_on(unit) || (stop == Stop::season &&
                              (unit.kind == Unit::Kind::comma || unit.role == Role::conjunction));
}

// From the first stop on, as long as the next comes right behind a joint.
void go_on(const std::vector<Unit>& units, Journey& journey, Stop goal) {
    while (journey.end < units.size()) {
        auto joint = journey.end;
        if (!joins(units[joint], goal)) return;
        if (joint + 1 < units.size() && units[joint].kind == Unit::Kind::comma &&
            joins(units[joint + 1], goal))
            ++joint;  // ", and"
        const auto next = destination(units, joint, goal);
        if (next == kNone) return;
        journey.joints.push_back(joint);
        journey.end = next + 1;
    }
}

std::optional<Journey> journey_from(const std::vector<Unit>& units, std::size_t from, Stop start,
                                    Stop goal) {
    const auto a = destination(units, from, start);
    if (a == kNone) return std::nullopt;
    for (std::size_t to = a + 1; to < units.size() && to < a + 6; ++to) {
        if (!leads_on(units[to])) continue;
        const auto b = destination(units, to, goal);
        if (b == kNone) continue;
        Journey journey{from, {to}, b + 1};
        go_on(units, journey, goal);
        return journey;
    }
    return std::nullopt;
}

}  // namespace

bool is_season(std::string_view word) {
    static constexpr std::string_view kSeasons[] = {
        "spring",   "springtime", "summer", "summertime", "autumn",
        "autumnal", "fall",       "winter", "wintertime", "wintry"};
    return std::ranges::find(kSeasons, word) != std::end(kSeasons);
}

std::optional<Journey> find_journey(const std::vector<Unit>& units) {
    static constexpr std::pair<Stop, Stop> kStops[] = {{Stop::season, Stop::season},
                                                       {Stop::place, Stop::place},
                                                       {Stop::building, Stop::place},
                                                       {Stop::place, Stop::building},
                                                       {Stop::time, Stop::time}};
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (units[i].lower == "from") {
            for (const auto& [start, goal] : kStops) {
                if (const auto journey = journey_from(units, i, start, goal)) return journey;
            }
        }
        // "summer to winter", "day to night"
        for (const auto stop : {Stop::season, Stop::time}) {
            if (!is(units[i], stop)) continue;
            Journey journey{i, {}, i + 1};
            go_on(units, journey, stop);
            if (!journey.joints.empty()) return journey;
        }
    }
    return std::nullopt;
}

std::vector<std::vector<Unit>> split_journey(const std::vector<Unit>& units,
                                             const Journey& journey) {
    const auto at = [&units](std::size_t i) {
        return units.begin() + static_cast<std::ptrdiff_t>(i);
    };
    std::vector<std::vector<Unit>> ends(journey.joints.size() + 1);
    for (std::size_t k = 0; k < ends.size(); ++k) {
        auto& end = ends[k];
        const auto begin = k == 0 ? journey.from : journey.joints[k - 1];
        const auto after = k < journey.joints.size() ? journey.joints[k] : journey.end;
        end.assign(units.begin(), at(journey.from));
        end.insert(end.end(), at(begin), at(after));
        end.insert(end.end(), at(journey.end), units.end());
        // "from" and "to" say where it is now.
        for (auto& unit : end) {
            if (unit.lower == "from" || unit.role == Role::to) unit.role = Role::in;
        }
        if (k > 0 && leads_on(units[begin])) end[journey.from].role = Role::in;
    }
    return ends;
}

}  // namespace kinora::engines::storyboard
