// storage/media_folder.hpp: finished clips and their thumbnails, and what callers sent, as files.
//
// A file gets its public name only when it is whole, so whatever has a name can be served. Parts
// lie in a folder of their own on the same file system. Safe from any thread and several processes.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "storage/incoming_file.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::storage {

enum class MediaKind { video, thumbnail };

// `<32 hex>.mp4` or `<32 hex>.jpg`: nobody can guess it.
std::string make_media_name(MediaKind kind, Random& random);
// The same with one of the endings below.
std::string make_media_name(std::string_view ending, Random& random);
bool is_media_name(std::string_view name);

struct MediaType {
    std::string_view ending;  // "jpg".
    std::string_view type;    // "image/jpeg".
};
// Of all files that may lie in the folder.
inline constexpr std::array<MediaType, 11> kMediaTypes{{{"mp4", "video/mp4"},
                                                        {"mov", "video/quicktime"},
                                                        {"webm", "video/webm"},
                                                        {"mkv", "video/x-matroska"},
                                                        {"jpg", "image/jpeg"},
                                                        {"png", "image/png"},
                                                        {"webp", "image/webp"},
                                                        {"gif", "image/gif"},
                                                        {"bmp", "image/bmp"},
                                                        {"avif", "image/avif"},
                                                        {"heic", "image/heic"}}};
// "application/octet-stream" for what is none of these.
std::string_view media_type_of(std::string_view name);

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
    // Where it puts what it needs for a while; `what` is part of the file's name.
    std::filesystem::path part(const TaskId& task, int attempt, std::string_view what) const;
    // Removes what all attempts at the task left unfinished.
    void remove_parts(const TaskId& task) const;

    // Gives the finished part its name and syncs the folder. Fails with unavailable on a full disk.
    Result<void> publish(const std::filesystem::path& part, std::string_view name) const;
    // Writes a whole file under its name and syncs it. Blocks. Fails with unavailable on a full
    // disk; there is no file then.
    Result<void> add(std::span<const std::uint8_t> bytes, std::string_view name) const;
    // For a file that comes piece by piece. Until it is published it lies among the parts.
    Result<IncomingFile> receive(Random& random) const;
    void remove(std::string_view name) const;
    bool has(std::string_view name) const;  // False for what is no media name as well.

    // Names of files last written before `before`, and of parts, by the task in their names (nil:
    // none). In no order; what vanishes meanwhile is left out. Blocks.
    std::vector<std::string> files_before(TimePoint before) const;
    struct Part {
        TaskId task;
        std::filesystem::path path;
    };
    std::vector<Part> parts_before(TimePoint before) const;
    // What all files and parts take. Blocks.
    std::uint64_t used_bytes() const;

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
