// media/durable_file.cpp: write, fsync the file, fsync its folder.
#include "media/durable_file.hpp"

#include "media/descriptor.hpp"
#include "media/ffmpeg.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace kinora::media {
namespace {

Result<void> sync_one(const std::filesystem::path& path, int flags, const char* message) {
    const Descriptor file(::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return ffmpeg_error(-errno, message, "open to sync");
    if (::fsync(file.get()) != 0) return ffmpeg_error(-errno, message, "fsync");
    return ok();
}

Result<void> write_all(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                       const char* message) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                                 S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH));
    if (!file.is_open()) return ffmpeg_error(-errno, message, "open to write");
    while (!bytes.empty()) {
        const auto written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int reason = errno;
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
            return ffmpeg_error(-reason, message, "write");
        }
        bytes = bytes.subspan(std::size_t(written));
    }
    return ok();
}

}  // namespace

Result<void> sync_to_disk(const std::filesystem::path& path, const char* message) {
    auto file = sync_one(path, 0, message);
    if (!file) return file;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    return sync_one(folder, O_DIRECTORY, message);
}

Result<void> write_durably(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                           const char* message) {
    auto written = write_all(path, bytes, message);
    if (!written) return written;
    auto synced = sync_to_disk(path, message);
    if (!synced) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    return synced;
}

}  // namespace kinora::media
