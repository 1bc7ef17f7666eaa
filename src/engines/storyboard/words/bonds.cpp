// What the newest mention is to those before it.
#include "engines/storyboard/words/bonds.hpp"

#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

std::size_t index(int i) {
    return static_cast<std::size_t>(i);
}

bool fits_inside(const Mention& outer, const Mention& inner) {
    return holds_people(*outer.thing) ||
           outer.thing->height_m * outer.size > 0.8 * inner.thing->height_m * inner.size;
}

}  // namespace

Bonds::Bonds(Draft& draft, const std::vector<int>& acting)
    : draft_(draft), acting_(acting), newest_(static_cast<int>(draft.mentions.size()) - 1) {}

Mention& Bonds::newest() {
    return draft_.mentions[index(newest_)];
}

void Bonds::relate(Relation relation, bool worn, int who) {
    relation_ = relation;
    worn_ = worn;
    auto& mention = newest();
    auto& actor = draft_.mentions[index(who)];
    const bool clothing = is_clothing(*mention.thing);
    if (relation == Relation::on && mention.thing->asset == "art:swing") {
        link(who, Relation::inside, newest_);  // Between its ropes.
    } else if (relation == Relation::holding) {
        hold(mention, who);
    } else if (relation == Relation::riding) {
        mount(mention, who);
    } else if (relation == Relation::inside && clothing && actor.thing->alive) {
        wear(mention, who);
    } else if (relation == Relation::inside && (clothing || !fits_inside(mention, actor))) {
        link(who, Relation::next_to, newest_);
    } else if (relation == Relation::on && is_person(*actor.thing) && is_mount(*mention.thing)) {
        mount(mention, who);
    } else {
        link(who, relation, newest_);
    }
}

void Bonds::behind(Role preposition, int who) {
    auto& mention = newest();
    auto& actor = draft_.mentions[index(who)];
    switch (preposition) {
        case Role::in:
            if (is_clothing(*mention.thing)) {
                wear(mention, who);
            } else {
                link(who, fits_inside(mention, actor) ? Relation::inside : Relation::next_to,
                     newest_);
            }
            break;
        case Role::at:
            link(who, Relation::next_to, newest_);
            break;
        case Role::with:
            bring_along(mention, who);
            break;
        default:
            mention.scenery = true;
            break;
    }
}

