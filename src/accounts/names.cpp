#include "accounts/names.hpp"

#include "accounts/unicode.hpp"

#include <unicode/uspoof.h>

namespace kinora::accounts {
namespace {

constexpr std::size_t kBytesPerSign = 16;  // More than any character and its marks are composed of.
constexpr UChar32 kEmojiLook = 0xFE0F;     // Says that the sign before it is drawn in colours.

Error field_error(std::string_view field, std::string_view what) {
    return {ErrorCode::bad_request, "`" + std::string(field) + "` " + std::string(what)};
}

bool is_of_odd_width(UChar32 sign) {
    const auto type = u_getIntPropertyValue(sign, UCHAR_DECOMPOSITION_TYPE);
    return type == U_DT_WIDE || type == U_DT_NARROW;
}

// Composed, in the usual width, and with one space for each run of blanks.
icu::UnicodeString settle(const icu::UnicodeString& text) {
    icu::UnicodeString settled;
    bool blank = false;
    each_character(text, [&](UChar32 sign) {
        if (u_charType(sign) == U_SPACE_SEPARATOR) {
            blank = !settled.isEmpty();
            return;
        }
        if (blank) settled.append(UChar32{' '});
        blank = false;
        if (is_of_odd_width(sign)) {
            settled.append(normal(icu::UnicodeString(sign), Form::nfkc));
        } else {
            settled.append(sign);
        }
    });
    return normal(settled, Form::nfc);
}

bool all_printable(const icu::UnicodeString& text) {
    UChar32 before = 0;
    bool printable = true;
    each_character(text, [&](UChar32 sign) {
        const bool coloured = sign == kEmojiLook && u_hasBinaryProperty(before, UCHAR_EMOJI);
        if (!coloured && !is_printable(sign)) printable = false;
        before = sign;
    });
    return printable;
}

// ICU's verdict on one alphabet passing for another; 0 where there is nothing to say.
std::int32_t doubts(const icu::UnicodeString& text) {
    static const icu::LocalUSpoofCheckerPointer checker = [] {
        UErrorCode code = U_ZERO_ERROR;
        icu::LocalUSpoofCheckerPointer made(uspoof_open(&code));
        uspoof_setRestrictionLevel(made.getAlias(), USPOOF_MODERATELY_RESTRICTIVE);
        uspoof_setChecks(made.getAlias(), USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE, &code);
        check_icu(code);
        return made;
    }();
    UErrorCode code = U_ZERO_ERROR;
    const auto found = uspoof_check2UnicodeString(checker.getAlias(), text, nullptr, &code);
    check_icu(code);
    return found;
}

}  // namespace

Result<std::string> clean_name(std::string_view field, std::string_view text, std::size_t max) {
    const auto too_long = "must have at most " + std::to_string(max) + " characters.";
    if (text.size() / kBytesPerSign > max) return field_error(field, too_long);
    if (!is_utf8(text)) return field_error(field, "must be text in UTF-8.");
    const auto name = settle(from_utf8(text));
    if (name.isEmpty()) return field_error(field, "must not be empty.");
    if (name.countChar32() > static_cast<std::int32_t>(max)) return field_error(field, too_long);
    if (!all_printable(name)) {
        return field_error(field,
                           "must not have line ends, control characters or others that cannot be "
                           "seen.");
    }
    const auto found = doubts(name);
    if ((found & USPOOF_INVISIBLE) != 0) {
        return field_error(field, "must not have the same mark on one letter twice.");
    }
    if (found != 0) {
        return field_error(field,
                           "must not mix alphabets that look alike, such as Latin and Cyrillic.");
    }
    return to_utf8(name);
}

}  // namespace kinora::accounts
