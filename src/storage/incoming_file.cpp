#include "storage/incoming_file.hpp"

#include "storage/file_error.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace kinora::storage {

Result<void> sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return file_error("open", folder, errno);
    const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failed != 0) return file_error("fsync", folder, failed);
    return ok();
}

Result<IncomingFile> IncomingFile::create(std::filesystem::path part, std::filesystem::path files) {
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return file_error("open", part, errno);
    return IncomingFile(descriptor, std::move(part), std::move(files));
}

IncomingFile::IncomingFile(IncomingFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::exchange(other.path_, {})),
      files_(std::move(other.files_)),
      size_bytes_(other.size_bytes_) {}

// What was ours goes with the other.
IncomingFile& IncomingFile::operator=(IncomingFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    std::swap(files_, other.files_);
    std::swap(size_bytes_, other.size_bytes_);
    return *this;
}

IncomingFile::~IncomingFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    std::error_code ignored;  // The janitor looks for it again.
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

Result<void> IncomingFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto done = ::write(descriptor_, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return file_error("write", path_, errno);
        bytes.remove_prefix(static_cast<std::size_t>(done));
        size_bytes_ += static_cast<std::uint64_t>(done);
    }
    return ok();
}

Result<void> IncomingFile::publish(std::string_view name) {
    if (::fsync(descriptor_) != 0) return file_error("fsync", path_, errno);
    if (::close(std::exchange(descriptor_, -1)) != 0) return file_error("close", path_, errno);
    auto target = files_ / name;
    if (::rename(path_.c_str(), target.c_str()) != 0) return file_error("rename", path_, errno);
    path_ = std::move(target);
    return sync_folder(files_);
}

}  // namespace kinora::storage
