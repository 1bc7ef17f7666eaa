// tests/unit/tasks/brief_test.cpp: a brief survives the database, also one of an older program.
#include "tasks/brief.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace kinora::tasks {
namespace {

void expect_equal(const engines::Brief& a, const engines::Brief& b) {
    EXPECT_EQ(a.prompt, b.prompt);
    EXPECT_EQ(a.width, b.width);
    EXPECT_EQ(a.height, b.height);
    EXPECT_EQ(a.frame_count, b.frame_count);
    EXPECT_EQ(a.fps, b.fps);
    EXPECT_EQ(a.seed, b.seed);
    EXPECT_EQ(a.loop, b.loop);
    EXPECT_EQ(a.enhancement, b.enhancement);
}

TEST(Brief, ComesBackWhole) {
    engines::Brief brief;
    brief.prompt = "\"Quotes\", a\nline, \xe6\xb5\xb7 and \xf0\x9f\x8c\x8a";
    brief.width = 656;
    brief.height = 1552;
    brief.frame_count = 48;
    brief.fps = 30;
    brief.loop = true;
    brief.enhancement = false;
    for (const auto seed :
         {std::uint64_t{0}, std::uint64_t{1} << 53, std::numeric_limits<std::uint64_t>::max()}) {
        brief.seed = seed;
        const auto text = to_json(brief);
        EXPECT_EQ(text.find('\n'), std::string::npos);
        const auto back = parse_brief(text);
        ASSERT_TRUE(back.has_value()) << text;
        expect_equal(*back, brief);
    }
}

TEST(Brief, KeepsWhereItsPicturesAre) {
    Inputs inputs;
    inputs.start = {kStartImage, Input::Kind::url, "https://example.com/a.png?b=\"c\""};
    inputs.end = {kEndImage, Input::Kind::file, "0123456789abcdef0123456789abcdef.png"};
    inputs.own_size = true;
    auto plan = parse_plan(to_json({}, inputs));
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->inputs, inputs);
    inputs = {};
    inputs.video = {kVideoId, Input::Kind::clip, "0123456789abcdef0123456789abcdef.mp4"};
    plan = parse_plan(to_json({}, inputs));
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->inputs, inputs);
    EXPECT_FALSE(parse_plan(to_json({}))->inputs.any());
}

TEST(Brief, TellsHowAClipCameAbout) {
    engines::Brief brief;
    brief.prompt = "a fox", brief.seed = 7, brief.loop = true;
    auto past = past_of({brief, {}});
    ASSERT_EQ(past.size(), 1U);
    EXPECT_EQ(past[0], (engines::PastPart{"a fox", 7, 120, true, true}));

    Inputs inputs;
    inputs.video = {kVideoId, Input::Kind::clip, "0123456789abcdef0123456789abcdef.mp4"};
    inputs.past = past;
    brief.prompt = "it jumps", brief.seed = 8, brief.loop = false, brief.enhancement = false;
    const auto plan = parse_plan(to_json(brief, inputs));
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->inputs, inputs);
    past = past_of(*plan);
    ASSERT_EQ(past.size(), 2U);
    EXPECT_EQ(past[1], (engines::PastPart{"it jumps", 8, 120, false, false}));
}

TEST(Brief, KnowsNoPastOfWhatPicturesHaveAPartIn) {
    const Input picture{kStartImage, Input::Kind::url, "https://example.com/a.png"};
    const engines::Brief brief;
    Plan plan{brief, {}};
    plan.inputs.start = picture;
    EXPECT_TRUE(past_of(plan).empty());
    plan.inputs = {};
    plan.inputs.end = picture;
    EXPECT_TRUE(past_of(plan).empty());
    plan.inputs = {};
    plan.inputs.video = picture;
    EXPECT_TRUE(past_of(plan).empty()) << "a stranger's clip";
    plan.inputs.past.resize(1);
    EXPECT_EQ(past_of(plan).size(), 2U);
    plan.brief.loop = true;
    EXPECT_TRUE(past_of(plan).back().loop);
    plan.inputs.past.resize(24);
    EXPECT_TRUE(past_of(plan).empty()) << "too many parts";
}

TEST(Brief, OfAnOlderProgramGetsDefaultsForWhatItDoesNotSay) {
    const auto empty = parse_brief("{}");
    ASSERT_TRUE(empty.has_value());
    expect_equal(*empty, engines::Brief());
    const auto partial = parse_brief(R"({"prompt": "a boat", "loop": true})");
    ASSERT_TRUE(partial.has_value());
    engines::Brief expected;
    expected.prompt = "a boat";
    expected.loop = true;
    expect_equal(*partial, expected);
}

TEST(Brief, OfANewerProgramMayHaveMoreFields) {
    const auto brief = parse_brief(R"({"prompt": "a boat", "camera": {"move": "pan"}})");
    ASSERT_TRUE(brief.has_value());
    EXPECT_EQ(brief->prompt, "a boat");
}

TEST(Brief, DamageIsAnErrorThatTellsTheCallerNothing) {
    const std::string table[] = {
        "",
        "no JSON",
        "{",
        "null",
        "[]",
        "\"text\"",
        R"({"prompt": 7})",
        R"({"prompt": null})",
        R"({"width": "wide"})",
        R"({"width": 1e99})",
        R"({"width": 99999999999})",
        R"({"frame_count": 1.5})",
        R"({"width": 0})",
        R"({"width": 15})",
        R"({"width": 17})",
        R"({"width": -1360})",
        R"({"height": 4098})",
        R"({"frame_count": 0})",
        R"({"frame_count": -1})",
        R"({"fps": 0})",
        R"({"fps": 121})",
        R"({"seed": -1})",
        R"({"loop": "yes"})",
        R"({"enhancement": 1})",
        R"({"prompt": "a boat"} and more)",
        R"({"inputs": []})",
        R"({"inputs": {"start": "https://example.com"}})",
        R"({"inputs": {"end": {"kind": "url", "place": "x"}}})",
        R"({"inputs": {"end": {"field": "f", "kind": "odd", "place": "x"}}})",
        R"({"inputs": {"video": {"field": "f", "kind": "url", "place": 7}}})",
    };
    for (const auto& text : table) {
        const auto brief = parse_brief(text);
        ASSERT_FALSE(brief.has_value()) << text;
        EXPECT_EQ(brief.error().code(), ErrorCode::api_error);
        EXPECT_EQ(brief.error().message(), "The server lost track of this task.");
        EXPECT_NE(brief.error().detail(), "");
    }
}

}  // namespace
}  // namespace kinora::tasks
