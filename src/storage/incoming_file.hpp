// storage/incoming_file.hpp: a file of the media folder that is still on its way.
//
// It is written under a name of its own among the parts, and gets its public one when it is whole
// and on the disk. Whatever has not been kept is removed again: one that breaks off, one that does
// not fit, one whose row could not be written.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string_view>

namespace kinora::storage {

class IncomingFile {
public:
    // `part` is where it is written, and `files` the folder where it gets its name.
    static Result<IncomingFile> create(std::filesystem::path part, std::filesystem::path files);
    ~IncomingFile();
    IncomingFile(IncomingFile&& other) noexcept;
    IncomingFile& operator=(IncomingFile&& other) noexcept;

    // Both block, and fail with unavailable on a full disk.
    Result<void> write(std::string_view bytes);
    // Syncs it, and gives it that name in the folder.
    Result<void> publish(std::string_view name);
    std::uint64_t size_bytes() const { return size_bytes_; }

    // From now on it stays.
    void keep() { path_.clear(); }

private:
    IncomingFile(int descriptor, std::filesystem::path part, std::filesystem::path files)
        : descriptor_(descriptor), path_(std::move(part)), files_(std::move(files)) {}

    int descriptor_ = -1;
    std::filesystem::path path_;  // Where it lies now; empty: it stays there.
    std::filesystem::path files_;
    std::uint64_t size_bytes_ = 0;
};

// Makes the names in it as durable as the files.
Result<void> sync_folder(const std::filesystem::path& folder);

}  // namespace kinora::storage
