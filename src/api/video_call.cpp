#include "api/video_call.hpp"

#include "api/fields.hpp"
#include "tasks/brief.hpp"
#include "tasks/clip_size.hpp"

#include <algorithm>

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

bool is_blank(std::string_view utf8) {
    return utf8.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

// Inputs that this server does not take: told so by name, never passed over.
Result<void> refuse_inputs(const json::object& fields,
                           const std::vector<std::string>& absent_urls) {
    for (const auto* name :
         {"start_image_url", "end_image_url", "video_url", "video_id", "callback_url"}) {
        const auto value = text(fields, name);
        if (!value) return value.error();
        if (!*value || (*value)->empty()) continue;
        if (std::find(absent_urls.begin(), absent_urls.end(), **value) != absent_urls.end())
            continue;
        return field_error(name, "is not supported by this version of the server; leave it out.");
    }
    if (has(fields, "priority")) {
        return field_error("priority",
                           "is not supported by this version of the server; leave it out.");
    }
    return ok();
}

Result<void> check_action(const json::object& fields) {
    const auto action = text(fields, "action");
    if (!action) return action.error();
    if (!*action || **action == "generate") return ok();
    if (**action == "extend") {
        return field_error("action",
                           "`extend` is not supported by this version of the server; use "
                           "`generate`.");
    }
    return field_error("action", "must be `generate`.");
}

Result<std::string> read_prompt(const json::object& fields) {
    const auto prompt = text(fields, "prompt");
    if (!prompt) return prompt.error();
    if (!*prompt || is_blank(**prompt)) {
        return field_error("prompt", "is required; say what the video shows.");
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

Result<VideoCall> parse_video_call(const json::object& fields,
                                   const std::vector<std::string>& absent_urls) {
    const auto action = check_action(fields);
    if (!action) return action.error();
    const auto inputs = refuse_inputs(fields, absent_urls);
    if (!inputs) return inputs.error();
    const auto prompt = read_prompt(fields);
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

    VideoCall call;
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
    call.seed_is_given = seed->has_value();
    call.blocking = !async->value_or(false);
    call.timeout = *timeout;
    return call;
}

}  // namespace kinora::api
