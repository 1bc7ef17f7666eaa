#include "engines/storyboard/words/text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxTokens = 2'000;
constexpr std::size_t kMaxWordBytes = 64;

// The next code point; a byte that starts none counts as U+FFFD.
char32_t decode(std::string_view text, std::size_t& at) {
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

void append(std::string& out, char32_t c) {
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

bool in(char32_t c, char32_t from, char32_t to) {
    return c >= from && c <= to;
}

bool is_emoji(char32_t c) {
    return in(c, 0x1f300, 0x1faff) || in(c, 0x2600, 0x27bf) || in(c, 0x2b05, 0x2b55) ||
           in(c, 0x231a, 0x23ff) || in(c, 0x1f1e6, 0x1f1ff) || in(c, 0x25aa, 0x25fe);
}
bool is_skin_tone(char32_t c) {
    return in(c, 0x1f3fb, 0x1f3ff);
}
bool is_han(char32_t c) {
    return in(c, 0x3040, 0x30ff) || in(c, 0x3400, 0x9fff) || in(c, 0xac00, 0xd7af) ||
           in(c, 0xf900, 0xfaff) || c == 0x3005;
}
bool is_letter(char32_t c) {
    return in(c, 'a', 'z') || in(c, 'A', 'Z') || in(c, '0', '9') ||
           (in(c, 0xc0, 0x24f) && c != 0xd7 && c != 0xf7) || in(c, 0x370, 0x52f) ||
           in(c, 0x590, 0x1fff) || c == '&';
}
bool is_invisible(char32_t c) {
    return in(c, 0x200b, 0x200f) || in(c, 0x202a, 0x202e) || in(c, 0x2060, 0x206f) ||
           in(c, 0xfe00, 0xfe0f) || c == 0xfeff || c == 0xad || in(c, 0x300, 0x36f) ||
           in(c, 0xe0000, 0xe0fff);
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

// The letter below the accents, of Latin-1 and the commonest beyond; others stay.
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

// Signs with a plain look-alike.
char32_t fold(char32_t c) {
    if (in(c, 0xff01, 0xff5e)) return c - 0xfee0;
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
        case 0x2002:
        case 0x2003:
        case 0x2009:
        case 0x202f:
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

// Tags and addresses become blanks, the commonest entities their signs.
std::string strip_markup(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities{
        {{"&amp;", "&"},
         {"&lt;", " "},
         {"&gt;", " "},
         {"&quot;", "\""},
         {"&#39;", "'"},
         {"&nbsp;", " "}}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        if (rest[0] == '<' && rest.size() > 1 &&
            (std::isalpha(static_cast<unsigned char>(rest[1])) != 0 || rest[1] == '/' ||
             rest[1] == '!')) {
            const auto end = rest.substr(0, 300).find('>');
            if (end != std::string_view::npos) {
                out += ' ';
                at += end + 1;
                continue;
            }
        }
        if (rest.starts_with("http://") || rest.starts_with("https://") ||
            rest.starts_with("www.")) {
            const auto end = rest.find_first_of(" \t\r\n<>\"");
            at += end == std::string_view::npos ? rest.size() : end;
            continue;
        }
        bool replaced = false;
        for (const auto& [entity, sign] : kEntities) {
            if (!rest.starts_with(entity)) continue;
            out += sign;
            at += entity.size();
            replaced = true;
            break;
        }
        if (!replaced) out += text[at++];
    }
    return out;
}

class Tokeniser {
public:
    std::vector<Token> run(std::string_view text) {
        for (std::size_t at = 0; at < text.size() && tokens_.size() < kMaxTokens;) {
            add(fold(decode(text, at)));
        }
        finish();
        return std::move(tokens_);
    }

private:
    void add(char32_t c) {
        if (c == 0x200d && kind_ == Token::Kind::emoji) {
            append(raw_, c);
            joined_ = true;
            return;
        }
        if (is_invisible(c) || is_skin_tone(c)) return;
        if (is_emoji(c)) {
            if (!joined_) finish();
            joined_ = false;
            begin(Token::Kind::emoji);
            append(raw_, c);
            return;
        }
        if (is_han(c)) {
            if (kind_ != Token::Kind::han) finish();
            begin(Token::Kind::han);
            append(raw_, c);
            return;
        }
        const bool inside = (c == '-' || c == '\'') && kind_ == Token::Kind::word && !raw_.empty();
        if (is_letter(c) || inside) {
            if (kind_ != Token::Kind::word || raw_.size() > kMaxWordBytes) finish();
            begin(Token::Kind::word);
            append(raw_, c);
            return;
        }
        finish();
        if (c == '.' || c == '!' || c == '?' || c == '\n' || c == 0xff0e)
            mark(Token::Kind::stop, c);
        else if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '|' || c == '/')
            mark(Token::Kind::comma, c);
    }

    void begin(Token::Kind kind) {
        kind_ = kind;
        open_ = true;
    }
    void mark(Token::Kind kind, char32_t c) {
        // Rows of dots and dashes are one.
        if (!tokens_.empty() && tokens_.back().kind == kind) return;
        Token token;
        token.kind = kind;
        append(token.raw, c == '\n' ? U'.' : c);
        tokens_.push_back(std::move(token));
    }

    void finish() {
        if (!open_) return;
        open_ = false;
        joined_ = false;
        while (!raw_.empty() && (raw_.back() == '-' || raw_.back() == '\'')) raw_.pop_back();
        if (!raw_.empty()) tokens_.push_back(make());
        raw_.clear();
        kind_ = Token::Kind::word;
    }

    Token make() const {
        Token token;
        token.kind = kind_;
        token.raw = raw_;
        for (std::size_t at = 0; at < raw_.size();) {
            const auto c = to_lower(decode(raw_, at));
            append(token.lower, c);
            append(token.plain, without_accent(c));
        }
        if (kind_ == Token::Kind::word && token.lower.size() > 2 && token.lower.ends_with("'s")) {
            token.possessive = true;
            for (auto* text : {&token.raw, &token.lower, &token.plain})
                text->resize(text->size() - 2);
        }
        return token;
    }

    std::vector<Token> tokens_;
    std::string raw_;
    Token::Kind kind_ = Token::Kind::word;
    bool open_ = false;
    bool joined_ = false;  // The last sign was a joiner inside an emoji.
};

}  // namespace

std::vector<Token> tokenise(std::string_view text) {
    return Tokeniser().run(strip_markup(text));
}

}  // namespace kinora::engines::storyboard
