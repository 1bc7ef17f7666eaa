// storage/media_folder.hpp: finished clips and their thumbnails, as files.
//
// A file gets its public name only when it is whole, so whatever has a name can be served. Parts
// lie in a folder of their own on the same file system. Safe from any thread and several processes.
#pragma once

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kinora::storage {

enum class MediaKind { video, thumbnail };

// `<32 hex>.mp4` or `<32 hex>.jpg`: nobody can guess it.
std::string make_media_name(MediaKind kind, Random& random);
bool is_media_name(std::string_view name);

struct OpenFile {
    int descriptor = -1;  // The caller closes it.
    std::uint64_t size_bytes = 0;
    std::int64_t modified_unix_s = 0;
};

class MediaFolder {
public:
    // Makes the folders under `data` where they are missing. Fails with a sentence for the
    // operator.
    static Result<MediaFolder> open(const std::filesystem::path& data);

    // Where an attempt writes before it has anything whole.
    std::filesystem::path part(const TaskId& task, int attempt, MediaKind kind) const;
    // Removes what all attempts at the task left unfinished.
    void remove_parts(const TaskId& task) const;

    // Gives the finished part its name and syncs the folder. Fails with unavailable on a full disk.
    Result<void> publish(const std::filesystem::path& part, std::string_view name) const;
    void remove(std::string_view name) const;

    // Fails with not_found where there is no such file.
    Result<OpenFile> open_file(std::string_view name) const;

    const std::filesystem::path& files() const { return files_; }

private:
    MediaFolder(std::filesystem::path files, std::filesystem::path parts)
        : files_(std::move(files)), parts_(std::move(parts)) {}

    std::filesystem::path files_;
    std::filesystem::path parts_;
};

}  // namespace kinora::storage
