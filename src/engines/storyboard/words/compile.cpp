#include "engines/storyboard/words/compile.hpp"

#include "engines/storyboard/words/direct.hpp"
#include "engines/storyboard/words/draft.hpp"
#include "engines/storyboard/words/reading.hpp"
#include "engines/storyboard/words/stage.hpp"
#include "engines/storyboard/words/text.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxShots = 3;
constexpr std::size_t kMaxUnknown = 8;

// A stretch of the prompt that is one shot.
struct Stretch {
    std::vector<Unit> units;
    Transition into = Transition::cut;
};

bool names_place(const Unit& unit) {
    return std::ranges::any_of(unit.word.meanings,
                               [](const Meaning* m) { return m->setting.has_value(); });
}
bool names_time(const Unit& unit) {
    return std::ranges::any_of(unit.word.meanings,
                               [](const Meaning* m) { return m->time.has_value(); });
}

// Where "from A to B" begins and ends among the units.
struct Journey {
    std::size_t from = 0;  // Of "from".
    std::size_t to = 0;    // Of "to".
    std::size_t end = 0;   // Behind B.
};

// The unit behind `at` that names a place (or a time, if `time`), adjectives and articles skipped;
// npos if another word comes first.
std::size_t destination(const std::vector<Unit>& units, std::size_t at, bool time) {
    for (std::size_t i = at + 1; i < units.size() && i < at + 5; ++i) {
        const auto& unit = units[i];
        if (time ? names_time(unit) : names_place(unit)) return i;
        const bool skip = unit.kind == Unit::Kind::modifier || unit.kind == Unit::Kind::skip ||
                          unit.role == Role::definite || unit.role == Role::indefinite ||
                          unit.role == Role::stop || unit.kind == Unit::Kind::term;
        if (!skip) break;
    }
    return std::string::npos;
}

std::optional<Journey> find_journey(const std::vector<Unit>& units) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (units[i].lower != "from") continue;
        for (const bool time : {false, true}) {
            const auto start = destination(units, i, time);
            if (start == std::string::npos) continue;
            for (std::size_t j = start + 1; j < units.size() && j < start + 6; ++j) {
                if (units[j].role != Role::to && units[j].lower != "into" &&
                    units[j].lower != "toward" && units[j].lower != "towards")
                    continue;
                const auto goal = destination(units, j, time);
                if (goal != std::string::npos) return Journey{i, j, goal + 1};
            }
        }
    }
    return std::nullopt;
}

std::vector<Stretch> split_journey(const std::vector<Unit>& units, const Journey& journey) {
    const auto at = [&units](std::size_t i) {
        return units.begin() + static_cast<std::ptrdiff_t>(i);
    };
    Stretch first;
    first.units.assign(units.begin(), at(journey.to));
    first.units.insert(first.units.end(), at(journey.end), units.end());
    Stretch second;
    second.units.assign(units.begin(), at(journey.from));
    second.units.insert(second.units.end(), at(journey.to), units.end());
    second.into = Transition::dissolve;
    for (auto* stretch : {&first, &second}) {
        // "from" and "to" say where it is now.
        for (auto& unit : stretch->units) {
            if (unit.lower == "from" || unit.role == Role::to) unit.role = Role::in;
        }
    }
    return {first, second};
}

std::vector<Stretch> split(const std::vector<Unit>& units) {
    std::vector<Stretch> stretches(1);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto& unit = units[i];
        // "turning to the sun" is no change of shape.
        const bool faces = unit.lower.ends_with(" to") && i + 1 < units.size() &&
                           units[i + 1].role == Role::definite;
        const bool parts = unit.kind == Unit::Kind::role &&
                           (unit.role == Role::then || (unit.role == Role::morph && !faces));
        if (!parts || stretches.size() == kMaxShots) {
            stretches.back().units.push_back(unit);
            continue;
        }
        const bool empty = std::ranges::none_of(stretches.back().units, [](const Unit& u) {
            return u.word.thing != nullptr || is_scenic(u.word) || u.kind == Unit::Kind::verb;
        });
        if (empty) continue;
        Stretch next;
        next.into = unit.role == Role::morph                      ? Transition::morph
                    : unit.lower.find("cut") != std::string::npos ? Transition::cut
                                                                  : Transition::dissolve;
        stretches.push_back(std::move(next));
    }
    if (stretches.size() > 1 && stretches.back().units.empty()) stretches.pop_back();
    if (stretches.size() == 1) {
        if (const auto journey = find_journey(units)) return split_journey(units, *journey);
    }
    return stretches;
}

bool says_alone(const std::vector<Unit>& units) {
    static constexpr std::string_view kWords[] = {"alone", "lonely",   "lone",     "solitary",
                                                  "empty", "deserted", "only",     "minimalist",
                                                  "no",    "nobody",   "isolated", "without"};
    return std::ranges::any_of(units, [](const Unit& unit) {
        // The first word of a phrase counts too: "lone wolf".
        const auto first = std::string_view(unit.lower).substr(0, unit.lower.find(' '));
        return std::ranges::find(kWords, first) != std::end(kWords);
    });
}

