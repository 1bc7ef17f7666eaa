// Words that act, join and describe; nouns are in drafter_nouns.cpp.
#include "engines/storyboard/words/draft.hpp"

#include "engines/storyboard/words/bonds.hpp"
#include "engines/storyboard/words/drafter.hpp"
#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>
#include <utility>

namespace kinora::engines::storyboard {

namespace {

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
        const bool leads = weight == 2 && draft.mentions.empty() && draft.places.empty();
        if (meaning->setting)
            draft.places.push_back({*meaning->setting, weight, mention, leads, unit.raw});
        if (meaning->soft) draft.places.push_back({*meaning->soft, 0, mention, false, unit.raw});
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

}  // namespace

Draft Drafter::run() {
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

const Unit* Drafter::next(std::size_t by) const {
    return at_ + by < units_.size() ? &units_[at_ + by] : nullptr;
}

void Drafter::forget() {
    waiting_ = {};
    prep_ = Role::none;
    relation_ = Relation::none;
    worn_ = false;
    and_ = false;
}

void Drafter::end_sentence() {
    forget();
    verb_.reset();
    acting_.clear();
    clause_has_verb_ = false;
    aside_ = false;
    negated_ = false;
}

void Drafter::take_comma() {
    waiting_ = {};
    prep_ = Role::none;
    relation_ = Relation::none;
    verb_.reset();
    aside_ = false;
    negated_ = false;
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
            if (unit.lower == "without") negated_ = true;
            if (unit.role != Role::of) waiting_ = {};
            aside_ = false;
            break;
        case Role::aside:
            aside_ = true;
            break;
        case Role::clause:
            forget();
            acting_.clear();
            clause_has_verb_ = false;
            aside_ = false;
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
                Bonds(draft_, last_acting_).link(last_, relation_, meant_by_pronoun());
                forget();
            } else if (!clause_has_verb_ && acting_.empty()) {
                acting_ = last_acting_;
            }
            break;
        default:
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
    if (!waiting_.words.empty()) waiting_.words += ' ';
    waiting_.words += unit.raw;
    if (unit.word.form != VerbForm::none && unit.word.motion) waiting_.motion = unit.word.motion;
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
    if (unit.word.form != VerbForm::none || unit.word.motion) act(unit.word.motion);
}

void Drafter::take_verb(const Unit& unit) {
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

void Drafter::act(std::optional<Motion> motion) {
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
        if (!mention.motion || *mention.motion == Motion::idle || *mention.motion == Motion::look)
            mention.motion = motion;
        else if (*mention.motion == Motion::sit && *motion != Motion::look)
            mention.motion = motion;
    }
}

void Drafter::imply(const std::string& verb) {
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

void Drafter::bring_rocket() {
    if (shuttle_ == nullptr || draft_.mentions.size() >= kMaxMentions) return;
    Mention rocket;
    rocket.thing = shuttle_;
    rocket.word = "shuttle";
    rocket.motion = Motion::fly;
    draft_.mentions.push_back(std::move(rocket));
}

void Drafter::take_term(const Unit& unit) {
    int weight = 2;
    if (prep_ == Role::in || prep_ == Role::at || prep_ == Role::through || prep_ == Role::to ||
        relation_ != Relation::none)
        weight = 3;
    const auto* after = next();
    if (after != nullptr && after->kind == Unit::Kind::noun && !unit.plural && !unit.possessive &&
        relation_ == Relation::none && prep_ == Role::none)
        weight = 1;
    if (is_matter(unit)) {
        // What is sprayed, poured or contained is no sea; what follows is about it.
        matter_before_ = true;
        forget();
        return;
    }
    note_scene(unit, weight, -1);
    negated_ = false;
    if (relation_ == Relation::above && last_ >= 0) draft_.mentions[index(last_)].aloft = true;
    const bool place = std::ranges::any_of(unit.word.meanings,
                                           [](const Meaning* m) { return m->setting.has_value(); });
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

// "spraying water", "full of water", not "jumping into the water".
bool Drafter::is_matter(const Unit& unit) const {
    const bool soft = std::ranges::any_of(unit.word.meanings,
                                          [](const Meaning* m) { return m->soft && !m->weather; });
    if (!soft) return false;
    if (prep_ == Role::with || prep_ == Role::of) return true;
    return prep_ == Role::none && relation_ == Relation::none && verb_ &&
           (*verb_ == Motion::wave || *verb_ == Motion::cook || *verb_ == Motion::eat ||
            *verb_ == Motion::kick || *verb_ == Motion::idle);
}

void Drafter::note_scene(const Unit& unit, int weight, int mention) {
    if (negated_) return;
    add_scene(draft_, unit, weight, mention);
    const auto* way = meaning_with(unit.word, [](const Meaning& m) { return m.direction != 0; });
    if (way == nullptr) return;
    for (const int i : acting_.empty() ? last_acting_ : acting_)
        draft_.mentions[index(i)].direction = way->direction;
}

Draft make_draft(std::span<const Unit> units) {
    return Drafter(units).run();
}

}  // namespace kinora::engines::storyboard
