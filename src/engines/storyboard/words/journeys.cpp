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
                   is_kind(*unit.word.thing, AssetKind::building);
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

std::optional<Journey> journey_from(const std::vector<Unit>& units, std::size_t from, Stop start,
                                    Stop goal) {
    const auto a = destination(units, from, start);
    if (a == kNone) return std::nullopt;
    for (std::size_t to = a + 1; to < units.size() && to < a + 6; ++to) {
        if (!leads_on(units[to])) continue;
        const auto b = destination(units, to, goal);
        if (b != kNone) return Journey{from, to, b + 1};
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
            const bool near = is(units[i], stop) && i + 2 < units.size() && leads_on(units[i + 1]);
            if (near && is(units[i + 2], stop)) return Journey{i, i + 1, i + 3};
        }
    }
    return std::nullopt;
}

std::vector<std::vector<Unit>> split_journey(const std::vector<Unit>& units,
                                             const Journey& journey) {
    const auto at = [&units](std::size_t i) {
        return units.begin() + static_cast<std::ptrdiff_t>(i);
    };
    std::vector<std::vector<Unit>> ends(2);
    ends[0].assign(units.begin(), at(journey.to));
    ends[1].assign(units.begin(), at(journey.from));
    ends[1].insert(ends[1].end(), at(journey.to), at(journey.end));
    for (auto& end : ends) {
        end.insert(end.end(), at(journey.end), units.end());
        // "from" and "to" say where it is now.
        for (auto& unit : end) {
            if (unit.lower == "from" || unit.role == Role::to) unit.role = Role::in;
        }
    }
    ends[1][journey.from].role = Role::in;
    return ends;
}

}  // namespace kinora::engines::storyboard
