// What the words say of the scene: places, times, weather, colours of the whole.
#include "engines/storyboard/words/drafter.hpp"
#include "engines/storyboard/words/journeys.hpp"
#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/whereabouts.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

bool gives_way(const std::optional<TimeOfDay>& now, TimeOfDay time) {
    return now == TimeOfDay::day || (now == TimeOfDay::night && time == TimeOfDay::storm);
}

bool says_weather(const Word& word) {
    return meaning_with(word, [](const Meaning& m) {
               return (m.weather && *m.weather != Weather::clear) || m.effect;
           }) != nullptr;
}

// What is said first stays, unless it was weak.
template <class Value>
void say(std::optional<Value>& now, bool& weak_now, Value value, bool weak, bool vague = false) {
    if (now && !(weak_now && !weak) && !(vague && !weak)) return;
    now = value;
    weak_now = weak;
}

// The first word on a matter counts; general ones ("cloudy", "cinematic") give way to definite
// ones.
void add_scene(Draft& draft, const Unit& unit, int weight, int mention, bool weak) {
    for (const auto* meaning : unit.word.meanings) {
        const bool leads = weight == 2 && draft.mentions.empty() && draft.places.empty();
        if (meaning->setting)
            draft.places.push_back(
                {*meaning->setting, weight, mention, leads, unit.raw, meaning->near});
        if (meaning->soft && !weak)
            draft.places.push_back({*meaning->soft, 0, mention, false, unit.raw});
        if (meaning->time && !(weak && *meaning->time == TimeOfDay::storm))
            say(draft.time, draft.weak_time, *meaning->time, weak,
                gives_way(draft.time, *meaning->time));
        const bool vague_weather =
            !draft.weather || *draft.weather == Weather::clear || *draft.weather == Weather::cloudy;
        if (meaning->weather)
            say(draft.weather, draft.weak_weather, *meaning->weather, weak, vague_weather);
        const auto& effect = meaning->effect;
        if (effect && std::ranges::find(draft.effects, *effect) == draft.effects.end())
            draft.effects.push_back(*effect);
        if (meaning->palette)
            say(draft.palette, draft.weak_palette, *meaning->palette, weak,
                *meaning->palette == Palette::neon);
        if (meaning->style && (!draft.style || *draft.style == Style::cinematic))
            draft.style = meaning->style;
        const bool vague_camera = !draft.camera || *draft.camera == CameraMove::zoom_in ||
                                  *draft.camera == CameraMove::zoom_out;
        if (meaning->camera && vague_camera) draft.camera = meaning->camera;
    }
}

}  // namespace

