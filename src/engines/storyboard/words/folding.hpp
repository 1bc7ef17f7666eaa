// engines/storyboard/words/folding.hpp: signs of Unicode, one at a time.
#pragma once

#include <string>
#include <string_view>

namespace kinora::engines::storyboard {

// The next code point, and `at` behind it; a byte that starts none counts as U+FFFD.
char32_t next_sign(std::string_view utf8, std::size_t& at);
void append_sign(std::string& out, char32_t c);

char32_t to_lower(char32_t c);
// The letter below the accents, of Latin-1 and the commonest beyond; others stay.
char32_t without_accent(char32_t c);
// Signs with a plain look-alike: full-width, mathematical and circled letters, typographic quotes
// and dashes, blanks of all widths.
char32_t fold(char32_t c);

}  // namespace kinora::engines::storyboard
