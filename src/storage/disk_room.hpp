// storage/disk_room.hpp: whether there is room for new work, before it begins.
//
// A disk that is full breaks more than the one file that filled it, so new work stops while some
// space is left. The operator may also bound what all media files take together.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/media_folder.hpp"

#include <cstdint>
#include <mutex>
#include <optional>

namespace kinora::storage {

struct RoomLimits {
    std::uint64_t free_min_bytes = 0;  // Left free on the file system.
    std::uint64_t used_max_bytes = 0;  // Of all media files; 0: no bound.
};

class DiskRoom {
public:
    // Both references outlive this.
    DiskRoom(const MediaFolder& media, const Clock& clock, RoomLimits limits)
        : media_(media), clock_(clock), limits_(limits) {}

    // Fails with unavailable, and a sentence for callers. Safe from any thread. Blocks for a
    // moment; what the files take is counted anew at most once a second.
    Result<void> check() const;
    // What check() said in the last quarter of a second; nothing where it was not called. Does not
    // block.
    std::optional<Result<void>> recent() const;

private:
    Result<void> look() const;
    std::uint64_t used_bytes() const;

    const MediaFolder& media_;
    const Clock& clock_;
    const RoomLimits limits_;
    mutable std::mutex mutex_;
    mutable std::uint64_t used_bytes_ = 0;
    mutable SteadyPoint count_again_at_{};
    mutable std::mutex verdict_mutex_;
    mutable std::optional<Result<void>> verdict_;
    mutable SteadyPoint verdict_until_{};
};

}  // namespace kinora::storage
