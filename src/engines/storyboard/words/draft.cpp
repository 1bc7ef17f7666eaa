// Words that act, join and describe; nouns are in drafter_nouns.cpp, what they say of the scene in
// drafter_scene.cpp.
#include "engines/storyboard/words/draft.hpp"

#include "engines/storyboard/words/bonds.hpp"
#include "engines/storyboard/words/drafter.hpp"
#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>
#include <utility>

namespace kinora::engines::storyboard {

namespace {

// A named time wins over "day" and over what neon light implies.
// "out of the church": one is where it can be seen from.
bool leaves(std::string_view preposition) {
    return preposition == "out of" || preposition == "outside" || preposition == "outside of" ||
           preposition == "away from";
}

}  // namespace

Draft Drafter::run() {
    for (at_ = 0; at_ < units_.size(); ++at_) {
        const auto& unit = units_[at_];
        denied_last_ = std::exchange(denied_now_, false);
        if (at_ > 0 && at_ == particle_at_) continue;
        switch (unit.kind) {
            case Unit::Kind::noun:
                take_noun(unit);
                break;
            case Unit::Kind::verb:
                take_verb(unit);
                break;
            case Unit::Kind::modifier:
                take_modifier(unit);
                break;
            case Unit::Kind::term:
                take_term(unit);
                break;
            case Unit::Kind::relation:
                take_relation(unit);
                break;
            case Unit::Kind::role:
                take_role(unit);
                break;
            case Unit::Kind::comma:
                take_comma(unit);
                break;
            case Unit::Kind::stop:
                end_sentence();
                break;
            case Unit::Kind::skip:
                if (is_further(unit.lower)) waiting_.another = true;
                break;
        }
    }
    cheer_up();
    return std::move(draft_);
}

bool Drafter::is_further(std::string_view word) {
    static constexpr std::string_view kWords[] = {"another", "second", "third",      "more",
                                                  "new",     "extra",  "additional", "other"};
    return std::ranges::find(kWords, word) != std::end(kWords);
}

const Unit* Drafter::next(std::size_t by) const {
    return at_ + by < units_.size() ? &units_[at_ + by] : nullptr;
}

void Drafter::forget() {
    waiting_ = {};
    prep_ = Role::none;
    relation_ = Relation::none;
    worn_ = false;
    and_ = false;
    outside_ = false;
}

void Drafter::end_sentence() {
    forget();
    verb_.reset();
    acting_.clear();
    clause_has_verb_ = false;
    aside_ = false;
    negated_ = false;
    listing_ = false;
}

void Drafter::take_comma(const Unit& unit) {
    waiting_ = {};
    prep_ = Role::none;
    relation_ = Relation::none;
    verb_.reset();
    aside_ = false;
    negated_ = false;
    go_on_denying(unit);
    and_ = true;  // "a cat, a dog and a bird"
}

void Drafter::take_role(const Unit& unit) {
    switch (unit.role) {
        case Role::in:
        case Role::at:
        case Role::through:
        case Role::to:
        case Role::with:
        case Role::of:
            prep_ = unit.role;
            outside_ = leaves(unit.lower);
            if (unit.role != Role::of) {
                waiting_ = {};
                pass_joint();
            }
            aside_ = false;
            break;
        case Role::without:
            prep_ = Role::with;
            waiting_ = {};
            aside_ = false;
            deny(Denial::thing);
            break;
        case Role::no:
            deny(Denial::bare);
            break;
        case Role::negation:
            deny(Denial::anything);
            break;
        case Role::frame:
            negated_ = false;  // "no sound"
            clears_up();       // "the rain ends"
            if (is_further(unit.lower)) waiting_.another = true;
            break;
        case Role::aside:
            aside_ = true;
            break;
        case Role::clause:
            forget();
            acting_.clear();
            clause_has_verb_ = false;
            aside_ = false;
            pass_joint();
            break;
        case Role::indefinite:
            waiting_.another = unit.lower == "another";
            end_bare_denial();
            waiting_.count = std::max(waiting_.count, 1);
            break;
        case Role::definite:
            end_bare_denial();
            waiting_.definite = true;
            break;
        case Role::conjunction:
            and_ = true;
            aside_ = false;
            if (!negated_ || at_ > negated_at_ + 1) {
                negated_ = false;
                go_on_denying(unit);
            }
            break;
        case Role::pronoun:
            if (relation_ != Relation::none && last_ > 0 &&
                draft_.mentions[index(last_)].related_to < 0) {
                Bonds(draft_, last_acting_).link(last_, relation_, meant_by_pronoun());
                forget();
            } else if (!clause_has_verb_ && acting_.empty()) {
                acting_ = last_acting_;
            }
            break;
        default:
            if (is_further(unit.lower)) waiting_.another = true;
            break;
    }
}

// "while his dog runs beside him": who acted before the dog.
int Drafter::meant_by_pronoun() const {
    if (!last_acting_.empty() && last_acting_.front() != last_) return last_acting_.front();
    for (int i = last_; i > 0; --i) {
        const auto& mention = draft_.mentions[index(i - 1)];
        if (mention.subject && mention.thing->alive) return i - 1;
    }
    return last_ - 1;
}

void Drafter::take_modifier(const Unit& unit) {
    if (std::exchange(skip_next_group_, false) && is_group(unit.lower)) return;
    const auto* after = next();
    const bool alone = after == nullptr || after->kind == Unit::Kind::comma ||
                       after->kind == Unit::Kind::stop || after->role == Role::conjunction;
    if (negated_ && alone) {  // "a car that is not red"
        drop_denied();
        return;
    }
    if (!waiting_.words.empty()) waiting_.words += ' ';
    waiting_.words += unit.raw;
    if (unit.word.form != VerbForm::none && unit.word.motion) waiting_.motion = unit.word.motion;
    if (unit.number > 0) waiting_.count = unit.number;
    if (is_further(unit.lower)) waiting_.another = true;
    waiting_.rounded = waiting_.rounded || unit.rounded;
    for (const auto* meaning : unit.word.meanings) {
        if (meaning->color) waiting_.color = meaning->color;
        if (meaning->count > 0) waiting_.count = meaning->count;
        if (meaning->size > 0) waiting_.size *= meaning->size;
    }
    waiting_.size = std::clamp(waiting_.size, 0.1, 8.0);
    note_scene(unit, 1, -1);
    // "the car is red", "painted in blue": nothing follows that it could belong to.
    if (alone && waiting_.color && last_ >= 0 && !and_ && !draft_.mentions[index(last_)].color) {
        draft_.mentions[index(last_)].color = waiting_.color;
        waiting_ = {};
    }
}

void Drafter::take_relation(const Unit& unit) {
    for (const auto* meaning : unit.word.meanings) {
        if (meaning->relation == Relation::none) continue;
        relation_ = meaning->relation;
        worn_ = meaning->worn;
    }
    prep_ = Role::none;
    waiting_ = {};
    and_ = false;
    aside_ = false;
    if (unit.lower.ends_with(" a") || unit.lower.ends_with(" the")) waiting_.count = 1;
    if (negated_) return;
    if (unit.word.form != VerbForm::none || unit.word.motion) act(unit.word.motion);
}

void Drafter::take_verb(const Unit& unit) {
    if (denies_act()) {
        forget();
        return;
    }
    shuttle_ = unit.word.thing;
    if (clears_up()) return;
    if (was_stopped(unit)) return;
    const auto found = turn_of(units_, at_);
    if (found) turn(found->turn);
    if (found && found->particle) particle_at_ = at_ + 1;
    if (found && found->turn == Turn::stops) stopped_at_ = at_ + 1;
    act(turns_colour() ? std::nullopt : unit.word.motion);
    verb_ = unit.word.motion.value_or(Motion::idle);
    imply(unit.lower);
    if (unit.lower.starts_with("shuttl")) bring_rocket();
    forget();
    // "she waves" is no sea, "it leaves" no autumn.
    const bool acts_only =
        unit.word.motion && (unit.word.form == VerbForm::s || unit.word.form == VerbForm::base);
    if (!found && !acts_only) note_scene(unit, 1, -1);
    for (const auto* meaning : unit.word.meanings) {
        if (meaning->relation == Relation::none) continue;
        relation_ = meaning->relation;
        worn_ = meaning->worn;
    }
}

bool Drafter::was_stopped(const Unit& unit) const {
    return stopped_at_ > 0 && at_ == stopped_at_ && unit.word.form == VerbForm::ing;
}

// "the car turns blue"
bool Drafter::turns_colour() const {
    const auto* behind = next();
    return units_[at_].lower.starts_with("turn") && behind != nullptr &&
           meaning_with(behind->word, [](const Meaning& m) { return m.color.has_value(); });
}

void Drafter::act(std::optional<Motion> motion) {
    clause_has_verb_ = true;
    if (!motion) return;
    const auto who = who_acts();
    if (who.empty()) {
        if (is_of_weather()) return;  // "flames rise"
        const bool stance =
            draft_.loose_motion == Motion::idle || draft_.loose_motion == Motion::look;
        if (!draft_.loose_motion || stance) {
            draft_.loose_motion = motion;
            if (opens_stretch() && !is_scenic(units_[at_].word))
                draft_.loose_word = units_[at_].raw;
        }
        return;
    }
    for (const int i : who) {
        auto& mention = draft_.mentions[index(i)];
        // What is said first stays, unless it was no more than a stance.
        if (!mention.motion || *mention.motion == Motion::idle || *mention.motion == Motion::look)
            mention.motion = motion;
        else if (*mention.motion == Motion::sit && *motion != Motion::look)
            mention.motion = motion;
    }
}

std::vector<int> Drafter::who_acts() const {
    const bool last_is_free =
        last_ >= 0 && draft_.mentions[index(last_)].thing->alive && last_by_with_;
    if (last_ >= 0 && just_named_ && (last_is_free || acting_.empty())) return {last_};
    return acting_.empty() ? last_acting_ : acting_;
}

// "dancing in the rain", not "rain falls".
bool Drafter::opens_stretch() const {
    if (at_ > 0 && units_[at_ - 1].kind == Unit::Kind::comma) return true;
    return std::none_of(units_.begin(), units_.begin() + static_cast<std::ptrdiff_t>(at_),
                        [](const Unit& unit) {
                            return unit.kind == Unit::Kind::noun || unit.kind == Unit::Kind::term ||
                                   unit.kind == Unit::Kind::modifier;
                        });
}

// Ships sail and whales do by themselves.
static bool drives(const Mention& mention) {
    const auto& thing = *mention.thing;
    return thing.alive && !thing.swims && !thing.floats && !thing.flies;
}

void Drafter::imply(const std::string& verb) {
    static constexpr Implied kHorse{"rid", "fluent:horse", 1.7, Relation::riding, Motion::walk};
    for (const int i : acting_) {
        auto& mention = draft_.mentions[index(i)];
        if (const auto* implied = implied_by_verb(verb); implied != nullptr && drives(mention))
            mention.implied = implied;
        const bool rider =
            mention.thing->asset.starts_with("cow") || mention.thing->asset == "knight";
        if (rider && (verb.starts_with("rid") || verb == "rode" || verb.starts_with("gallop")))
            mention.implied = &kHorse;
    }
}

void Drafter::bring_rocket() {
    if (shuttle_ == nullptr || draft_.mentions.size() >= kMaxMentions) return;
    Mention rocket;
    rocket.thing = shuttle_;
    rocket.word = "shuttle";
    rocket.motion = Motion::fly;
    draft_.mentions.push_back(std::move(rocket));
}

Draft make_draft(std::span<const Unit> units) {
    return Drafter(units).run();
}

}  // namespace kinora::engines::storyboard
