// engines/storyboard/words/cutting.hpp: tokens become units, the longest phrases first.
#pragma once

#include "engines/storyboard/words/reading.hpp"

namespace kinora::engines::storyboard {

// The units are not yet read in one way; reading.cpp does that. Other languages are translated word
// by word.
Reading cut(const std::vector<Token>& tokens, const Lexicon& lexicon);

}  // namespace kinora::engines::storyboard
