// tasks/clip_size.hpp: how large a clip of a given ratio is.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kinora::tasks {

struct ClipSize {
    int width = 0;   // Pixels, a multiple of 16.
    int height = 0;  // Pixels, a multiple of 16.
    friend bool operator==(const ClipSize&, const ClipSize&) = default;
};

struct AspectRatio {
    std::string_view name;  // "16:9".
    ClipSize size;
};

// The contract's seven, the default first.
inline constexpr std::array<AspectRatio, 7> kAspectRatios{{
    {"16:9", {1360, 752}},
    {"9:16", {752, 1360}},
    {"1:1", {1008, 1008}},
    {"4:3", {1168, 880}},
    {"3:4", {880, 1168}},
    {"21:9", {1552, 656}},
    {"9:21", {656, 1552}},
}};

std::optional<ClipSize> clip_size(std::string_view ratio);

// What the pixels of a clip come to, within 3 %.
inline constexpr int kClipArea = 1360 * 752;

// The size whose ratio is nearest to that of `width` x `height` (of one pixel at least), among the
// pairs of multiples of 16 whose area is within 3 % of kClipArea; no side is over 4,096.
ClipSize nearest_size(int width, int height);

}  // namespace kinora::tasks
