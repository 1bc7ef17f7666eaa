#include "tasks/clip_size.hpp"

#include <algorithm>

namespace kinora::tasks {

std::optional<ClipSize> clip_size(std::string_view ratio) {
    const auto* found = std::find_if(kAspectRatios.begin(), kAspectRatios.end(),
                                     [&](const AspectRatio& known) { return known.name == ratio; });
    if (found == kAspectRatios.end()) return std::nullopt;
    return found->size;
}

}  // namespace kinora::tasks
