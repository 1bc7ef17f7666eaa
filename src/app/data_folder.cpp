#include "app/data_folder.hpp"

#include "base/ids.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace kinora::app {
namespace {

Error unusable(const std::filesystem::path& path, const std::string& reason) {
    return {ErrorCode::api_error, "cannot use the data folder " + path.string() + ": " + reason +
                                      "; choose another one with --data"};
}

// The lock file holds the node's id: 36 characters, written once.
std::string read_node_id(int file) {
    std::array<char, 36> text{};
    const auto got = ::pread(file, text.data(), text.size(), 0);
    if (got != static_cast<ssize_t>(text.size())) return {};
    const auto id = Uuid::parse({text.data(), text.size()});
    return id ? id->str() : std::string();
}

}  // namespace

Result<DataFolder> DataFolder::open(const std::filesystem::path& path, Random& random) {
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed) return unusable(path, failed.message());
    // Clips and the database are nobody else's business.
    const auto lock_path = path / "node.lock";
    const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return unusable(path, std::strerror(errno));
    DataFolder folder(path, lock, {});
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return unusable(path, std::strerror(errno));
        return unusable(path, "another server is using it");
    }
    folder.node_id_ = read_node_id(lock);
    if (folder.node_id_.empty()) {
        folder.node_id_ = Uuid::make(random).str();
        const auto size = static_cast<ssize_t>(folder.node_id_.size());
        const bool written =
            ::ftruncate(lock, 0) == 0 &&
            ::pwrite(lock, folder.node_id_.data(), folder.node_id_.size(), 0) == size &&
            ::fsync(lock) == 0;
        if (!written) return unusable(path, std::strerror(errno));
    }
    return folder;
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::exchange(other.lock_, -1)),
      node_id_(std::move(other.node_id_)) {}

DataFolder::~DataFolder() {
    if (lock_ >= 0) ::close(lock_);
}

}  // namespace kinora::app
