#include "storage/media_folder.hpp"

#include "base/ensure.hpp"
#include "storage/file_error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace kinora::storage {
namespace {

constexpr std::size_t kHexLength = 32;

const char* extension(MediaKind kind) {
    return kind == MediaKind::video ? ".mp4" : ".jpg";
}

const MediaType* find_type(std::string_view ending) {
    const auto* found = std::find_if(kMediaTypes.begin(), kMediaTypes.end(),
                                     [&](const MediaType& type) { return type.ending == ending; });
    return found == kMediaTypes.end() ? nullptr : found;
}

// Calls f(path, facts) for each regular file.
template <class F>
void for_each_file(const std::filesystem::path& folder, F f) {
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        struct stat facts {};
        if (::stat(entry->path().c_str(), &facts) == 0 && S_ISREG(facts.st_mode))
            f(entry->path(), facts);
    }
}

TimePoint modified(const struct stat& facts) {
    return from_unix_ms(std::int64_t{facts.st_mtim.tv_sec} * 1000 +
                        facts.st_mtim.tv_nsec / 1'000'000);
}

}  // namespace

std::string make_media_name(MediaKind kind, Random& random) {
    return random.hex(kHexLength / 2) + extension(kind);
}

std::string make_media_name(std::string_view ending, Random& random) {
    auto name = random.hex(kHexLength / 2) + '.';
    name += ending;
    ensure(is_media_name(name), "a media file has a known ending");
    return name;
}

bool is_media_name(std::string_view name) {
    if (name.size() < kHexLength + 2 || name[kHexLength] != '.') return false;
    const auto stem = name.substr(0, kHexLength);
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return std::all_of(stem.begin(), stem.end(), is_hex) &&
           find_type(name.substr(kHexLength + 1)) != nullptr;
}

std::string_view media_type_of(std::string_view name) {
    const auto* found = find_type(name.substr(std::min(name.size(), name.rfind('.') + 1)));
    return found == nullptr ? "application/octet-stream" : found->type;
}

Result<MediaFolder> MediaFolder::open(const std::filesystem::path& data) {
    MediaFolder folder(data / "media", data / "parts");
    for (const auto& path : {folder.files_, folder.parts_}) {
        std::error_code error;
        std::filesystem::create_directories(path, error);
        if (error || ::access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
            const auto reason = error ? error.message() : std::string(std::strerror(errno));
            return Error(ErrorCode::api_error, "cannot write to " + path.string() + ": " + reason +
                                                   "; choose another folder with --data");
        }
    }
    return folder;
}

std::filesystem::path MediaFolder::part(const TaskId& task, int attempt, MediaKind kind) const {
    return parts_ / (task.str() + '.' + std::to_string(attempt) + extension(kind));
}

std::filesystem::path MediaFolder::part(const TaskId& task, int attempt,
                                        std::string_view what) const {
    return parts_ / (task.str() + '.' + std::to_string(attempt) + '.' + std::string(what));
}

void MediaFolder::remove_parts(const TaskId& task) const {
    const auto prefix = task.str() + '.';
    std::error_code ignored;  // What cannot be removed now is looked for again at the next attempt.
    for (const auto& entry : std::filesystem::directory_iterator(parts_, ignored)) {
        if (entry.path().filename().string().starts_with(prefix)) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

Result<void> MediaFolder::publish(const std::filesystem::path& part, std::string_view name) const {
    const auto target = files_ / name;
    if (::rename(part.c_str(), target.c_str()) != 0) return file_error("rename", part, errno);
    return sync_folder(files_);
}

Result<void> MediaFolder::add(std::span<const std::uint8_t> bytes, std::string_view name) const {
    ensure(is_media_name(name), "a media file has a media name");
    auto file = IncomingFile::create(parts_ / name, files_);
    if (!file) return file.error();
    const auto written = file->write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!written) return written.error();
    const auto published = file->publish(name);
    if (!published) return published.error();
    file->keep();
    return ok();
}

Result<IncomingFile> MediaFolder::receive(Random& random) const {
    return IncomingFile::create(parts_ / (random.hex(kHexLength / 2) + ".part"), files_);
}

bool MediaFolder::has(std::string_view name) const {
    return is_media_name(name) && ::access((files_ / name).c_str(), F_OK) == 0;
}

void MediaFolder::remove(std::string_view name) const {
    std::error_code ignored;  // A file that is gone already is what was wanted.
    std::filesystem::remove(files_ / name, ignored);
}

std::vector<std::string> MediaFolder::files_before(TimePoint before) const {
    std::vector<std::string> names;
    for_each_file(files_, [&](const auto& path, const auto& facts) {
        auto name = path.filename().string();
        if (modified(facts) < before && is_media_name(name)) names.push_back(std::move(name));
    });
    return names;
}

std::vector<MediaFolder::Part> MediaFolder::parts_before(TimePoint before) const {
    constexpr std::size_t kIdLength = 36;
    std::vector<Part> parts;
    for_each_file(parts_, [&](const auto& path, const auto& facts) {
        if (modified(facts) >= before) return;
        const auto task = TaskId::parse(path.filename().string().substr(0, kIdLength));
        parts.push_back({task.value_or(TaskId()), path});
    });
    return parts;
}

std::uint64_t MediaFolder::used_bytes() const {
    std::uint64_t used = 0;
    for (const auto& folder : {files_, parts_}) {
        for_each_file(folder, [&](const auto&, const auto& facts) {
            used += static_cast<std::uint64_t>(facts.st_size);
        });
    }
    return used;
}

Result<OpenFile> MediaFolder::open_file(std::string_view name) const {
    const Error missing(ErrorCode::not_found, "There is no such file.");
    if (!is_media_name(name)) return missing;
    const auto path = files_ / name;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) return missing;
        return file_error("open", path, errno);
    }
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0) {
        const int code = errno;
        ::close(descriptor);
        return file_error("stat", path, code);
    }
    return OpenFile{descriptor, static_cast<std::uint64_t>(facts.st_size), facts.st_mtime};
}

}  // namespace kinora::storage
