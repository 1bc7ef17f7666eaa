// tests/fuzz/video_call_fuzz.cpp: bodies of POST /luma/videos.
#include "api/fields.hpp"
#include "api/json_text.hpp"
#include "api/video_call.hpp"
#include "base/ensure.hpp"

#include <boost/json/parse.hpp>
#include <string_view>

using namespace kinora;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto fields = api::parse_object(body);
    if (!fields) {
        ensure(!fields.error().message().empty(), "a refusal says what to change");
        return 0;
    }
    const auto text = api::to_text(*fields);
    const auto again = api::parse_object(text);
    // Not that it is equal: Boost.JSON 1.81 reads some long numbers a last bit off.
    ensure(again.has_value(), "what we write can be read");
    ensure(again->size() == fields->size(), "what we write has every field");
    const auto call = api::parse_video_call(*fields, {"https://host/image.png"});
    if (!call) {
        ensure(!call.error().message().empty(), "a refusal says what to change");
        return 0;
    }
    const auto& brief = call->brief;
    ensure(brief.width > 0 && brief.width % 2 == 0 && brief.height > 0 && brief.height % 2 == 0,
           "a clip has even sides");
    ensure(brief.prompt.size() <= 4 * api::kPromptLengthMax, "a prompt has a limit");
    ensure(call->timeout >= Milliseconds(1'000) && call->timeout <= Milliseconds(3'600'000),
           "a wait has a limit");
    return 0;
}
