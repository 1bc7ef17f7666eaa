#include "engines/storyboard/layers/acts.hpp"

#include "engines/storyboard/layers/figure.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {
namespace {

bool is_in_air(const Actor& a) {
    const auto motion = a.acts.empty() ? a.motion : a.acts.back().motion;
    return motion == Motion::fly || motion == Motion::hover || motion == Motion::float_;
}

// How it gets about by itself; idle: not at all.
Motion way_of(const Actor& a) {
    if (a.hangs) return a.motion == Motion::swim ? Motion::swim : Motion::fly;
    if (a.form == Form::biped || a.form == Form::quadruped) return Motion::walk;
    if (a.asset == nullptr) return Motion::idle;
    if (a.asset->kind == AssetKind::vehicle) return a.asset->floats ? Motion::sail : Motion::drive;
    if (a.asset->swims) return Motion::swim;
    const bool alive = a.asset->kind == AssetKind::animal || a.asset->kind == AssetKind::person;
    return alive ? Motion::walk : Motion::idle;
}

float speed_in(const Actor& a, Motion motion) {
    Actor now = a;
    now.motion = motion;
    return speed_of(now);
}

}  // namespace

Acts::Acts(const Shot& shot, Shot& staged, CastPlan& cast, const Boards& boards)
    : last_(shot), staged_(staged), cast_(cast), boards_(boards) {
    // The stage keeps the order, and may leave out one and add others behind.
    std::size_t at = 0;
    for (const auto& subject : shot.subjects) {
        const bool there = at < staged.subjects.size() &&
                           staged.subjects[at].asset == subject.asset &&
                           staged.subjects[at].word == subject.word;
        places_.push_back(there ? int(at++) : -1);
    }
}

int Acts::place_of(int subject) const {
    const bool known = subject >= 0 && std::size_t(subject) < places_.size();
    return known ? places_[std::size_t(subject)] : -1;
}

float Acts::eye_at(float seconds) const {
    return cast_.travel.at(Clock(seconds, boards_.length, false));
}

// Goes where its mount goes.
bool Acts::rides(const Actor& a) const {
    const auto relation = staged_.subjects[std::size_t(a.subject)].relation;
    return a.carrier >= 0 && (relation == Relation::riding || relation == Relation::inside);
}

// In the end.
float Acts::velocity_of(const Actor& a) const {
    float velocity = a.speed * float(a.direction);
    if (a.entrance) velocity += a.entrance->drift + a.entrance->across;
    for (const auto& act : a.acts) velocity += act.by;
    return velocity;
}

void Acts::add(const Shot& next, float since, const View& view) {
    const auto known = std::min(last_.subjects.size(), next.subjects.size());
    for (std::size_t i = 0; i < known; ++i) {
        const int place = place_of(int(i));
        if (place >= 0) alter(last_.subjects[i], next.subjects[i], place, since);
    }
    bring(next, known, since, view);
    rest_without_lead(since);
    last_ = next;
}

// Where those whom the eye went along with have left, and nobody else goes on, it comes to rest.
void Acts::rest_without_lead(float since) {
    if (cast_.travel.last_speed() == 0) return;
    bool left = false;
    for (const auto& a : cast_.actors) {
        const bool leads = a.main || a.bears;
        left = left || (leads && a.leaves <= since);
        const bool goes_on = a.leaves > since && a.vanishes > since && velocity_of(a) != 0;
        const bool named = !staged_.subjects[std::size_t(a.subject)].word.empty();
        if (goes_on && (leads || named)) return;
    }
    if (left) cast_.travel.bends.push_back({since, -cast_.travel.last_speed()});
}

void Acts::alter(const Subject& old, const Subject& now, int place, float since) {
    for (auto& a : cast_.actors) {
        if (a.subject != place) continue;
        const bool goes = now.presence == Presence::goes && old.presence != Presence::goes;
        if (now.presence == Presence::vanishes) a.vanishes = std::min(a.vanishes, since + 0.3F);
        if (goes)
            leave(a, since);
        else if (now.motion != old.motion && now.presence == Presence::there)
            act(a, now, since);
    }
}

