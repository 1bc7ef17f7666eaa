// The lexicon for tests: $KINORA_WORDS, or the one in build/assets. Opened once a program.
#pragma once

#include "engines/storyboard/words/lexicon.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace kinora::engines::storyboard {

inline std::filesystem::path lexicon_file() {
    const char* named = std::getenv("KINORA_WORDS");
    return named != nullptr ? named : KINORA_WORDS_FILE;
}

inline const Lexicon& test_lexicon() {
    static const auto lexicon = Lexicon::open(lexicon_file());
    if (!lexicon) throw std::runtime_error(lexicon.error().detail() + " (scripts/assets makes it)");
    return *lexicon;
}

}  // namespace kinora::engines::storyboard
