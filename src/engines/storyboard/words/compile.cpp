#include "engines/storyboard/words/compile.hpp"

#include "engines/storyboard/words/changes.hpp"
#include "engines/storyboard/words/direct.hpp"
#include "engines/storyboard/words/draft.hpp"
#include "engines/storyboard/words/notes.hpp"
#include "engines/storyboard/words/reading.hpp"
#include "engines/storyboard/words/stage.hpp"
#include "engines/storyboard/words/stretches.hpp"
#include "engines/storyboard/words/text.hpp"
#include "engines/storyboard/words/whereabouts.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr std::size_t kMaxShots = 3;

bool says_alone(const std::vector<Unit>& units) {
    static constexpr std::string_view kWords[] = {"alone", "lonely",   "lone",     "solitary",
                                                  "empty", "deserted", "only",     "minimalist",
                                                  "no",    "nobody",   "isolated", "without"};
    return std::ranges::any_of(units, [](const Unit& unit) {
        // The first word of a phrase counts too: "lone wolf".
        const auto first = std::string_view(unit.lower).substr(0, unit.lower.find(' '));
        return unit.role == Role::no || unit.role == Role::without ||
               std::ranges::find(kWords, first) != std::end(kWords);
    });
}

// FNV-1a; mixes the prompt into the seed, so that two prompts with one seed are no twins.
std::uint64_t number_of(const Prompt& prompt) {
    std::uint64_t value = 0xcbf29ce484222325ULL;
    for (const char c : prompt.text)
        value = (value ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    return value ^ (prompt.seed * 0x9e3779b97f4a7c15ULL);
}

// The place that is named first holds for the stretches before it too: "a seed growing into a tree
// in a garden".
void share_places(const std::vector<Stretch>& stretches, std::vector<Draft>& drafts) {
    std::size_t named = 0;
    while (named < drafts.size() && drafts[named].places.empty()) ++named;
    if (named == drafts.size()) return;
    for (std::size_t i = named; i > 0 && stretches[i].into == Transition::morph; --i) {
        for (const auto& place : drafts[named].places) {
            if (place.mention < 0 && place.weight >= 2) drafts[i - 1].places.push_back(place);
        }
    }
}

// Between space and the ground one flies through the sky.
void fly_through(Scene& scene) {
    for (std::size_t i = 1; i < scene.shots.size(); ++i) {
        const bool leaves = scene.shots[i - 1].setting == Setting::space;
        const bool enters = scene.shots[i].setting == Setting::space;
        if (leaves != enters && scene.shots[i].into == Transition::dissolve)
            scene.shots[i].into = Transition::fly_through;
    }
}

// What snow is at home in gives way to where one is.
bool names_no_place(const Draft& draft) {
    return std::ranges::none_of(draft.places, [](const Place& place) { return place.weight > 0; });
}

// "a dragon in the sky": it is there, and nobody goes up to it.
bool is_sky_above(const Draft& draft, Setting before) {
    return !is_indoors(before) && before != Setting::space && before != Setting::underwater &&
           std::ranges::all_of(draft.places, [](const Place& place) {
               return place.setting == Setting::sky || place.weight == 0;
           });
}

// "a student enters the room", where one is in a classroom already.
bool is_room_meant(const Draft& draft, Setting before) {
    return is_indoors(before) && std::ranges::all_of(draft.places, [](const Place& place) {
               return place.setting == Setting::room && place.word == "room";
           });
}

// A prompt's scene, and what one that follows needs to know of it.
struct Compiled {
    Scene scene;
    Draft last;
    std::vector<Unit> lead, spoken_of;  // Who the shot is about, and who was said to act last.
};

// `before` may be null, or has shots.
Compiled compile_after(const Prompt& prompt, const Lexicon& lexicon, const Compiled* before) {
    const auto reading = read(tokenise(prompt.text), lexicon);
    auto [stretches, left_out] = split(reading.units, kMaxShots);
    Compiled out;
    if (before != nullptr) {
        out.lead = before->lead, out.spoken_of = before->spoken_of;
        name_again(out.lead, out.spoken_of, stretches.front().units);
    }
    std::vector<Draft> drafts;
    for (const auto& stretch : stretches) drafts.push_back(make_draft(stretch.units));
    share_places(stretches, drafts);

    Scene scene;
    const bool alone = says_alone(reading.units);
    const auto number = number_of(prompt);
    bool other_style = false;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        Inherited inherited;
        if (i > 0) inherited = {&scene.shots.back(), &drafts[i - 1]};
        if (i == 0 && before != nullptr) inherited = {&before->scene.shots.back(), &before->last};
        auto shot = make_shot(drafts[i], inherited, prompt.aspect);
        shot.into = stretches[i].into;
        // Day that turns into night melts; only a thing becomes another thing.
        if (shot.into == Transition::morph && drafts[i].mentions.empty())
            shot.into = Transition::dissolve;
        const bool goes_on =
            before != nullptr && shot.into != Transition::morph &&
            (shot.setting == inherited.shot->setting || names_no_place(drafts[i]) ||
             is_sky_above(drafts[i], inherited.shot->setting) ||
             is_room_meant(drafts[i], inherited.shot->setting));
        if (goes_on) {
            auto changed = change(*inherited.shot, shot, drafts[i]);
            shot = std::move(changed.shot);
            std::ranges::move(changed.absent, std::back_inserter(drafts[i].absent));
            std::ranges::move(changed.crowded_out, std::back_inserter(drafts[i].crowded_out));
            std::ranges::move(changed.together, std::back_inserter(drafts[i].together));
        }
        if (auto named = actors_of(stretches[i].units); !named.empty()) {
            if (!shot.changes || out.lead.empty()) out.lead = named;
            out.spoken_of = std::move(named);
        }
        scene.shots.push_back(std::move(shot));
        if (before != nullptr && drafts[i].style) other_style = true;
        if (drafts[i].style && scene.style == Style::claymation) scene.style = *drafts[i].style;
    }
    fly_through(scene);
    if (prompt.enhancement) {
        for (std::size_t i = 0; i < scene.shots.size(); ++i) {
            // What was directed before stays as it is, unless it goes elsewhere.
            if (!scene.shots[i].changes) direct(scene.shots[i], drafts[i], alone, number);
        }
    }
    const auto shots = static_cast<double>(scene.shots.size());
    for (auto& shot : scene.shots) shot.share = 1.0 / shots;
    scene.shots.back().share = 1.0 - (shots - 1.0) / shots;

    add_notes(scene, drafts, left_out);
    if (other_style) scene.notes.emplace_back("A clip keeps the style that it began with.");
    if (!reading.understood) {
        scene.notes.push_back(
            "No word of the prompt was recognised; the scene shows a mood only. English works "
            "best.");
    } else if (reading.foreign) {
        scene.notes.push_back("The prompt was read word by word; this engine knows English best.");
    }
    out.scene = std::move(scene), out.last = std::move(drafts.back());
    return out;
}

bool says_nothing(const Prompt& prompt) {
    return tokenise(prompt.text).empty();
}

}  // namespace

Scene compile(const Prompt& prompt, const Lexicon& lexicon) {
    return compile_after(prompt, lexicon, nullptr).scene;
}

std::vector<Scene> compile_all(std::span<const Prompt> prompts, const Lexicon& lexicon) {
    std::vector<Scene> out;
    Compiled last;
    for (const auto& prompt : prompts) {
        if (says_nothing(prompt) && !last.scene.shots.empty()) {
            out.emplace_back().style = out.front().style;
            continue;
        }
        last = compile_after(prompt, lexicon, last.scene.shots.empty() ? nullptr : &last);
        out.push_back(last.scene);
        if (out.size() > 1) out.back().style = out.front().style;
    }
    return out;
}

}  // namespace kinora::engines::storyboard
