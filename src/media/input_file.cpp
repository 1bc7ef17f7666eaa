#include "media/input_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace kinora::media {
namespace {

Error cannot_open(int reason, const char* doing) {
    return {ErrorCode::api_error, "The file could not be opened.",
            std::string(doing) + ": " + std::generic_category().message(reason)};
}

}  // namespace

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
    // A pipe with nobody at its other end would hold up a plain open().
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.is_open()) return cannot_open(errno, "open");
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) return cannot_open(errno, "fstat");
    if (!S_ISREG(facts.st_mode)) return cannot_open(EINVAL, "not a regular file");
    return InputFile(std::move(file));
}

Result<InputFile> InputFile::of_bytes(std::span<const std::uint8_t> bytes) {
    const Descriptor file(::memfd_create("kinora-input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.is_open()) return cannot_open(errno, "memfd_create");
    while (!bytes.empty()) {
        const auto written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot_open(errno, "write");
        bytes = bytes.subspan(std::size_t(written));
    }
    constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (::fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) return cannot_open(errno, "seal");
    return again(file.get());
}

Result<InputFile> InputFile::again(int fd) {
    const auto name = "/proc/self/fd/" + std::to_string(fd);
    Descriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open()) return cannot_open(errno, "open again");
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) return cannot_open(errno, "fstat");
    if (!S_ISREG(facts.st_mode)) return cannot_open(EINVAL, "not a regular file");
    return InputFile(std::move(file));
}

}  // namespace kinora::media
