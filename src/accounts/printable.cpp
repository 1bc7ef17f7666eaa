#include "accounts/printable.hpp"

#include "accounts/unicode.hpp"

namespace kinora::accounts {
namespace {

constexpr UChar32 kEllipsis = 0x2026;

}  // namespace

std::string printable(std::string_view text, std::size_t max) {
    const auto size_max = static_cast<std::int32_t>(max);
    icu::UnicodeString shown;
    bool blank = false;
    each_character(from_utf8(text), [&](UChar32 sign) {
        if (!is_printable(sign) || u_isUWhiteSpace(sign)) {
            blank = !shown.isEmpty();
            return;
        }
        if (blank) shown.append(UChar32{' '});
        blank = false;
        shown.append(sign);
    });
    if (shown.countChar32() > size_max) {
        shown.truncate(shown.moveIndex32(0, size_max - 1));
        shown.append(kEllipsis);
    }
    return to_utf8(shown);
}

}  // namespace kinora::accounts
