#include "engines/storyboard/words/cutting.hpp"

#include "engines/storyboard/words/foreign.hpp"
#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/spelling.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxPhrase = 5;  // Words of the longest phrase that is looked for.

// A sign of no width inside a word that is known means nothing; else it stands between two words.
std::vector<Token> at_seams(const std::vector<Token>& tokens, const Lexicon& lexicon) {
    std::vector<Token> all;
    all.reserve(tokens.size());
    for (const auto& token : tokens) {
        if (token.parts.empty() || look_up_spelled(token.lower, token.plain, lexicon))
            all.push_back(token);
        else
            all.insert(all.end(), token.parts.begin(), token.parts.end());
    }
    return all;
}

bool are_digits(const Token& token) {
    return token.kind == Token::Kind::word &&
           std::ranges::all_of(token.plain, [](char c) { return c >= '0' && c <= '9'; });
}

// "10 000" is one number.
void join_thousands(std::vector<Token>& tokens) {
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        auto& before = tokens[i - 1];
        const auto& token = tokens[i];
        if (!are_digits(token) || token.plain.size() != 3 || !are_digits(before)) continue;
        if (before.plain.size() > 3 && before.raw.find(' ') == std::string::npos) continue;
        before.raw += ' ' + token.raw;
        before.lower += token.lower;
        before.plain += token.plain;
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i--));
    }
}

// "37", "1.5", "1,000" and "1,5"; none where it is no number.
std::optional<double> number_of(const std::string& text) {
    double value = 0;
    double unit = 0;  // Of the next digit behind the point; 0: before it.
    const auto comma = text.find(',');
    const bool thousands = comma != std::string::npos && text.size() - comma >= 4 &&
                           (text.size() - comma) % 4 == 0 && comma <= 3;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            value = unit == 0 ? std::min(value * 10 + (c - '0'), 1e9) : value + unit * (c - '0');
            unit /= 10;
        } else if ((c == '.' || (c == ',' && !thousands)) && unit == 0) {
            unit = 0.1;
        } else if (c != ',') {
            return std::nullopt;
        }
    }
    const bool odd = text.size() > 1 && text[0] == '0' && unit == 0;  // "007"
    return text.empty() || odd ? std::nullopt : std::optional(value);
}

// "5x" and "x5" are five of them.
std::string times_of(const std::string& text) {
    if (text.size() < 2) return text;
    if (text.back() == 'x') return text.substr(0, text.size() - 1);
    return text.front() == 'x' ? text.substr(1) : text;
}

// Takes tokens, gives units that are not yet read in one way.
class Cutter {
public:
    Cutter(std::vector<Token> tokens, const Lexicon& lexicon)
        : tokens_(std::move(tokens)), lexicon_(lexicon) {}

    Reading run() {
        language_ = guess_language();
        Reading reading;
        reading.foreign = !language_.empty();
        for (at_ = 0; at_ < tokens_.size();) {
            const auto& token = tokens_[at_];
            switch (token.kind) {
                case Token::Kind::comma:
                    mark(Unit::Kind::comma, token);
                    break;
                case Token::Kind::stop:
                    mark(Unit::Kind::stop, token);
                    break;
                case Token::Kind::emoji:
                    take_emoji(token);
                    break;
                case Token::Kind::han:
                    take_han(token);
                    reading.foreign = true;
                    break;
                case Token::Kind::word:
                    take_words();
                    break;
            }
        }
        reading.units = std::move(units_);
        return reading;
    }

private:
    // A language other than English whose small words are more than the English ones; empty for
    // English.
    std::string guess_language() const {
        int english = 0;
        std::map<std::string, int, std::less<>> counts;
        for (const auto& token : tokens_) {
            if (token.kind != Token::Kind::word) continue;
            for (const auto language : lexicon_.languages_of(token.lower))
                counts[std::string(language)] += 2;
            const auto word = lexicon_.find(token.lower);
            if (word) english += has_role(*word) ? 2 : 1;
            for (const auto* language : {"es", "fr", "de", "pt", "it", "ru"}) {
                const bool english_plural =
                    !lexicon_.find_foreign(language, token.lower) && look_up(token.lower, lexicon_);
                if (!word && !english_plural && look_up_foreign(language, token.lower, lexicon_))
                    counts[language] += 2;
            }
        }
        std::string best;
        int most = english;
        for (const auto& [language, count] : counts) {
            if (count > most) {
                most = count;
                best = language;
            }
        }
        return best;
    }

