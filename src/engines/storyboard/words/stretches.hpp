// engines/storyboard/words/stretches.hpp: where one shot of the prompt ends and the next begins.
#pragma once

#include "engines/storyboard/words/reading.hpp"

#include <cstddef>
#include <vector>

namespace kinora::engines::storyboard {

// A stretch of the prompt that is one shot.
struct Stretch {
    std::vector<Unit> units;
    Transition into = Transition::cut;
};

struct Stretches {
    std::vector<Stretch> shots;  // 1 to `most`.
    std::size_t left_out = 0;    // How many more the words ask for.
};

// "then", "turns into", "from A to B", "summer to winter". Who goes on acting without being named
// again, or as "he", is named in each stretch.
Stretches split(const std::vector<Unit>& units, std::size_t most);

// Who acts in a stretch, as it names them; nothing where it names nobody.
std::vector<Unit> actors_of(const std::vector<Unit>& units);
// "he sits down" in a prompt that continues another: those who are known already take the place of
// the pronoun, or stand before the verb. "it" and "they" are those who were spoken of last, others
// the lead.
void name_again(std::vector<Unit> lead, std::vector<Unit> last, std::vector<Unit>& units);

}  // namespace kinora::engines::storyboard
