// Nouns: whether they are things or places, and what they are to what was said before.
#include "engines/storyboard/words/bonds.hpp"
#include "engines/storyboard/words/drafter.hpp"
#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

void Drafter::take_noun(const Unit& unit) {
    if (unit.word.thing == nullptr) {
        take_unknown(unit);
        return;
    }
    if (skip_next_noun_) {
        skip_next_noun_ = false;
        return;
    }
    if (aside_ || negated_) {
        // "moves like a cat", "no cat statue": nobody sees a cat.
        if (!is_first_of_compound(unit)) drop_denied();
        return;
    }
    const auto* after = next();
    if (after != nullptr && unit.word.thing->alive && is_group(after->lower)) {
        waiting_.count = kGroup;  // "a wolf pack" is wolves.
        skip_next_group_ = true;
    }
    if (is_first_of_compound(unit)) {
        const auto* many = meaning_with(after->word, [](const Meaning& m) { return m.count > 1; });
        if (many != nullptr && unit.word.thing->alive) {
            // "an elephant family" is elephants, "a camel caravan" camels.
            waiting_.count = many->count;
            skip_next_noun_ = after->word.thing != nullptr;
        } else if (after->word.thing != nullptr &&
                   is_dressed(*unit.word.thing, *after->word.thing)) {
            skip_next_noun_ = true;  // "a robot bartender" is a robot, "a cat astronaut" a cat.
        } else if (after->word.thing != nullptr) {
            waiting_.words += (waiting_.words.empty() ? "" : " ") + unit.raw;
            note_scene(unit, 1, -1);
            return;
        }
        skip_next_unknown_ = true;  // "a cat statuette": the cat stands for it.
    }
    if (after != nullptr && after->role == Role::of && is_vessel(*unit.word.thing) &&
        noun_behind_of()) {
        prep_of_vessel_ = true;
        return;
    }
    if (settle_as_place(unit)) return;
    if (known_before(unit)) return;
    name(unit);
}

bool Drafter::noun_behind_of() const {
    for (std::size_t by = 2; by < 5; ++by) {
        const auto* unit = next(by);
        if (unit == nullptr) return false;
        if (unit->kind == Unit::Kind::noun) return unit->word.thing != nullptr;
        if (unit->kind != Unit::Kind::modifier && unit->kind != Unit::Kind::role &&
            unit->kind != Unit::Kind::skip)
            return false;
    }
    return false;
}

bool Drafter::settle_as_place(const Unit& unit) {
    if (!is_scenic(unit.word)) return false;
    const bool has_setting = std::ranges::any_of(
        unit.word.meanings, [](const Meaning* m) { return m->setting.has_value(); });
    if (!has_setting) {
        note_scene(unit, 1, -1);
        // Many stars are the sky's.
        return unit.plural && is_celestial(*unit.word.thing);
    }
    // Who sits on a sofa sits on one that is seen.
    const bool furniture =
        relation_ == Relation::on && is_kind(*unit.word.thing, AssetKind::object);
    if (furniture) {
        note_scene(unit, 3, -1);
        return false;
    }
    if (outside_) {
        // "out of the church": it stands there, and one is not in it.
        prep_ = Role::at;
        return false;
    }
    const bool located = prep_ == Role::in || prep_ == Role::at || prep_ == Role::through ||
                         prep_ == Role::to || relation_ != Relation::none;
    if (located) {
        note_scene(unit, 3, -1);
        if (relation_ == Relation::above && last_ >= 0) draft_.mentions[index(last_)].aloft = true;
        forget();
        just_named_ = false;
        place_before_ = true;
        return true;
    }
    // As a subject it is a thing in whatever place is named besides; stage.cpp decides.
    note_scene(unit, 2, static_cast<int>(draft_.mentions.size()));
    return false;
}

bool Drafter::known_before(const Unit& unit) {
    if (!waiting_.definite || waiting_.count > 0) return false;
    for (std::size_t i = draft_.mentions.size(); i > 0; --i) {
        auto& mention = draft_.mentions[i - 1];
        if (mention.thing != unit.word.thing) continue;
        const int found = static_cast<int>(i - 1);
        if (prep_ == Role::none && relation_ == Relation::none && !verb_) acting_ = {found};
        last_ = found;
        just_named_ = true;
        forget();
        return true;
    }
    return false;
}