    void mark(Unit::Kind kind, const Token& token) {
        Unit unit;
        unit.kind = kind;
        unit.raw = token.raw;
        units_.push_back(std::move(unit));
        ++at_;
    }

    void take_emoji(const Token& token) {
        ++at_;
        // Emoji stand side by side without "and"; a noun must not make one of them its adjective.
        if (!units_.empty() && units_.back().kind != Unit::Kind::comma) add_comma();
        if (const auto meaning = lexicon_.find_emoji(token.lower)) {
            add_meaning(*meaning, token.raw);
        } else if (!take_family(token)) {
            Unit unit;
            unit.raw = token.raw;
            unit.known = false;
            unit.kind = Unit::Kind::noun;
            units_.push_back(std::move(unit));
        }
        add_comma();
    }

    // People that are joined to one emoji.
    bool take_family(const Token& token) {
        static constexpr std::string_view kJoiner = "\u200d";
        std::vector<Lexicon::Foreign> members;
        for (std::size_t from = 0, to = 0; to != std::string::npos; from = to + kJoiner.size()) {
            to = token.lower.find(kJoiner, from);
            const auto member = lexicon_.find_emoji(token.lower.substr(from, to - from));
            if (!member || !is_somebody(*member)) return false;
            members.push_back(*member);
        }
        for (const auto& member : members) {
            add_meaning(member, token.raw);
            add_comma();
        }
        return true;
    }

    bool is_somebody(const Lexicon::Foreign& meaning) const {
        if (meaning.thing != nullptr) return is_person(*meaning.thing);
        const auto found = look_up(std::string(meaning.english), lexicon_);
        return found && found->word.thing != nullptr && is_person(*found->word.thing);
    }

    void add_comma() {
        Unit comma;
        comma.kind = Unit::Kind::comma;
        units_.push_back(std::move(comma));
    }

    void add_meaning(const Lexicon::Foreign& meaning, const std::string& raw) {
        Unit unit;
        unit.raw = raw;
        if (meaning.thing != nullptr) {
            unit.word.thing = meaning.thing;
            unit.word.match = Match::alias;
            unit.word.noun = true;
            unit.word.often = 'n';
        } else if (auto found = look_up(std::string(meaning.english), lexicon_)) {
            unit.word = std::move(found->word);
            unit.plural = found->plural;
            unit.lower = meaning.english;
        } else {
            return;
        }
        units_.push_back(std::move(unit));
    }

    // The longest words that Chinese or Japanese know, one after the other.
    void take_han(const Token& token) {
        ++at_;
        std::vector<std::size_t> starts;  // Of each sign, and the end.
        for (std::size_t i = 0; i < token.lower.size(); ++i) {
            if ((static_cast<unsigned char>(token.lower[i]) & 0xc0U) != 0x80U) starts.push_back(i);
        }
        starts.push_back(token.lower.size());
        const auto signs = starts.size() - 1;
        for (std::size_t i = 0; i < signs;) {
            std::size_t taken = 0;
            for (std::size_t n = std::min<std::size_t>(8, signs - i); n > 0 && taken == 0; --n) {
                const auto word = token.lower.substr(starts[i], starts[i + n] - starts[i]);
                for (const auto* language : {"zh", "ja", "ko"}) {
                    const auto meaning = lexicon_.find_foreign(language, word);
                    if (!meaning) continue;
                    add_meaning(*meaning, word);
                    taken = n;
                    break;
                }
            }
            i += std::max<std::size_t>(taken, 1);
        }
    }

    void take_words() {
        const auto& first = tokens_[at_];
        if (!language_.empty() && take_foreign(first)) return;
        const bool may_go_on = lexicon_.begins_phrase(first.lower) ||
                               lexicon_.begins_phrase(first.plain) || first.possessive ||
                               first.lower.find('-') != std::string::npos;
        for (std::size_t n = may_go_on ? kMaxPhrase : 1; n > 0; --n) {
            if (take_phrase(n)) return;
        }
        Unit unit;
        unit.raw = first.raw;
        unit.lower = first.plain;
        unit.possessive = first.possessive;
        unit.known = is_known_form(first.plain, lexicon_) ||
                     (first.plain != first.lower && !language_.empty());
        unit.kind = Unit::Kind::noun;  // Told apart later.
        if (const auto number = number_of(times_of(first.plain))) set_number(unit, *number);
        unit.word.form = verb_form(first.plain, lexicon_);
        units_.push_back(std::move(unit));
        ++at_;
    }

