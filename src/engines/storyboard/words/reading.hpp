// engines/storyboard/words/reading.hpp: tokens become units, each read in one way.
#pragma once

#include "engines/storyboard/words/lexicon.hpp"
#include "engines/storyboard/words/text.hpp"

#include <string>
#include <vector>

namespace kinora::engines::storyboard {

// One word or phrase of the prompt, and what it does in its sentence.
struct Unit {
    enum class Kind {
        noun,      // A thing, or a noun that nothing shows (`word.thing` is null).
        verb,      // What somebody does.
        modifier,  // An adjective of what follows; `word.motion` where it is a verb ("dancing
                   // robot").
        term,      // Speaks of the scene only.
        relation,  // How things stand to each other.
        role,      // Joins, points or counts no more than its `role` says.
        comma,
        stop,
        skip,
    };
    Kind kind = Kind::skip;
    Word word;
    Role role = Role::none;
    std::string raw;    // As the caller wrote it.
    std::string lower;  // As it was found.
    bool plural = false;
    bool possessive = false;
    bool known = true;     // False for a word that no dictionary has.
    int number = -1;       // Of digits; -1: no number.
    bool rounded = false;  // It was no whole number.
};

// English, emoji, and what is known of other languages.
struct Reading {
    std::vector<Unit> units;
    bool understood = false;  // At least one word meant something.
    bool foreign = false;     // Read as another language than English.
};

Reading read(const std::vector<Token>& tokens, const Lexicon& lexicon);

// The first meaning that has the given member set; null where none has.
const Meaning* meaning_with(const Word& word, bool (*has)(const Meaning&));

// Whether it speaks of the scene: a setting, a time, weather, style, camera and the like.
bool is_scenic(const Word& word);

}  // namespace kinora::engines::storyboard
