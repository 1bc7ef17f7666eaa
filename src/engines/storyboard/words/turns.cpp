#include "engines/storyboard/words/turns.hpp"

#include "engines/storyboard/words/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kinora::engines::storyboard {

namespace {

struct Verbs {
    Turn turn;
    std::string_view forms;  // Joined by blanks, one before and one behind each.
};

constexpr std::array kVerbs{
    Verbs{Turn::comes,
          " arrive arrives arriving arrived appear appears appearing appeared join joins joining "
          "joined emerge emerges emerging emerged approach approaches approaching approached "
          "enter enters entering entered come comes coming came return returns returning "
          "returned "},
    Verbs{
        Turn::goes,
        " gone leave leaves leaving left depart departs departing departed flee flees fleeing fled "
        "escape escapes escaping escaped exit exits exiting exited "},
    Verbs{Turn::vanishes,
          " disappear disappears disappearing disappeared vanish vanishes vanishing vanished "},
    Verbs{Turn::passes, " overtake overtakes overtaking overtook pass passes passing passed "},
    Verbs{Turn::stops,
          " stop stops stopping stopped halt halts halting halted pause "
          "pauses pausing paused "
          "brake brakes braking braked park parks parking parked "},
};

bool contains(std::string_view list, std::string_view word) {
    const auto at = list.find(word);
    return at != std::string_view::npos && at > 0 && list[at - 1] == ' ' &&
           at + word.size() < list.size() && list[at + word.size()] == ' ';
}

bool travels(Motion motion) {
    return goes_somewhere(motion) || motion == Motion::jump || motion == Motion::float_ ||
           motion == Motion::climb;
}

// The words behind a verb, up to the end of the clause.
class Behind {
public:
    Behind(std::span<const Unit> units, std::size_t at) : units_(units), at_(at) {}

    const Unit* get(std::size_t by) const {
        const auto i = at_ + 1 + by;
        return i < units_.size() && !ends(units_[i]) ? &units_[i] : nullptr;
    }
    bool has(std::initializer_list<std::string_view> words) const {
        const auto* unit = get(0);
        return unit != nullptr && is_one_of(unit->lower, words);
    }
    // "in" with nothing behind it.
    bool closes_with(std::initializer_list<std::string_view> words) const {
        return has(words) && (get(1) == nullptr || get(1)->role == Role::conjunction ||
                              get(1)->lower.starts_with("from"));
    }
    // "into the frame", "out of sight": up to three words on.
    bool names_frame() const {
        for (std::size_t by = 0; by < 4 && get(by) != nullptr; ++by) {
            const auto word = std::string_view(get(by)->lower);
            const auto last = word.substr(word.rfind(' ') + 1);
            if (is_one_of(last, {"frame", "view", "sight", "picture", "scene", "shot", "screen"}))
                return true;
        }
        return false;
    }

private:
    static bool ends(const Unit& unit) {
        return unit.kind == Unit::Kind::comma || unit.kind == Unit::Kind::stop ||
               unit.role == Role::then;
    }
    std::span<const Unit> units_;
    std::size_t at_;
};

}  // namespace

std::optional<Said> turn_of(std::span<const Unit> units, std::size_t at) {
    const auto& verb = units[at];
    const std::string_view whole = verb.lower;
    const auto first = whole.substr(0, whole.find(' '));
    const auto rest = first.size() < whole.size() ? whole.substr(first.size() + 1) : "";
    const Behind behind(units, at);
    const bool particle =
        behind.closes_with({"in", "off", "out", "by", "past", "along", "over", "up", "away"});
    const auto say = [particle](Turn turn) { return Said{turn, particle}; };
    if (is_one_of(first, {"come", "comes", "coming", "came"}) &&
        (behind.has({"to"}) || rest == "to")) {
        // "comes to a halt"; whoever "comes to the table" comes.
        for (std::size_t by = 0; by < 4 && behind.get(by) != nullptr; ++by) {
            if (is_one_of(behind.get(by)->lower, {"halt", "stop", "rest", "standstill"}))
                return say(Turn::stops);
        }
    }
    const bool gets_about = verb.word.motion && travels(*verb.word.motion);
    const bool goes = is_one_of(first, {"go", "goes", "going", "went"});
    const bool by = behind.closes_with({"by", "past", "along"}) || is_one_of(rest, {"by", "past"});
    if ((gets_about || goes || is_one_of(first, {"come", "comes"})) && by) return say(Turn::passes);
    for (const auto& verbs : kVerbs) {
        if (contains(verbs.forms, first)) return say(verbs.turn);
    }
    if (is_one_of(first, {"stand", "stands", "standing", "sit", "sits"}) && behind.has({"still"}))
        return say(Turn::stops);
    if (is_one_of(first, {"show", "shows", "pop", "pops", "turn", "turns"}) &&
        (behind.closes_with({"up"}) || rest == "up"))
        return say(Turn::comes);
    const bool out = behind.has({"out", "out of", "off", "from", "away"});
    if (out && behind.names_frame()) return say(Turn::goes);
    if (behind.names_frame() && behind.has({"in", "into", "through", "onto", "on"}))
        return say(Turn::comes);
    if (!gets_about && !goes) return std::nullopt;
    if (is_one_of(rest, {"away", "off", "out"}) || behind.has({"away", "away from"}) ||
        behind.closes_with({"off", "out"}))
        return say(Turn::goes);
    if (behind.closes_with({"in", "over"}) || rest == "in") return say(Turn::comes);
    return std::nullopt;
}

bool ends_weather(std::string_view verb) {
    constexpr std::string_view kForms =
        " end ends ending ended stop stops stopping stopped cease ceases ceasing ceased lift lifts "
        "lifting lifted clear clears clearing cleared melt melts melting melted fade fades fading "
        "faded disappear disappears vanish vanishes die dies dissolve dissolves ";
    return contains(kForms, verb.substr(0, verb.find(' ')));
}

}  // namespace kinora::engines::storyboard