    static void set_number(Unit& unit, double number) {
        const double whole = number > 0 ? std::max(1.0, std::round(number)) : 0;
        unit.number = static_cast<int>(whole);
        unit.rounded = whole != number;
        unit.known = true;
        if (whole == 0) unit.role = Role::no;
    }

    bool take_foreign(const Token& token) {
        if (number_of(token.plain)) return false;  // "12 gatos"
        const auto found_word = look_up_foreign(language_, token.lower, lexicon_);
        if (found_word) {
            add_meaning(found_word->meaning, token.raw);
            if (found_word->plural && units_.back().word.thing != nullptr)
                units_.back().plural = true;
        } else {
            const auto languages = lexicon_.languages_of(token.lower);
            const bool small = std::ranges::find(languages, language_) != languages.end();
            // English words among them ("cyberpunk") are read if they mean a thing or the scene.
            const auto found = look_up(token.plain, lexicon_);
            if (!small && token.lower.size() > 3 && found &&
                (found->word.match == Match::alias || is_scenic(found->word)))
                return false;
        }
        ++at_;
        return true;
    }

    bool take_phrase(std::size_t n) {
        if (at_ + n > tokens_.size()) return false;
        std::string lower;
        std::string plain;
        std::string raw;
        for (std::size_t i = at_; i < at_ + n; ++i) {
            const auto& token = tokens_[i];
            if (token.kind != Token::Kind::word) return false;
            const bool last = i + 1 == at_ + n;
            const std::string_view end = last ? "" : token.possessive ? "'s " : " ";
            lower += token.lower;
            lower += end;
            plain += token.plain;
            plain += end;
            raw += token.raw;
            raw += end;
        }
        auto found = look_up_spelled(lower, plain, lexicon_);
        if (!found) return false;
        if (n > 1) add_thing_of_place(*found, n);
        if (n > 1) split_verb(found->word);
        // "playing the guitar" tells what is done; the guitar is still to be read.
        if (n > 1 && found->word.form != VerbForm::none && found->word.thing == nullptr &&
            found->word.meanings.empty()) {
            add_verb(std::move(found->word));
            return true;
        }
        Unit unit;
        unit.word = std::move(found->word);
        unit.lower = std::move(found->lower);
        unit.raw = std::move(raw);
        unit.plural = found->plural;
        unit.possessive = tokens_[at_ + n - 1].possessive;
        units_.push_back(std::move(unit));
        at_ += n;
        return true;
    }

    // "medieval castle" is a place; like "castle" it is a thing as well.
    void add_thing_of_place(Found& found, std::size_t n) const {
        const auto* place =
            meaning_with(found.word, [](const Meaning& m) { return m.setting.has_value(); });
        if (place == nullptr || found.word.thing != nullptr) return;
        const auto last = look_up(tokens_[at_ + n - 1].plain, lexicon_);
        if (!last || last->word.thing == nullptr) return;
        const auto same = std::ranges::any_of(last->word.meanings, [place](const Meaning* m) {
            return m->setting == place->setting;
        });
        if (!same) return;
        found.word.thing = last->word.thing;
        found.word.match = last->word.match;
        found.word.noun = true;
        found.plural = last->plural;
    }

    void add_verb(Word word) {
        Unit unit;
        unit.word = std::move(word);
        unit.lower = tokens_[at_].lower;
        unit.raw = tokens_[at_].raw;
        unit.kind = Unit::Kind::verb;
        units_.push_back(std::move(unit));
        ++at_;
    }

    // "sitting on" is an action and a relation.
    void split_verb(const Word& phrase) {
        const bool relation = std::ranges::any_of(
            phrase.meanings, [](const Meaning* m) { return m->relation != Relation::none; });
        if (!relation || phrase.form != VerbForm::none) return;
        const auto& token = tokens_[at_];
        auto verb = lexicon_.find(token.lower);
        if (!verb || !verb->motion) return;
        Unit unit;
        verb->meanings.clear();
        verb->thing = nullptr;
        unit.word = std::move(*verb);
        unit.lower = token.lower;
        unit.raw = token.raw;
        unit.kind = Unit::Kind::verb;
        units_.push_back(std::move(unit));
    }

    std::vector<Token> tokens_;
    const Lexicon& lexicon_;
    std::string language_;
    std::vector<Unit> units_;
    std::size_t at_ = 0;
};

}  // namespace

Reading cut(const std::vector<Token>& tokens, const Lexicon& lexicon) {
    auto whole = at_seams(tokens, lexicon);
    join_thousands(whole);
    return Cutter(std::move(whole), lexicon).run();
}

}  // namespace kinora::engines::storyboard