// FNV-1a; mixes the prompt into the seed, so that two prompts with one seed are no twins.
std::uint64_t number_of(const Prompt& prompt) {
    std::uint64_t value = 0xcbf29ce484222325ULL;
    for (const char c : prompt.text)
        value = (value ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    return value ^ (prompt.seed * 0x9e3779b97f4a7c15ULL);
}

void note_unknown(Scene& scene, const std::vector<Draft>& drafts) {
    std::vector<std::string> named;
    for (const auto& draft : drafts) {
        for (const auto& word : draft.unknown) {
            if (named.size() >= kMaxUnknown || std::ranges::find(named, word) != named.end())
                continue;
            named.push_back(word);
            scene.notes.push_back(
                "\u201c" + word +
                "\u201d is not among the things this engine can draw; it was left out.");
        }
    }
}

// A place that a later stretch names holds for the first ones too, if these name none: "a seed
// growing into a tree in a garden".
void share_places(std::vector<Draft>& drafts) {
    for (std::size_t i = drafts.size(); i > 1; --i) {
        auto& earlier = drafts[i - 2];
        const auto& later = drafts[i - 1];
        if (earlier.places.empty()) {
            for (auto place : later.places) {
                if (place.mention < 0 && place.weight >= 2) earlier.places.push_back(place);
            }
        }
    }
}

// Between space and the ground one flies through the sky.
void fly_through(Scene& scene) {
    for (std::size_t i = 1; i < scene.shots.size(); ++i) {
        const bool leaves = scene.shots[i - 1].setting == Setting::space;
        const bool enters = scene.shots[i].setting == Setting::space;
        if (leaves != enters && scene.shots[i].into == Transition::dissolve)
            scene.shots[i].into = Transition::fly_through;
    }
}

// A prompt's scene, and what one that follows needs to know of it.
struct Compiled {
    Scene scene;
    Draft last;
};

// `before` may be null, or has shots.
Compiled compile_after(const Prompt& prompt, const Lexicon& lexicon, const Compiled* before) {
    const auto reading = read(tokenise(prompt.text), lexicon);
    const auto stretches = split(reading.units);
    std::vector<Draft> drafts;
    for (const auto& stretch : stretches) drafts.push_back(make_draft(stretch.units));
    share_places(drafts);

    Scene scene;
    const bool alone = says_alone(reading.units);
    const auto number = number_of(prompt);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Inherited inherited;
        if (i > 0) inherited = {&scene.shots.back(), &drafts[i - 1]};
        if (i == 0 && before != nullptr) inherited = {&before->scene.shots.back(), &before->last};
        auto shot = make_shot(drafts[i], inherited, prompt.aspect);
        shot.into = stretches[i].into;
        // Day that turns into night melts; only a thing becomes another thing.
        if (shot.into == Transition::morph && drafts[i].mentions.empty())
            shot.into = Transition::dissolve;
        scene.shots.push_back(std::move(shot));
        if (drafts[i].style && scene.style == Style::claymation) scene.style = *drafts[i].style;
    }
    fly_through(scene);
    if (prompt.enhancement) {
        for (std::size_t i = 0; i < scene.shots.size(); ++i) {
            // What was directed before stays as it is, unless it goes elsewhere.
            const bool stays =
                before != nullptr && scene.shots[i].setting == before->scene.shots.back().setting;
            if (!stays) direct(scene.shots[i], drafts[i], alone, number);
        }
    }
    const auto shots = static_cast<double>(scene.shots.size());
    for (auto& shot : scene.shots) shot.share = 1.0 / shots;
    scene.shots.back().share = 1.0 - (shots - 1.0) / shots;

    note_unknown(scene, drafts);
    if (!reading.understood) {
        scene.notes.push_back(
            "No word of the prompt was recognised; the scene shows a mood only. English works "
            "best.");
    } else if (reading.foreign) {
        scene.notes.push_back("The prompt was read word by word; this engine knows English best.");
    }
    return {std::move(scene), std::move(drafts.back())};
}

bool says_nothing(const Prompt& prompt) {
    return tokenise(prompt.text).empty();
}

}  // namespace

Scene compile(const Prompt& prompt, const Lexicon& lexicon) {
    return compile_after(prompt, lexicon, nullptr).scene;
}

std::vector<Scene> compile_all(std::span<const Prompt> prompts, const Lexicon& lexicon) {
    std::vector<Scene> out;
    Compiled last;
    for (const auto& prompt : prompts) {
        if (says_nothing(prompt) && !last.scene.shots.empty()) {
            out.emplace_back().style = out.front().style;
            continue;
        }
        last = compile_after(prompt, lexicon, last.scene.shots.empty() ? nullptr : &last);
        out.push_back(last.scene);
        if (out.size() > 1) out.back().style = out.front().style;
    }
    return out;
}

}  // namespace kinora::engines::storyboard
