#include "accounts/unicode.hpp"

#include "base/ensure.hpp"

#include <unicode/stringpiece.h>
#include <unicode/utf8.h>
#include <limits>
#include <stdexcept>

namespace kinora::accounts {
namespace {

constexpr std::uint32_t kUnprintable = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_CO_MASK |
                                       U_GC_CN_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
constexpr UChar32 kBrailleBlank = 0x2800;  // A symbol by its category, and nothing to the eye.

std::int32_t size_of(std::string_view text) {
    ensure(text.size() <= std::size_t{std::numeric_limits<std::int32_t>::max()},
           "a text for ICU is shorter than 2 GiB");
    return static_cast<std::int32_t>(text.size());
}

const icu::Normalizer2& instance(Form form) {
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* found = nullptr;
    switch (form) {
        case Form::nfc:
            found = icu::Normalizer2::getNFCInstance(code);
            break;
        case Form::nfkc:
            found = icu::Normalizer2::getNFKCInstance(code);
            break;
        case Form::nfkc_casefold:
            found = icu::Normalizer2::getNFKCCasefoldInstance(code);
            break;
    }
    check_icu(code);
    return *found;
}

}  // namespace

bool is_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = size_of(text);
    for (std::int32_t i = 0; i < size;) {
        UChar32 sign = 0;
        U8_NEXT(bytes, i, size, sign);
        if (sign < 0) return false;
    }
    return true;
}

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), size_of(text)));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

void check_icu(UErrorCode code) {
    if (U_FAILURE(code)) throw std::runtime_error(std::string("ICU: ") + u_errorName(code));
}

icu::UnicodeString normal(const icu::UnicodeString& text, Form form) {
    UErrorCode code = U_ZERO_ERROR;
    auto normalized = instance(form).normalize(text, code);
    check_icu(code);
    return normalized;
}

bool is_printable(UChar32 sign) {
    return (U_GET_GC_MASK(sign) & kUnprintable) == 0 && sign != kBrailleBlank &&
           !u_hasBinaryProperty(sign, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

}  // namespace kinora::accounts
