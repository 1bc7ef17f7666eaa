#include "engines/storyboard/words/stretches.hpp"

#include "engines/storyboard/words/journeys.hpp"
#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/text.hpp"
#include "engines/storyboard/words/turns.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr auto kNone = std::string::npos;

bool says_something(const std::vector<Unit>& units) {
    return std::ranges::any_of(units, [](const Unit& u) {
        return u.word.thing != nullptr || is_scenic(u.word) || u.kind == Unit::Kind::verb;
    });
}

bool names_thing(const Unit& unit) {
    return unit.kind == Unit::Kind::noun && unit.word.thing != nullptr;
}

bool acts(const Unit& unit) {
    return unit.kind == Unit::Kind::verb ||
           (unit.kind == Unit::Kind::relation &&
            (unit.word.form != VerbForm::none || unit.word.motion));
}

// "a man", "two cats and a dog": who acts in a stretch, with what they wear or have with them.
class Actors {
public:
    explicit Actors(const std::vector<Unit>& units) : units_(units) {}

    std::vector<Unit> run() {
        std::size_t begin = 0;
        std::size_t end = 0;  // Behind the noun read last.
        for (std::size_t i = 0; i < units_.size(); ++i) {
            const auto& unit = units_[i];
            if (names_thing(unit)) {
                end = i + 1;
            } else if (end == 0 && !acts(unit) && places(unit)) {
                // "in a forest, a wolf": who acts comes behind the comma.
                while (i < units_.size() && units_[i].kind != Unit::Kind::comma) ++i;
                begin = i + 1;
            } else if (acts(unit) || unit.kind == Unit::Kind::stop ||
                       unit.kind == Unit::Kind::relation || unit.role == Role::pronoun) {
                break;
            } else if (end > 0 && !goes_on(i)) {
                break;
            }
        }
        if (end == 0) return {};
        end = with_belongings(end);
        return {units_.begin() + static_cast<std::ptrdiff_t>(begin),
                units_.begin() + static_cast<std::ptrdiff_t>(end)};
    }

private:
    static bool places(const Unit& unit) {
        return unit.role == Role::in || unit.role == Role::at || unit.role == Role::through ||
               unit.role == Role::to || unit.kind == Unit::Kind::relation;
    }
    bool goes_on(std::size_t i) const {
        const auto& unit = units_[i];
        if (unit.kind == Unit::Kind::comma) {
            // "a cat, a dog and a bird"
            return i + 1 < units_.size() && (units_[i + 1].role == Role::indefinite ||
                                             units_[i + 1].role == Role::conjunction);
        }
        if (unit.kind == Unit::Kind::role) {
            return unit.role == Role::conjunction || unit.role == Role::indefinite ||
                   unit.role == Role::definite || unit.role == Role::of || unit.role == Role::stop;
        }
        return unit.kind == Unit::Kind::modifier || unit.kind == Unit::Kind::skip ||
               unit.kind == Unit::Kind::noun || unit.kind == Unit::Kind::term;
    }
    std::size_t with_belongings(std::size_t end) const {
        if (end >= units_.size()) return end;
        const auto& joint = units_[end];
        const bool worn =
            meaning_with(joint.word, [](const Meaning& m) { return m.worn; }) != nullptr;
        if (joint.role != Role::with && joint.role != Role::in && !worn) return end;
        for (std::size_t i = end + 1; i < units_.size() && i < end + 5; ++i) {
            const auto& unit = units_[i];
            if (names_thing(unit))
                return joint.role != Role::in || is_clothing(*unit.word.thing) ? i + 1 : end;
            if (unit.kind != Unit::Kind::modifier && unit.role != Role::indefinite &&
                unit.role != Role::definite)
                break;
        }
        return end;
    }

    const std::vector<Unit>& units_;
};

// "then eats an apple", "then he sleeps", "then a dog chases it": who is meant is named again. A
// stretch that says no more than what is done goes on with all that was seen; see stage.cpp.
void put_again(const std::vector<Unit>& actors, std::vector<Unit>& units) {
    const auto lead = std::ranges::find_if(units, [](const Unit& unit) {
        return unit.kind != Unit::Kind::comma && unit.kind != Unit::Kind::stop &&
               unit.kind != Unit::Kind::skip && unit.role != Role::conjunction &&
               unit.role != Role::stop;
    });
    if (actors.empty() || lead == units.end() || std::none_of(lead, units.end(), names_thing))
        return;
    const auto put = [&units, &actors](std::vector<Unit>::iterator at, bool instead) {
        if (instead) at = units.erase(at);
        units.insert(at, actors.begin(), actors.end());
    };
    if (acts(*lead)) {
        put(lead, false);
    } else if (lead->role == Role::pronoun && is_one_of(lead->lower, {"he", "she", "it", "they"})) {
        put(lead, true);
    } else {
        const auto act = std::find_if(lead, units.end(), acts);
        const auto whom = std::find_if(act, units.end(), [](const Unit& unit) {
            return unit.role == Role::pronoun && is_one_of(unit.lower, {"it", "him", "them"});
        });
        if (whom != units.end() && std::none_of(act, whom, names_thing)) put(whom, true);
    }
}