void Drafter::take_unknown(const Unit& unit) {
    if (skip_next_unknown_) {
        skip_next_unknown_ = false;
        return;
    }
    const auto* after = next();
    const bool compound = after != nullptr && after->kind == Unit::Kind::noun && !unit.possessive;
    if (compound) {
        if (is_further(unit.lower)) waiting_.another = true;
        return;
    }
    if (!aside_ && !negated_) draft_.unknown.push_back(unit.raw);
    just_named_ = false;
    drop_denied();
}

void Drafter::name(const Unit& unit) {
    auto word = waiting_.words.empty() ? unit.raw : waiting_.words + " " + unit.raw;
    if (draft_.mentions.size() >= kMaxMentions) {
        draft_.crowded_out.push_back(std::move(word));
        return;
    }
    Mention mention;
    mention.thing = unit.word.thing;
    mention.word = std::move(word);
    mention.rounded = waiting_.rounded;
    mention.definite = waiting_.definite;
    mention.another = waiting_.another;
    // "with fish": one would have its article.
    static constexpr std::string_view kAlike[] = {"fish", "sheep", "deer", "shrimp", "squid"};
    const bool shoal = std::ranges::find(kAlike, unit.lower) != std::end(kAlike) &&
                       waiting_.count == 0 && !waiting_.definite;
    mention.plural = unit.plural || shoal;
    mention.implied = implied_by_noun(unit.lower);
    mention.count = waiting_.count;
    if (const auto* many = meaning_with(unit.word, [](const Meaning& m) { return m.count > 0; })) {
        mention.count = std::max(many->count, waiting_.count);
        mention.plural = true;
    }
    if (unit.plural && mention.count == 1) mention.count = 0;  // "a couple of" was no count of one.
    mention.color = waiting_.color;
    mention.size = waiting_.size;
    mention.motion = waiting_.motion;
    mention.aloft = waiting_.motion == Motion::fly;  // "flying cars"
    draft_.mentions.push_back(std::move(mention));
    last_ = static_cast<int>(draft_.mentions.size()) - 1;
    place_in_sentence();
    just_named_ = true;
    place_before_ = false;
    forget();
    verb_.reset();
}

void Drafter::place_in_sentence() {
    auto& mention = draft_.mentions[index(last_)];
    // "spraying water on a house": the water is on it, not the one who sprays.
    if (matter_before_ && relation_ == Relation::on) relation_ = Relation::next_to;
    matter_before_ = false;
    const int anchor = !acting_.empty()       ? acting_.front()
                       : last_acting_.empty() ? -1
                                              : last_acting_.front();
    last_by_with_ = false;
    if (and_ && dressed_ >= 0 && relation_ == Relation::none && prep_ == Role::none &&
        !starts_clause()) {
        Bonds bonds(draft_, last_acting_);
        bonds.relate(Relation::holding, true, dressed_);
        if (bonds.newest_is_gone()) last_ = dressed_;
        return;
    }
    dressed_ = -1;
    if (relation_ != Relation::none) {
        relate(mention, anchor);
    } else if (prep_ != Role::none) {
        behind_preposition(mention, anchor);
    } else if (verb_ && !and_ && anchor >= 0) {
        object_of_verb(anchor);
    } else if (and_ && last_ > 0 && !starts_clause()) {
        beside_the_last(mention);
    } else {
        begin_clause(mention);
    }
}

bool Drafter::starts_clause() const {
    if (!clause_has_verb_) return false;
    for (std::size_t by = 1; by < 6; ++by) {
        const auto* unit = next(by);
        if (unit == nullptr || unit->kind == Unit::Kind::comma || unit->kind == Unit::Kind::stop)
            return false;
        if (unit->kind == Unit::Kind::verb) return true;
        if (unit->kind == Unit::Kind::noun || unit->kind == Unit::Kind::relation ||
            (unit->kind == Unit::Kind::role && unit->role != Role::stop))
            return false;
    }
    return false;
}

