#include "engines/storyboard/words/text.hpp"

#include "engines/storyboard/words/folding.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxTokens = 2'000;
constexpr std::size_t kMaxWordBytes = 64;
constexpr char32_t kJoiner = 0x200d;
constexpr char32_t kKeycap = 0x20e3;
constexpr char32_t kVariation = 0xfe0f;

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
bool is_variation(char32_t c) {
    return in(c, 0xfe00, 0xfe0f);
}
bool is_flag_letter(char32_t c) {
    return in(c, 0x1f1e6, 0x1f1ff);
}
// Signs of no width that may stand between two words.
bool is_seam(char32_t c) {
    return in(c, 0x200b, 0x200f) || c == 0xfeff || c == 0x180e || c == 0x61c;
}
bool is_invisible(char32_t c) {
    return in(c, 0x200b, 0x200f) || in(c, 0x202a, 0x202e) || in(c, 0x2060, 0x206f) ||
           in(c, 0xfe00, 0xfe0f) || c == 0xfeff || c == 0xad || c == 0x180e || c == 0x61c ||
           in(c, 0x300, 0x36f) || in(c, 0xe0000, 0xe0fff);
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
            const auto c = fold(next_sign(text, at));
            // "1.5" is one number.
            const bool point = (c == '.' || c == ',') && is_number() && at < text.size() &&
                               in(static_cast<unsigned char>(text[at]), '0', '9');
            const bool share = c == '%' && is_number();  // And no count.
            if (point || share)
                append_sign(raw_, c);
            else
                add(c);
        }
        finish();
        return std::move(tokens_);
    }

private:
    bool is_number() const {
        return open_ && kind_ == Token::Kind::word &&
               std::ranges::all_of(raw_, [](char c) { return (c >= '0' && c <= '9') || c == ','; });
    }

    void add(char32_t c) {
        if (open_ && kind_ == Token::Kind::emoji && (is_variation(c) || is_skin_tone(c))) {
            append_sign(raw_, c);
            return;
        }
        if (c == kJoiner && open_ && kind_ == Token::Kind::emoji) {
            append_sign(raw_, c);
            joined_ = true;
            return;
        }
        if (c == kKeycap) {
            add_keycap();
            return;
        }
        if (is_seam(c) && open_) seams_.push_back(raw_.size());
        if (is_invisible(c) || is_skin_tone(c)) return;
        if (is_emoji(c)) {
            // Two letters of a flag are one.
            const bool flag = is_flag_letter(c) && open_ && flag_letters_ == 1;
            if (!joined_ && !flag) finish();
            joined_ = false;
            flag_letters_ = is_flag_letter(c) ? flag_letters_ + 1 : 0;
            begin(Token::Kind::emoji);
            append_sign(raw_, c);
            return;
        }
        if (is_han(c)) {
            if (kind_ != Token::Kind::han) finish();
            begin(Token::Kind::han);
            append_sign(raw_, c);
            return;
        }
        const bool inside = (c == '-' || c == '\'') && kind_ == Token::Kind::word && !raw_.empty();
        if (is_letter(c) || inside) {
            if (kind_ != Token::Kind::word || raw_.size() > kMaxWordBytes) finish();
            begin(Token::Kind::word);
            append_sign(raw_, c);
            return;
        }
        finish();
        if (c == '.' || c == '!' || c == '?' || c == '\n' || c == 0xff0e)
            mark(Token::Kind::stop, c);
        else if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '|' || c == '/')
            mark(Token::Kind::comma, c);
    }

    // "1" and the frame that makes a key of it.
    void add_keycap() {
        if (!open_ || kind_ != Token::Kind::word || raw_.empty()) return;
        const char key = raw_.back();
        raw_.pop_back();
        finish();
        begin(Token::Kind::emoji);
        raw_ = key;
        append_sign(raw_, kVariation);
        append_sign(raw_, kKeycap);
        finish();
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
        append_sign(token.raw, c == '\n' ? U'.' : c);
        tokens_.push_back(std::move(token));
    }

    void finish() {
        if (!open_) return;
        open_ = false;
        joined_ = false;
        flag_letters_ = 0;
        while (!raw_.empty() && (raw_.back() == '-' || raw_.back() == '\'')) raw_.pop_back();
        if (!raw_.empty()) {
            tokens_.push_back(make(raw_));
            if (kind_ == Token::Kind::word) add_parts(tokens_.back());
        }
        raw_.clear();
        seams_.clear();
        kind_ = Token::Kind::word;
    }

    void add_parts(Token& token) const {
        std::size_t from = 0;
        for (const auto seam : seams_) {
            if (seam <= from || seam >= raw_.size()) continue;
            token.parts.push_back(make(raw_.substr(from, seam - from)));
            from = seam;
        }
        if (from > 0) token.parts.push_back(make(raw_.substr(from)));
    }

    Token make(const std::string& raw) const {
        Token token;
        token.kind = kind_;
        token.raw = raw;
        for (std::size_t at = 0; at < raw.size();) {
            const auto c = to_lower(next_sign(raw, at));
            if (is_variation(c) || is_skin_tone(c)) continue;
            append_sign(token.lower, c);
            append_sign(token.plain, without_accent(c));
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
    std::vector<std::size_t> seams_;  // Where in `raw_` a sign of no width stood.
    Token::Kind kind_ = Token::Kind::word;
    bool open_ = false;
    bool joined_ = false;  // The last sign was a joiner inside an emoji.
    int flag_letters_ = 0;
};

}  // namespace

std::vector<Token> tokenise(std::string_view text) {
    return Tokeniser().run(strip_markup(text));
}

}  // namespace kinora::engines::storyboard
