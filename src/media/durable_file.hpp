// media/durable_file.hpp: files that are still there after the power failed.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <span>

namespace kinora::media {

// Returns once the file's bytes and its name in its folder are on the disk. Fails as ffmpeg_error
// says, with `message` for the caller.
Result<void> sync_to_disk(const std::filesystem::path& path, const char* message);

// Makes or replaces the file, and syncs it. A failure leaves no file behind.
Result<void> write_durably(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                           const char* message);

}  // namespace kinora::media