void Drafter::take_term(const Unit& unit) {
    // "on a kitchen table": of the place one sees the table.
    const auto* after = next();
    if (relation_ != Relation::none && after != nullptr && after->kind == Unit::Kind::noun &&
        after->word.thing != nullptr && meaning_with(unit.word, [](const Meaning& m) {
                                            return m.setting.has_value();
                                        }) != nullptr) {
        waiting_.words += (waiting_.words.empty() ? "" : " ") + unit.raw;
        note_scene(unit, 2, -1);
        return;
    }
    int weight = 2;
    if (prep_ == Role::in || prep_ == Role::at || prep_ == Role::through || prep_ == Role::to ||
        relation_ != Relation::none)
        weight = 3;
    if (after != nullptr && after->kind == Unit::Kind::noun && !unit.plural && !unit.possessive &&
        relation_ == Relation::none && prep_ == Role::none)
        weight = 1;
    if (is_matter(unit)) {
        // What is sprayed, poured or contained is no sea; what follows is about it.
        matter_before_ = true;
        forget();
        return;
    }
    const bool place = std::ranges::any_of(unit.word.meanings,
                                           [](const Meaning* m) { return m->setting.has_value(); });
    // An adjective of the scene ("neon", "dark") leaves the noun's preposition in wait.
    const bool goes_on = after != nullptr && !place &&
                         (after->kind == Unit::Kind::term || after->kind == Unit::Kind::noun ||
                          after->kind == Unit::Kind::modifier || after->kind == Unit::Kind::skip);
    if (negated_) {
        if (!goes_on) drop_denied();
        return;
    }
    const bool indoors = std::ranges::any_of(
        unit.word.meanings, [](const Meaning* m) { return m->setting && is_indoors(*m->setting); });
    if (indoors && outside_) {
        leave(unit);
        return;
    }
    if (place && is_part_of_building(unit)) {
        if (unit.lower.find("roof") == std::string::npos) draft_.unknown.push_back(unit.raw);
        forget();
        return;
    }
    note_scene(unit, weight, -1);
    if (relation_ == Relation::above && last_ >= 0) draft_.mentions[index(last_)].aloft = true;
    if (!place) {
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
    const auto camera = draft_.camera;
    add_scene(draft_, unit, weight, mention, is_of_somebody());
    // "flames rise from the pan"
    const bool thing = unit.kind == Unit::Kind::noun && unit.word.thing != nullptr;
    if (thing && at_ > 0 &&
        (units_[at_ - 1].role == Role::definite || units_[at_ - 1].role == Role::indefinite))
        draft_.camera = camera;
    if (is_season(unit.lower)) draft_.season = true;
    const auto* way = meaning_with(unit.word, [](const Meaning& m) { return m.direction != 0; });
    if (way == nullptr) return;
    for (const int i : acting_.empty() ? last_acting_ : acting_)
        draft_.mentions[index(i)].direction = way->direction;
}

// "a house with a red roof", "a castle with a drawbridge": it is no place by itself.
bool Drafter::is_part_of_building(const Unit& unit) const {
    if (prep_ != Role::with || last_ < 0 || place_before_) return false;
    if (!is_kind(*draft_.mentions[index(last_)].thing, AssetKind::building)) return false;
    return std::ranges::any_of(unit.word.meanings, [](const Meaning* m) {
        return m->setting == Setting::skyline || m->setting == Setting::bridge ||
               m->setting == Setting::room || m->setting == Setting::village;
    });
}

// Right before who it is said of, adjectives skipped.
bool Drafter::is_of_somebody() const {
    const auto& unit = units_[at_];
    if (unit.kind != Unit::Kind::modifier && unit.kind != Unit::Kind::term) return false;
    for (std::size_t by = 1; by < 4 && next(by) != nullptr; ++by) {
        const auto& after = *next(by);
        if (after.kind == Unit::Kind::noun)
            return after.word.thing != nullptr && after.word.thing->alive;
        if (after.kind != Unit::Kind::modifier && after.kind != Unit::Kind::skip) return false;
    }
    return false;
}

// "a gloomy clown on a sunny beach": the gloom is the clown's.
void Drafter::cheer_up() {
    const bool dim = draft_.palette == Palette::gloomy || draft_.palette == Palette::muted;
    const bool bright = (draft_.time && !draft_.weak_time && *draft_.time != TimeOfDay::night &&
                         *draft_.time != TimeOfDay::storm) ||
                        draft_.weather == Weather::clear;
    if (draft_.weak_palette && dim && bright) draft_.palette.reset();
}

// What one comes out of is not where one is.
void Drafter::leave(const Unit& unit) {
    draft_.left.push_back(unit.raw);
    forget();
    just_named_ = false;
}

void Drafter::turn(Turn turn) {
    const auto who = who_acts();
    if (who.empty() && !draft_.loose_turn) draft_.loose_turn = turn;
    for (const int i : who) {
        auto& mention = draft_.mentions[index(i)];
        if (!mention.turn) mention.turn = turn;
    }
}

bool Drafter::clears_up() {
    const auto* after = next();
    const auto said = turn_of(units_, at_);
    const bool is_stop = said && said->turn == Turn::stops;
    const bool stops =
        is_stop && after != nullptr && says_weather(after->word);  // "it stops raining"
    if (!stops && !(is_of_weather() && ends_weather(units_[at_].lower))) return false;
    draft_.weather = Weather::clear;
    if (draft_.time == TimeOfDay::storm) draft_.time = TimeOfDay::day;
    draft_.effects.clear();
    std::erase_if(draft_.places, [](const Place& place) { return place.weight == 0; });
    if (stops) deny(Denial::anything);
    return true;
}

bool Drafter::is_of_weather() const {
    std::size_t i = at_;
    while (i > 0 && (units_[i - 1].kind == Unit::Kind::skip || units_[i - 1].role == Role::stop))
        --i;
    return i > 0 && says_weather(units_[i - 1].word);
}

}  // namespace kinora::engines::storyboard
