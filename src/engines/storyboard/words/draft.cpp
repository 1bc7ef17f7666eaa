// From left to right through the units, with one clause in mind: who acts, what was said last, and
// which adjectives, prepositions and relations wait for their noun.
#include "engines/storyboard/words/draft.hpp"

#include "engines/storyboard/words/bonds.hpp"
#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxMentions = 12;

// A named time wins over "day" and over what neon light implies.
void add_time(Draft& draft, TimeOfDay time) {
    const bool weak = !draft.time || *draft.time == TimeOfDay::day ||
                      (*draft.time == TimeOfDay::night && time == TimeOfDay::storm);
    if (weak) draft.time = time;
}

// The first word on a matter counts; general ones ("cloudy", "cinematic") give way to definite
// ones.
void add_scene(Draft& draft, const Unit& unit, int weight, int mention) {
    for (const auto* meaning : unit.word.meanings) {
        if (meaning->setting)
            draft.places.push_back({*meaning->setting, weight, mention, unit.raw});
        if (meaning->soft) draft.places.push_back({*meaning->soft, 0, mention, unit.raw});
        if (meaning->time) add_time(draft, *meaning->time);
        const bool vague_weather =
            !draft.weather || *draft.weather == Weather::clear || *draft.weather == Weather::cloudy;
        if (meaning->weather && vague_weather) draft.weather = meaning->weather;
        const auto& effect = meaning->effect;
        if (effect && std::ranges::find(draft.effects, *effect) == draft.effects.end())
            draft.effects.push_back(*effect);
        if (meaning->palette && (!draft.palette || *meaning->palette == Palette::neon))
            draft.palette = meaning->palette;
        if (meaning->style && (!draft.style || *draft.style == Style::cinematic))
            draft.style = meaning->style;
        const bool vague_camera = !draft.camera || *draft.camera == CameraMove::zoom_in ||
                                  *draft.camera == CameraMove::zoom_out;
        if (meaning->camera && vague_camera) draft.camera = meaning->camera;
    }
}

class Drafter {
public:
    explicit Drafter(std::span<const Unit> units) : units_(units) {}

    Draft run() {
        for (at_ = 0; at_ < units_.size(); ++at_) {
            const auto& unit = units_[at_];
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
                    take_comma();
                    break;
                case Unit::Kind::stop:
                    end_sentence();
                    break;
                case Unit::Kind::skip:
                    break;
            }
        }
        return std::move(draft_);
    }

