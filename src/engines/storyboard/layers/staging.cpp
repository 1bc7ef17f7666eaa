// layers/staging.cpp: a shot made ready for the stage.
#include "engines/storyboard/layers/staging.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {
namespace {

bool is_table(const Subject& s) {
    return s.asset == "art:table" || s.asset == "fluent:desk";
}

bool has_room_for_tables(Setting s) {
    return s >= Setting::room && s <= Setting::classroom;
}

void remove_subject(Shot& shot, int which) {
    shot.subjects.erase(shot.subjects.begin() + which);
    for (auto& s : shot.subjects) {
        if (s.related_to == which) s.relation = Relation::none, s.related_to = -1;
        if (s.related_to > which) --s.related_to;
    }
}

void clear_tables(Shot& shot) {
    if (!has_room_for_tables(shot.setting)) return;
    for (int i = 0; i < int(shot.subjects.size()); ++i) {
        const Subject& table = shot.subjects[std::size_t(i)];
        const auto stands_on = [&](const Subject& s) {
            return s.related_to == i && s.relation == Relation::on && s.height_m < 0.62 &&
                   (s.form == Form::sprite || s.form == Form::silhouette) && s.main;
        };
        if (!is_table(table) || table.main ||
            std::none_of(shot.subjects.begin(), shot.subjects.end(), stands_on))
            continue;
        remove_subject(shot, i);
        return;
    }
}

void send_to_horizon(Shot& shot) {
    for (auto& s : shot.subjects) {
        if (is_mountain(s)) s.main = false, s.motion = Motion::idle, s.relation = Relation::none;
    }
}

void keep_one_lead(Shot& shot) {
    const auto lead = std::find_if(shot.subjects.begin(), shot.subjects.end(),
                                   [](const Subject& s) { return s.main && !s.airborne; });
    if (lead == shot.subjects.end() || lead->count > 2) return;
    for (auto& s : shot.subjects) {
        const bool flock = s.airborne && s.height_m < 0.6 * lead->height_m;
        if (&s != &*lead && s.main && (s.count > 3 || flock)) s.main = false, s.depth = 0.4;
    }
}

Relation turned_round(Relation relation) {
    switch (relation) {
        case Relation::left_of:
            return Relation::right_of;
        case Relation::right_of:
            return Relation::left_of;
        case Relation::behind:
            return Relation::in_front_of;
        case Relation::in_front_of:
            return Relation::behind;
        default:
            return relation;
    }
}

void centre_main(Shot& shot) {
    for (std::size_t i = 0; i < shot.subjects.size(); ++i) {
        Subject& s = shot.subjects[i];
        const bool beside = s.relation == Relation::next_to || s.relation == Relation::left_of ||
                            s.relation == Relation::right_of || s.relation == Relation::behind ||
                            s.relation == Relation::in_front_of;
        if (!s.main || s.related_to < 0) continue;
        Subject& other = shot.subjects[std::size_t(s.related_to)];
        // Under a lamp or a tree: it stands behind.
        const bool sheltered = s.relation == Relation::under && !other.airborne && !other.main &&
                               other.height_m > 2 * s.height_m && other.relation == Relation::none;
        if (sheltered) {
            other.relation = Relation::behind, other.related_to = int(i);
            s.relation = Relation::none, s.related_to = -1;
        }
        if (!beside) continue;
        if (other.main || other.relation != Relation::none || is_mountain(other) ||
            other.height_m > 4 * s.height_m)
            continue;
        other.relation = turned_round(s.relation), other.related_to = int(i);
        s.relation = Relation::none, s.related_to = -1;
    }
}

void raise_wave(Shot& shot) {
    if (shot.setting != Setting::sea && shot.setting != Setting::beach) return;
    const auto is_wave = [](const Subject& s) { return s.asset == "fluent:water-wave"; };
    if (std::any_of(shot.subjects.begin(), shot.subjects.end(), is_wave)) return;
    for (std::size_t i = 0; i < shot.subjects.size() && shot.subjects.size() < 12; ++i) {
        const Subject& s = shot.subjects[i];
        if (!s.main || s.relation != Relation::riding || s.related_to < 0 ||
            shot.subjects[std::size_t(s.related_to)].asset != "art:surfboard")
            continue;
        Subject wave;
        wave.asset = "fluent:water-wave", wave.height_m = 4.5, wave.motion = Motion::sail;
        wave.direction = shot.subjects[std::size_t(s.related_to)].direction;
        wave.relation = Relation::behind, wave.related_to = s.related_to;
        shot.subjects.push_back(wave);
        return;
    }
}

}  // namespace

bool is_mountain(const Subject& s) {
    return s.height_m >= 150 && s.form == Form::sprite && !s.airborne;
}

Shot stage(Shot shot) {
    if (has_room_for_tables(shot.setting) && shot.weather != Weather::lightning)
        shot.weather = Weather::clear;
    send_to_horizon(shot);
    keep_one_lead(shot);
    centre_main(shot);
    clear_tables(shot);
    raise_wave(shot);
    return shot;
}

}  // namespace kinora::engines::storyboard
