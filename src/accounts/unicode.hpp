// accounts/unicode.hpp: what this room uses of ICU, from and to UTF-8.
//
// For this room's sources only; no header that other rooms include names ICU's types.
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utypes.h>
#include <string>
#include <string_view>

namespace kinora::accounts {

bool is_utf8(std::string_view text);

// Bytes that are no UTF-8 become U+FFFD.
icu::UnicodeString from_utf8(std::string_view text);
std::string to_utf8(const icu::UnicodeString& text);

// Throws std::runtime_error: the machine lacks ICU's data, or memory.
void check_icu(UErrorCode code);

enum class Form { nfc, nfkc, nfkc_casefold };
icu::UnicodeString normal(const icu::UnicodeString& text, Form form);

// Calls `see(UChar32)` with each character in turn.
template <class See>
void each_character(const icu::UnicodeString& text, See see) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) see(text.char32At(i));
}

// Whether a reader sees it, or it is a blank: no control, format or line sign, nothing private,
// unassigned or without a look of its own.
bool is_printable(UChar32 sign);

}  // namespace kinora::accounts
