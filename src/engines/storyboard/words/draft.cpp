// From left to right through the units, with one clause in mind: who acts, what was said last, and
// which adjectives, prepositions and relations wait for their noun.
#include "engines/storyboard/words/draft.hpp"

#include "engines/storyboard/assets/pack.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxMentions = 12;

bool is_kind(const Thing& thing, AssetKind kind) {
    return thing.kind == static_cast<int>(kind);
}
bool is_person(const Thing& thing) {
    return thing.form == Form::biped || (is_kind(thing, AssetKind::person) && thing.alive);
}

// Clothes lend their colour to who wears them; nobody draws them by themselves then.
bool is_clothing(const Thing& thing) {
    static constexpr std::string_view kClothes[] = {
        "fluent:t-shirt",        "fluent:dress",
        "fluent:coat",           "fluent:jeans",
        "fluent:kimono",         "fluent:sari",
        "fluent:shorts",         "fluent:lab-coat",
        "fluent:safety-vest",    "fluent:scarf",
        "fluent:gloves",         "fluent:socks",
        "fluent:bikini",         "fluent:running-shoe",
        "fluent:hiking-boot",    "fluent:one-piece-swimsuit",
        "fluent:womans-clothes", "fluent:necktie",
        "fluent:running-shirt",  "fluent:martial-arts-uniform",
        "fluent:briefs",         "fluent:high-heeled-shoe",
        "fluent:mans-shoe",      "fluent:womans-boot",
        "fluent:goggles",        "fluent:glasses",
        "fluent:shield-armor"};
    return std::ranges::find(kClothes, thing.asset) != std::end(kClothes);
}

// What a person on it rides.
bool is_mount(const Thing& thing) {
    static constexpr std::string_view kMounts[] = {"fluent:horse",
                                                   "fluent:donkey",
                                                   "fluent:camel",
                                                   "fluent:elephant",
                                                   "fluent:zebra",
                                                   "fluent:bicycle",
                                                   "fluent:motorcycle",
                                                   "fluent:motor-scooter",
                                                   "fluent:kick-scooter",
                                                   "fluent:skateboard",
                                                   "fluent:dragon",
                                                   "fluent:sled",
                                                   "fluent:llama",
                                                   "fluent:ox",
                                                   "fluent:bison",
                                                   "fluent:broom",
                                                   "unicorn",
                                                   "pegasus",
                                                   "reindeer",
                                                   "fluent:ram",
                                                   "fluent:giraffe"};
    return std::ranges::find(kMounts, thing.asset) != std::end(kMounts);
}

// Things that somebody can be in.
bool holds_people(const Thing& thing) {
    return is_kind(thing, AssetKind::vehicle) || thing.asset == "fluent:bathtub" ||
           thing.asset == "fluent:basket" || thing.asset == "fluent:package" ||
           thing.asset == "game:air-balloon" || thing.asset == "fluent:bucket" ||
           thing.asset == "fluent:hot-beverage" || thing.asset == "fluent:nest-with-eggs" ||
           thing.asset == "fluent:shopping-cart";
}

