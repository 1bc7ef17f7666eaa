#include "engines/storyboard/words/reading.hpp"

#include <algorithm>
#include <map>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxPhrase = 5;  // Words of the longest phrase that is looked for.

// Endings of plurals and what stands in their place in the singular.
constexpr std::pair<std::string_view, std::string_view> kPlurals[] = {
    {"ies", "y"},   {"ves", "f"},   {"ves", "fe"}, {"sses", "ss"}, {"xes", "x"}, {"zes", "z"},
    {"ches", "ch"}, {"shes", "sh"}, {"oes", "o"},  {"men", "man"}, {"s", ""}};

struct Found {
    Word word;
    std::string lower;
    bool plural = false;
};

bool is_noun_word(const Word& word) {
    return word.thing != nullptr || word.undrawable || word.noun;
}

std::optional<Found> find_singular(const std::string& text, const Lexicon& lexicon) {
    if (text.size() < 3 || text.ends_with("ss") || text.ends_with("us")) return std::nullopt;
    for (const auto& [ending, instead] : kPlurals) {
        if (!text.ends_with(ending)) continue;
        auto single = text.substr(0, text.size() - ending.size());
        single += instead;
        if (single.size() < 2) continue;
        const auto word = lexicon.find(single);
        if (word && is_noun_word(*word)) return Found{*word, single, true};
    }
    return std::nullopt;
}

bool has_role(const Word& word) {
    return std::ranges::any_of(word.meanings,
                               [](const Meaning* m) { return m->role != Role::none; });
}

// A word or phrase as it stands, or as a plural.
std::optional<Found> look_up(const std::string& text, const Lexicon& lexicon) {
    if (auto word = lexicon.find(text)) {
        Found found{*word, text, word->plural};
        if (word->thing != nullptr && !found.plural && text.ends_with('s')) {
            const auto single = find_singular(text, lexicon);
            found.plural = single && single->word.thing == word->thing;
        } else if (word->thing == nullptr && !word->undrawable && !has_role(*word) &&
                   text.find(' ') == std::string::npos) {
            // "walks" is a verb, and may be more than one walk; "bears" more than one bear.
            const auto single = find_singular(text, lexicon);
            if (single && (single->word.thing != nullptr || single->word.undrawable)) {
                found.word.thing = single->word.thing;
                found.word.match = single->word.match;
                found.word.undrawable = single->word.undrawable;
                found.word.noun = true;
                found.plural = true;
                if (found.word.often == 0) found.word.often = single->word.often;
            }
        }
        return found;
    }
    return find_singular(text, lexicon);
}

// "hot-air balloons" for "hot air balloons" too.
std::optional<Found> look_up_spelled(const std::string& lower, const std::string& plain,
                                     const Lexicon& lexicon) {
    if (auto found = look_up(lower, lexicon)) return found;
    if (plain != lower) {
        if (auto found = look_up(plain, lexicon)) return found;
    }
    if (plain.find('-') == std::string::npos) return std::nullopt;
    auto apart = plain;
    std::ranges::replace(apart, '-', ' ');
    return look_up(apart, lexicon);
}

// A known word in a form that no list has: "consisting" of "consist". Enough to know that it is no
// unknown noun.
bool is_known_form(const std::string& text, const Lexicon& lexicon) {
    static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
        {"ing", ""},   {"ing", "e"}, {"ed", ""},   {"ed", "e"},  {"ied", "y"}, {"es", ""},
        {"s", ""},     {"er", ""},   {"er", "e"},  {"est", ""},  {"est", "e"}, {"ier", "y"},
        {"iest", "y"}, {"ly", ""},   {"ily", "y"}, {"ness", ""}, {"less", ""}, {"like", ""},
        {"ish", ""},   {"y", ""},    {"ies", "y"}};
    if (text.find('-') != std::string::npos) return true;  // Compounds are adjectives as a rule.
    for (const auto& [ending, instead] : kEndings) {
        if (text.size() < ending.size() + 3 || !text.ends_with(ending)) continue;
        auto stem = text.substr(0, text.size() - ending.size());
        if (lexicon.find(stem + std::string(instead))) return true;
        const auto n = stem.size();
        if (instead.empty() && n > 3 && stem[n - 1] == stem[n - 2] &&
            lexicon.find(stem.substr(0, n - 1)))
            return true;
    }
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; }) ||
           text.size() < 3;
}

