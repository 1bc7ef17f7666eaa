// engines/model.hpp: what an engine can do, as plain data; for those who offer it to callers.
//
// Knowing this takes no codec, no picture and no renderer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kinora::engines {

// One thing to choose from, and how a prompt asks for it.
struct Choice {
    std::string id;      // Stable: "golden_hour".
    std::string title;   // For people: "Golden hour".
    std::string phrase;  // For the prompt: "at sunset". Empty: it comes where nothing else is said.
    friend bool operator==(const Choice&, const Choice&) = default;
};

struct Choices {
    std::string name;  // "settings".
    std::vector<Choice> items;
};

// Only what works today.
struct Features {
    bool loop = false;
    bool enhancement = false;
    bool seed = false;
    bool start_image = false;
    bool end_image = false;
    bool extend = false;
    int shots_max = 1;     // Stretches of one clip that differ in place or subjects.
    int subjects_max = 1;  // Of one shot.
};

struct Model {
    std::string id;  // Engine::name().
    std::string title;
    std::string description;
    Features features;
    std::optional<std::size_t> thing_count;  // How many things it can draw, where that is known.
    std::vector<Choices> vocabulary;
};

}  // namespace kinora::engines
