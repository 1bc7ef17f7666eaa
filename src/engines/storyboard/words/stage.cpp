#include "engines/storyboard/words/stage.hpp"

#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/layout.hpp"
#include "engines/storyboard/words/manners.hpp"

#include <algorithm>
#include <cmath>

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

constexpr std::size_t kMaxSubjects = 12;
constexpr int kMaxCount = 24;

class Stager {
public:
    Stager(const Draft& draft, const Inherited& before, double aspect)
        : draft_(draft), before_(before), aspect_(aspect) {}

    Shot run() {
        find_mains();
        choose_setting();
        shot_.time =
            draft_.time.value_or(before_.shot != nullptr ? before_.shot->time : default_time());
        shot_.weather = draft_.weather.value_or(before_.shot != nullptr ? before_.shot->weather
                                                                        : Weather::clear);
        shot_.palette = draft_.palette.value_or(before_.shot != nullptr ? before_.shot->palette
                                                                        : Palette::natural);
        shot_.camera = draft_.camera.value_or(before_.shot != nullptr ? before_.shot->camera
                                                                      : CameraMove::drift);
        shot_.effects = draft_.effects;
        if (shot_.effects.empty() && before_.shot != nullptr && draft_.mentions.empty())
            shot_.effects = before_.shot->effects;
        for (std::size_t i = 0; i < draft_.mentions.size(); ++i) add_subject(i);
        add_implied();
        if (shot_.subjects.empty() && before_.shot != nullptr) take_over();
        if (!shot_.subjects.empty() && std::ranges::none_of(shot_.subjects, &Subject::main))
            shot_.subjects.front().main = true;
        renumber();
        lay_out(shot_, aspect_);
        return std::move(shot_);
    }

private:
    TimeOfDay default_time() const {
        const bool night = std::ranges::any_of(draft_.mentions, [](const Mention& m) {
            return m.thing->asset == "fluent:full-moon" || m.thing->asset == "fluent:crescent-moon";
        });
        return night || draft_.weather == Weather::aurora ? TimeOfDay::night : TimeOfDay::day;
    }

    // Mentions in subject's place; else the first that is no scenery; else the first of all.
    void find_mains() {
        main_.assign(draft_.mentions.size(), false);
        for (std::size_t i = 0; i < draft_.mentions.size(); ++i) {
            const auto& mention = draft_.mentions[i];
            if (!mention.subject || is_celestial(*mention.thing)) continue;
            main_[i] = true;
        }
        // A second sentence's subjects keep the first company.
        int mains = 0;
        for (std::size_t i = 0; i < main_.size(); ++i) {
            if (main_[i] && ++mains > 3) main_[i] = false;
        }
        if (mains > 0) return;
        for (std::size_t i = 0; i < main_.size() && mains == 0; ++i) {
            if (!draft_.mentions[i].scenery && !is_celestial(*draft_.mentions[i].thing)) {
                main_[i] = true;
                ++mains;
            }
        }
        if (mains == 0 && !main_.empty()) main_[0] = true;
    }

    const Mention* first_main() const {
        for (std::size_t i = 0; i < main_.size(); ++i) {
            if (main_[i]) return &draft_.mentions[i];
        }
        return nullptr;
    }