// A verb that no list has, and so shows nothing: "rescuing". What follows is its object all the
// same.
VerbForm verb_form(const std::string& text, const Lexicon& lexicon) {
    static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
        {"ing", ""}, {"ing", "e"}, {"es", ""}, {"es", "e"}, {"s", ""}, {"ed", ""}, {"ed", "e"}};
    for (const auto& [ending, instead] : kEndings) {
        if (text.size() < ending.size() + 3 || !text.ends_with(ending)) continue;
        const auto stem = text.substr(0, text.size() - ending.size());
        auto word = lexicon.find(stem + std::string(instead));
        if (!word && stem.size() > 3 && stem.back() == stem[stem.size() - 2])
            word = lexicon.find(stem.substr(0, stem.size() - 1));
        if (!word || !word->verb || (ending != "ing" && word->often != 'v')) continue;
        return ending == "ing" ? VerbForm::ing : ending == "ed" ? VerbForm::past : VerbForm::s;
    }
    return VerbForm::none;
}

// Takes tokens, gives units that are not yet read in one way.
class Cutter {
public:
    Cutter(const std::vector<Token>& tokens, const Lexicon& lexicon)
        : tokens_(tokens), lexicon_(lexicon) {}

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
                if (!word && lexicon_.find_foreign(language, token.lower)) counts[language] += 2;
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
        const auto meaning = lexicon_.find_emoji(token.raw);
        if (!meaning) return;
        // Emoji stand side by side without "and"; a noun must not make one of them its adjective.
        if (!units_.empty() && units_.back().kind != Unit::Kind::comma) {
            Unit comma;
            comma.kind = Unit::Kind::comma;
            units_.push_back(std::move(comma));
        }
        add_meaning(*meaning, token.raw);
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
        unit.word.form = verb_form(first.plain, lexicon_);
        units_.push_back(std::move(unit));
        ++at_;
    }

    bool take_foreign(const Token& token) {
        const auto meaning = lexicon_.find_foreign(language_, token.lower);
        if (meaning) {
            add_meaning(*meaning, token.raw);
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

    const std::vector<Token>& tokens_;
    const Lexicon& lexicon_;
    std::string language_;
    std::vector<Unit> units_;
    std::size_t at_ = 0;
};

bool adjectival(const Word& word) {
    return std::ranges::any_of(
        word.meanings, [](const Meaning* m) { return m->color || m->count > 0 || m->size > 0; });
}

// Decides on one reading for each unit, from left to right.
class Tagger {
public:
    explicit Tagger(std::vector<Unit>& units) : units_(units) {}

    void run() {
        for (at_ = 0; at_ < units_.size(); ++at_) {
            auto& unit = units_[at_];
            if (unit.kind == Unit::Kind::comma || unit.kind == Unit::Kind::stop ||
                unit.kind == Unit::Kind::verb)
                continue;
            unit.kind = kind_of(unit);
            if (unit.kind == Unit::Kind::role) {
                for (const auto* meaning : unit.word.meanings) {
                    if (meaning->role != Role::none) unit.role = meaning->role;
                }
            }
        }
    }

private:
    // What may follow an adjective and end a noun phrase.
    static bool noun_like(const Unit& unit) {
        if (unit.kind == Unit::Kind::comma || unit.kind == Unit::Kind::stop) return false;
        const auto& word = unit.word;
        if (has_role(word)) return false;
        if (word.thing != nullptr || word.undrawable || !unit.known) return true;
        if (word.form == VerbForm::ing || word.form == VerbForm::s) return false;
        if (std::ranges::any_of(word.meanings,
                                [](const Meaning* m) { return m->setting.has_value(); }))
            return true;
        return word.noun && word.often == 'n' && !adjectival(word);
    }
    static bool adjective_like(const Unit& unit) {
        if (unit.kind == Unit::Kind::comma || unit.kind == Unit::Kind::stop) return false;
        return adjectival(unit.word) || unit.word.often == 'a' ||
               (unit.word.adjective && !unit.word.noun);
    }
    // Whether a noun follows, adjectives skipped.
    bool noun_follows() const {
        for (std::size_t i = at_ + 1; i < units_.size() && i < at_ + 5; ++i) {
            if (noun_like(units_[i])) return true;
            if (!adjective_like(units_[i])) return false;
        }
        return false;
    }
    // The unit before, adverbs and helping verbs skipped; null at the beginning.
    const Unit* before() const {
        for (std::size_t i = at_; i > 0; --i) {
            const auto& unit = units_[i - 1];
            if (unit.kind == Unit::Kind::skip || unit.role == Role::stop) continue;
            return &unit;
        }
        return nullptr;
    }
    // Whether a verb was already read since the last comma, "and" aside.
    bool after_verb() const {
        for (std::size_t i = at_; i > 0; --i) {
            const auto kind = units_[i - 1].kind;
            if (kind == Unit::Kind::verb) return true;
            if (kind == Unit::Kind::stop) return false;
        }
        return false;
    }

    Unit::Kind kind_of(const Unit& unit) const {
        const auto& word = unit.word;
        const bool is_noun = word.thing != nullptr || word.undrawable;
        const bool is_verb = word.form != VerbForm::none;
        if (has_role(word)) return Unit::Kind::role;
        if (is_verb && reads_as_verb(unit, is_noun)) {
            return premodifies(unit) ? Unit::Kind::modifier : Unit::Kind::verb;
        }
        if (std::ranges::any_of(word.meanings,
                                [](const Meaning* m) { return m->relation != Relation::none; }))
            return Unit::Kind::relation;
        if (adjectival(word) && reads_as_adjective(unit, is_noun)) return Unit::Kind::modifier;
        if (word.thing != nullptr) {
            if (is_scenic(word)) return Unit::Kind::noun;
            return weak_noun(unit) ? Unit::Kind::skip : Unit::Kind::noun;
        }
        if (is_scenic(word)) return Unit::Kind::term;
        if (word.undrawable) return weak_noun(unit) ? Unit::Kind::skip : Unit::Kind::noun;
        if (!unit.known) return Unit::Kind::noun;
        return Unit::Kind::skip;
    }

    bool reads_as_verb(const Unit& unit, bool is_noun) const {
        const auto* last = before();
        const bool after_noun =
            last != nullptr && (last->kind == Unit::Kind::noun || last->role == Role::pronoun ||
                                (last->kind == Unit::Kind::term && noun_like(*last)));
        const bool goes_on = last != nullptr &&
                             (last->role == Role::conjunction || last->kind == Unit::Kind::comma) &&
                             after_verb();
        const bool could_be_else = is_noun || is_scenic(unit.word) || adjectival(unit.word);
        switch (unit.word.form) {
            case VerbForm::ing:
                return !(is_noun &&
                         (unit.word.match == Match::alias || unit.word.match == Match::name) &&
                         !after_noun);
            case VerbForm::s:
                if (!could_be_else && !unit.word.noun) return true;
                return after_noun || goes_on || (last != nullptr && last->role == Role::clause);
            case VerbForm::base: {
                const bool after_plural =
                    last != nullptr && ((last->kind == Unit::Kind::noun && last->plural) ||
                                        last->role == Role::pronoun);
                const bool after_to = last != nullptr && last->role == Role::to && !noun_follows();
                if (could_be_else || unit.word.often == 'n')
                    return after_plural || (after_to && unit.word.often != 'n') ||
                           (goes_on && !is_noun && !is_scenic(unit.word));
                return unit.word.often != 'a' || after_plural;
            }
            case VerbForm::past:
                return !could_be_else || (after_noun && !noun_follows());
            case VerbForm::none:
                return false;
        }
        return false;
    }

    // "a dancing robot", "flying cars": an action that stands before its noun.
    bool premodifies(const Unit& unit) const {
        if (unit.word.form != VerbForm::ing && unit.word.form != VerbForm::past) return false;
        if (at_ + 1 >= units_.size() || !noun_follows()) return false;
        const auto* last = before();
        if (last == nullptr) return true;
        return last->role == Role::indefinite || last->role == Role::definite ||
               last->kind == Unit::Kind::modifier || last->role == Role::of ||
               last->role == Role::with || last->kind == Unit::Kind::stop ||
               last->role == Role::in || last->kind == Unit::Kind::relation ||
               last->role == Role::through;
    }

    bool reads_as_adjective(const Unit& unit, bool is_noun) const {
        // "an orange" is a fruit, "an orange cat" is not; "two" of "the two" needs no noun.
        if (!is_noun) return true;
        return noun_follows() && !unit.plural;
    }

    // A doubtful noun where an adjective or nothing at all is likelier.
    bool weak_noun(const Unit& unit) const {
        const auto& word = unit.word;
        const bool sure = word.match == Match::alias || word.match == Match::name;
        if (word.undrawable && word.thing == nullptr) return word.often != 'n' || noun_follows();
        if (sure) return false;
        return word.often != 'n' && word.often != 0 && noun_follows();
    }

    std::vector<Unit>& units_;
    std::size_t at_ = 0;
};

}  // namespace

const Meaning* meaning_with(const Word& word, bool (*has)(const Meaning&)) {
    const auto at =
        std::ranges::find_if(word.meanings, [has](const Meaning* m) { return has(*m); });
    return at == word.meanings.end() ? nullptr : *at;
}

bool is_scenic(const Word& word) {
    return std::ranges::any_of(word.meanings, [](const Meaning* m) {
        return m->setting || m->soft || m->time || m->weather || m->effect || m->palette ||
               m->style || m->camera || m->direction != 0;
    });
}

Reading read(const std::vector<Token>& tokens, const Lexicon& lexicon) {
    auto reading = Cutter(tokens, lexicon).run();
    Tagger(reading.units).run();
    reading.understood = std::ranges::any_of(reading.units, [](const Unit& unit) {
        return unit.word.thing != nullptr || is_scenic(unit.word) || unit.word.motion ||
               adjectival(unit.word);
    });
    return reading;
}

}  // namespace kinora::engines::storyboard