void Acts::act(Actor& a, const Subject& now, float since) {
    Act next;
    next.since = since, next.motion = now.motion;
    const float before = velocity_of(a);
    float velocity = 0;
    if (!rides(a) && goes_somewhere(now.motion)) {
        const float direction = before != 0 ? std::copysign(1.0F, before) : float(a.direction);
        velocity = direction * speed_in(a, now.motion);
        // Between walls it stays in view, and so does who moves beside a main subject that rests.
        const float most = 0.14F * boards_.eye.half_view(a.home.z);
        const bool leads = a.main || a.bears;
        if (boards_.bounded || (!leads && cast_.travel.last_speed() == 0))
            velocity = std::clamp(velocity, -most, most);
        if (!leads && cast_.travel.last_speed() != 0) velocity = cast_.travel.last_speed();
    }
    next.by = rides(a) ? 0.0F : velocity - before;
    const bool flies = now.motion == Motion::fly || now.motion == Motion::hover;
    if (flies && !a.hangs && !is_in_air(a)) next.lift = 0.9F;
    if (!flies && !a.hangs && is_in_air(a)) next.lift = -0.9F;
    // Who hung in the air and does not any more comes down.
    const bool lands =
        a.hangs && !now.airborne && !boards_.eye.weightless && is_in_air(a) && !flies;
    if (lands) next.lift = 0.5F * a.height - a.home.y;
    a.acts.push_back(next);
    if ((!a.main && !a.bears) || boards_.bounded || next.by == 0) return;
    // The eye goes along with the first of them.
    auto& bends = cast_.travel.bends;
    if (bends.empty() || bends.back().since < since)
        bends.push_back({since, velocity - cast_.travel.last_speed()});
}

void Acts::leave(Actor& a, float since) {
    if (rides(a)) return;
    auto motion = a.acts.empty() ? a.motion : a.acts.back().motion;
    if (!goes_somewhere(motion)) motion = way_of(a);
    if (motion == Motion::idle) {
        a.vanishes = since + 0.3F;
        return;
    }
    const float half = boards_.eye.half_view(a.home.z);
    const float direction = float(a.direction);
    const auto stance = stance_of(a, Clock(since, boards_.length, false), boards_.eye);
    const float way = half + a.width() - direction * (stance.at.x - eye_at(since));
    // Out of view in three seconds at the latest, running where walking takes too long.
    const float needed = way / 3.0F;
    if (motion == Motion::walk && needed > 1.6F * speed_in(a, Motion::walk)) motion = Motion::run;
    const float speed = std::max(needed, 1.2F * speed_in(a, motion));
    Act next;
    next.since = since, next.motion = motion;
    next.by = cast_.travel.last_speed() + direction * speed - velocity_of(a);
    if (motion == Motion::fly) next.lift = 0.8F;
    a.acts.push_back(next);
    a.leaves = since;
}

