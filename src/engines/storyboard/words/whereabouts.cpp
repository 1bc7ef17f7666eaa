// Where a shot takes place.
#include "engines/storyboard/words/whereabouts.hpp"

#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

bool is_indoors(Setting setting) {
    switch (setting) {
        case Setting::room:
        case Setting::kitchen:
        case Setting::office:
        case Setting::library:
        case Setting::classroom:
        case Setting::stage:
        case Setting::cave:
            return true;
        default:
            return false;
    }
}

bool is_water(Setting setting) {
    switch (setting) {
        case Setting::sea:
        case Setting::lake:
        case Setting::river:
        case Setting::underwater:
        case Setting::harbor:
        case Setting::waterfall:
            return true;
        default:
            return false;
    }
}

namespace {

bool is_landscape(Setting setting) {
    switch (setting) {
        case Setting::sky:
        case Setting::meadow:
        case Setting::forest:
        case Setting::jungle:
        case Setting::snowy_forest:
        case Setting::snowfield:
        case Setting::mountains:
        case Setting::desert:
            return true;
        default:
            return false;
    }
}

class Finder {
public:
    Finder(const Draft& draft, const std::vector<bool>& main, const Shot* before)
        : draft_(draft), main_(main), before_(before) {}

    Whereabouts run() {
        drawn_.assign(draft_.mentions.size(), false);
        const Place* best = nullptr;
        for (const auto& place : draft_.places) {
            // "a church" is seen from outside; one is in it only where the words say "in".
            if (place.mention >= 0 && is_indoors(place.setting)) continue;
            const bool better = best == nullptr || (rank(place) > rank(*best) &&
                                                    !(best->leads && lies_in(*best, place)));
            if (better) best = &place;
        }
        if (best != nullptr && (best->weight > 0 || before_ == nullptr)) {
            setting_ = best->setting;
            // The setting draws the castle; with another place it is a thing that stands there.
            for (const auto& place : draft_.places) {
                if (place.mention < 0 || place.setting != setting_) continue;
                if (!draws_itself(place.setting)) continue;
                const auto at = static_cast<std::size_t>(place.mention);
                if (at < drawn_.size() && !draft_.mentions[at].color) drawn_[at] = true;
            }
        } else if (before_ != nullptr) {
            setting_ = before_->setting;
            if (draft_.season) thaw();
        } else {
            setting_ = habitat();
        }
        refine_setting();
        return {setting_, std::move(drawn_)};
    }

private:
    const Mention* first_main() const {
        for (std::size_t i = 0; i < main_.size(); ++i) {
            if (main_[i]) return &draft_.mentions[i];
        }
        return nullptr;
    }

    // "a waterfall in the jungle", "a bridge over a river" are about what is named first: the other
    // is where that lies.
    static bool lies_in(const Place& first, const Place& other) {
        const bool water = other.setting == Setting::river || other.setting == Setting::lake ||
                           other.setting == Setting::sea || other.setting == Setting::canyon;
        switch (first.setting) {
            case Setting::bridge:
                return water || is_landscape(other.setting);
            case Setting::sea:
                return other.setting == Setting::mountains;  // Cliffs.
            case Setting::waterfall:
            case Setting::river:
            case Setting::lake:
            case Setting::volcano:
            case Setting::farm:
            case Setting::village:
            case Setting::ruins:
            case Setting::harbor:
            case Setting::cave:
                return is_landscape(other.setting);
            default:
                return false;
        }
    }

    // Where the setting is drawn with the thing of its name in it.
    static bool draws_itself(Setting setting) {
        return setting == Setting::castle || setting == Setting::moon ||
               setting == Setting::bridge || setting == Setting::skyline ||
               setting == Setting::volcano || setting == Setting::mountains;
    }

    static int rank(const Place& place) {
        return place.mention >= 0 ? 1 : place.weight == 1 ? 1 : place.weight * 2;
    }

