#include "outbound/sink.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace kinora::outbound {
namespace {

[[noreturn]] void throw_errno(int code, const char* doing) {
    throw std::system_error(code, std::system_category(), doing);
}

Result<void> disk_failure(int code, const char* doing) {
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return Error(ErrorCode::unavailable, "There is no room left on the disk. Try again later.",
                     doing);
    }
    throw_errno(code, doing);
}

}  // namespace

Result<void> MemorySink::write(std::span<const std::uint8_t> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return ok();
}

FileSink::FileSink(std::filesystem::path path)
    : path_(std::move(path)),
      descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                         S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)) {
    if (descriptor_ < 0) throw_errno(errno, "open a file to fetch to");
}

FileSink::~FileSink() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (kept_) return;
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

Result<void> FileSink::write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return disk_failure(errno, "write a fetched file");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ok();
}

Result<void> FileSink::keep() {
    // Some file systems tell of a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0) return disk_failure(errno, "close");
    kept_ = true;
    return ok();
}

}  // namespace kinora::outbound
