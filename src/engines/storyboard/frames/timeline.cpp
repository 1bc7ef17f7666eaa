// frames/timeline.cpp: shares of time, and how a chapter follows another.
#include "engines/storyboard/frames/timeline.hpp"

#include "engines/storyboard/frames/vec.hpp"

#include <algorithm>
#include <climits>

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

// The same place, the same cast doing the same, the same camera: light and air may differ.
bool is_same_view(const Shot& one, const Shot& other) {
    return one.setting == other.setting && one.subjects == other.subjects &&
           one.camera == other.camera;
}

// Frames that the last take can still be seen.
int left_of(const Take& last, const TakeLimit& limit) {
    if (last.home >= 0) return last.length - last.count;
    return last.loop ? INT_MAX : std::max(0, limit(last) - last.from - last.count);
}

// What was seen last comes once more.
void begin_again(Timeline& timeline, int fps) {
    const int home = timeline.back().home, end = timeline.back().end();
    if (home < 0) {
        auto next = timeline.back();
        next.first = end, next.count = 0, next.from = 0;
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

}  // namespace

Timeline lay_out(const Chapter& chapter, int fps) {
    auto out = divide(chapter, chapter.frames, 0, fps);
    for (auto& take : out) take.cyclic = chapter.loop;
    if (chapter.loop && out.size() == 1) out.front().loop = true;
    if (chapter.loop && out.size() > 1) out.back().home = 0;
    return out;
}

void go_on(Timeline& timeline, const Chapter& chapter, int fps, const TakeLimit& limit) {
    if (chapter.shots.empty()) {
        carry_on(timeline, chapter.frames, fps, limit);
        return;
    }
    const int carried = std::min(fps, chapter.frames / 2);
    carry_on(timeline, carried, fps, limit);
    const auto last = timeline.back();
    auto next = divide(chapter, chapter.frames - carried, last.end(), fps);
    auto& first = next.front();
    if (first.shot.into == Transition::cut) first.shot.into = Transition::dissolve;
    first.lead = std::min(first.count / 2, lead_of(first.shot.into, fps));
    for (auto& take : next) {
        // What stands about in a place stays there.
        if (take.shot.setting == last.shot.setting) take.seed = last.seed;
        take.clip_seed = last.clip_seed;
    }
    if (is_same_view(first.shot, last.shot) && !last.loop)
        first.length = last.length, first.from = last.from + last.count;
    timeline.insert(timeline.end(), next.begin(), next.end());
}

}  // namespace kinora::engines::storyboard
