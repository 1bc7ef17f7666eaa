#include "api/video_call.hpp"

#include "api/fields.hpp"
#include "tasks/brief.hpp"
#include "tasks/clip_size.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kinora::api {
namespace json = boost::json;
namespace {

// The largest whole number that every JSON reader keeps exact.
constexpr std::int64_t kSeedMax = (std::int64_t{1} << 53) - 1;

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

// The next code point of valid UTF-8.
char32_t next_sign(std::string_view utf8, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(utf8[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    char32_t sign = lead & (0x3fU >> more);
    for (int i = 0; i < more && at < utf8.size(); ++i)
        sign = (sign << 6) | (static_cast<unsigned char>(utf8[at++]) & 0x3fU);
    return sign;
}

// Blanks of all widths, controls, marks of direction, fillers, variation selectors and tags: what
// nobody sees by itself.
bool is_unseen(char32_t sign) {
    static constexpr std::pair<char32_t, char32_t> kUnseen[] = {
        {0x00, 0x20},     {0x7f, 0xa0},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},
        {0x115f, 0x1160}, {0x1680, 0x1680}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f},
        {0x2028, 0x202f}, {0x205f, 0x206f}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
        {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff}};
    return std::any_of(std::begin(kUnseen), std::end(kUnseen), [sign](const auto& range) {
        return sign >= range.first && sign <= range.second;
    });
}

bool is_blank(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        if (!is_unseen(next_sign(utf8, at))) return false;
    }
    return true;
}

// Empty where the field is absent, or counts as that.
Result<std::string> read_url(const json::object& fields, const char* name,
                             const std::vector<std::string>& absent_urls) {
    auto value = text(fields, name);
    if (!value) return value.error();
    if (!*value ||
        std::find(absent_urls.begin(), absent_urls.end(), **value) != absent_urls.end()) {
        return std::string();
    }
    return std::move(**value);
}

Result<int> read_priority(const json::object& fields) {
    const auto priority = text(fields, "priority");
    if (!priority) return priority.error();
    if (!*priority || **priority == "normal") return 0;
    if (**priority == "low") return -1;
    return field_error("priority", "must be `low` or `normal`.");
}

enum class Action { generate, extend };

Result<Action> read_action(const json::object& fields) {
    const auto action = text(fields, "action");
    if (!action) return action.error();
    if (!*action || **action == "generate") return Action::generate;
    if (**action == "extend") return Action::extend;
    return field_error("action", "must be `generate` or `extend`.");
}

// The inputs, and whether they go with the action.
Result<void> read_inputs(const json::object& fields, const std::vector<std::string>& absent_urls,
                         Action action, VideoCall& call) {
    for (auto [name, target] : {std::pair{tasks::kStartImage, &call.named.start_image_url},
                                std::pair{tasks::kEndImage, &call.named.end_image_url},
                                std::pair{tasks::kVideoUrl, &call.named.video_url}}) {
        auto url = read_url(fields, name, absent_urls);
        if (!url) return url.error();
        *target = std::move(*url);
    }
    const auto id = text(fields, tasks::kVideoId);
    if (!id) return id.error();
    const bool has_id = *id && !(*id)->empty();
    const bool has_url = !call.named.video_url.empty();
    if (action == Action::generate) {
        if (!has_id && !has_url) return ok();
        return field_error(
            has_id ? tasks::kVideoId : tasks::kVideoUrl,
            "is for extending a clip; say `\"action\": \"extend\"`, or leave it out.");
    }
    if (!call.named.start_image_url.empty()) {
        return field_error(tasks::kStartImage,
                           "does not go with `extend`, which starts with the clip; leave it out.");
    }
    if (!has_id && !has_url) {
        return field_error(tasks::kVideoId, "or `video_url` is required to `extend` a clip.");
    }
    if (!has_id) return ok();
    call.video_id = VideoId::parse(**id);
    if (!call.video_id) return unknown_video();
    call.named.video_url.clear();
    return ok();
}

