// tests/unit/api/video_call_test.cpp: what a body asks for, and every way in which it can be wrong.
#include "api/video_call.hpp"

#include "api/fields.hpp"
#include "tasks/brief.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace kinora::api {
namespace {

const std::vector<std::string> kSamples{"https://cdn.acedata.cloud/r9vsv9.png",
                                        "https://cdn.acedata.cloud/0iad3k.png"};

Result<VideoCall> parse(const std::string& body) {
    const auto fields = parse_object(body);
    if (!fields) return fields.error();
    return parse_video_call(*fields, kSamples);
}

// A body with a good prompt and `field` beside it.
std::string with(const std::string& field) {
    return R"({"prompt": "a boat", )" + field + "}";
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST(VideoCall, HasTheContractsDefaults) {
    const auto call = parse(R"({"prompt": "  a boat\n"})");
    ASSERT_TRUE(call.has_value()) << call.error().message();
    EXPECT_EQ(call->brief.prompt, "  a boat\n");
    EXPECT_EQ(call->brief.width, 1360);
    EXPECT_EQ(call->brief.height, 752);
    EXPECT_EQ(call->brief.frame_count, 120);
    EXPECT_EQ(call->brief.fps, 24);
    EXPECT_FALSE(call->brief.loop);
    EXPECT_TRUE(call->brief.enhancement);
    EXPECT_FALSE(call->seed_is_given);
    EXPECT_TRUE(call->blocking);
    EXPECT_EQ(call->timeout, std::chrono::seconds(300));
}

TEST(VideoCall, TakesWhatIsAsked) {
    const auto call = parse(R"({"action": "generate", "prompt": "a boat", "aspect_ratio": "9:21",
        "loop": true, "enhancement": false, "async": true, "timeout": 12.5, "seed": 7})");
    ASSERT_TRUE(call.has_value()) << call.error().message();
    EXPECT_EQ(call->brief.width, 656);
    EXPECT_EQ(call->brief.height, 1552);
    EXPECT_TRUE(call->brief.loop);
    EXPECT_FALSE(call->brief.enhancement);
    EXPECT_EQ(call->brief.seed, 7U);
    EXPECT_TRUE(call->seed_is_given);
    EXPECT_FALSE(call->blocking);
    EXPECT_EQ(call->timeout, Milliseconds(12'500));
}

TEST(VideoCall, IsAcceptedWithWhatCountsAsAbsent) {
    const std::string table[] = {
        with(R"("action": null, "start_image_url": null, "end_image_url": null, "video_id": null,
                "video_url": null, "aspect_ratio": null, "loop": null, "enhancement": null,
                "async": null, "callback_url": null, "timeout": null, "priority": null,
                "seed": null)"),
        with(R"("start_image_url": "https://cdn.acedata.cloud/r9vsv9.png")"),
        with(R"("end_image_url": "https://cdn.acedata.cloud/0iad3k.png")"),
        with(R"("start_image_url": "https://cdn.acedata.cloud/0iad3k.png",
                "end_image_url": "https://cdn.acedata.cloud/r9vsv9.png")"),
        with(R"("start_image_url": "", "end_image_url": "", "video_url": "", "video_id": "",
                "callback_url": "")"),
        with(R"("model": "ray-2", "resolution": {"x": [1, null]}, "duration": 1e300)"),
        with(R"("timeout": 1)"),
        with(R"("timeout": 3600)"),
        with(R"("timeout": 3600.0)"),
        with(R"("seed": 0)"),
        with(R"("seed": 9007199254740991)"),
        R"({"prompt": "a"})",
        R"({"prompt": "a\u0000b"})",
        R"({"prompt": ")" + std::string(5'000, 'a') + "\"}",
        R"({"prompt": ")" + repeated("\xe6\xb5\xb7", 5'000) + "\"}",
        R"({"prompt": ")" + repeated("\xf0\x9f\x8c\x8a", 5'000) + "\"}",
        R"({"prompt": ")" + repeated("\\ud83c\\udf0a", 5'000) + "\"}",
    };
    for (const auto& body : table) {
        const auto call = parse(body);
        EXPECT_TRUE(call.has_value()) << body.substr(0, 120) << ": " << call.error().message();
    }
}

TEST(VideoCall, TakesEachRatio) {
    for (const auto* ratio : {"16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21"}) {
        EXPECT_TRUE(parse(with("\"aspect_ratio\": \"" + std::string(ratio) + "\"")).has_value());
    }
}

TEST(VideoCall, NamesTheFieldThatIsWrong) {
    struct Row {
        std::string name;
        std::string body;
        std::string field;
        std::string word;  // Of the message.
    };
    const Row table[] = {
        {"no prompt", "{}", "prompt", "required"},
        {"null prompt", R"({"prompt": null})", "prompt", "required"},
        {"empty prompt", R"({"prompt": ""})", "prompt", "required"},
        {"blank prompt", R"({"prompt": " \t\r\n\f"})", "prompt", "blank"},
        {"prompt of controls", R"({"prompt": "\u0000\u001b\u007f\u0085"})", "prompt", "blank"},
        {"prompt of wide blanks", R"({"prompt": "\u3000\u00a0\u2003\u202f"})", "prompt", "blank"},
        {"prompt of no width", R"({"prompt": "\u200b\u200d\ufeff\u2060\u00ad"})", "prompt",
         "blank"},
        {"prompt of fillers", R"({"prompt": "\u3164\u2800\ufe0f"})", "prompt", "blank"},
        {"prompt of tags", "{\"prompt\": \"\xf3\xa0\x80\xa0\"}", "prompt", "blank"},
        {"number prompt", R"({"prompt": 7})", "prompt", "must be a string"},
        {"list prompt", R"({"prompt": ["a boat"]})", "prompt", "must be a string"},
        {"object prompt", R"({"prompt": {}})", "prompt", "must be a string"},
        {"bool prompt", R"({"prompt": true})", "prompt", "must be a string"},
        {"long prompt", R"({"prompt": ")" + std::string(5'001, 'a') + "\"}", "prompt",
         "has 5001 characters; at most 5000"},
        {"long prompt of two bytes each", R"({"prompt": ")" + repeated("\xc3\xa9", 5'001) + "\"}",
         "prompt", "5001"},
        {"long prompt of four bytes each",
         R"({"prompt": ")" + repeated("\xf0\x9f\x8c\x8a", 5'001) + "\"}", "prompt", "5001"},
        {"very long prompt", R"({"prompt": ")" + std::string(20'000, 'a') + "\"}", "prompt",
         "20000"},
        {"unknown action", with(R"("action": "upscale")"), "action",
         "must be `generate` or `extend`"},
        {"empty action", with(R"("action": "")"), "action", "must be `generate` or `extend`"},
        {"capital action", with(R"("action": "Generate")"), "action",
         "must be `generate` or `extend`"},
        {"number action", with(R"("action": 1)"), "action", "must be a string"},
        {"unknown ratio", with(R"("aspect_ratio": "2:1")"), "aspect_ratio",
         "16:9, 9:16, 1:1, 4:3, 3:4, 21:9, 9:21"},
        {"empty ratio", with(R"("aspect_ratio": "")"), "aspect_ratio", "must be one of"},
        {"spaced ratio", with(R"("aspect_ratio": "16 : 9")"), "aspect_ratio", "must be one of"},
        {"number ratio", with(R"("aspect_ratio": 1.78)"), "aspect_ratio", "must be a string"},
        {"text loop", with(R"("loop": "true")"), "loop", "must be true or false"},
        {"number loop", with(R"("loop": 1)"), "loop", "must be true or false"},
        {"text enhancement", with(R"("enhancement": "no")"), "enhancement", "true or false"},
        {"number async", with(R"("async": 0)"), "async", "true or false"},
        {"text async", with(R"("async": "false")"), "async", "true or false"},
        {"text timeout", with(R"("timeout": "60")"), "timeout", "must be a number"},
        {"bool timeout", with(R"("timeout": true)"), "timeout", "must be a number"},
        {"zero timeout", with(R"("timeout": 0)"), "timeout", "from 1 to 3600"},
        {"short timeout", with(R"("timeout": 0.999)"), "timeout", "from 1 to 3600"},
        {"negative timeout", with(R"("timeout": -1)"), "timeout", "from 1 to 3600"},
        {"long timeout", with(R"("timeout": 3600.001)"), "timeout", "from 1 to 3600"},
        {"endless timeout", with(R"("timeout": 1e308)"), "timeout", "from 1 to 3600"},
        {"huge timeout", with(R"("timeout": 18446744073709551615)"), "timeout", "from 1 to 3600"},
        {"negative seed", with(R"("seed": -1)"), "seed", "whole number"},
        {"broken seed", with(R"("seed": 1.5)"), "seed", "whole number"},
        {"large seed", with(R"("seed": 9007199254740992)"), "seed", "whole number"},
        {"text seed", with(R"("seed": "7")"), "seed", "must be a number"},
        {"extend without a source", with(R"("action": "extend")"), "video_id", "required"},
        {"extend of what is no id", with(R"("action": "extend", "video_id": "last")"), "video_id",
         "no clip of yours"},
        {"extend with a start image",
         with(R"("action": "extend", "video_url": "https://example.com/a.mp4",
                 "start_image_url": "https://example.com/a.png")"),
         "start_image_url", "does not go with `extend`"},
        {"video", with(R"("video_url": "https://example.com/a.mp4")"), "video_url", "extend"},
        {"video id", with(R"("video_id": "dff45a0d-2858-4936-8e2b-3d49c52aff11")"), "video_id",
         "extend"},
        {"priority", with(R"("priority": "high")"), "priority", "must be `low` or `normal`"},
        {"number priority", with(R"("priority": 1)"), "priority", "must be a string"},
        {"number start image", with(R"("start_image_url": 7)"), "start_image_url",
         "must be a string"},
        {"list end image", with(R"("end_image_url": [])"), "end_image_url", "must be a string"},
        {"object callback", with(R"("callback_url": {})"), "callback_url", "must be a string"},
        {"number video id", with(R"("video_id": 7)"), "video_id", "must be a string"},
        {"bool video url", with(R"("video_url": false)"), "video_url", "must be a string"},
    };
    for (const auto& row : table) {
        const auto call = parse(row.body);
        ASSERT_FALSE(call.has_value()) << row.name;
        EXPECT_EQ(call.error().code(), ErrorCode::bad_request) << row.name;
        const auto message = call.error().message();
        EXPECT_TRUE(message.starts_with("`" + row.field + "` ")) << row.name << ": " << message;
        EXPECT_NE(message.find(row.word), std::string::npos) << row.name << ": " << message;
        EXPECT_LT(message.size(), 200U) << row.name;
    }
}

