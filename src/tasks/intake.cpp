#include "tasks/intake.hpp"

#include "outbound/data_url.hpp"
#include "outbound/url.hpp"
#include "storage/media_kind.hpp"

#include <algorithm>

namespace kinora::tasks {
namespace {

constexpr std::string_view kMediaPath = "/media/";

Error bad_field(const char* field, std::string_view what) {
    return {ErrorCode::bad_request, '`' + std::string(field) + "` " + std::string(what)};
}

Error cannot_be_used(const char* field, const Error& error) {
    if (error.code() != ErrorCode::bad_request) return error;
    return bad_field(field, "cannot be used. " + error.message());
}

// The file's name in "https://host/media/<name>", whatever the host: a server has many names, and
// nobody guesses that of a file.
std::string_view media_name_in(std::string_view url) {
    const auto authority = url.find("://");
    const auto path =
        authority == std::string_view::npos ? authority : url.find('/', authority + 3);
    if (path == std::string_view::npos) return {};
    auto rest = url.substr(path);
    if (!rest.starts_with(kMediaPath)) return {};
    rest.remove_prefix(kMediaPath.size());
    const auto name = rest.substr(0, rest.find_first_of("?#"));
    return storage::is_media_name(name) ? name : std::string_view();
}

class Taker {
public:
    Taker(std::string_view base_url, const storage::MediaFolder& media, Random& random)
        : base_url_(base_url), media_(media), random_(random) {}

    Result<Intake> take(const NamedInputs& named) {
        const auto judged = judge(named);
        if (!judged) return judged.error();
        Intake intake{std::move(inputs_), {}};
        for (const auto& [name, bytes] : files_) {
            const auto added = media_.add(bytes, name);
            if (!added) {
                for (const auto& saved : intake.saved) media_.remove(saved.name);
                return added.error();
            }
            intake.saved.push_back({name, bytes.size()});
        }
        return intake;
    }

private:
    struct File {
        std::string name;
        std::vector<std::uint8_t> bytes;
    };

    Result<void> judge(const NamedInputs& named) {
        if (!named.start_image_url.empty()) {
            auto start = take_picture(kStartImage, named.start_image_url);
            if (!start) return start.error();
            inputs_.start = std::move(*start);
        }
        if (!named.end_image_url.empty()) {
            auto end = take_picture(kEndImage, named.end_image_url);
            if (!end) return end.error();
            inputs_.end = std::move(*end);
        }
        if (!named.video_url.empty()) {
            auto video = take_url(kVideoUrl, named.video_url);
            if (!video) return video.error();
            inputs_.video = std::move(*video);
        }
        const bool same_place =
            inputs_.start && inputs_.end && inputs_.start->place == inputs_.end->place;
        const bool same_bytes = files_.size() == 2 && files_[0].bytes == files_[1].bytes;
        if (same_place || same_bytes) {
            return bad_field(kEndImage, std::string("cannot be used. ") + kSamePicture);
        }
        return ok();
    }

    Result<Input> take_picture(const char* field, const std::string& text) {
        if (!outbound::is_data_url(text)) return take_url(field, text);
        auto data = outbound::parse_data_url(text, kImageBytesMax);
        if (!data) return cannot_be_used(field, data.error());
        const bool may_be = data->media_type.starts_with("image/") ||
                            data->media_type == "application/octet-stream";
        if (!may_be)
            return bad_field(field, "cannot be used. Its media type is that of no picture.");
        const std::string_view head(reinterpret_cast<const char*>(data->bytes.data()),
                                    std::min(data->bytes.size(), storage::kKindHeadBytes));
        const auto kind = storage::kind_of(head);
        if (!kind || kind->sort != storage::MediaSort::picture) {
            return bad_field(
                field, "cannot be used. The file is no PNG, JPEG, WebP, GIF, BMP or AVIF picture.");
        }
        auto name = storage::make_media_name(kind->ending, random_);
        files_.push_back({name, std::move(data->bytes)});
        return Input{field, Input::Kind::file, std::move(name)};
    }

    Result<Input> take_url(const char* field, const std::string& text) {
        const auto url = outbound::Url::parse(text);
        if (!url) return cannot_be_used(field, url.error());
        const auto name = media_name_in(url->text());
        if (media_.has(name)) return Input{field, Input::Kind::file, std::string(name)};
        const auto own = std::string(base_url_) + std::string(kMediaPath);
        if (text.starts_with(own))
            return bad_field(field, "cannot be used. There is no such file here.");
        return Input{field, Input::Kind::url, url->text()};
    }

    std::string_view base_url_;
    const storage::MediaFolder& media_;
    Random& random_;
    Inputs inputs_;
    std::vector<File> files_;
};

}  // namespace

Result<Intake> take_in(const NamedInputs& named, std::string_view base_url,
                       const storage::MediaFolder& media, Random& random) {
    return Taker(base_url, media, random).take(named);
}

}  // namespace kinora::tasks
