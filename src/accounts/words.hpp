// accounts/words.hpp: a text as words that compare equal where they look alike.
#pragma once

#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::accounts {

// A look-alike of a capital letter may be the capital of a letter with another look, so a text is
// read in both ways: Cyrillic "ВОМВ" is "BOMB" as it is written, and not once it is lower case.
enum class Reading { folded, as_written };

class WordReader {
public:
    WordReader();

    // The words in their order; whatever is no letter, mark or digit only parts them, and what
    // cannot be seen does not. Case and width do not count. Letters outside of ASCII become what
    // they look like, in words with letters digits do too; ASCII letters stay, or "porn" would be
    // in "pom". Where a script has no spaces between words, and in Hangul, each sign is a word.
    std::vector<std::string> read(std::string_view text, Reading reading) const;

private:
    std::string look_of(const icu::UnicodeString& word) const;

    icu::LocalUSpoofCheckerPointer checker_;  // Safe from any thread, as nothing changes it.
};

}  // namespace kinora::accounts
