// engines/storyboard/words/text.hpp: bytes of a caller become tokens.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

struct Token {
    enum class Kind {
        word,   // Letters and digits, with - and ' inside.
        comma,  // , ; : ( ) and dashes.
        stop,   // . ! ? and line breaks.
        emoji,  // One emoji; `lower` has no variation selectors and skin tones.
        han,    // A run of Chinese, Japanese or Korean signs, which knows no blanks.
    };
    Kind kind = Kind::word;
    std::string raw;    // As the caller wrote it, less what no reader sees.
    std::string lower;  // Lower case, accents kept, a possessive 's taken off.
    std::string plain;  // And without accents: "cafe" of "Café".
    bool possessive = false;
    std::vector<Token> parts;  // Of a word with signs of no width in it: what stands between them.
};

// Takes any bytes. Control characters, markup, addresses and invisible signs are left out;
// letters of other alphabets' shapes (full-width, bold) and typographic quotes become plain
// ones. At most 2,000 tokens: what comes
// after is not read.
std::vector<Token> tokenise(std::string_view text);

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace kinora::engines::storyboard