void Acts::bring(const Shot& next, std::size_t first, float since, const View& view) {
    const std::size_t before = cast_.actors.size();
    for (std::size_t i = first; i < next.subjects.size(); ++i) {
        auto subject = next.subjects[i];
        if (subject.related_to >= 0) subject.related_to = place_of(subject.related_to);
        if (subject.related_to < 0) subject.relation = Relation::none;
        places_.push_back(int(staged_.subjects.size()));
        staged_.subjects.push_back(std::move(subject));
        add_actors(cast_, staged_, staged_.subjects.size() - 1, boards_.pack, boards_.seed);
    }
    for (std::size_t i = before; i < cast_.actors.size(); ++i) {
        auto& a = cast_.actors[i];
        set_size(a, staged_, cast_.unit_m);
        // Who comes is looked at, however small beside the others.
        if (staged_.subjects[std::size_t(a.subject)].presence != Presence::appears)
            a.height = std::max(a.height, a.hangs ? 0.3F : 0.42F);
    }
    // The middle of the view at that distance.
    const auto middle = [&](float z) {
        if (view.focal <= 0) return 0.0F;
        const float aside = 0.5F * boards_.eye.width - view.centre_x;
        return view.x + aside * std::max(0.3F, z - view.z) / view.focal;
    };
    // Beside those who are there, where they are now.
    std::vector<float> homes;
    for (std::size_t i = 0; i < before; ++i) {
        auto& a = cast_.actors[i];
        homes.push_back(a.home.x);
        a.home.x = -middle(a.home.z) +
                   stance_of(a, Clock(since, boards_.length, false), boards_.eye).at.x -
                   eye_at(since);
    }
    place_more(cast_, before, staged_, boards_.eye, cast_.travel.last_speed());
    for (std::size_t i = 0; i < before; ++i) cast_.actors[i].home.x = homes[i];
    float old_speed = since < boards_.length ? cast_.travel.speed : cast_.travel.after, bend = 0;
    for (const auto& b : cast_.travel.bends) (b.since < since ? old_speed : bend) += b.by;
    for (std::size_t i = before; i < cast_.actors.size(); ++i) {
        auto& a = cast_.actors[i];
        const auto& subject = staged_.subjects[std::size_t(a.subject)];
        const bool passes = subject.presence == Presence::passes,
                   comes = passes || subject.presence == Presence::comes;
        // Behind who stays; a rider a hair before its mount.
        if (passes && !a.hangs) a.home.z = cast_.main_z + (a.carrier < 0 ? 0.8F : 0.78F);
        Entrance e;
        // What stands is where the eye comes to rest.
        const bool rests = !comes && cast_.travel.last_speed() == 0;
        e.since = since, e.eye = eye_at(rests ? since + kBend : since) + middle(a.home.z),
        e.grows = !comes;
        const float half = boards_.eye.half_view(a.home.z);
        const float eye_speed = old_speed + bend;
        // What moves by itself keeps up with the eye; what stands is passed by.
        const bool keeps_up = comes || a.hangs, follows = keeps_up && eye_speed != 0;
        // Who passes somebody that goes, or keeps up, comes from behind.
        const float side = follows && (passes || !a.hangs) ? std::copysign(1.0F, -eye_speed)
                           : a.home.x < 0                  ? -1.0F
                                                           : 1.0F;
        if (comes) e.from_x = side * std::max(0.4F, half + a.width() - side * a.home.x);
        if (comes && a.hangs && !boards_.eye.weightless) e.from_y = 0.5F;
        const auto doing = subject.motion;
        const auto natural = way_of(a);
        a.direction = (follows ? eye_speed > 0 : side < 0) ? 1 : -1;
        e.drift = keeps_up ? old_speed : 0.0F;
        a.motion =
            comes ? (goes_somewhere(doing) || natural == Motion::idle ? doing : natural) : doing;
        if (passes) {
            // From one side to the other in four seconds, whatever it does, and out of view.
            const float way = half + a.width();
            e.from_x = side * way - a.home.x, e.across = -side * 2.0F * way / 4.0F;
            a.direction = side < 0 ? 1 : -1, a.motion = goes_somewhere(doing) ? doing : way_of(a);
        }
        a.entrance = e;
        if (keeps_up && bend != 0) a.acts.push_back({since, a.motion, bend, 0});
        if (passes) continue;
        if (comes && !follows && a.motion != doing)
            a.acts.push_back({since + 0.72F * kEnter, doing, 0, 0});
        // Who walks up to somebody that rests would walk past, and hide who is there.
        const bool arrives =
            goes_somewhere(doing) && !a.hangs && !boards_.eye.weightless && !boards_.eye.afloat;
        if (comes && !follows && a.motion == doing && arrives)
            a.acts.push_back({since + 0.72F * kEnter, Motion::idle, 0, 0});
    }
}

}  // namespace kinora::engines::storyboard
