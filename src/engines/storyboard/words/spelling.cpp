#include "engines/storyboard/words/spelling.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

// Endings of plurals and what stands in their place in the singular.
constexpr std::pair<std::string_view, std::string_view> kPlurals[] = {
    {"ies", "y"},   {"ves", "f"},   {"ves", "fe"}, {"sses", "ss"}, {"xes", "x"}, {"zes", "z"},
    {"ches", "ch"}, {"shes", "sh"}, {"oes", "o"},  {"men", "man"}, {"s", ""}};

bool is_noun_word(const Word& word) {
    return word.thing != nullptr || word.undrawable || word.noun;
}

std::optional<Found> find_singular(const std::string& text, const Lexicon& lexicon) {
    if (text.size() < 3 || text.ends_with("ss") || text.ends_with("us")) return std::nullopt;
    for (const auto& [ending, instead] : kPlurals) {
        if (!text.ends_with(ending)) continue;
        auto single = text.substr(0, text.size() - ending.size());
        single += instead;
        if (single.size() < 2) continue;
        const auto word = lexicon.find(single);
        if (word && is_noun_word(*word)) return Found{*word, single, true};
    }
    return std::nullopt;
}

}  // namespace

bool has_role(const Word& word) {
    return std::ranges::any_of(word.meanings,
                               [](const Meaning* m) { return m->role != Role::none; });
}

std::optional<Found> look_up(const std::string& text, const Lexicon& lexicon) {
    if (auto word = lexicon.find(text)) {
        Found found{*word, text, word->plural};
        if (word->thing != nullptr && !found.plural && text.ends_with('s')) {
            const auto single = find_singular(text, lexicon);
            found.plural = single && single->word.thing == word->thing;
        } else if (word->thing == nullptr && !word->undrawable && !has_role(*word) &&
                   text.find(' ') == std::string::npos) {
            // "walks" is a verb, and may be more than one walk; "bears" more than one bear.
            const auto single = find_singular(text, lexicon);
            if (single && (single->word.thing != nullptr || single->word.undrawable)) {
                found.word.thing = single->word.thing;
                found.word.match = single->word.match;
                found.word.undrawable = single->word.undrawable;
                found.word.noun = true;
                found.plural = true;
                if (found.word.often == 0) found.word.often = single->word.often;
            } else if (single && found.word.meanings.empty()) {
                found.word.meanings = single->word.meanings;  // "she shops", "three shops"
                found.plural = true;
            }
        }
        return found;
    }
    return find_singular(text, lexicon);
}

std::optional<Found> look_up_spelled(const std::string& lower, const std::string& plain,
                                     const Lexicon& lexicon) {
    if (auto found = look_up(lower, lexicon)) return found;
    if (plain != lower) {
        if (auto found = look_up(plain, lexicon)) return found;
    }
    if (plain.find('-') == std::string::npos) return std::nullopt;
    auto apart = plain;
    std::ranges::replace(apart, '-', ' ');
    return look_up(apart, lexicon);
}

bool is_known_form(const std::string& text, const Lexicon& lexicon) {
    static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
        {"ing", ""},   {"ing", "e"}, {"ed", ""},   {"ed", "e"},  {"ied", "y"}, {"es", ""},
        {"s", ""},     {"er", ""},   {"er", "e"},  {"est", ""},  {"est", "e"}, {"ier", "y"},
        {"iest", "y"}, {"ly", ""},   {"ily", "y"}, {"ness", ""}, {"less", ""}, {"like", ""},
        {"ish", ""},   {"y", ""},    {"ies", "y"}};
    if (text.find('-') != std::string::npos) return true;  // Compounds are adjectives as a rule.
    for (const auto& [ending, instead] : kEndings) {
        if (text.size() < ending.size() + 3 || !text.ends_with(ending)) continue;
        auto stem = text.substr(0, text.size() - ending.size());
        if (lexicon.find(stem + std::string(instead))) return true;
        const auto n = stem.size();
        if (instead.empty() && n > 3 && stem[n - 1] == stem[n - 2] &&
            lexicon.find(stem.substr(0, n - 1)))
            return true;
    }
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; }) ||
           text.size() < 3;
}

VerbForm verb_form(const std::string& text, const Lexicon& lexicon) {
    static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
        {"ing", ""}, {"ing", "e"}, {"es", ""}, {"es", "e"}, {"s", ""}, {"ed", ""}, {"ed", "e"}};
    for (const auto& [ending, instead] : kEndings) {
        if (text.size() < ending.size() + 3 || !text.ends_with(ending)) continue;
        const auto stem = text.substr(0, text.size() - ending.size());
        auto word = lexicon.find(stem + std::string(instead));
        if (!word && stem.size() > 3 && stem.back() == stem[stem.size() - 2])
            word = lexicon.find(stem.substr(0, stem.size() - 1));
        if (!word || !word->verb || (ending != "ing" && word->often != 'v')) continue;
        return ending == "ing" ? VerbForm::ing : ending == "ed" ? VerbForm::past : VerbForm::s;
    }
    return VerbForm::none;
}

}  // namespace kinora::engines::storyboard
