// engines/storyboard/words/model.hpp: what this engine can do, and the words that ask for it.
#pragma once

#include "engines/model.hpp"

#include <filesystem>

namespace kinora::engines::storyboard {

// Of `lexicon`, the file, only the head is read, for the number of things; it may be missing.
Model describe_model(const std::filesystem::path& lexicon);

}  // namespace kinora::engines::storyboard
