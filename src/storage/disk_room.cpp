#include "storage/disk_room.hpp"

#include <sys/statvfs.h>

#include <algorithm>

namespace kinora::storage {
namespace {

using namespace std::chrono_literals;

// Counting takes at most this part of the time, however many files there are.
constexpr int kShareOfTime = 50;
constexpr auto kVerdictHolds = 250ms;

Error no_room(std::string detail) {
    return {ErrorCode::unavailable,
            "There is no room left on the server's disk for new work; try again later.",
            std::move(detail)};
}

}  // namespace

std::uint64_t DiskRoom::used_bytes() const {
    const std::lock_guard lock(mutex_);
    const auto began = clock_.steady();
    if (began >= count_again_at_) {
        used_bytes_ = media_.used_bytes();
        const auto took = clock_.steady() - began;
        count_again_at_ =
            clock_.steady() + std::max<SteadyPoint::duration>(1s, took * kShareOfTime);
    }
    return used_bytes_;
}

Result<void> DiskRoom::check() const {
    auto verdict = look();
    const std::lock_guard lock(verdict_mutex_);
    verdict_ = verdict;
    verdict_until_ = clock_.steady() + kVerdictHolds;
    return verdict;
}

std::optional<Result<void>> DiskRoom::recent() const {
    const std::lock_guard lock(verdict_mutex_);
    return clock_.steady() < verdict_until_ ? verdict_ : std::nullopt;
}

Result<void> DiskRoom::look() const {
    if (limits_.free_min_bytes > 0) {
        struct ::statvfs facts {};
        if (::statvfs(media_.files().c_str(), &facts) == 0) {
            const auto free = std::uint64_t{facts.f_bavail} * facts.f_frsize;
            if (free < limits_.free_min_bytes)
                return no_room(std::to_string(free) + " bytes are free");
        }
    }
    if (limits_.used_max_bytes > 0) {
        const auto used = used_bytes();
        if (used >= limits_.used_max_bytes)
            return no_room("media files take " + std::to_string(used) + " bytes");
    }
    return ok();
}

}  // namespace kinora::storage