private:
    // Adjectives that wait for their noun.
    struct Waiting {
        int count = 0;
        std::optional<Rgb> color;
        double size = 1;
        std::optional<Motion> motion;
        bool definite = false;
        std::string words;  // For Subject::word.
    };

    const Unit* next(std::size_t by = 1) const {
        return at_ + by < units_.size() ? &units_[at_ + by] : nullptr;
    }

    // A noun right behind this one makes of this one an adjective: "pizza oven", "city bus".
    bool is_first_of_compound(const Unit& unit) const {
        const auto* after = next();
        if (after == nullptr || unit.plural || unit.possessive) return false;
        if (after->kind == Unit::Kind::noun)
            return after->word.thing != nullptr || after->word.undrawable || !after->known;
        return false;
    }

    void forget() {
        waiting_ = {};
        prep_ = Role::none;
        relation_ = Relation::none;
        worn_ = false;
        and_ = false;
    }

    void end_sentence() {
        forget();
        verb_.reset();
        acting_.clear();
        clause_has_verb_ = false;
        aside_ = false;
        negated_ = false;
    }

    void take_comma() {
        waiting_ = {};
        prep_ = Role::none;
        relation_ = Relation::none;
        verb_.reset();
        aside_ = false;
        negated_ = false;
        and_ = true;  // "a cat, a dog and a bird"
        after_comma_ = true;
    }

    void take_role(const Unit& unit) {
        switch (unit.role) {
            case Role::in:
            case Role::at:
            case Role::through:
            case Role::to:
            case Role::with:
            case Role::of:
                prep_ = unit.role;
                if (unit.lower == "without") negated_ = true;
                if (unit.role != Role::of) waiting_ = {};
                aside_ = false;
                after_comma_ = false;
                break;
            case Role::aside:
                aside_ = true;
                break;
            case Role::clause:
                forget();
                acting_.clear();
                clause_has_verb_ = false;
                aside_ = false;
                subclause_ = true;
                break;
            case Role::indefinite:
                if (unit.lower == "no")
                    negated_ = true;
                else
                    waiting_.count = std::max(waiting_.count, 1);
                break;
            case Role::definite:
                waiting_.definite = true;
                break;
            case Role::conjunction:
                and_ = true;
                aside_ = false;
                break;
            case Role::pronoun:
                if (relation_ != Relation::none && last_ > 0 &&
                    draft_.mentions[index(last_)].related_to < 0) {
                    Bonds(draft_, last_acting_)
                        .link(last_, relation_,
                              last_acting_.empty() || last_acting_.front() == last_
                                  ? last_ - 1
                                  : last_acting_.front());
                    forget();
                } else if (!clause_has_verb_ && acting_.empty()) {
                    acting_ = last_acting_;
                }
                break;
            default:
                break;
        }
    }

    void take_modifier(const Unit& unit) {
        if (!waiting_.words.empty()) waiting_.words += ' ';
        waiting_.words += unit.raw;
        if (unit.word.form != VerbForm::none && unit.word.motion)
            waiting_.motion = unit.word.motion;
        for (const auto* meaning : unit.word.meanings) {
            if (meaning->color) waiting_.color = meaning->color;
            if (meaning->count > 0) waiting_.count = meaning->count;
            if (meaning->size > 0) waiting_.size *= meaning->size;
        }
        waiting_.size = std::clamp(waiting_.size, 0.1, 8.0);
        note_scene(unit, 1, -1);
        // "the car is red", "painted in blue": nothing follows that it could belong to.
        const auto* after = next();
        const bool alone = after == nullptr || after->kind == Unit::Kind::comma ||
                           after->kind == Unit::Kind::stop || after->role == Role::conjunction;
        if (alone && waiting_.color && last_ >= 0 && !and_ &&
            !draft_.mentions[index(last_)].color) {
            draft_.mentions[index(last_)].color = waiting_.color;
            waiting_ = {};
        }
    }

    void take_relation(const Unit& unit) {
        for (const auto* meaning : unit.word.meanings) {
            if (meaning->relation == Relation::none) continue;
            relation_ = meaning->relation;
            worn_ = meaning->worn;
        }
        prep_ = Role::none;
        waiting_ = {};
        and_ = false;
        aside_ = false;
        after_comma_ = false;
        if (unit.lower.ends_with(" a") || unit.lower.ends_with(" the")) waiting_.count = 1;
        if (unit.word.form != VerbForm::none || unit.word.motion) act(unit.word.motion);
    }

    // Somebody does something: the clause's subject, or who was named last behind "with" and the
    // like.
    void take_verb(const Unit& unit) {
        shuttle_ = unit.word.thing;
        act(unit.word.motion);
        verb_ = unit.word.motion.value_or(Motion::idle);
        imply(unit.lower);
        if (unit.lower.starts_with("shuttl")) bring_rocket();
        forget();
        note_scene(unit, 1, -1);
        for (const auto* meaning : unit.word.meanings) {
            if (meaning->relation == Relation::none) continue;
            relation_ = meaning->relation;
            worn_ = meaning->worn;
        }
    }

    void act(std::optional<Motion> motion) {
        clause_has_verb_ = true;
        if (!motion) return;
        std::vector<int> who = acting_;
        const bool last_is_free =
            last_ >= 0 && draft_.mentions[index(last_)].thing->alive && last_by_with_;
        if (last_is_free && just_named_) who = {last_};
        if (who.empty() && last_ >= 0 && just_named_) who = {last_};
        if (who.empty() && !last_acting_.empty()) who = last_acting_;
        if (who.empty()) {
            if (!draft_.loose_motion) draft_.loose_motion = motion;
            return;
        }
        for (const int i : who) {
            auto& mention = draft_.mentions[index(i)];
            // What is said first stays, unless it was no more than a stance.
            if (!mention.motion || *mention.motion == Motion::idle ||
                *mention.motion == Motion::look)
                mention.motion = motion;
            else if (*mention.motion == Motion::sit && *motion != Motion::look)
                mention.motion = motion;
        }
    }

    // "a corgi surfing", "a cowboy riding".
    void imply(const std::string& verb) {
        static constexpr Implied kHorse{"rid", "fluent:horse", 1.7, Relation::riding, Motion::walk};
        for (const int i : acting_) {
            auto& mention = draft_.mentions[index(i)];
            if (const auto* implied = implied_by_verb(verb)) mention.implied = implied;
            const bool rider =
                mention.thing->asset.starts_with("cow") || mention.thing->asset == "knight";
            if (rider && (verb.starts_with("rid") || verb == "rode" || verb.starts_with("gallop")))
                mention.implied = &kHorse;
        }
    }

    // Who shuttles does so in a craft; the word names it as well.
    void bring_rocket() {
        if (shuttle_ == nullptr || draft_.mentions.size() >= kMaxMentions) return;
        Mention rocket;
        rocket.thing = shuttle_;
        rocket.word = "shuttle";
        rocket.motion = Motion::fly;
        draft_.mentions.push_back(std::move(rocket));
    }

    void take_term(const Unit& unit) {
        int weight = 2;
        if (prep_ == Role::in || prep_ == Role::at || prep_ == Role::through || prep_ == Role::to ||
            relation_ != Relation::none)
            weight = 3;
        const auto* after = next();
        if (after != nullptr && after->kind == Unit::Kind::noun && !unit.plural &&
            !unit.possessive && relation_ == Relation::none && prep_ == Role::none)
            weight = 1;
        note_scene(unit, weight, -1);
        negated_ = false;
        if (relation_ == Relation::above && last_ >= 0) draft_.mentions[index(last_)].aloft = true;
        const bool place = std::ranges::any_of(
            unit.word.meanings, [](const Meaning* m) { return m->setting.has_value(); });
        if (!place) {
            // An adjective of the scene ("neon", "dark") leaves the noun's preposition in wait.
            const bool goes_on =
                after != nullptr &&
                (after->kind == Unit::Kind::term || after->kind == Unit::Kind::noun ||
                 after->kind == Unit::Kind::modifier || after->kind == Unit::Kind::skip);
            if (goes_on) return;
            prep_ = Role::none;
            relation_ = Relation::none;
            return;
        }
        place_before_ = true;
        just_named_ = false;
        waiting_ = {};
        prep_ = Role::none;
        relation_ = Relation::none;
        and_ = false;
        verb_.reset();
    }

    // What the unit says of the scene; a direction is that of who acts.
    void note_scene(const Unit& unit, int weight, int mention) {
        if (negated_) return;
        add_scene(draft_, unit, weight, mention);
        const auto* way =
            meaning_with(unit.word, [](const Meaning& m) { return m.direction != 0; });
        if (way == nullptr) return;
        for (const int i : acting_.empty() ? last_acting_ : acting_)
            draft_.mentions[index(i)].direction = way->direction;
    }

    void take_noun(const Unit& unit) {
        if (unit.word.thing == nullptr) {
            take_unknown(unit);
            return;
        }
        if (skip_next_noun_) {
            skip_next_noun_ = false;
            return;
        }
        if (aside_ || negated_) {
            // "moves like a cat": nobody sees a cat.
            aside_ = false;
            negated_ = false;
            forget();
            return;
        }
        const auto* after = next();
        if (is_first_of_compound(unit)) {
            const auto* many =
                meaning_with(after->word, [](const Meaning& m) { return m.count > 1; });
            if (many != nullptr && after->word.thing != nullptr && unit.word.thing->alive) {
                // "an elephant family" is elephants.
                waiting_.count = many->count;
                skip_next_noun_ = true;
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

    bool noun_behind_of() const {
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

    // "castle", "bridge", "moon" are places and things: behind a preposition they are places. True
    // where it was nothing but a place.
    bool settle_as_place(const Unit& unit) {
        if (!is_scenic(unit.word)) return false;
        const bool has_setting = std::ranges::any_of(
            unit.word.meanings, [](const Meaning* m) { return m->setting.has_value(); });
        if (!has_setting) {
            note_scene(unit, 1, -1);
            return false;
        }
        const bool located = prep_ == Role::in || prep_ == Role::at || prep_ == Role::through ||
                             prep_ == Role::to || relation_ != Relation::none;
        if (located) {
            note_scene(unit, 3, -1);
            forget();
            just_named_ = false;
            place_before_ = true;
            return true;
        }
        // As a subject it is a thing in whatever place is named besides; stage.cpp decides.
        note_scene(unit, 2, static_cast<int>(draft_.mentions.size()));
        return false;
    }

    // "the dog" after "a dog" is no second dog.
    bool known_before(const Unit& unit) {
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

    void take_unknown(const Unit& unit) {
        if (skip_next_unknown_) {
            skip_next_unknown_ = false;
            return;
        }
        const auto* after = next();
        const bool compound =
            after != nullptr && after->kind == Unit::Kind::noun && !unit.possessive;
        if (!compound && !aside_ && !negated_) draft_.unknown.push_back(unit.raw);
        if (compound) return;
        just_named_ = false;
        forget();
    }

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    void name(const Unit& unit) {
        if (draft_.mentions.size() >= kMaxMentions) return;
        Mention mention;
        mention.thing = unit.word.thing;
        mention.word = waiting_.words.empty() ? unit.raw : waiting_.words + " " + unit.raw;
        mention.plural = unit.plural;
        mention.implied = implied_by_noun(unit.lower);
        mention.count = waiting_.count;
        if (const auto* many =
                meaning_with(unit.word, [](const Meaning& m) { return m.count > 0; })) {
            mention.count = std::max(many->count, waiting_.count);
            mention.plural = true;
        }
        if (unit.plural && mention.count == 1)
            mention.count = 0;  // "a couple of" was no count of one.
        mention.color = waiting_.color;
        mention.size = waiting_.size;
        mention.motion = waiting_.motion;
        draft_.mentions.push_back(std::move(mention));
        last_ = static_cast<int>(draft_.mentions.size()) - 1;
        place_in_sentence();
        just_named_ = true;
        place_before_ = false;
        forget();
        verb_.reset();
    }

    // Finds out what the mention that was just added is to the others.
    void place_in_sentence() {
        auto& mention = draft_.mentions[index(last_)];
        const int anchor = !acting_.empty()       ? acting_.front()
                           : last_acting_.empty() ? -1
                                                  : last_acting_.front();
        last_by_with_ = false;
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

    // After "and" or a comma: a new clause begins where a verb of its own follows and one was said
    // before.
    bool starts_clause() const {
        if (!clause_has_verb_) return false;
        for (std::size_t by = 1; by < 6; ++by) {
            const auto* unit = next(by);
            if (unit == nullptr || unit->kind == Unit::Kind::comma ||
                unit->kind == Unit::Kind::stop)
                return false;
            if (unit->kind == Unit::Kind::verb) return true;
            if (unit->kind == Unit::Kind::noun || unit->kind == Unit::Kind::relation ||
                (unit->kind == Unit::Kind::role && unit->role != Role::stop))
                return false;
        }
        return false;
    }

    void begin_clause(Mention& mention) {
        mention.subject = true;
        acting_ = {last_};
        last_acting_ = acting_;
        clause_has_verb_ = false;
        if (draft_.loose_motion && !mention.motion) {
            mention.motion = draft_.loose_motion;
            draft_.loose_motion.reset();
        }
    }

    // "a cat and a dog": what the first is, the second is too.
    void beside_the_last(Mention& mention) {
        const auto& other = draft_.mentions[index(last_ - 1)];
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

    void relate(Mention& mention, int anchor) {
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
        if (bonds.newest_is_gone()) last_ = who;
    }

    void behind_preposition(Mention& mention, int anchor) {
        if (anchor < 0 || place_before_) {
            // "a garden with butterflies": they are there by themselves.
            mention.scenery = prep_ != Role::with && prep_ != Role::of && !prep_of_vessel_;
            mention.subject = !mention.scenery && anchor < 0;
            last_by_with_ = true;
            prep_of_vessel_ = false;
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
        if (bonds.newest_is_gone()) last_ = anchor;
    }

    // "a dog chases a cat".
    void object_of_verb(int anchor) {
        Bonds bonds(draft_, last_acting_);
        bonds.object_of(*verb_, anchor);
        if (bonds.newest_is_gone()) last_ = anchor;
    }

    std::span<const Unit> units_;
    std::size_t at_ = 0;
    Draft draft_;
    Waiting waiting_;
    Role prep_ = Role::none;
    Relation relation_ = Relation::none;
    bool worn_ = false, and_ = false, aside_ = false, negated_ = false, after_comma_ = false,
         subclause_ = false;
    bool clause_has_verb_ = false;
    bool just_named_ = false;    // The last thing was named right before, with no place in between.
    bool place_before_ = false;  // A place was named right before.
    bool last_by_with_ = false;
    bool prep_of_vessel_ = false;
    bool skip_next_unknown_ = false;
    bool skip_next_noun_ = false;
    std::optional<Motion> verb_;      // Waits for its object.
    const Thing* shuttle_ = nullptr;  // What the last verb names if it is a noun too.
    int last_ = -1;                   // The mention named last.
    std::vector<int> acting_;         // The clause's subject, and who is named beside it.
    std::vector<int> last_acting_;
};

}  // namespace

Draft make_draft(std::span<const Unit> units) {
    return Drafter(units).run();
}

}  // namespace kinora::engines::storyboard
