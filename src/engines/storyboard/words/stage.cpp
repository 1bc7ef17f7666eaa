#include "engines/storyboard/words/stage.hpp"

#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/layout.hpp"
#include "engines/storyboard/words/manners.hpp"
#include "engines/storyboard/words/whereabouts.hpp"

#include <algorithm>
#include <cmath>

namespace kinora::engines::storyboard {

namespace {

// Times the true height, from which on size is the point of it.
constexpr double kTiny = 0.4;
constexpr double kHuge = 2;

// Moves on snow alone.
bool is_snow_gear(const Mention& mention) {
    const auto& asset = mention.thing->asset;
    return asset == "fluent:sled" || asset == "fluent:skis" || asset == "skier" ||
           asset == "snowboarder";
}

class Stager {
public:
    Stager(const Draft& draft, const Inherited& before, double aspect)
        : draft_(draft), before_(before), aspect_(aspect) {}

    Shot run() {
        find_mains();
        auto where = find_whereabouts(draft_, main_, before_.shot);
        shot_.setting = where.setting;
        dropped_ = std::move(where.drawn);
        const bool snow_sports = std::ranges::any_of(draft_.mentions, is_snow_gear);
        if (snow_sports && shot_.setting == Setting::meadow) shot_.setting = Setting::snowfield;
        shot_.time =
            draft_.time.value_or(before_.shot != nullptr ? before_.shot->time : default_time());
        const auto* mood = draft_.season ? nullptr : before_.shot;
        shot_.weather = draft_.weather.value_or(mood != nullptr ? mood->weather : Weather::clear);
        shot_.palette = draft_.palette.value_or(mood != nullptr ? mood->palette : Palette::natural);
        shot_.camera = draft_.camera.value_or(before_.shot != nullptr ? before_.shot->camera
                                                                      : CameraMove::drift);
        shot_.effects = draft_.effects;
        if (shot_.effects.empty() && mood != nullptr && draft_.mentions.empty())
            shot_.effects = mood->effects;
        for (std::size_t i = 0; i < draft_.mentions.size(); ++i) add_subject(i);
        tell_sizes_apart();
        add_implied();
        if (before_.shot != nullptr && (shot_.subjects.empty() || nobody_acts())) take_over();
        if (!shot_.subjects.empty() && std::ranges::none_of(shot_.subjects, &Subject::main))
            shot_.subjects.front().main = true;
        renumber();
        order_chains();
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

    int count_of(const Mention& mention, bool main) const {
        if (is_pair(*mention.thing) && mention.count <= 2) return 1;
        if (mention.count > 0) return std::min(mention.count, kCountMax);
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
        if (before_.shot != nullptr) like_before(subject, mention.definite);
        indexes_.push_back(i);
        shot_.subjects.push_back(std::move(subject));
    }

    // "a tiny elephant and a giant mouse": what the words call giant is the larger one, and a giant
    // octopus is a match for a ship.
    void tell_sizes_apart() {
        const auto size = [this](std::size_t i) { return draft_.mentions[indexes_[i]].size; };
        double most = 0;
        for (std::size_t i = 0; i < indexes_.size(); ++i) {
            const auto& other = shot_.subjects[i];
            if (size(i) < kHuge && other.height_m < 30) most = std::max(most, other.height_m);
        }
        for (std::size_t i = 0; i < indexes_.size(); ++i) {
            auto& self = shot_.subjects[i];
            if (size(i) >= kHuge) self.height_m = std::max(self.height_m, 0.6 * most);
        }
        for (std::size_t i = 0; i < indexes_.size(); ++i) {
            for (std::size_t j = 0; j < indexes_.size(); ++j) {
                if (size(i) > kTiny || size(j) < kHuge) continue;
                auto& tiny = shot_.subjects[i].height_m;
                auto& huge = shot_.subjects[j].height_m;
                const double lacks = std::sqrt(1.5 * tiny / huge);
                if (lacks <= 1) continue;
                tiny /= lacks;
                huge *= lacks;
            }
        }
    }

    // Behind all others, so that the indexes of those stay.
    void add_implied() {
        const auto named = shot_.subjects.size();
        for (std::size_t i = 0; i < named && shot_.subjects.size() < kMaxSubjects; ++i) {
            const auto& mention = draft_.mentions[indexes_[i]];
            const auto* implied = mention.implied;
            if (implied == nullptr) continue;
            const bool rides =
                implied->relation == Relation::riding || implied->relation == Relation::inside;
            const bool stands = implied->relation == Relation::on;
            const bool leaps = mention.relation == Relation::above;  // "jumping over stairs"
            if (rides &&
                ((mention.relation != Relation::none && !leaps) || is_indoors(shot_.setting)))
                continue;
            if (stands && mention.relation != Relation::none &&
                mention.relation != Relation::next_to)
                continue;
            const bool busy = std::ranges::any_of(draft_.mentions, [&](const Mention& other) {
                return other.related_to == static_cast<int>(indexes_[i]) ||
                       other.thing->asset == implied->asset;
            });
            if (busy) continue;
            if (stands && stand_on_same(i, implied->asset)) continue;
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
                if (shot_.subjects[i].motion == Motion::jump) subject.motion = Motion::jump;
                shot_.subjects[i].relation = implied->relation;
                shot_.subjects[i].related_to = number;
                shot_.subjects[i].motion = Motion::ride;
            } else if (stands) {
                // The table stands where the cup would have stood.
                subject.relation = shot_.subjects[i].relation;
                subject.related_to = shot_.subjects[i].related_to;
                shot_.subjects[i].relation = Relation::on;
                shot_.subjects[i].related_to = number;
                shot_.subjects[i].airborne = false;
            } else {
                subject.relation = implied->relation;
                subject.related_to = static_cast<int>(indexes_[i]);
            }
            indexes_.push_back(static_cast<std::size_t>(number));
            shot_.subjects.push_back(std::move(subject));
        }
    }

