// engines/storyboard/own_scene.cpp: parts of a clip become chapters of one timeline.
#include "engines/storyboard/own_scene.hpp"

#include "engines/storyboard/words/compile.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

std::optional<OwnScene> scene_before_end(const Scene& scene, const Brief& brief, const Pack* pack) {
    const bool shows_something =
        std::any_of(scene.shots.begin(), scene.shots.end(),
                    [](const Shot& shot) { return !shot.subjects.empty(); });
    if (!shows_something) return std::nullopt;
    OwnScene own;
    own.timeline = lay_out({scene.shots, brief.frame_count, false, brief.seed}, brief.fps);
    own.style = scene.style;
    own.pack = pack;
    own.notes = scene.notes;
    return own;
}

}  // namespace

std::optional<OwnScene> own_scene(const Scene& scene, const Brief& brief, const Lexicon& lexicon,
                                  const Pack* pack) {
    if (brief.given == nullptr) return std::nullopt;
    const auto& given = *brief.given;
    if (given.end && !given.start && given.before.empty())
        return scene_before_end(scene, brief, pack);
    if (given.before.empty() || given.past.empty()) return std::nullopt;
    const double aspect = double(brief.width) / double(brief.height);
    std::vector<Prompt> prompts;
    for (const auto& part : given.past)
        prompts.push_back({part.prompt, part.enhancement, part.seed, aspect});
    prompts.push_back({brief.prompt, brief.enhancement, brief.seed, aspect});
    const auto scenes = compile_all(prompts, lexicon);

    OwnScene own;
    own.style = scenes.front().style;
    own.pack = pack;
    own.notes = scenes.back().notes;
    ClipOrder order;
    order.width = brief.width, order.height = brief.height, order.fps = brief.fps;
    order.pack = pack;
    const TakeLimit limit = [order](const Take& take) { return frames_max(take, order); };
    for (std::size_t i = 0; i < given.past.size(); ++i) {
        const auto& part = given.past[i];
        const Chapter chapter{scenes[i].shots, part.frame_count, part.loop, part.seed};
        if (i == 0)
            own.timeline = lay_out(chapter, brief.fps);
        else
            go_on(own.timeline, chapter, brief.fps, limit);
        own.begin += part.frame_count;
    }
    const bool leads_home = brief.loop && !given.opening.empty() && !given.end;
    Chapter next{scenes.back().shots, brief.frame_count, leads_home, brief.seed};
    if (given.end) next.shots.clear();
    go_on(own.timeline, next, brief.fps, limit);
    return own;
}

}  // namespace kinora::engines::storyboard
