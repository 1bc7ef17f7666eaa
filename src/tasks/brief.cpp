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
    return brief;
}

}  // namespace kinora::tasks