// Vessels of which "a cup of coffee" shows what is in them only.
bool is_vessel(const Thing& thing) {
    return thing.asset == "fluent:steaming-bowl" || thing.asset == "fluent:hot-beverage" ||
           thing.asset == "fluent:glass-of-milk" ||
           thing.asset == "fluent:bottle-with-popping-cork" ||
           thing.asset == "fluent:shallow-pan-of-food" || thing.asset == "fluent:jar" ||
           thing.asset == "fluent:pot-of-food" || thing.asset == "fluent:cooking" ||
           thing.asset == "fluent:package";
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
                    link(last_, relation_,
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

    void note_scene(const Unit& unit, int weight, int mention) {
        if (negated_) return;
        for (const auto* meaning : unit.word.meanings) {
            if (meaning->setting)
                draft_.places.push_back({*meaning->setting, weight, mention, unit.raw});
            if (meaning->soft) draft_.places.push_back({*meaning->soft, 0, mention, unit.raw});
            if (meaning->time) set_time(*meaning->time);
            if (meaning->weather && (!draft_.weather || *draft_.weather == Weather::clear ||
                                     *draft_.weather == Weather::cloudy))
                draft_.weather = meaning->weather;
            if (meaning->effect &&
                std::ranges::find(draft_.effects, *meaning->effect) == draft_.effects.end())
                draft_.effects.push_back(*meaning->effect);
            if (meaning->palette && (!draft_.palette || *meaning->palette == Palette::neon))
                draft_.palette = meaning->palette;
            if (meaning->style && (!draft_.style || *draft_.style == Style::cinematic))
                draft_.style = meaning->style;
            if (meaning->camera && (!draft_.camera || *draft_.camera == CameraMove::zoom_in ||
                                    *draft_.camera == CameraMove::zoom_out))
                draft_.camera = meaning->camera;
            if (meaning->direction != 0) {
                for (const int i : acting_.empty() ? last_acting_ : acting_)
                    draft_.mentions[index(i)].direction = meaning->direction;
            }
        }
    }

    // A named time wins over "day" and over what neon light implies.
    void set_time(TimeOfDay time) {
        const bool weak = !draft_.time || *draft_.time == TimeOfDay::day ||
                          (*draft_.time == TimeOfDay::night && time == TimeOfDay::storm);
        if (weak) draft_.time = time;
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
            object_of_verb(mention, anchor);
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
        auto& actor = draft_.mentions[index(who)];
        if (relation_ == Relation::holding) {
            hold(mention, who);
        } else if (relation_ == Relation::riding) {
            mount(mention, who);
        } else if (relation_ == Relation::inside &&
                   (is_clothing(*mention.thing) || !fits_inside(mention, actor))) {
            if (actor.thing->alive && is_clothing(*mention.thing))
                wear(mention, who);
            else
                link(who, Relation::next_to, last_);
        } else if (relation_ == Relation::on && is_person(*actor.thing) &&
                   is_mount(*mention.thing)) {
            mount(mention, who);
        } else {
            link(who, relation_, last_);
        }
    }

    static bool fits_inside(const Mention& outer, const Mention& inner) {
        return holds_people(*outer.thing) ||
               outer.thing->height_m * outer.size > 0.8 * inner.thing->height_m * inner.size;
    }

    // `who` stands so to `to`. A mention keeps its first relation; the other way round is tried
    // before it is lost.
    void link(int who, Relation relation, int to) {
        auto& actor = draft_.mentions[index(who)];
        if (is_celestial(*draft_.mentions[index(to)].thing)) {
            draft_.mentions[index(to)].scenery = true;
        } else if (actor.related_to < 0) {
            actor.relation = relation;
            actor.related_to = to;
        } else if (relation == Relation::next_to) {
            draft_.mentions[index(to)].relation = relation;
            draft_.mentions[index(to)].related_to = who;
        } else {
            draft_.mentions[index(to)].scenery = true;
        }
    }

    void hold(Mention& mention, int who) {
        auto& actor = draft_.mentions[index(who)];
        if (is_clothing(*mention.thing)) {
            wear(mention, who);
            return;
        }
        if (is_kind(*mention.thing, AssetKind::food) && mention.count == 0) mention.plural = false;  // "noodles"
        mention.relation = worn_ ? Relation::on : Relation::holding;
        mention.related_to = who;
        const double ratio =
            mention.thing->height_m * mention.size / (actor.thing->height_m * actor.size);
        // What the words call held is held, if it can be lifted at all.
        const double limit = relation_ == Relation::holding ? 2.0 : 0.75;
        if (!worn_ && ratio > limit) mention.relation = Relation::next_to;
    }

    // The colour of a dress is that of its wearer, and the dress itself is no thing of its own.
    void wear(const Mention& mention, int who) {
        auto& actor = draft_.mentions[index(who)];
        if (mention.color) actor.color = mention.color;
        if (last_ == static_cast<int>(draft_.mentions.size()) - 1 && last_ != who) {
            draft_.mentions.pop_back();
            last_ = who;
        }
    }

    void mount(Mention& mention, int who) {
        if (is_kind(*mention.thing, AssetKind::nature) ||
            is_kind(*mention.thing, AssetKind::plant)) {
            mention.scenery = true;  // Waves are surfed on a board.
            return;
        }
        auto& actor = draft_.mentions[index(who)];
        if (actor.related_to < 0) {
            actor.relation = Relation::riding;
            actor.related_to = last_;
        }
        if (!actor.motion || *actor.motion == Motion::drive || *actor.motion == Motion::walk ||
            *actor.motion == Motion::run || *actor.motion == Motion::jump ||
            *actor.motion == Motion::sit) {
            if (actor.motion && *actor.motion != Motion::sit && !mention.motion &&
                mention.thing->alive)
                mention.motion = actor.motion;
            actor.motion = Motion::ride;
        }
        if (!mention.motion) mention.motion = travel_of(*mention.thing);
    }

    static Motion travel_of(const Thing& thing) {
        if (thing.flies) return Motion::fly;
        if (thing.floats) return Motion::sail;
        if (thing.swims) return Motion::swim;
        if (thing.alive) return Motion::walk;
        if (is_kind(thing, AssetKind::vehicle)) return Motion::drive;
        return Motion::idle;
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
        auto& actor = draft_.mentions[index(anchor)];
        switch (prep_) {
            case Role::in:
                if (is_clothing(*mention.thing))
                    wear(mention, anchor);
                else if (fits_inside(mention, actor))
                    link(anchor, Relation::inside, last_);
                else
                    link(anchor, Relation::next_to, last_);
                break;
            case Role::at:
                link(anchor, Relation::next_to, last_);
                break;
            case Role::through:
            case Role::to:
                mention.scenery = true;
                break;
            case Role::with:
                bring_along(mention, anchor);
                break;
            case Role::of:
                mention.subject = prep_of_vessel_;
                mention.scenery = !prep_of_vessel_;
                prep_of_vessel_ = false;
                break;
            default:
                mention.scenery = true;
                break;
        }
    }

    void bring_along(Mention& mention, int anchor) {
        auto& actor = draft_.mentions[index(anchor)];
        last_by_with_ = true;
        const double ratio =
            mention.thing->height_m * mention.size / (actor.thing->height_m * actor.size);
        if (is_clothing(*mention.thing)) {
            wear(mention, anchor);
        } else if (!mention.thing->alive && is_person(*actor.thing) && ratio < 0.75 &&
                   mention.count <= 1 && !mention.plural) {
            mention.relation = Relation::holding;
            mention.related_to = anchor;
        } else {
            mention.relation = mention.thing->flies && (mention.plural || mention.count > 1)
                                   ? Relation::around
                                   : Relation::next_to;
            mention.related_to = anchor;
        }
    }

    // "plays the cello", "plays basketball": what is played says how.
    void play(const Mention& mention, Mention& actor) {
        static constexpr std::string_view kInstruments[] = {"fluent:guitar",
                                                            "fluent:violin",
                                                            "fluent:saxophone",
                                                            "fluent:trumpet",
                                                            "fluent:flute",
                                                            "fluent:accordion",
                                                            "fluent:banjo",
                                                            "fluent:drum",
                                                            "fluent:long-drum",
                                                            "art:piano",
                                                            "fluent:musical-keyboard",
                                                            "noto:harp",
                                                            "fluent:harp",
                                                            "noto:trombone",
                                                            "fluent:maracas"};
        static constexpr std::string_view kBalls[] = {
            "fluent:soccer-ball",   "fluent:basketball", "fluent:volleyball",
            "fluent:tennis",        "fluent:baseball",   "fluent:american-football",
            "fluent:rugby-football"};
        if (std::ranges::find(kInstruments, mention.thing->asset) != std::end(kInstruments))
            verb_ = Motion::play_instrument;
        if (std::ranges::find(kBalls, mention.thing->asset) != std::end(kBalls))
            verb_ = Motion::kick;
        if (*verb_ != Motion::bounce && actor.motion == Motion::bounce) actor.motion = *verb_;
    }

    void object_of_verb(Mention& mention, int anchor) {
        auto& actor = draft_.mentions[index(anchor)];
        if (*verb_ == Motion::bounce) play(mention, actor);
        switch (*verb_) {
            case Motion::ride:
                mount(mention, anchor);
                break;
            case Motion::drive:
            case Motion::sail:
            case Motion::fly:
                if (is_kind(*mention.thing, AssetKind::vehicle) && is_person(*actor.thing)) {
                    const bool open = mention.thing->height_m < 1.3 || mention.thing->floats;
                    mention.motion =
                        *verb_ == Motion::fly && !mention.thing->flies ? Motion::drive : *verb_;
                    actor.motion = Motion::ride;
                    link(anchor, open ? Relation::riding : Relation::inside, last_);
                } else if (*verb_ == Motion::fly && is_person(*actor.thing)) {
                    mention.motion = Motion::fly;  // A kite, on its string.
                    for (const int i : last_acting_)
                        draft_.mentions[index(i)].motion = Motion::look;
                    mention.relation = Relation::above;
                    mention.related_to = anchor;
                } else {
                    link(anchor, Relation::next_to, last_);
                }
                break;
            case Motion::run:
            case Motion::walk:
                if (mention.thing->alive || is_kind(*mention.thing, AssetKind::vehicle)) {
                    if (!mention.motion)
                        mention.motion = mention.thing->alive ? *verb_ : travel_of(*mention.thing);
                    link(anchor, Relation::behind, last_);
                } else {
                    mention.scenery = true;
                }
                break;
            case Motion::play_instrument:
            case Motion::eat:
            case Motion::read:
            case Motion::wave:
            case Motion::swing:
                if (mention.thing->alive) {
                    link(anchor, Relation::next_to, last_);
                } else {
                    if (*verb_ == Motion::play_instrument && mention.count == 0)
                        mention.plural = false;
                    hold(mention, anchor);
                }
                break;
            case Motion::cook:
            case Motion::kick:
                mention.relation = Relation::next_to;
                mention.related_to = anchor;
                break;
            case Motion::fight:
            case Motion::dance:
            case Motion::talk:
                if (mention.thing->alive) mention.motion = *verb_;
                mention.relation = Relation::next_to;
                mention.related_to = anchor;
                break;
            case Motion::jump:
                mention.relation = Relation::under;
                mention.related_to = anchor;
                break;
            default:
                mention.relation = Relation::next_to;
                mention.related_to = anchor;
                break;
        }
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

bool is_celestial(const Thing& thing) {
    static constexpr std::string_view kSky[] = {"fluent:sun",
                                                "fluent:full-moon",
                                                "fluent:crescent-moon",
                                                "fluent:star",
                                                "fluent:glowing-star",
                                                "fluent:ringed-planet",
                                                "fluent:globe-showing-americas",
                                                "fluent:rainbow",
                                                "fluent:comet",
                                                "fluent:cloud",
                                                "fluent:new-moon"};
    return std::ranges::find(kSky, thing.asset) != std::end(kSky);
}

Draft make_draft(std::span<const Unit> units) {
    return Drafter(units).run();
}

}  // namespace kinora::engines::storyboard