// Empty where it is absent and may be.
Result<std::string> read_prompt(const json::object& fields, bool is_required) {
    const auto prompt = text(fields, "prompt");
    if (!prompt) return prompt.error();
    if (!*prompt || is_blank(**prompt)) {
        if (!is_required) return std::string();
        const bool given = *prompt && !(*prompt)->empty();
        return field_error("prompt", given ? "is blank; say what the video shows."
                                           : "is required; say what the video shows.");
    }
    const auto length = code_points(**prompt);
    if (length > kPromptLengthMax) {
        return field_error("prompt", "has " + std::to_string(length) + " characters; at most " +
                                         std::to_string(kPromptLengthMax) + " are allowed.");
    }
    return **prompt;
}

Result<tasks::ClipSize> read_size(const json::object& fields) {
    const auto ratio = text(fields, "aspect_ratio");
    if (!ratio) return ratio.error();
    if (!*ratio) return tasks::kAspectRatios.front().size;
    if (const auto size = tasks::clip_size(**ratio)) return *size;
    std::string known;
    for (const auto& each : tasks::kAspectRatios) {
        known += (known.empty() ? "" : ", ") + std::string(each.name);
    }
    return field_error("aspect_ratio", "must be one of " + known + ".");
}

Result<Milliseconds> read_timeout(const json::object& fields, Milliseconds fallback) {
    const auto seconds = number(fields, "timeout");
    if (!seconds) return seconds.error();
    if (!*seconds) return fallback;
    if (!(**seconds >= 1 && **seconds <= 3600)) {
        return field_error("timeout", "must be a number of seconds from 1 to 3600.");
    }
    return Milliseconds(static_cast<std::int64_t>(**seconds * 1000));
}

}  // namespace

Error unknown_video() {
    return field_error(tasks::kVideoId, "names no clip of yours.");
}

Error expired_video() {
    return field_error(tasks::kVideoId,
                       "names a clip whose file was kept for its time; that is "
                       "over.");
}

Result<VideoCall> parse_video_call(const json::object& fields,
                                   const std::vector<std::string>& absent_urls) {
    VideoCall call;
    const auto action = read_action(fields);
    if (!action) return action.error();
    const auto inputs = read_inputs(fields, absent_urls, *action, call);
    if (!inputs) return inputs.error();
    auto callback_url = read_url(fields, "callback_url", absent_urls);
    if (!callback_url) return callback_url.error();
    const auto priority = read_priority(fields);
    if (!priority) return priority.error();
    const bool shows_something = call.named.any() || call.video_id;
    const auto prompt = read_prompt(fields, !shows_something);
    if (!prompt) return prompt.error();
    const auto size = read_size(fields);
    if (!size) return size.error();
    const auto loop = flag(fields, "loop");
    if (!loop) return loop.error();
    const auto enhancement = flag(fields, "enhancement");
    if (!enhancement) return enhancement.error();
    const auto async = flag(fields, "async");
    if (!async) return async.error();
    const auto seed = whole(fields, "seed", 0, kSeedMax);
    if (!seed) return seed.error();

    const auto timeout = read_timeout(fields, call.timeout);
    if (!timeout) return timeout.error();
    call.brief.prompt = *prompt;
    call.brief.width = size->width;
    call.brief.height = size->height;
    call.brief.frame_count = tasks::kClipFrames;
    call.brief.fps = tasks::kClipFps;
    call.brief.seed = static_cast<std::uint64_t>(seed->value_or(0));
    call.brief.loop = loop->value_or(false);
    call.brief.enhancement = enhancement->value_or(true);
    call.own_size = !call.named.start_image_url.empty() && !has(fields, "aspect_ratio");
    call.seed_is_given = seed->has_value();
    call.blocking = !async->value_or(false) && callback_url->empty();
    call.callback_url = std::move(*callback_url);
    call.priority = *priority;
    call.timeout = *timeout;
    return call;
}

}  // namespace kinora::api
