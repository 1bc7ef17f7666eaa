#include "tasks/input_loader.hpp"

#include "base/ensure.hpp"
#include "tasks/clip_size.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

namespace kinora::tasks {
namespace {

// Of a picture whose clip gets its ratio: covers each size that this can be, for the smaller side
// of an area of 1.03 times kClipArea is no longer.
constexpr int kOwnSizeCover = 1040;
constexpr Milliseconds kVideoFetchMax{300'000};

// What a server says of a file counts only where it cannot be what was asked for; many say nothing
// or something general.
Result<void> check_type(const std::string& content_type, bool is_video) {
    auto type = content_type.substr(0, content_type.find_first_of("; "));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    const bool is_wrong = type == "text/html" || type == "application/xhtml+xml" ||
                          type == "application/json" || type.starts_with("audio/") ||
                          type.starts_with(is_video ? "image/" : "video/");
    if (!is_wrong) return ok();
    return bad_request("The server sent " + type + ", which is no " +
                       (is_video ? "video." : "picture."));
}

// Whole files, so that no picture is decoded twice for a mistake.
bool same_bytes(const media::InputFile& one, const media::InputFile& other) {
    struct stat a {
    }, b{};
    if (::fstat(one.descriptor(), &a) != 0 || ::fstat(other.descriptor(), &b) != 0) return false;
    if (a.st_size != b.st_size) return false;
    std::array<char, 65'536> left{}, right{};
    for (off_t at = 0; at < a.st_size;) {
        const auto got = ::pread(one.descriptor(), left.data(), left.size(), at);
        if (got <= 0) return false;
        const auto size = static_cast<std::size_t>(got);
        if (::pread(other.descriptor(), right.data(), size, at) != got ||
            std::memcmp(left.data(), right.data(), size) != 0) {
            return false;
        }
        at += got;
    }
    return true;
}

// The same picture in two files of different bytes.
bool same_pixels(const media::Still& one, const media::Still& other) {
    return one.width == other.width && one.height == other.height && one.rgba == other.rgba;
}

}  // namespace

Error about(const std::string& field, const Error& error) {
    if (error.code() != ErrorCode::bad_request) return error;
    return {error.code(), "`" + field + "` cannot be used. " + error.message(), error.detail()};
}

Result<media::InputFile> InputLoader::fetch(const Input& input, Wanted wanted,
                                            const Errand& errand) const {
    outbound::Limits limits;
    limits.size_bytes_max = wanted == Wanted::video ? kVideoBytesMax : kImageBytesMax;
    if (wanted == Wanted::video) limits.time_max = kVideoFetchMax;
    const auto path = media_.part(errand.task, errand.attempt, input.field);
    outbound::Patience patience;
    patience.stop = errand.stop;
    const auto fetched = fetcher_.fetch_to_file(input.place, path, limits, patience);
    if (!fetched) return fetched.error();
    // Open, it needs its name no longer.
    auto file = media::InputFile::open(path);
    std::error_code ignored;  // The next attempt looks for it again.
    std::filesystem::remove(path, ignored);
    const auto checked = check_type(fetched->content_type, wanted == Wanted::video);
    if (!checked) return checked.error();
    return file;
}

Result<media::InputFile> InputLoader::open(const Input& input, Wanted wanted,
                                           const Errand& errand) const {
    if (input.kind == Input::Kind::url) {
        auto file = fetch(input, wanted, errand);
        if (!file) return about(input.field, file.error());
        return file;
    }
    if (!media_.has(input.place)) return about(input.field, bad_request("The file is gone."));
    return media::InputFile::open(media_.files() / input.place);
}

Result<engines::Given> InputLoader::load_pictures(const Inputs& inputs, engines::Brief& brief,
                                                  const Errand& errand) const {
    engines::Given given;
    std::optional<media::InputFile> start, end;
    if (inputs.start) {
        auto file = open(*inputs.start, Wanted::picture, errand);
        if (!file) return file.error();
        start.emplace(std::move(*file));
    }
    if (inputs.end) {
        auto file = open(*inputs.end, Wanted::picture, errand);
        if (!file) return file.error();
        end.emplace(std::move(*file));
    }
    if (start && end && same_bytes(*start, *end)) {
        return about(inputs.end->field, bad_request(kSamePicture));
    }
    media::StillLimits limits;
    if (start) {
        limits.cover_width = inputs.own_size ? kOwnSizeCover : brief.width;
        limits.cover_height = inputs.own_size ? kOwnSizeCover : brief.height;
        auto still = media::decode_still(box_, *start, limits, errand.stop);
        if (!still) return about(inputs.start->field, still.error());
        if (inputs.own_size) {
            const auto size = nearest_size(still->width, still->height);
            brief.width = size.width;
            brief.height = size.height;
        }
        given.start = std::move(*still);
    }
    if (end) {
        if (!start) {
            // Of an extension the size is not known yet, and no side is longer than this.
            limits.cover_width = inputs.video ? kExtensionSideMax : brief.width;
            limits.cover_height = inputs.video ? kExtensionSideMax : brief.height;
        }
        auto still = media::decode_still(box_, *end, limits, errand.stop);
        if (!still) return about(inputs.end->field, still.error());
        if (given.start && same_pixels(*given.start, *still))
            return about(inputs.end->field, bad_request(kSamePicture));
        given.end = std::move(*still);
    }
    return given;
}

Result<ExtensionSource> InputLoader::load_video(const Inputs& inputs, const Errand& errand) const {
    ensure(inputs.video.has_value(), "an extension has a source");
    const auto& input = *inputs.video;
    auto file = open(input, Wanted::video, errand);
    if (!file) return file.error();
    ExtensionSource source{input.field, std::move(*file), {}};
    if (input.kind == Input::Kind::clip) source.own_clip = media_.files() / input.place;
    return source;
}

}  // namespace kinora::tasks