    // What needs a table shares the one that is there.
    bool stand_on_same(std::size_t i, std::string_view asset) {
        for (std::size_t at = 0; at < shot_.subjects.size(); ++at) {
            if (shot_.subjects[at].asset != asset) continue;
            shot_.subjects[i].relation = Relation::on;
            shot_.subjects[i].related_to = static_cast<int>(indexes_[at]);
            return true;
        }
        return false;
    }

    // The same cat keeps its colour from shot to shot.
    void like_before(Subject& subject, bool definite) const {
        for (const auto& old : before_.shot->subjects) {
            // "the man" behind "an old man" is that one.
            const bool meant =
                definite && old.form == subject.form && old.word.ends_with(' ' + subject.word);
            if (old.asset != subject.asset && !meant) continue;
            if (!subject.color) subject.color = old.color;
            if (meant) subject.asset = old.asset, subject.height_m = old.height_m;
            return;
        }
    }

    // "then floating above Earth": somebody does it, and the Earth is no more than where.
    bool nobody_acts() const {
        return draft_.loose_motion && std::ranges::none_of(draft_.mentions, &Mention::subject);
    }

    // A shot that names nobody shows those of the shot before, doing what it says; things that it
    // names stand about.
    void take_over() {
        std::vector<Subject> about;
        for (auto& subject : shot_.subjects) {
            subject.main = false;
            subject.relation = Relation::none;
            subject.related_to = -1;
            about.push_back(std::move(subject));
        }
        shot_.subjects.clear();
        auto old = who_goes_on(about.empty());
        if (draft_.loose_motion) {
            const auto actors = who_acts(old);
            for (const auto i : actors) act(old[i]);
        }
        for (auto& subject : old) {
            if (!about.empty()) {
                subject.relation = Relation::none;
                subject.related_to = -1;
            }
            shot_.subjects.push_back(std::move(subject));
        }
        for (auto& subject : about) {
            if (shot_.subjects.size() < kMaxSubjects) shot_.subjects.push_back(std::move(subject));
        }
        taken_over_ = true;
    }

