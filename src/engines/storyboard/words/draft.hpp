// engines/storyboard/words/draft.hpp: what one stretch of the prompt says, before anything is
// decided.
#pragma once

#include "engines/storyboard/words/implied.hpp"
#include "engines/storyboard/words/reading.hpp"
#include "engines/storyboard/words/turns.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kinora::engines::storyboard {

// A thing that the words name.
struct Mention {
    const Thing* thing = nullptr;
    std::string word;  // As the caller wrote it.
    int count = 0;     // 0: not said.
    bool plural = false;
    bool rounded = false;   // The words had no whole number.
    bool definite = false;  // "the man"
    bool another = false;   // "a second cat"
    std::optional<Rgb> color;
    double size = 1;
    std::optional<Motion> motion;
    std::optional<Turn> turn;
    int direction = 0;     // 0: not said.
    bool subject = false;  // Stands where a subject stands, not behind a preposition or a verb.
    const Implied* implied = nullptr;  // What goes with it without being said.
    bool aloft = false;                // Above a place.
    bool scenery = false;              // Stands behind "through", "past" and the like, far off.
    Relation relation = Relation::none;
    int related_to = -1;  // Index of a mention.
};

// A setting that the words name, and how surely it is where the scene takes place.
struct Place {
    Setting setting = Setting::meadow;
    int weight =
        0;  // 3: behind "in", "at", "on"; 2: a subject by itself; 1: an adjective; 0: gives way.
    int mention = -1;    // The mention of the same word, if it could be a thing as well.
    bool leads = false;  // The first that is named: what the words are about.
    std::string word;
    bool near = false;  // The setting is only the nearest to what the word says.
};

struct Draft {
    std::vector<Mention> mentions;
    std::vector<Place> places;
    std::optional<TimeOfDay> time;
    std::optional<Weather> weather;
    std::vector<Effect> effects;
    std::optional<Palette> palette;
    std::optional<Style> style;
    std::optional<CameraMove> camera;
    bool season = false;                 // One is named: what the last one brought is over.
    std::optional<Motion> loose_motion;  // Of a verb that found no subject.
    std::string loose_word;              // That verb, if it comes before all else.
    std::optional<Turn> loose_turn;      // Of a verb that found no subject.
    // What is said of somebody's looks only gives way to what is said of the scene.
    bool weak_time = false, weak_weather = false, weak_palette = false;
    // Nouns, as the caller wrote them: those that nothing shows, those for which there was no room,
    // clothes that are not seen on who wears them, who is to leave a clip without being there, and
    // several of whom one alone is to act.
    std::vector<std::string> unknown, crowded_out, unseen_clothes, absent, together;
    std::vector<std::string> left;  // Places that somebody comes out of.
};

Draft make_draft(std::span<const Unit> units);

}  // namespace kinora::engines::storyboard
