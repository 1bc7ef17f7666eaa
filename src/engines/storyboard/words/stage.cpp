#include "engines/storyboard/words/stage.hpp"

#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/layout.hpp"
#include "engines/storyboard/words/manners.hpp"
#include "engines/storyboard/words/whereabouts.hpp"

#include <algorithm>
#include <cmath>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxSubjects = 12;
constexpr int kMaxCount = 24;

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
                shot_.subjects[i].relation = Relation::riding;
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
    void like_before(Subject& subject) const {
        for (const auto& old : before_.shot->subjects) {
            if (old.asset != subject.asset) continue;
            if (!subject.color) subject.color = old.color;
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
        for (auto subject : before_.shot->subjects) {
            if (!about.empty() && !subject.main) continue;
            const bool travels = subject.motion == Motion::drive ||
                                 subject.motion == Motion::sail || subject.motion == Motion::swim ||
                                 (subject.motion == Motion::fly && subject.form == Form::sprite);
            const bool same = travels && (draft_.loose_motion == Motion::walk ||
                                          draft_.loose_motion == Motion::run);
            if (subject.main && draft_.loose_motion && !same) {
                subject.motion = *draft_.loose_motion;
                subject.airborne = subject.motion == Motion::fly ||
                                   subject.motion == Motion::hover ||
                                   subject.motion == Motion::rise ||
                                   (subject.motion == Motion::float_ && subject.airborne);
            }
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