    // Of the shot before: the main ones alone where new things stand about, and with what they ride
    // and hold where they go elsewhere.
    std::vector<Subject> who_goes_on(bool all) const {
        const auto& before = before_.shot->subjects;
        const bool elsewhere = before_.shot->setting != shot_.setting;
        std::vector<int> place(before.size(), -1);
        std::vector<Subject> who;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const auto& subject = before[i];
            bool comes = subject.main || (all && !elsewhere);
            if (all && subject.related_to >= 0 && subject.relation == Relation::holding)
                comes = comes || before[static_cast<std::size_t>(subject.related_to)].main;
            if (elsewhere && stays_behind(static_cast<int>(i))) comes = false;
            if (!comes) continue;
            place[i] = static_cast<int>(who.size());
            who.push_back(subject);
        }
        for (auto& subject : who) {
            if (subject.related_to < 0) continue;
            subject.related_to = place[static_cast<std::size_t>(subject.related_to)];
            if (subject.related_to < 0) subject.relation = Relation::none;
        }
        return who;
    }

    // A sofa does not come along with who sat on it; a horse does.
    bool stays_behind(int i) const {
        const auto& before = before_.shot->subjects;
        const bool bears = std::ranges::any_of(before, [i](const Subject& s) {
            return s.related_to == i &&
                   (s.relation == Relation::on || s.relation == Relation::under);
        });
        const auto& self = before[static_cast<std::size_t>(i)];
        return bears && self.motion == Motion::idle && self.relation == Relation::none;
    }

    // The main ones; a bench does not, nor does a rider whose horse goes on.
    static std::vector<std::size_t> who_acts(const std::vector<Subject>& all) {
        std::vector<std::size_t> who;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool bears = std::ranges::any_of(all, [i](const Subject& s) {
                return s.related_to == static_cast<int>(i) && s.relation != Relation::next_to &&
                       s.relation != Relation::riding && s.relation != Relation::holding;
            });
            if (all[i].main && all[i].relation != Relation::riding && !bears) who.push_back(i);
        }
        return who;
    }

    void act(Subject& subject) const {
        const auto motion = *draft_.loose_motion;
        const bool travels = subject.motion == Motion::drive || subject.motion == Motion::sail ||
                             subject.motion == Motion::swim ||
                             (subject.motion == Motion::fly && subject.form == Form::sprite);
        if (travels && (motion == Motion::walk || motion == Motion::run)) return;
        const bool leaves = motion == Motion::walk || motion == Motion::run ||
                            motion == Motion::fly || motion == Motion::swim;
        if (leaves && (subject.relation == Relation::on || subject.relation == Relation::under)) {
            subject.relation = Relation::none;
            subject.related_to = -1;
        }
        subject.motion = motion;
        subject.airborne = motion == Motion::fly || motion == Motion::hover ||
                           motion == Motion::rise || (motion == Motion::float_ && subject.airborne);
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

    // A cup on a table beside a cook: the table comes before the cup, for who is placed first is
    // there when others are placed by it.
    void order_chains() {
        auto& all = shot_.subjects;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto j = static_cast<std::size_t>(std::max(all[i].related_to, 0));
            if (j <= i || all[j].related_to < 0) continue;
            std::rotate(all.begin() + static_cast<std::ptrdiff_t>(i),
                        all.begin() + static_cast<std::ptrdiff_t>(j),
                        all.begin() + static_cast<std::ptrdiff_t>(j) + 1);
            for (auto& subject : all) {
                const auto at = subject.related_to;
                if (at == static_cast<int>(j))
                    subject.related_to = static_cast<int>(i);
                else if (at >= static_cast<int>(i) && at < static_cast<int>(j))
                    ++subject.related_to;
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
