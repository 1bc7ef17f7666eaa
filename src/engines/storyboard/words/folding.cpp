#include "engines/storyboard/words/folding.hpp"

#include <cstdint>
#include <string_view>

namespace kinora::engines::storyboard {

namespace {

bool in(char32_t c, char32_t from, char32_t to) {
    return c >= from && c <= to;
}

// Letters that mathematics borrowed before it had alphabets of its own.
char32_t letterlike(char32_t c) {
    static constexpr std::string_view kFrom2100 =
        "..C.......gHHHhhIILl.N...PQRRR......Z...Z...BC.eEF.Mo....i";
    if (!in(c, 0x2100, 0x2100 + kFrom2100.size() - 1)) return c;
    const char plain = kFrom2100[c - 0x2100];
    return plain == '.' ? c : static_cast<char32_t>(plain);
}

// Bold, script, circled and other alphabets of which each letter has a plain one.
char32_t plain_letter(char32_t c) {
    if (in(c, 0x1d400, 0x1d6a3)) {
        const auto at = (c - 0x1d400) % 52;
        return at < 26 ? 'A' + at : 'a' + at - 26;
    }
    if (in(c, 0x1d7ce, 0x1d7ff)) return '0' + (c - 0x1d7ce) % 10;
    if (in(c, 0x24b6, 0x24cf)) return 'A' + c - 0x24b6;
    if (in(c, 0x24d0, 0x24e9)) return 'a' + c - 0x24d0;
    if (in(c, 0x2460, 0x2468)) return '1' + c - 0x2460;
    for (const char32_t from : {0x1f130, 0x1f150, 0x1f170}) {
        if (in(c, from, from + 25)) return 'A' + c - from;
    }
    return letterlike(c);
}

}  // namespace

char32_t next_sign(std::string_view text, std::size_t& at) {
    const auto byte = [&text](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U;
    };
    const auto first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xf0 && first < 0xf5   ? 3
                     : first >= 0xe0 && first < 0xf0 ? 2
                     : first >= 0xc2 && first < 0xe0 ? 1
                                                     : 0;
    if (more == 0) return 0xfffd;
    char32_t value = first & (0x3fU >> more);
    for (int i = 0; i < more; ++i) {
        if ((byte(at) & 0xc0U) != 0x80U) return 0xfffd;
        value = (value << 6) | (byte(at++) & 0x3fU);
    }
    return value;
}

void append_sign(std::string& out, char32_t c) {
    const auto put = [&out](char32_t byte) {
        out += static_cast<char>(static_cast<std::uint8_t>(byte));
    };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3f));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }
}

char32_t to_lower(char32_t c) {
    if (in(c, 'A', 'Z') || in(c, 0xc0, 0xde) || in(c, 0x391, 0x3a9) || in(c, 0x410, 0x42f))
        return c == 0xd7 ? c : c + 32;
    if (in(c, 0x400, 0x40f)) return c + 80;
    if (in(c, 0x100, 0x17f) && c != 0x131 && c != 0x138 && c != 0x149) {
        const bool odd_is_upper = in(c, 0x139, 0x148) || in(c, 0x179, 0x17e);
        if (odd_is_upper) return (c & 1) != 0 ? c + 1 : c;
        return (c & 1) == 0 ? c + 1 : c;
    }
    return c;
}

char32_t without_accent(char32_t c) {
    static constexpr std::string_view kLatin1 =
        "aaaaaaaceeeeiiiidnooooo/ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";
    if (in(c, 0xc0, 0xff)) return static_cast<char32_t>(kLatin1[c - 0xc0]);
    if (c == 0x142) return 'l';
    if (c == 0x159) return 'r';
    if (c == 0x161 || c == 0x15b) return 's';
    if (c == 0x17e || c == 0x17c) return 'z';
    if (c == 0x10d || c == 0x107) return 'c';
    if (c == 0x101 || c == 0x103) return 'a';
    if (c == 0x113 || c == 0x11b) return 'e';
    if (c == 0x14d) return 'o';
    if (c == 0x16b) return 'u';
    return c;
}

char32_t fold(char32_t c) {
    if (in(c, 0xff01, 0xff5e)) return c - 0xfee0;
    if (in(c, 0x2000, 0x200a)) return ' ';
    c = plain_letter(c);
    switch (c) {
        case 0x2018:
        case 0x2019:
        case 0x201b:
        case 0x2032:
        case 0x60:
        case 0xb4:
            return '\'';
        case 0x2010:
        case 0x2011:
            return '-';
        case 0x3000:
        case 0xa0:
        case 0x1680:
        case 0x202f:
        case 0x205f:
            return ' ';
        case 0x3002:
        case 0x2026:
        case 0x2028:
        case 0x2029:
            return '.';
        case 0x3001:
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2212:
            return ',';
        default:
            return c;
    }
}

}  // namespace kinora::engines::storyboard
