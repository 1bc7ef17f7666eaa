// engines/storyboard/assets/pack_writer.hpp: makes a pack; for the build's tool and for tests.
#pragma once

#include "engines/storyboard/assets/pack.hpp"

namespace kinora::engines::storyboard {

// An asset with its picture, ready to be stored.
struct PackedAsset {
    Asset asset;  // `width` and `height` must be those of the picture.
    std::vector<std::uint8_t> webp;
};

// WebP of straight (not premultiplied) RGBA at quality 88, with alpha kept whole. Empty where
// libwebp refuses.
std::vector<std::uint8_t> encode_webp(int width, int height, std::span<const std::uint8_t> rgba);

// Writes beside `path` and renames: a reader sees the old file or the new one, never a half. Keys
// must differ. Fails where the disk does.
Result<void> write_pack(const std::filesystem::path& path, std::vector<PackedAsset> assets);

}  // namespace kinora::engines::storyboard
