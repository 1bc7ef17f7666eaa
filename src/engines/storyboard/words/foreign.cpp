#include "engines/storyboard/words/foreign.hpp"

#include <span>
#include <utility>

namespace kinora::engines::storyboard {

namespace {

// Endings of plurals and what stands in their place in the singular; the longest first.
using Endings = std::span<const std::pair<std::string_view, std::string_view>>;

Endings endings_of(std::string_view language) {
    static constexpr std::pair<std::string_view, std::string_view> kSpanish[] = {
        {"ces", "z"}, {"ones", "ón"}, {"es", ""}, {"s", ""}};
    static constexpr std::pair<std::string_view, std::string_view> kFrench[] = {
        {"eaux", "eau"}, {"aux", "al"}, {"x", ""}, {"s", ""}};
    static constexpr std::pair<std::string_view, std::string_view> kGerman[] = {
        {"nen", "n"}, {"en", ""}, {"en", "e"}, {"er", ""}, {"e", ""}, {"n", ""}, {"s", ""}};
    static constexpr std::pair<std::string_view, std::string_view> kPortuguese[] = {
        {"ões", "ão"}, {"ães", "ão"}, {"ais", "al"}, {"éis", "el"},
        {"ns", "m"},   {"es", ""},    {"s", ""}};
    static constexpr std::pair<std::string_view, std::string_view> kItalian[] = {
        {"chi", "co"}, {"ghi", "go"}, {"che", "ca"}, {"ghe", "ga"},
        {"i", "o"},    {"i", "e"},    {"e", "a"}};
    if (language == "es") return kSpanish;
    if (language == "fr") return kFrench;
    if (language == "de") return kGerman;
    if (language == "pt") return kPortuguese;
    if (language == "it") return kItalian;
    return {};
}

// "Häuser" of "Haus", "Vögel" of "Vogel".
std::string without_umlauts(std::string word) {
    for (const auto& [umlaut, plain] :
         {std::pair("ä", "a"), std::pair("ö", "o"), std::pair("ü", "u")}) {
        for (auto at = word.find(umlaut); at != std::string::npos; at = word.find(umlaut))
            word.replace(at, std::string_view(umlaut).size(), plain);
    }
    return word;
}

std::optional<Lexicon::Foreign> of_singular(std::string_view language, const std::string& word,
                                            const Lexicon& lexicon) {
    for (const auto& [ending, instead] : endings_of(language)) {
        if (word.size() < ending.size() + 2 || !word.ends_with(ending)) continue;
        const auto stem = word.substr(0, word.size() - ending.size()) + std::string(instead);
        if (auto meaning = lexicon.find_foreign(language, stem)) return meaning;
        if (language != "de") continue;
        if (auto meaning = lexicon.find_foreign(language, without_umlauts(stem))) return meaning;
    }
    if (language == "de" && without_umlauts(word) != word)
        return lexicon.find_foreign(language, without_umlauts(word));
    return std::nullopt;
}

}  // namespace

std::optional<FoundForeign> look_up_foreign(std::string_view language, const std::string& word,
                                            const Lexicon& lexicon) {
    const auto own = lexicon.find_foreign(language, word);
    const auto single = of_singular(language, word, lexicon);
    if (!own) return single ? std::optional(FoundForeign{*single, true}) : std::nullopt;
    const bool same = single && single->thing == own->thing && single->english == own->english;
    return FoundForeign{*own, same};
}

}  // namespace kinora::engines::storyboard