void Drafter::begin_clause(Mention& mention) {
    mention.subject = true;
    acting_ = {last_};
    last_acting_ = acting_;
    clause_has_verb_ = false;
    if (draft_.loose_motion && !mention.motion) {
        mention.motion = draft_.loose_motion;
        draft_.loose_motion.reset();
    }
}

void Drafter::beside_the_last(Mention& mention) {
    const auto& before = draft_.mentions[index(last_ - 1)];
    // "a bowl of cherries and a glass of milk": the glass is not in the bowl.
    const bool content = before.relation == Relation::on && before.related_to >= 0 &&
                         is_open_vessel(*draft_.mentions[index(before.related_to)].thing);
    const auto& other = content ? draft_.mentions[index(before.related_to)] : before;
    mention.subject = other.subject;
    mention.scenery = other.scenery;
    mention.relation = other.relation;
    mention.related_to = other.related_to;
    if (!mention.motion && mention.thing->alive == other.thing->alive)
        mention.motion = other.motion;
    if (mention.subject && !acting_.empty()) {
        acting_.push_back(last_);
        last_acting_ = acting_;
    }
}

void Drafter::relate(Mention& mention, int anchor) {
    // "on the table a cat": nobody was named before.
    int who = anchor;
    if (last_ > 0 && !clause_has_verb_ && draft_.mentions[index(last_ - 1)].related_to < 0)
        who = last_ - 1;
    if (who < 0 || who == last_) {
        begin_clause(mention);
        mention.subject = false;
        mention.scenery = relation_ != Relation::holding;
        acting_.clear();
        return;
    }
    Bonds bonds(draft_, last_acting_);
    bonds.relate(relation_, worn_, who);
    if (worn_ || bonds.newest_is_gone()) dressed_ = who;
    if (bonds.newest_is_gone()) {
        last_ = who;
        return;
    }
    // "a cat and a dog on a rug": both are.
    const auto& first = draft_.mentions[index(who)];
    if (first.related_to != last_ || first.relation == Relation::riding ||
        std::ranges::find(acting_, who) == acting_.end())
        return;
    for (const int i : acting_) {
        auto& other = draft_.mentions[index(i)];
        if (i == last_ || other.related_to >= 0) continue;
        other.relation = first.relation;
        other.related_to = last_;
    }
}

void Drafter::behind_preposition(Mention& mention, int anchor) {
    if (anchor < 0 || place_before_) {
        // "a garden with butterflies": they are there by themselves.
        mention.scenery = prep_ != Role::with && prep_ != Role::of && !prep_of_vessel_;
        mention.subject = !mention.scenery && anchor < 0;
        last_by_with_ = true;
        prep_of_vessel_ = false;
        return;
    }
    if (prep_ == Role::of && just_named_ && last_ > 0 &&
        is_open_vessel(*draft_.mentions[index(last_ - 1)].thing)) {
        mention.relation = Relation::on;  // Heaped, so that it is seen.
        mention.related_to = last_ - 1;
        if (mention.plural && mention.count == 0) mention.count = 3;
        last_ = anchor >= 0 ? last_ - 1 : last_;
        return;
    }
    if (prep_ == Role::of) {
        mention.subject = prep_of_vessel_;
        mention.scenery = !prep_of_vessel_;
        prep_of_vessel_ = false;
        return;
    }
    last_by_with_ = prep_ == Role::with;
    Bonds bonds(draft_, last_acting_);
    bonds.behind(prep_, anchor);
    if (bonds.newest_is_gone()) last_ = dressed_ = anchor;
}

void Drafter::object_of_verb(int anchor) {
    Bonds bonds(draft_, last_acting_);
    bonds.object_of(*verb_, anchor);
    if (bonds.newest_is_gone()) last_ = anchor;
}

bool Drafter::is_first_of_compound(const Unit& unit) const {
    const auto* after = next();
    if (after == nullptr || unit.plural || unit.possessive) return false;
    if (after->kind == Unit::Kind::noun)
        return after->word.thing != nullptr || after->word.undrawable || !after->known;
    return false;
}

}  // namespace kinora::engines::storyboard