    Setting habitat() const {
        const auto* main = first_main();
        if (main != nullptr && main->related_to >= 0 &&
            (main->relation == Relation::riding || main->relation == Relation::inside)) {
            const auto& under = *draft_.mentions[static_cast<std::size_t>(main->related_to)].thing;
            if (under.habitat) return *under.habitat;
            if (under.floats) return Setting::sea;
        }
        if (main != nullptr && main->implied != nullptr && main->implied->setting)
            return *main->implied->setting;
        if (main != nullptr && main->thing->habitat) {
            if (is_indoors(*main->thing->habitat)) {
                // A mouse is at home in a room, but not with an elephant.
                for (const auto& mention : draft_.mentions) {
                    const auto& at = mention.thing->habitat;
                    if (mention.thing->alive && at && !is_indoors(*at) &&
                        mention.thing->height_m * mention.size > 2)
                        return *at;
                }
            }
            if (*main->thing->habitat == Setting::sky && main->related_to >= 0) {
                // Balloons that are tied to a bench are where that is.
                const auto& at =
                    draft_.mentions[static_cast<std::size_t>(main->related_to)].thing->habitat;
                if (at) return *at;
            }
            if (*main->thing->habitat != Setting::underwater) return *main->thing->habitat;
            // An octopus that comes to a ship comes up; a mermaid sits on a rock by the sea.
            const bool afloat = std::ranges::any_of(draft_.mentions, [](const Mention& mention) {
                return mention.thing->floats && !mention.thing->swims;
            });
            const bool seated = main->relation == Relation::on && main->related_to >= 0;
            return afloat ? Setting::sea : seated ? Setting::beach : Setting::underwater;
        }
        for (const auto& mention : draft_.mentions) {
            if (mention.thing->habitat && !is_celestial(*mention.thing))
                return *mention.thing->habitat;
        }
        if (main == nullptr) {
            if (draft_.season && draft_.weather != Weather::snow) return Setting::meadow;
            if (draft_.weather || draft_.time || !draft_.effects.empty()) {
                return draft_.weather == Weather::snow ? Setting::snowfield
                       : draft_.effects.empty() || draft_.time == TimeOfDay::night
                           ? Setting::sky
                           : Setting::meadow;
            }
            return Setting::abstract;
        }
        const auto& thing = *main->thing;
        if (is_celestial(thing)) return Setting::sky;
        if (thing.swims) return Setting::underwater;
        if (thing.floats) return Setting::sea;
        if (thing.flies && !thing.alive) return Setting::sky;
        if (is_kind(thing, AssetKind::vehicle)) return Setting::road;
        if (is_kind(thing, AssetKind::food)) return Setting::kitchen;
        if (is_kind(thing, AssetKind::building)) return Setting::meadow;
        if (is_kind(thing, AssetKind::plant)) return Setting::garden;
        if (is_kind(thing, AssetKind::animal)) return Setting::meadow;
        if (thing.form == Form::biped)
            return main->motion == Motion::play_instrument ? Setting::stage : Setting::park;
        if (is_kind(thing, AssetKind::nature)) return Setting::meadow;
        return Setting::room;
    }

    // Another season: refine_setting() lets it snow where that one has snow.
    void thaw() {
        if (setting_ == Setting::snowy_forest) setting_ = Setting::forest;
        if (setting_ == Setting::snowfield) setting_ = Setting::meadow;
    }

    // Snow makes a forest snowy; what swims is seen where it swims.
    void refine_setting() {
        const bool snow = draft_.weather == Weather::snow;
        if (snow && (setting_ == Setting::forest || setting_ == Setting::jungle))
            setting_ = Setting::snowy_forest;
        if (snow && setting_ == Setting::meadow) setting_ = Setting::snowfield;
        if (setting_ != Setting::sea && setting_ != Setting::lake && setting_ != Setting::river)
            return;
        bool some = false;
        for (std::size_t i = 0; i < main_.size(); ++i) {
            const auto& mention = draft_.mentions[i];
            if (!main_[i] || drawn_[i]) continue;
            const auto motion = mention.motion.value_or(Motion::swim);
            const bool below =
                mention.thing->swims &&
                (motion == Motion::swim || motion == Motion::float_ || motion == Motion::look ||
                 motion == Motion::idle || motion == Motion::walk || motion == Motion::run ||
                 motion == Motion::glow);
            if (!below || mention.related_to >= 0) return;
            some = true;
        }
        if (some && setting_ == Setting::sea) setting_ = Setting::underwater;
    }

    const Draft& draft_;
    const std::vector<bool>& main_;
    const Shot* before_;
    Setting setting_ = Setting::meadow;
    std::vector<bool> drawn_;
};

}  // namespace

Whereabouts find_whereabouts(const Draft& draft, const std::vector<bool>& main,
                             const Shot* before) {
    return Finder(draft, main, before).run();
}

}  // namespace kinora::engines::storyboard