bool is_she(const Unit& unit) {
    return is_one_of(unit.word.thing->asset,
                     {"woman", "girl", "old woman", "queen", "princess", "witch", "mermaid",
                      "bride", "nurse", "ballerina", "fairy"});
}

// "a boy comes and she waves": she is no boy, and was there before.
void put_behind_joints(const std::vector<Unit>& actors, std::vector<Unit>& units) {
    const Unit* last = nullptr;
    for (std::size_t i = 0; i < units.size() && !actors.empty(); ++i) {
        if (names_thing(units[i])) last = &units[i];
        const bool joined = i > 0 && (units[i - 1].role == Role::conjunction ||
                                      units[i - 1].kind == Unit::Kind::comma);
        const bool she = units[i].lower == "she", he = units[i].lower == "he";
        if (!joined || last == nullptr || units[i].role != Role::pronoun || !(she || he)) continue;
        if (last->word.thing->form == Form::biped && is_she(*last) == she) continue;
        units.erase(units.begin() + static_cast<std::ptrdiff_t>(i));
        units.insert(units.begin() + static_cast<std::ptrdiff_t>(i), actors.begin(), actors.end());
        i += actors.size() - 1;
        last = nullptr;
    }
}

// "it jumps", though not "it snows" or "it gets dark".
bool says_what_somebody_does(const std::vector<Unit>& units,
                             std::vector<Unit>::const_iterator pronoun) {
    const auto verb = std::find_if(pronoun, units.end(), acts);
    if (verb == units.end() || is_scenic(verb->word)) return false;
    const auto at = static_cast<std::size_t>(verb - units.begin());
    const bool weather = at + 1 < units.size() && is_scenic(units[at + 1].word);
    return !weather && (verb->word.motion || turn_of(units, at));
}

// The steps of a prompt, as many as `most`, and how many come after.
Stretches steps_of(const std::vector<Unit>& units, std::size_t most) {
    Stretches steps;
    std::vector<Stretch> all(1);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto& unit = units[i];
        // "turning to the sun" is no change of shape.
        const bool faces = unit.lower.ends_with(" to") && i + 1 < units.size() &&
                           units[i + 1].role == Role::definite;
        const bool parts = unit.kind == Unit::Kind::role &&
                           (unit.role == Role::then || (unit.role == Role::morph && !faces));
        if (!parts) {
            all.back().units.push_back(unit);
            continue;
        }
        if (!says_something(all.back().units)) continue;
        Stretch next;
        next.into = unit.role == Role::morph          ? Transition::morph
                    : unit.lower.find("cut") != kNone ? Transition::cut
                                                      : Transition::dissolve;
        all.push_back(std::move(next));
    }
    if (all.size() > 1 && !says_something(all.back().units)) {
        const auto& rest = all.back().units;
        all[all.size() - 2].units.insert(all[all.size() - 2].units.end(), rest.begin(), rest.end());
        all.pop_back();
    }
    steps.left_out = all.size() > most ? all.size() - most : 0;
    all.resize(std::min(all.size(), most));
    steps.shots = std::move(all);
    return steps;
}

}  // namespace

Stretches split(const std::vector<Unit>& units, std::size_t most) {
    auto steps = steps_of(units, most);
    for (std::size_t i = 1; i < steps.shots.size(); ++i) {
        if (steps.shots[i].into != Transition::morph)
            put_again(Actors(steps.shots[i - 1].units).run(), steps.shots[i].units);
    }
    Stretches all;
    all.left_out = steps.left_out;
    for (auto& step : steps.shots) {
        const auto journey = find_journey(step.units);
        auto ends = journey ? split_journey(step.units, *journey)
                            : std::vector<std::vector<Unit>>{std::move(step.units)};
        auto into = step.into;
        for (auto& end : ends) {
            if (all.shots.size() < most)
                all.shots.push_back({std::move(end), into});
            else
                ++all.left_out;
            into = Transition::dissolve;
        }
    }
    return all;
}

std::vector<Unit> actors_of(const std::vector<Unit>& units) {
    return Actors(units).run();
}

void name_again(std::vector<Unit> lead, std::vector<Unit> last, std::vector<Unit>& units) {
    for (auto* actors : {&lead, &last}) {
        for (auto& unit : *actors) {
            if (unit.role == Role::indefinite) unit.role = Role::definite;
        }
    }
    const auto begins = std::ranges::find_if(units, [](const Unit& unit) {
        return unit.role == Role::pronoun || names_thing(unit) || acts(unit);
    });
    const bool of_last = begins != units.end() && is_one_of(begins->lower, {"it", "they"});
    if (of_last && !last.empty() && says_what_somebody_does(units, begins)) {
        const auto at = units.erase(begins);
        units.insert(at, last.begin(), last.end());
        return;
    }
    put_again(of_last ? last : lead, units);
    put_behind_joints(lead, units);
}

}  // namespace kinora::engines::storyboard
