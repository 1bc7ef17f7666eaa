#include "engines/storyboard/words/manners.hpp"

#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/whereabouts.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

Motion default_motion(const Mention& mention, Setting setting) {
    const auto& thing = *mention.thing;
    const bool settled = mention.relation == Relation::on || mention.relation == Relation::inside ||
                         mention.relation == Relation::holding;
    if (is_celestial(thing)) return Motion::idle;
    if (mention.aloft && thing.alive) return Motion::fly;
    if (settled)
        return thing.alive && mention.relation != Relation::holding ? Motion::sit : Motion::idle;
    if (thing.swims && thing.alive) return is_water(setting) ? Motion::swim : Motion::idle;
    if (thing.flies && thing.alive) return Motion::fly;
    if (thing.flies)
        return is_kind(thing, AssetKind::vehicle) && setting != Setting::road ? Motion::fly
                                                                              : Motion::float_;
    if (thing.floats)
        return is_kind(thing, AssetKind::vehicle) && is_water(setting) ? Motion::sail
                                                                       : Motion::float_;
    if (thing.form == Form::biped && (setting == Setting::space || setting == Setting::underwater))
        return Motion::float_;
    return Motion::idle;
}

// A car that "moves", a ship that "glides", a fish that "runs": each in its own way.
Motion natural_motion(const Mention& mention, Motion motion, Setting setting) {
    const auto& thing = *mention.thing;
    const bool travels = motion == Motion::walk || motion == Motion::run || motion == Motion::fly ||
                         motion == Motion::drive || motion == Motion::sail ||
                         motion == Motion::ride || motion == Motion::climb ||
                         motion == Motion::swim || motion == Motion::float_;
    if (is_celestial(thing))
        return motion == Motion::rise || motion == Motion::spin || motion == Motion::glow ||
                       motion == Motion::fall
                   ? motion
                   : Motion::idle;
    // A building goes nowhere, whatever is said of it; a wheel or a windmill may turn.
    const bool stays = !thing.alive && !thing.flies && !thing.floats && thing.height_m > 6 &&
                       !is_kind(thing, AssetKind::vehicle) && !is_kind(thing, AssetKind::nature);
    const bool tumbles = motion == Motion::fall || motion == Motion::jump || motion == Motion::roll;
    if (stays && (travels || tumbles)) return Motion::idle;
    if (is_kind(thing, AssetKind::plant) && thing.height_m > 2 && motion == Motion::spin)
        return Motion::idle;
    if (is_kind(thing, AssetKind::vehicle) && !thing.alive) {
        if (!travels) return motion;
        if (thing.floats) return motion == Motion::float_ ? motion : Motion::sail;
        if (thing.swims) return Motion::swim;
        if (thing.flies) return motion == Motion::float_ ? motion : Motion::fly;
        return motion == Motion::fly && (setting == Setting::sky || mention.aloft ||
                                         setting == Setting::skyline || setting == Setting::space)
                   ? motion
                   : Motion::drive;
    }
    if (thing.swims && thing.alive && is_water(setting) && travels)
        return motion == Motion::float_ ? motion : Motion::swim;
    // To glide is to sail: through the air for who flies, over the water for a swan.
    if (thing.alive && thing.form != Form::biped && motion == Motion::sail)
        return thing.flies || mention.aloft ? Motion::fly
               : is_water(setting)          ? Motion::float_
                                            : Motion::walk;
    if (thing.form == Form::biped) {
        if (motion == Motion::roll) return Motion::walk;
        if (thing.asset == "musician" && motion == Motion::bounce) return Motion::play_instrument;
        if (thing.asset == "chef" &&
            (motion == Motion::kick || motion == Motion::wave || motion == Motion::spin))
            return Motion::cook;
    }
    if (thing.flies && thing.alive && motion == Motion::fall) return Motion::hover;
    if (thing.alive || thing.form != Form::sprite) return motion;
    switch (motion) {
        case Motion::read:
        case Motion::talk:
        case Motion::cook:
        case Motion::look:
        case Motion::eat:
        case Motion::sit:
        case Motion::wave:
        case Motion::kick:
        case Motion::sleep:
            return Motion::idle;
        case Motion::walk:
        case Motion::run:
            return thing.height_m > 20 ? Motion::spin : Motion::roll;
        default:
            return motion;
    }
}

}  // namespace

Motion motion_of(const Mention& mention, Setting setting) {
    return natural_motion(mention, mention.motion.value_or(default_motion(mention, setting)),
                          setting);
}

bool is_airborne(const Mention& mention, Motion motion, Setting setting) {
    const auto& thing = *mention.thing;
    if (mention.relation == Relation::on || mention.relation == Relation::inside ||
        mention.relation == Relation::holding || mention.relation == Relation::riding)
        return false;
    if (is_celestial(thing)) return true;
    switch (motion) {
        case Motion::fly:
        case Motion::hover:
        case Motion::rise:
            return true;
        case Motion::float_:
            return !thing.floats &&
                   !(is_water(setting) && setting != Setting::underwater && !thing.flies);
        case Motion::swim:
            return setting == Setting::underwater;
        case Motion::jump:
            return false;
        case Motion::fall:
            return !thing.alive || thing.flies || setting == Setting::sky;
        case Motion::walk:
        case Motion::run:
        case Motion::sit:
        case Motion::sleep:
        case Motion::eat:
        case Motion::sail:
        case Motion::drive:
            return false;
        default:
            return thing.flies || (thing.swims && setting == Setting::underwater) ||
                   mention.relation == Relation::above;
    }
}

void take_wing(Subject& subject) {
    static constexpr std::string_view kPerched[] = {
        "fluent:bird", "noto:black-bird", "fluent:goose", "fluent:duck",
        "fluent:swan", "fluent:flamingo", "art:pigeon",   "art:seagull"};
    if (std::ranges::find(kPerched, subject.asset) == std::end(kPerched)) return;
    if (subject.asset == "noto:black-bird" && !subject.color) subject.color = Rgb{40, 40, 48};
    if (subject.asset == "art:pigeon" && !subject.color) subject.color = Rgb{140, 148, 165};
    if (subject.asset == "fluent:flamingo" && !subject.color) subject.color = Rgb{242, 127, 178};
    subject.asset = "art:flying-bird";
}

}  // namespace kinora::engines::storyboard
