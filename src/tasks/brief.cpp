#include "tasks/brief.hpp"

#include <boost/json.hpp>

namespace kinora::tasks {
namespace json = boost::json;
namespace {

template <class T>
T field(const json::object& fields, const char* name, T fallback) {
    const auto* found = fields.if_contains(name);
    return found == nullptr ? fallback : json::value_to<T>(*found);
}

// What an engine and an encoder can be asked for: a worker must not stumble over a damaged row.
bool can_be_drawn(const engines::Brief& brief) {
    const auto is_side = [](int pixels) {
        return pixels >= 16 && pixels <= 4096 && pixels % 2 == 0;
    };
    return is_side(brief.width) && is_side(brief.height) && brief.frame_count >= 1 &&
           brief.fps >= 1 && brief.fps <= 120;
}

}  // namespace

std::string to_json(const engines::Brief& brief) {
    return json::serialize(json::object{{"prompt", brief.prompt},
                                        {"width", brief.width},
                                        {"height", brief.height},
                                        {"frame_count", brief.frame_count},
                                        {"fps", brief.fps},
                                        {"seed", brief.seed},
                                        {"loop", brief.loop},
                                        {"enhancement", brief.enhancement}});
}

Result<engines::Brief> parse_brief(const std::string& text) {
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    if (error || !value.is_object()) {
        return Error(ErrorCode::api_error, "The server lost track of this task.",
                     "a brief is no JSON object");
    }
    const auto& fields = value.get_object();
    engines::Brief brief;
    try {
        brief.prompt = field(fields, "prompt", brief.prompt);
        brief.width = field(fields, "width", brief.width);
        brief.height = field(fields, "height", brief.height);
        brief.frame_count = field(fields, "frame_count", brief.frame_count);
        brief.fps = field(fields, "fps", brief.fps);
        brief.seed = field(fields, "seed", brief.seed);
        brief.loop = field(fields, "loop", brief.loop);
        brief.enhancement = field(fields, "enhancement", brief.enhancement);
    } catch (const std::exception& failure) {
        return Error(ErrorCode::api_error, "The server lost track of this task.", failure.what());
    }
    if (!can_be_drawn(brief)) {
        return Error(ErrorCode::api_error, "The server lost track of this task.",
                     "a brief has a size or length that no clip has");
    }
    return brief;
}

}  // namespace kinora::tasks
