// engines/storyboard/words/spelling.hpp: finds words in the lexicon whatever their form.
#pragma once

#include "engines/storyboard/words/lexicon.hpp"

#include <optional>
#include <string>

namespace kinora::engines::storyboard {

struct Found {
    Word word;
    std::string lower;  // As the lexicon has it.
    bool plural = false;
};

// A word or phrase as it stands, or as a plural.
std::optional<Found> look_up(const std::string& text, const Lexicon& lexicon);
// Without accents and hyphens too: "hot-air balloons" for "hot air balloons".
std::optional<Found> look_up_spelled(const std::string& lower, const std::string& plain,
                                     const Lexicon& lexicon);
// A known word in a form that no list has: "consisting" of "consist". Enough to know that it is no
// unknown noun.
bool is_known_form(const std::string& text, const Lexicon& lexicon);
// The form of a verb that no list has, and that so shows nothing: "rescuing". What follows is its
// object all the same.
VerbForm verb_form(const std::string& text, const Lexicon& lexicon);
// Whether it joins, points or counts.
bool has_role(const Word& word);

}  // namespace kinora::engines::storyboard
