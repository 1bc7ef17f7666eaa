// engines/storyboard/words/changes.hpp: a shot that goes on, changed by what a further prompt says.
#pragma once

#include "engines/storyboard/words/draft.hpp"

namespace kinora::engines::storyboard {

struct Changed {
    Shot shot;
    std::vector<std::string> absent;       // Who is to do something, and is not there.
    std::vector<std::string> crowded_out;  // Those for whom there was no room.
    std::vector<std::string> together;     // Several, of whom one alone is to do something.
};

// `before` as it is from now on. `made` is the shot that the draft alone would make in the same
// place: who is in `before` does what it says, others come, and light, air and camera are those of
// `made`. Its first subjects are those of `before`; at most 12 in all.
Changed change(const Shot& before, const Shot& made, const Draft& draft);

}  // namespace kinora::engines::storyboard