TEST(VideoCall, KeepsWhatItNamesAsItWasSent) {
    const auto call = parse(R"({"start_image_url": "https://example.com/a.png",
        "end_image_url": "data:image/png;base64,AA=="})");
    ASSERT_TRUE(call.has_value()) << call.error().message();
    EXPECT_EQ(call->brief.prompt, "");
    EXPECT_EQ(call->named.start_image_url, "https://example.com/a.png");
    EXPECT_EQ(call->named.end_image_url, "data:image/png;base64,AA==");
    EXPECT_TRUE(call->own_size);
    EXPECT_FALSE(call->video_id);
}

TEST(VideoCall, ARatioThatIsAskedForWinsOverTheImages) {
    const auto call = parse(R"({"start_image_url": "https://example.com/a.png",
        "aspect_ratio": "1:1", "prompt": " "})");
    ASSERT_TRUE(call.has_value()) << call.error().message();
    EXPECT_FALSE(call->own_size);
    EXPECT_EQ(call->brief.width, 1008);
    EXPECT_EQ(call->brief.prompt, "");
    const auto end = parse(R"({"end_image_url": "https://example.com/a.png"})");
    ASSERT_TRUE(end.has_value());
    EXPECT_FALSE(end->own_size);
}

TEST(VideoCall, AClipOfOursWinsOverAUrl) {
    const auto call = parse(R"({"action": "extend",
        "video_id": "dff45a0d-2858-4936-8e2b-3d49c52aff11",
        "video_url": "https://example.com/a.mp4", "end_image_url": "https://example.com/b.png"})");
    ASSERT_TRUE(call.has_value()) << call.error().message();
    ASSERT_TRUE(call->video_id);
    EXPECT_EQ(call->video_id->str(), "dff45a0d-2858-4936-8e2b-3d49c52aff11");
    EXPECT_EQ(call->named.video_url, "");
    EXPECT_EQ(call->named.end_image_url, "https://example.com/b.png");
    const auto url = parse(R"({"action": "extend", "video_url": "https://example.com/a.mp4"})");
    ASSERT_TRUE(url.has_value());
    EXPECT_EQ(url->named.video_url, "https://example.com/a.mp4");
}

TEST(VideoCall, SamplesAreWhatTheOperatorSays) {
    const auto fields =
        parse_object(with(R"("start_image_url": "https://cdn.acedata.cloud/r9vsv9.png")"));
    ASSERT_TRUE(fields.has_value());
    EXPECT_TRUE(parse_video_call(*fields, {})->named.any());
    EXPECT_FALSE(parse_video_call(*fields, kSamples)->named.any());
}

}  // namespace
}  // namespace kinora::api
