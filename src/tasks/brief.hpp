// tasks/brief.hpp: what a worker needs to know of a task, as it lies in the database.
#pragma once

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "tasks/inputs.hpp"

#include <string>
#include <vector>

namespace kinora::tasks {

inline constexpr int kClipFrames = 120;
inline constexpr int kClipFps = 24;

// The engine's brief, without pictures, and where the pictures are.
struct Plan {
    engines::Brief brief;
    Inputs inputs;
};

// One line of JSON. Older rows must stay readable when a field is added: parse gives it its
// default.
std::string to_json(const engines::Brief& brief, const Inputs& inputs = {});
// Fails with api_error where the text is none of ours.
Result<Plan> parse_plan(const std::string& text);
// The brief alone.
Result<engines::Brief> parse_brief(const std::string& text);

// How the clip of such a plan came about, for one that extends it: nothing where pictures or
// strangers' clips have a part in it, and where it has too many parts to tell.
std::vector<engines::PastPart> past_of(const Plan& plan);

}  // namespace kinora::tasks