// `who` stands so to `to`. A mention keeps its first relation; the other way round is tried
// before it is lost.
void Bonds::link(int who, Relation relation, int to) {
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

void Bonds::hold(Mention& mention, int who) {
    auto& actor = draft_.mentions[index(who)];
    if (is_clothing(*mention.thing)) {
        wear(mention, who);
        return;
    }
    if (is_kind(*mention.thing, AssetKind::food) && mention.count == 0)
        mention.plural = false;  // "noodles"
    mention.relation = worn_ ? Relation::on : Relation::holding;
    mention.related_to = who;
    const double ratio =
        mention.thing->height_m * mention.size / (actor.thing->height_m * actor.size);
    // What the words call held is held, if it can be lifted at all.
    const double limit = relation_ == Relation::holding ? 2.0 : 0.75;
    if (!worn_ && ratio > limit) mention.relation = Relation::next_to;
}

// The colour of a dress is that of its wearer, and the dress itself is no thing of its own. A red
// scarf makes nobody red.
void Bonds::wear(const Mention& mention, int who) {
    auto& actor = draft_.mentions[index(who)];
    const bool shows =
        mention.color && actor.thing->form == Form::biped && covers_body(*mention.thing);
    if (shows)
        actor.color = mention.color;
    else
        draft_.unseen_clothes.push_back(mention.word);
    // Nothing can refer to the newest yet.
    draft_.mentions.pop_back();
    newest_ = -1;
}

void Bonds::mount(Mention& mention, int who) {
    if (is_kind(*mention.thing, AssetKind::nature) || is_kind(*mention.thing, AssetKind::plant) ||
        mention.thing->asset == "art:skate-ramp") {
        mention.scenery = true;  // Waves and ramps are ridden on a board.
        return;
    }
    auto& actor = draft_.mentions[index(who)];
    if (mention.count == 0 && !mention.plural) mention.count = actor.count;  // A horse each.
    if (actor.related_to < 0) {
        actor.relation = Relation::riding;
        actor.related_to = newest_;
    }
    if (!actor.motion || *actor.motion == Motion::drive || *actor.motion == Motion::walk ||
        *actor.motion == Motion::run || *actor.motion == Motion::jump ||
        *actor.motion == Motion::sit) {
        if (actor.motion && *actor.motion != Motion::sit && !mention.motion && mention.thing->alive)
            mention.motion = actor.motion;
        actor.motion = Motion::ride;
    }
    if (!mention.motion) mention.motion = travel_of(*mention.thing);
}

void Bonds::bring_along(Mention& mention, int who) {
    auto& actor = draft_.mentions[index(who)];
    const double ratio =
        mention.thing->height_m * mention.size / (actor.thing->height_m * actor.size);
    if (is_clothing(*mention.thing)) {
        wear(mention, who);
    } else if (!mention.thing->alive && is_person(*actor.thing) && ratio < 0.75 &&
               mention.count <= 1 && !mention.plural) {
        mention.relation = Relation::holding;
        mention.related_to = who;
    } else if (is_person(*actor.thing) &&
               mention.thing->asset.find("umbrella") != std::string::npos) {
        // Each has one.
        mention.count = actor.count, mention.plural = actor.plural;
        mention.relation = Relation::holding;
        mention.related_to = who;
    } else {
        mention.relation = mention.thing->flies && (mention.plural || mention.count > 1)
                               ? Relation::around
                               : Relation::next_to;
        mention.related_to = who;
    }
}

// "plays the cello", "plays basketball": what is played says how.
void Bonds::play(const Mention& mention, Mention& actor) {
    if (is_instrument(*mention.thing)) verb_ = Motion::play_instrument;
    if (is_ball(*mention.thing)) verb_ = Motion::kick;
    if (is_parlour_game(*mention.thing)) verb_ = Motion::sit;
    if (verb_ == Motion::bounce || actor.motion != Motion::bounce) return;
    actor.motion = verb_;
    for (const int i : acting_) {
        auto& other = draft_.mentions[index(i)];
        if (other.motion == Motion::bounce) other.motion = verb_;
    }
}

void Bonds::object_of(Motion verb, int who) {
    verb_ = verb;
    auto& mention = newest();
    auto& actor = draft_.mentions[index(who)];
    if (verb_ == Motion::bounce) play(mention, actor);
    switch (verb_) {
        case Motion::ride:
            mount(mention, who);
            break;
        case Motion::drive:
        case Motion::sail:
        case Motion::fly:
            if (is_kind(*mention.thing, AssetKind::vehicle) && is_person(*actor.thing)) {
                const bool open = mention.thing->height_m < 1.3 || mention.thing->floats;
                mention.motion =
                    verb_ == Motion::fly && !mention.thing->flies ? Motion::drive : verb_;
                actor.motion = Motion::ride;
                link(who, open ? Relation::riding : Relation::inside, newest_);
            } else if (verb_ == Motion::fly && is_person(*actor.thing)) {
                mention.motion = Motion::fly;  // A kite, on its string.
                for (const int i : acting_) draft_.mentions[index(i)].motion = Motion::look;
                mention.relation = Relation::above;
                mention.related_to = who;
            } else {
                link(who, Relation::next_to, newest_);
            }
            break;
        case Motion::run:
        case Motion::walk:
            if (mention.thing->alive || is_kind(*mention.thing, AssetKind::vehicle)) {
                if (!mention.motion)
                    mention.motion = mention.thing->alive ? verb_ : travel_of(*mention.thing);
                link(who, Relation::behind, newest_);
            } else {
                mention.scenery = true;
            }
            break;
        case Motion::read:
            // Books are held, what somebody builds or mends is not.
            if (mention.thing->alive || mention.thing->height_m * mention.size >
                                            0.35 * actor.thing->height_m * actor.size) {
                link(who, Relation::next_to, newest_);
            } else {
                hold(mention, who);
            }
            break;
        case Motion::play_instrument:
        case Motion::eat:
        case Motion::wave:
        case Motion::rise:
        case Motion::swing:
            if (mention.thing->alive) {
                link(who, Relation::next_to, newest_);
            } else {
                if (verb_ == Motion::play_instrument && mention.count == 0) mention.plural = false;
                hold(mention, who);
            }
            break;
        case Motion::cook:
            mention.relation = Relation::next_to;
            mention.related_to = who;
            if (is_kind(*mention.thing, AssetKind::food) ||
                mention.thing->habitat == Setting::kitchen)
                mention.implied = table();
            break;
        case Motion::kick:
            mention.relation = Relation::next_to;
            mention.related_to = who;
            break;
        case Motion::fight:
        case Motion::dance:
        case Motion::talk:
            if (mention.thing->alive) mention.motion = verb_;
            mention.relation = Relation::next_to;
            mention.related_to = who;
            break;
        case Motion::jump:
            mention.relation = Relation::under;
            mention.related_to = who;
            break;
        default:
            mention.relation = Relation::next_to;
            mention.related_to = who;
            break;
    }
}

}  // namespace kinora::engines::storyboard
