#include "tasks/brief.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>

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

// Each extension keeps all prompts before it in its row.
constexpr std::size_t kPastPartsMax = 24;

constexpr std::pair<Input::Kind, const char*> kKinds[] = {
    {Input::Kind::url, "url"}, {Input::Kind::file, "file"}, {Input::Kind::clip, "clip"}};

json::object to_object(const Input& input) {
    const auto* name = kKinds[static_cast<int>(input.kind)].second;
    return {{"field", input.field}, {"kind", name}, {"place", input.place}};
}

// Throws where it is none of ours.
std::optional<Input> read_input(const json::object& inputs, const char* name) {
    const auto* found = inputs.if_contains(name);
    if (found == nullptr) return std::nullopt;
    const auto& fields = found->as_object();
    Input input;
    input.field = json::value_to<std::string>(fields.at("field"));
    input.place = json::value_to<std::string>(fields.at("place"));
    const auto& word = fields.at("kind").as_string();
    const auto* kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                    [&](const auto& each) { return word == each.second; });
    if (kind == std::end(kKinds)) throw std::runtime_error("an input is of no known kind");
    input.kind = kind->first;
    return input;
}

json::array to_array(const std::vector<engines::PastPart>& past) {
    json::array parts;
    for (const auto& part : past) {
        parts.push_back(json::object{{"prompt", part.prompt},
                                     {"seed", part.seed},
                                     {"frame_count", part.frame_count},
                                     {"loop", part.loop},
                                     {"enhancement", part.enhancement}});
    }
    return parts;
}

std::vector<engines::PastPart> read_past(const json::array& parts) {
    std::vector<engines::PastPart> past;
    for (const auto& each : parts) {
        const auto& fields = each.as_object();
        engines::PastPart part;
        part.prompt = field(fields, "prompt", part.prompt);
        part.seed = field(fields, "seed", part.seed);
        part.frame_count = field(fields, "frame_count", part.frame_count);
        part.loop = field(fields, "loop", part.loop);
        part.enhancement = field(fields, "enhancement", part.enhancement);
        past.push_back(std::move(part));
    }
    return past;
}

Inputs read_inputs(const json::object& plan) {
    Inputs inputs;
    const auto* found = plan.if_contains("inputs");
    if (found == nullptr) return inputs;
    const auto& fields = found->as_object();
    inputs.start = read_input(fields, "start");
    inputs.end = read_input(fields, "end");
    inputs.video = read_input(fields, "video");
    inputs.own_size = field(fields, "own_size", false);
    if (const auto* past = fields.if_contains("past")) inputs.past = read_past(past->as_array());
    return inputs;
}

Error lost(std::string detail) {
    return {ErrorCode::api_error, "The server lost track of this task.", std::move(detail)};
}

}  // namespace

std::string to_json(const engines::Brief& brief, const Inputs& inputs) {
    json::object plan{{"prompt", brief.prompt}, {"width", brief.width},
                      {"height", brief.height}, {"frame_count", brief.frame_count},
                      {"fps", brief.fps},       {"seed", brief.seed},
                      {"loop", brief.loop},     {"enhancement", brief.enhancement}};
    if (inputs.any()) {
        json::object fields;
        if (inputs.start) fields["start"] = to_object(*inputs.start);
        if (inputs.end) fields["end"] = to_object(*inputs.end);
        if (inputs.video) fields["video"] = to_object(*inputs.video);
        fields["own_size"] = inputs.own_size;
        if (!inputs.past.empty()) fields["past"] = to_array(inputs.past);
        plan["inputs"] = std::move(fields);
    }
    return json::serialize(plan);
}

Result<Plan> parse_plan(const std::string& text) {
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    if (error || !value.is_object()) return lost("a brief is no JSON object");
    const auto& fields = value.get_object();
    Plan plan;
    auto& brief = plan.brief;
    try {
        brief.prompt = field(fields, "prompt", brief.prompt);
        brief.width = field(fields, "width", brief.width);
        brief.height = field(fields, "height", brief.height);
        brief.frame_count = field(fields, "frame_count", brief.frame_count);
        brief.fps = field(fields, "fps", brief.fps);
        brief.seed = field(fields, "seed", brief.seed);
        brief.loop = field(fields, "loop", brief.loop);
        brief.enhancement = field(fields, "enhancement", brief.enhancement);
        plan.inputs = read_inputs(fields);
    } catch (const std::exception& failure) {
        return lost(failure.what());
    }
    if (!can_be_drawn(brief)) return lost("a brief has a size or length that no clip has");
    return plan;
}

std::vector<engines::PastPart> past_of(const Plan& plan) {
    const auto& [brief, inputs] = plan;
    if (inputs.start || inputs.end) return {};
    if (inputs.video && inputs.past.empty()) return {};
    auto past = inputs.past;
    if (past.size() + 1 > kPastPartsMax) return {};
    past.push_back({brief.prompt, brief.seed, brief.frame_count, brief.loop, brief.enhancement});
    return past;
}

Result<engines::Brief> parse_brief(const std::string& text) {
    auto plan = parse_plan(text);
    if (!plan) return plan.error();
    return std::move(plan->brief);
}

}  // namespace kinora::tasks