    void choose_setting() {
        dropped_.assign(draft_.mentions.size(), false);
        const Place* best = nullptr;
        for (const auto& place : draft_.places) {
            // "a church" is seen from outside; one is in it only where the words say "in".
            if (place.mention >= 0 && is_indoors(place.setting)) continue;
            const bool better = best == nullptr || rank(place) > rank(*best);
            if (better) best = &place;
        }
        if (best != nullptr) {
            shot_.setting = best->setting;
            // The setting draws the castle; with another place it is a thing that stands there.
            for (const auto& place : draft_.places) {
                if (place.mention < 0 || place.setting != shot_.setting) continue;
                const auto at = static_cast<std::size_t>(place.mention);
                if (at < dropped_.size() && !draft_.mentions[at].color) dropped_[at] = true;
            }
        } else if (before_.shot != nullptr) {
            shot_.setting = before_.shot->setting;
        } else {
            shot_.setting = habitat();
        }
        refine_setting();
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
        if (main != nullptr && main->thing->habitat) return *main->thing->habitat;
        for (const auto& mention : draft_.mentions) {
            if (mention.thing->habitat && !is_celestial(*mention.thing))
                return *mention.thing->habitat;
        }
        if (main == nullptr) {
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

    // Snow makes a forest snowy; what swims is seen where it swims.
    void refine_setting() {
        const bool snow = draft_.weather == Weather::snow;
        if (snow && (shot_.setting == Setting::forest || shot_.setting == Setting::jungle))
            shot_.setting = Setting::snowy_forest;
        if (snow && shot_.setting == Setting::meadow) shot_.setting = Setting::snowfield;
        if (shot_.setting != Setting::sea && shot_.setting != Setting::lake &&
            shot_.setting != Setting::river)
            return;
        bool some = false;
        for (std::size_t i = 0; i < main_.size(); ++i) {
            const auto& mention = draft_.mentions[i];
            if (!main_[i] || dropped_[i]) continue;
            const auto motion = mention.motion.value_or(Motion::swim);
            const bool below =
                mention.thing->swims &&
                (motion == Motion::swim || motion == Motion::float_ || motion == Motion::look ||
                 motion == Motion::idle || motion == Motion::walk || motion == Motion::run ||
                 motion == Motion::glow);
            if (!below || mention.related_to >= 0) return;
            some = true;
        }
        if (some && shot_.setting == Setting::sea) shot_.setting = Setting::underwater;
    }

    int count_of(const Mention& mention, bool main) const {
        if (mention.count > 0) return std::min(mention.count, kMaxCount);
        if (!mention.plural) return 1;
        if (mention.thing->height_m < 0.15) return 6;
        if (mention.thing->flies && mention.thing->alive) return 6;
        if (is_kind(*mention.thing, AssetKind::plant)) return 7;
        if (main) return 3;
        return mention.scenery ? 5 : 3;
    }

    void add_subject(std::size_t i) {
        const auto& mention = draft_.mentions[i];
        if (dropped_[i] || shot_.subjects.size() >= kMaxSubjects) return;
        const auto& thing = *mention.thing;
        Subject subject;
        subject.word = mention.word;
        subject.form = thing.form;
        subject.asset = thing.asset;
        subject.main = main_[i];
        subject.count = count_of(mention, subject.main);
        subject.color = mention.color;
        subject.height_m = thing.height_m * mention.size;
        subject.relation = mention.relation;
        subject.related_to = mention.related_to;
        subject.motion = motion_of(mention, shot_.setting);
        subject.direction = mention.direction != 0 ? mention.direction : 1;
        subject.airborne = is_airborne(mention, subject.motion, shot_.setting);
        if (subject.airborne) take_wing(subject);
        subject.depth = subject.main          ? 0.2
                        : is_celestial(thing) ? 0.95
                        : mention.scenery     ? 0.55
                                              : 0.3;
        if (mention.scenery && thing.height_m > 30) subject.depth = 0.85;
        if (before_.shot != nullptr) like_before(subject);
        indexes_.push_back(i);
        shot_.subjects.push_back(std::move(subject));
    }

    // Behind all others, so that the indexes of those stay.
    void add_implied() {
        const auto named = shot_.subjects.size();
        for (std::size_t i = 0; i < named && shot_.subjects.size() < kMaxSubjects; ++i) {
            const auto& mention = draft_.mentions[indexes_[i]];
            const auto* implied = mention.implied;
            if (implied == nullptr) continue;
            const bool rides = implied->relation == Relation::riding;
            if (rides && (mention.relation != Relation::none || is_indoors(shot_.setting)))
                continue;
            const bool busy = std::ranges::any_of(draft_.mentions, [&](const Mention& other) {
                return other.related_to == static_cast<int>(indexes_[i]) ||
                       other.thing->asset == implied->asset;
            });
            if (busy) continue;
            Subject subject;
            subject.asset = implied->asset;
            subject.height_m = implied->height_m;
            subject.motion = implied->motion;
            subject.count = rides ? shot_.subjects[i].count : 1;
            subject.direction = shot_.subjects[i].direction;
            // Mentions are numbered yet, subjects are not: renumber() takes what is beyond the
            // mentions for implied.
            const auto number = static_cast<int>(draft_.mentions.size() + shot_.subjects.size());
            if (rides) {
                shot_.subjects[i].relation = Relation::riding;
                shot_.subjects[i].related_to = number;
                shot_.subjects[i].motion = Motion::ride;
            } else {
                subject.relation = implied->relation;
                subject.related_to = static_cast<int>(indexes_[i]);
            }
            indexes_.push_back(static_cast<std::size_t>(number));
            shot_.subjects.push_back(std::move(subject));
        }
    }

    // The same cat keeps its colour from shot to shot.
    void like_before(Subject& subject) const {
        for (const auto& old : before_.shot->subjects) {
            if (old.asset != subject.asset) continue;
            if (!subject.color) subject.color = old.color;
            return;
        }
    }

    // A shot that names nobody shows those of the shot before, doing what it says.
    void take_over() {
        for (auto subject : before_.shot->subjects) {
            const bool travels = subject.motion == Motion::drive ||
                                 subject.motion == Motion::sail || subject.motion == Motion::swim ||
                                 (subject.motion == Motion::fly && subject.form == Form::sprite);
            const bool same = travels && (draft_.loose_motion == Motion::walk ||
                                          draft_.loose_motion == Motion::run);
            if (subject.main && draft_.loose_motion && !same) {
                subject.motion = *draft_.loose_motion;
                subject.airborne = subject.motion == Motion::fly ||
                                   subject.motion == Motion::hover ||
                                   subject.motion == Motion::rise;
            }
            if (shot_.subjects.size() < kMaxSubjects) shot_.subjects.push_back(std::move(subject));
            indexes_.push_back(indexes_.size());
        }
        taken_over_ = true;
    }

    // Relations point at mentions until now; they shall point at subjects.
    void renumber() {
        if (taken_over_) return;
        for (auto& subject : shot_.subjects) {
            if (subject.related_to < 0) continue;
            const auto at =
                std::ranges::find(indexes_, static_cast<std::size_t>(subject.related_to));
            if (at == indexes_.end()) {
                subject.relation = Relation::none;
                subject.related_to = -1;
            } else {
                subject.related_to = static_cast<int>(at - indexes_.begin());
            }
        }
        // No chains that come back to where they began.
        for (std::size_t i = 0; i < shot_.subjects.size(); ++i) {
            int at = static_cast<int>(i);
            for (std::size_t step = 0; at >= 0 && step <= shot_.subjects.size(); ++step) {
                at = shot_.subjects[static_cast<std::size_t>(at)].related_to;
                if (at == static_cast<int>(i)) {
                    shot_.subjects[i].relation = Relation::none;
                    shot_.subjects[i].related_to = -1;
                    break;
                }
            }
        }
    }

    const Draft& draft_;
    Inherited before_;
    double aspect_;
    Shot shot_;
    std::vector<bool> main_;
    std::vector<bool> dropped_;         // Mentions that the setting draws.
    std::vector<std::size_t> indexes_;  // Mention of each subject.
    bool taken_over_ = false;
};

}  // namespace

Shot make_shot(const Draft& draft, const Inherited& before, double aspect) {
    return Stager(draft, before, aspect).run();
}

}  // namespace kinora::engines::storyboard
