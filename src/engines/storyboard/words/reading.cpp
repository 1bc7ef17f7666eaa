#include "engines/storyboard/words/reading.hpp"

#include "engines/storyboard/words/cutting.hpp"
#include "engines/storyboard/words/spelling.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

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
    static bool relates(const Word& word) {
        return std::ranges::any_of(word.meanings,
                                   [](const Meaning* m) { return m->relation != Relation::none; });
    }
    static bool adjective_like(const Unit& unit) {
        if (unit.kind == Unit::Kind::comma || unit.kind == Unit::Kind::stop) return false;
        if (relates(unit.word)) return false;
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
    // "37 cats"; "in 1985" is a year unless it is right before what it counts.
    bool counts() const {
        const auto number = units_[at_].number;
        if (number < 1500 || number > 2199) return noun_follows();
        return at_ + 1 < units_.size() && noun_like(units_[at_ + 1]) && units_[at_ + 1].plural;
    }
    // The unit before, adverbs and helping verbs skipped; null at the beginning.
    const Unit* before() const {
        for (std::size_t i = at_; i > 0; --i) {
            const auto& unit = units_[i - 1];
            if (unit.kind == Unit::Kind::skip || unit.role == Role::stop ||
                unit.role == Role::negation)
                continue;
            return &unit;
        }
        return nullptr;
    }
    // "a fox, cooking": what is said of somebody behind a comma.
    bool trails() const {
        if (at_ == 0 || units_[at_ - 1].kind != Unit::Kind::comma || noun_follows()) return false;
        for (std::size_t i = at_ - 1; i > 0 && units_[i - 1].kind != Unit::Kind::stop; --i) {
            const auto* thing = units_[i - 1].word.thing;
            if (units_[i - 1].kind == Unit::Kind::noun && thing != nullptr) return thing->alive;
        }
        return false;
    }
    // "a nail", "the whistle": a noun, whatever the word is most.
    bool determined() const {
        if (at_ == 0) return false;
        const auto role = units_[at_ - 1].role;
        return role == Role::indefinite || role == Role::definite || role == Role::no;
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
        if (unit.number == 0) return Unit::Kind::role;
        if (unit.number > 0) return counts() ? Unit::Kind::modifier : Unit::Kind::skip;
        const bool is_noun = word.thing != nullptr || word.undrawable;
        const bool is_verb = word.form != VerbForm::none;
        if (has_role(word) && !is_thing_of_the_trade(unit)) return Unit::Kind::role;
        if (is_verb && reads_as_verb(unit, is_noun)) {
            return premodifies(unit) ? Unit::Kind::modifier : Unit::Kind::verb;
        }
        if (relates(word)) return Unit::Kind::relation;
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
                         !after_noun && !trails());
            case VerbForm::s:
                if (!could_be_else && !unit.word.noun) return true;
                if (last != nullptr && last->role == Role::then && acts_rather(unit)) return true;
                return after_noun || goes_on || (last != nullptr && last->role == Role::clause);
            case VerbForm::base: {
                if (determined()) return false;
                if (last != nullptr && last->role == Role::then && acts_rather(unit)) return true;
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

    // "then crosses a bridge", though not "then waves roll in" or "then ducks appear".
    bool acts_rather(const Unit& unit) const {
        // "then fly home", "then fish swim": one fly would have its article.
        const bool verb_follows =
            at_ + 1 < units_.size() && units_[at_ + 1].word.form != VerbForm::none;
        const bool being =
            unit.word.thing != nullptr && unit.word.thing->alive && (unit.plural || verb_follows);
        return unit.word.motion && !being && !is_scenic(unit.word);
    }

    // "a dancing robot", "flying cars": an action that stands before its noun.
    bool premodifies(const Unit& unit) const {
        if (unit.word.form != VerbForm::ing && unit.word.form != VerbForm::past) return false;
        if (at_ + 1 >= units_.size() || !noun_follows()) return false;
        const auto* last = before();
        if (last == nullptr) return true;
        // "neon signs, flying cars", though not "a dog, chasing cars".
        const auto* of = units_[at_ + 1].word.thing;
        const bool listed = last->kind == Unit::Kind::comma || last->role == Role::conjunction;
        if (listed && unit.word.motion == Motion::fly && of != nullptr && !of->alive && !of->flies)
            return true;
        return last->role == Role::indefinite || last->role == Role::definite ||
               last->role == Role::no || last->role == Role::without ||
               last->kind == Unit::Kind::modifier || last->role == Role::of ||
               last->role == Role::with || last->kind == Unit::Kind::stop ||
               last->role == Role::in || last->kind == Unit::Kind::relation ||
               last->role == Role::through;
    }

    bool reads_as_adjective(const Unit& unit, bool is_noun) const {
        // "an orange" is a fruit, "an orange cat" is not; "two" of "the two" needs no noun.
        const bool sure = unit.word.match == Match::alias || unit.word.match == Match::name;
        if (!is_noun || !sure) return true;  // "turning green"
        return noun_follows() && !unit.plural;
    }

    // "a camera on a table", not "the camera pans".
    bool is_thing_of_the_trade(const Unit& unit) const {
        const bool named =
            unit.word.thing != nullptr && unit.word.match == Match::alias && unit.lower == "camera";
        if (!named) return false;
        for (std::size_t i = at_; i > 0; --i) {
            const auto& last = units_[i - 1];
            if (last.kind == Unit::Kind::modifier || last.kind == Unit::Kind::skip) continue;
            if (last.kind == Unit::Kind::term && !noun_like(last)) continue;
            return last.role == Role::indefinite || last.kind == Unit::Kind::relation;
        }
        return false;
    }

    // A doubtful noun where an adjective or nothing at all is likelier.
    bool weak_noun(const Unit& unit) const {
        const auto& word = unit.word;
        const bool sure = word.match == Match::alias || word.match == Match::name;
        if (word.undrawable && word.thing == nullptr && determined() && !noun_follows())
            return false;
        if (word.undrawable && word.thing == nullptr)
            return (word.often != 'n' && word.often != 0) || noun_follows();
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
    auto reading = cut(tokens, lexicon);
    Tagger(reading.units).run();
    reading.understood = std::ranges::any_of(reading.units, [](const Unit& unit) {
        return unit.word.thing != nullptr || is_scenic(unit.word) || unit.word.motion ||
               adjectival(unit.word);
    });
    return reading;
}

}  // namespace kinora::engines::storyboard
