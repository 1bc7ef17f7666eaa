#include "accounts/words.hpp"

#include "accounts/unicode.hpp"

#include <unicode/uscript.h>

namespace kinora::accounts {
namespace {

constexpr std::uint32_t kWordSigns = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
constexpr UChar32 kLongVowel = 0x30FC;  // Of Katakana, and of no script by its property.

bool stands_alone(UChar32 sign) {
    UErrorCode code = U_ZERO_ERROR;
    switch (uscript_getScript(sign, &code)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_HANGUL:
        case USCRIPT_YI:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return sign == kLongVowel;
    }
}

bool is_ascii_letter(UChar32 sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
}

icu::UnicodeString prepared(std::string_view text, Reading reading) {
    const auto whole = from_utf8(text);
    if (reading == Reading::folded) return normal(whole, Form::nfkc_casefold);
    icu::UnicodeString seen;  // As the case folding does it: without what cannot be seen.
    each_character(whole, [&](UChar32 sign) {
        if (!u_hasBinaryProperty(sign, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) seen.append(sign);
    });
    return normal(seen, Form::nfkc);
}

}  // namespace

WordReader::WordReader() {
    UErrorCode code = U_ZERO_ERROR;
    checker_.adoptInstead(uspoof_open(&code));
    check_icu(code);
}

std::string WordReader::look_of(const icu::UnicodeString& word) const {
    bool has_letter = false;
    each_character(word, [&](UChar32 sign) { has_letter = has_letter || u_isalpha(sign); });
    icu::UnicodeString look;
    each_character(word, [&](UChar32 sign) {
        if (is_ascii_letter(sign) || !has_letter) {
            look.append(sign);
            return;
        }
        UErrorCode code = U_ZERO_ERROR;
        icu::UnicodeString alike;
        uspoof_getSkeletonUnicodeString(checker_.getAlias(), 0, icu::UnicodeString(sign), alike,
                                        &code);
        check_icu(code);
        // So ICU writes an m, to have it equal to r and n side by side.
        look.append(alike == u"rn" ? icu::UnicodeString(u"m") : alike);
    });
    return to_utf8(look.foldCase());
}

std::vector<std::string> WordReader::read(std::string_view text, Reading reading) const {
    std::vector<std::string> words;
    icu::UnicodeString word;
    const auto end_word = [&] {
        if (!word.isEmpty()) words.push_back(look_of(word));
        word.remove();
    };
    each_character(prepared(text, reading), [&](UChar32 sign) {
        const bool alone = stands_alone(sign);
        if (alone || (U_GET_GC_MASK(sign) & kWordSigns) == 0) end_word();
        if ((U_GET_GC_MASK(sign) & kWordSigns) == 0) return;
        word.append(sign);
        if (alone) end_word();
    });
    end_word();
    return words;
}

}  // namespace kinora::accounts
