// frames/timeline.cpp: shares of time, and how a chapter follows another.
#include "engines/storyboard/frames/timeline.hpp"

#include "engines/storyboard/frames/vec.hpp"

#include <algorithm>
#include <climits>
#include <tuple>

namespace kinora::engines::storyboard {
namespace {

int lead_of(Transition into, int fps) {
    if (into == Transition::cut) return 0;
    return into == Transition::dissolve ? fps * 3 / 5 : fps * 4 / 5;
}

std::uint32_t seed_of(std::uint64_t seed, std::size_t shot) {
    return hash(std::uint32_t(seed) ^ hash(std::uint32_t(seed >> 32)) ^
                (std::uint32_t(shot) * 7919U)) &
           0xffffffU;
}

// Takes of the shots from `first` on; the lead of the first is left to the caller.
Timeline divide(const Chapter& chapter, int frames, int first, int fps) {
    Timeline out;
    double all = 0;
    for (const auto& shot : chapter.shots) all += std::max(0.05, shot.share);
    double passed = 0;
    int begin = 0;
    for (std::size_t i = 0; i < chapter.shots.size(); ++i) {
        const auto& shot = chapter.shots[i];
        passed += std::max(0.05, shot.share) / all;
        const bool last = i + 1 == chapter.shots.size();
        const int end = last ? frames : int(passed * frames + 0.5);
        Take take;
        take.shot = shot;
        take.seed = seed_of(chapter.seed, i);
        take.clip_seed = seed_of(chapter.seed, 0);
        take.first = first + begin;
        take.count = take.length = std::max(0, end - begin);
        if (i > 0) take.lead = std::min(take.count / 2, lead_of(shot.into, fps));
        begin = end;
        if (take.count > 0) out.push_back(std::move(take));
    }
    return out;
}

// A shot by itself: who came is there, who went is not.
Shot by_itself(Shot shot) {
    shot.changes = false;
    std::vector<int> place;
    std::vector<Subject> there;
    for (auto& subject : shot.subjects) {
        const bool gone = is_gone(subject.presence);
        place.push_back(gone ? -1 : int(there.size()));
        if (gone) continue;
        subject.presence = Presence::there;
        there.push_back(std::move(subject));
    }
    for (auto& subject : there) {
        if (subject.related_to < 0) continue;
        subject.related_to = place[std::size_t(subject.related_to)];
        if (subject.related_to < 0) subject.relation = Relation::none;
    }
    if (!there.empty() && std::none_of(there.begin(), there.end(),
                                       [](const Subject& subject) { return subject.main; }))
        there.front().main = true;
    shot.subjects = std::move(there);
    return shot;
}

// Frames that the last take can still be seen.
int left_of(const Take& last, const TakeLimit& limit) {
    if (last.home >= 0) return last.closes - last.from - last.count;
    return last.loop ? INT_MAX : std::max(0, limit(last) - last.from - last.count);
}

// Light and air of the one fall on the other; true if that changes it.
bool fall_on(const Shot& light, Shot& shot) {
    if (has_light_of(light, shot)) return false;
    shot.time = light.time, shot.weather = light.weather;
    shot.palette = light.palette, shot.effects = light.effects;
    return true;
}

// The same of colours of who was there from the start.
bool colour(const Shot& like, Shot& shot) {
    bool any = false;
    for (std::size_t i = 0; i < std::min(like.subjects.size(), shot.subjects.size()); ++i) {
        auto& color = shot.subjects[i].color;
        any = any || color != like.subjects[i].color;
        color = like.subjects[i].color;
    }
    return any;
}

// What was seen last comes once more.
void begin_again(Timeline& timeline, int fps) {
    const int home = timeline.back().home, end = timeline.back().end();
    if (home < 0) {
        auto next = timeline.back();
        next.first = end, next.count = 0, next.from = 0;
        const Shot light = next.shot;
        next.shot = by_itself(next.last_shot());
        fall_on(light, next.shot);
        next.changes.clear();
        next.shot.into = Transition::dissolve;
        next.lead = lead_of(next.shot.into, fps);
        timeline.push_back(std::move(next));
        return;
    }
    // A loop of several shots: its end has faded into the start of the first.
    const auto size = int(timeline.size());
    const int shift = end - timeline[std::size_t(home)].first;
    for (int i = home; i < size; ++i) {
        auto take = timeline[std::size_t(i)];
        take.first += shift;
        if (take.home >= 0) take.home = size;
        timeline.push_back(std::move(take));
    }
}

void carry_on(Timeline& timeline, int frames, int fps, const TakeLimit& limit) {
    const int end = timeline.back().end() + frames;
    while (timeline.back().end() < end) {
        auto& last = timeline.back();
        const int more = std::min(end - last.end(), left_of(last, limit));
        last.count += more;
        if (last.end() < end) begin_again(timeline, fps);
    }
    while (timeline.back().first >= end) timeline.pop_back();
    timeline.back().count = end - timeline.back().first;
}

bool can_change(const Take& last, const Shot& next) {
    return next.changes && !last.loop && last.home < 0;
}

// The last take goes on, changed as `next` says, for as long as that is to be seen.
void change(Timeline& timeline, const Take& next, int fps, const TakeLimit& limit) {
    auto& last = timeline.back();
    last.changes.push_back({last.from + last.count, next.shot});
    Take lit = last;
    const bool other_light = fall_on(next.shot, lit.shot),
               other_colours = colour(next.shot, lit.shot);
    if (other_light || other_colours) {
        lit.first = last.end(), lit.from = last.from + last.count, lit.count = 0;
        lit.shot.into = Transition::dissolve;
        lit.lead = std::min(next.count, other_light ? fps * 2 : fps);
        timeline.push_back(std::move(lit));
    }
    const auto at = timeline.size() - 1;
    carry_on(timeline, next.count, fps, limit);
    if (at < timeline.size()) timeline[at].lead = std::min(timeline[at].lead, timeline[at].count);
}

// Another take comes.
void follow(Timeline& timeline, Take take, int fps) {
    const auto& last = timeline.back();
    take.shot = by_itself(std::move(take.shot));
    take.lead = std::min(take.count / 2, lead_of(take.shot.into, fps));
    // What stands about in a place stays there.
    if (take.shot.setting == last.shot.setting) take.seed = last.seed;
    take.clip_seed = last.clip_seed;
    timeline.push_back(std::move(take));
}

void add_shots(Timeline& timeline, const Chapter& chapter, int fps, const TakeLimit& limit) {
    const bool at_once = can_change(timeline.back(), chapter.shots.front());
    const int carried = at_once ? 0 : std::min(fps, chapter.frames / 2);
    if (carried > 0) carry_on(timeline, carried, fps, limit);
    const int end = timeline.back().end();
    auto next = divide(chapter, chapter.frames - carried, end, fps);
    auto& into = next.front().shot.into;
    if (into == Transition::cut) into = Transition::dissolve;
    for (auto& take : next) {
        if (can_change(timeline.back(), take.shot))
            change(timeline, take, fps, limit);
        else
            follow(timeline, std::move(take), fps);
    }
}

// Whether a take is the first one, seen at its own time: under another light, changed, later.
bool is_first_seen_later(const Take& take, const Take& first) {
    return take.from == take.first && take.seed == first.seed && take.length == first.length &&
           take.shot.setting == first.shot.setting && !take.loop;
}

// What was added from `begin` on ends in the start of all.
void lead_home(Timeline& timeline, int begin) {
    auto& last = timeline.back();
    const auto& first = timeline.front();
    const bool goes_round = timeline.size() == 1 && last.loop;
    if (goes_round && last.count % last.length == 0) return;
    last.home = 0;
    last.closes = last.from + last.count;
    if (!is_first_seen_later(last, first)) return;
    // Those that are seen under it return too.
    const int closes = last.closes;
    for (auto& take : timeline) {
        if (is_first_seen_later(take, first)) take.closes = closes, take.returns = begin;
    }
}

}  // namespace

bool has_light_of(const Shot& one, const Shot& other) {
    return std::tie(one.time, one.weather, one.palette, one.effects) ==
           std::tie(other.time, other.weather, other.palette, other.effects);
}

Timeline lay_out(const Chapter& chapter, int fps) {
    auto out = divide(chapter, chapter.frames, 0, fps);
    for (auto& take : out) take.cyclic = chapter.loop;
    if (chapter.loop && out.size() == 1) out.front().loop = true;
    if (chapter.loop && out.size() > 1) out.back().home = 0, out.back().closes = out.back().length;
    return out;
}

void go_on(Timeline& timeline, const Chapter& chapter, int fps, const TakeLimit& limit) {
    const int begin = timeline.back().end();
    if (chapter.shots.empty())
        carry_on(timeline, chapter.frames, fps, limit);
    else
        add_shots(timeline, chapter, fps, limit);
    if (chapter.loop) lead_home(timeline, begin);
}

}  // namespace kinora::engines::storyboard
