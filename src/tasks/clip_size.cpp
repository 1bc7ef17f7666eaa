#include "tasks/clip_size.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace kinora::tasks {

std::optional<ClipSize> clip_size(std::string_view ratio) {
    const auto* found = std::find_if(kAspectRatios.begin(), kAspectRatios.end(),
                                     [&](const AspectRatio& known) { return known.name == ratio; });
    if (found == kAspectRatios.end()) return std::nullopt;
    return found->size;
}

ClipSize nearest_size(int width, int height) {
    constexpr int kStep = 16, kSideMax = 4096;
    const double wanted = std::log(double(width) / double(height));
    ClipSize best;
    double least = 0;
    int least_off = 0;
    for (int h = kStep; h <= kSideMax; h += kStep) {
        for (int w = kStep; w <= kSideMax; w += kStep) {
            const int off = std::abs(w * h - kClipArea);
            if (off > kClipArea / 100 * 3) continue;
            const double away = std::abs(std::log(double(w) / double(h)) - wanted);
            const bool is_nearer = away < least - 1e-9;
            const bool is_as_near = away < least + 1e-9 && off < least_off;
            if (best.width != 0 && !is_nearer && !is_as_near) continue;
            best = {w, h};
            least = away;
            least_off = off;
        }
    }
    return best;
}

}  // namespace kinora::tasks
