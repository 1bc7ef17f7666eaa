// unit/api/content_check_test.cpp: who is asked about a prompt, and what comes of the answer.
#include "api/content_check.hpp"

#include "support/quiet_log.hpp"
#include "support/seeded_random.hpp"
#include "support/wait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <deque>
#include <future>

namespace kinora::api {
namespace {

using testing::HasSubstr;

constexpr std::string_view kRefused =
    "The prompt is against the content rules of this server. Change the prompt.";
constexpr std::string_view kDown = "The moderator of this server does not answer; try again later.";

class ContentCheckTest : public testing::Test {
protected:
    using Ask = ContentCheck::Ask;

    static Ask says(std::string answer) {
        return [answer = std::move(answer)](const std::string&, std::stop_token) {
            return Result<std::string>(answer);
        };
    }
    static Ask fails(ErrorCode code = ErrorCode::unavailable) {
        return [code](const std::string&, std::stop_token) {
            return Result<std::string>(Error(code, "The moderator did not answer.", "why"));
        };
    }
    // The message, with the code of one that is not `forbidden` before it; or "fine".
    std::string told(ContentCheck& check, const std::string& prompt = "a fox") {
        const auto checked = test::run(io, check.check(caller, prompt, {{"action", "generate"}}));
        if (checked) return "fine";
        if (checked.error().code() == ErrorCode::forbidden) return checked.error().message();
        EXPECT_EQ(checked.error().code(), ErrorCode::unavailable);
        return "unavailable: " + checked.error().message();
    }
    std::string told(Ask ask, ModeratorFailure on_failure = ModeratorFailure::refuse) {
        ContentCheck check(std::nullopt, std::move(ask), on_failure, log);
        return told(check);
    }

    asio::io_context io;
    test::QuietLog log;
    test::SeededRandom random;
    accounts::Caller caller{UserId::make(random), ApplicationId::make(random),
                            CredentialId::make(random)};
};

TEST_F(ContentCheckTest, NothingIsRefusedWhereNobodyIsAsked) {
    EXPECT_EQ(told(Ask{}), "fine");
}

TEST_F(ContentCheckTest, TheListIsAskedFirst) {
    int asked = 0;
    ContentCheck check(
        *accounts::ContentRules::parse("bomb"),
        [&](const std::string&, std::stop_token) {
            ++asked;
            return Result<std::string>("{\"allowed\": true}");
        },
        ModeratorFailure::refuse, log);
    EXPECT_EQ(told(check, "a bomb"), kRefused);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(told(check, "a fox"), "fine");
    EXPECT_EQ(asked, 1);
}

TEST_F(ContentCheckTest, TheModeratorIsToldWhoAsksForWhat) {
    std::string question;
    ContentCheck check(
        std::nullopt,
        [&](const std::string& asked, std::stop_token) {
            question = asked;
            return Result<std::string>("{\"allowed\": true}");
        },
        ModeratorFailure::refuse, log);
    const boost::json::object facts{{"action", "extend"},
                                    {"start_image_url", "https://a.example/1.png"},
                                    {"end_image_url", " DATA:image/png;base64,AAAA"},
                                    {"video_url", "data:video/mp4;base64,AAAA"}};
    ASSERT_TRUE(test::run(io, check.check(caller, "a \"fox\"\n", facts)));
    EXPECT_EQ(boost::json::parse(question),
              (boost::json::value{{"prompt", "a \"fox\"\n"},
                                  {"user_id", caller.user_id.str()},
                                  {"application_id", caller.application_id.str()},
                                  {"action", "extend"},
                                  {"start_image_url", "https://a.example/1.png"}}));
}

TEST_F(ContentCheckTest, ARefusalCarriesTheModeratorsReason) {
    const auto refused = std::string(kRefused);
    EXPECT_EQ(told(says("{\"allowed\": false}")), refused);
    EXPECT_EQ(told(says("{\"allowed\": false, \"reason\": null}")), refused);
    EXPECT_EQ(told(says("{\"allowed\": false, \"reason\": \"  \\u202e \"}")), refused);
    EXPECT_EQ(told(says("{\"allowed\": false, \"reason\": \"Too\\n\\u001bviolent.\"}")),
              refused + " The moderator says: Too violent.");
    const auto longest =
        told(says("{\"allowed\": false, \"reason\": \"" + std::string(300, 'x') + "\"}"));
    EXPECT_EQ(longest, refused + " The moderator says: " + std::string(199, 'x') + "…");
    EXPECT_EQ(told(says("{\"allowed\": true, \"reason\": \"Fine.\", \"score\": 0.1}")), "fine");
}

TEST_F(ContentCheckTest, AnAnswerThatSaysNothingIsAFailure) {
    for (const auto* answer :
         {"", "yes", "{}", "[]", "{\"allowed\": null}", "{\"allowed\": 1}",
          "{\"allowed\": \"true\"}", "{\"allowed\": true", "{\"allowed\": false, \"reason\": 7}"}) {
        EXPECT_EQ(told(says(answer)), "unavailable: " + std::string(kDown)) << answer;
        EXPECT_EQ(told(says(answer), ModeratorFailure::allow), "fine") << answer;
    }
}

TEST_F(ContentCheckTest, TheOperatorChoosesWhatAFailureMeans) {
    EXPECT_EQ(told(fails()), "unavailable: " + std::string(kDown));
    EXPECT_EQ(told(fails(), ModeratorFailure::allow), "fine");
    // A server that shuts down has not been told that the moderator is away.
    EXPECT_EQ(told(fails(ErrorCode::cancelled), ModeratorFailure::allow),
              "unavailable: " + std::string(kDown));
}

TEST_F(ContentCheckTest, OnlySoManyWait) {
    std::promise<void> gate;
    const auto open = gate.get_future().share();
    ContentCheck check(
        std::nullopt,
        [open](const std::string&, std::stop_token) {
            open.wait();
            return Result<std::string>("{\"allowed\": true}");
        },
        ModeratorFailure::allow, log);
    std::deque<test::Running<Result<void>>> calls;
    const auto begin = [&] {
        calls.emplace_back(io.get_executor(), check.check(caller, "a fox", {}));
    };
    const int most = static_cast<int>(ContentCheck::kThreads) + ContentCheck::kWaitingMax;
    for (int i = 0; i < most + 1; ++i) begin();
    ASSERT_TRUE(test::turn_until(io, [&] { return calls.back().done(); }));
    const auto refused = calls.back().take();
    calls.pop_back();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::unavailable);
    EXPECT_THAT(refused.error().message(), HasSubstr("as many prompts as it can"));

    gate.set_value();
    for (auto& call : calls) {
        ASSERT_TRUE(test::turn_until(io, [&] { return call.done(); }));
        EXPECT_TRUE(call.take());
    }
    EXPECT_EQ(told(check), "fine");  // There is room again.
}

TEST_F(ContentCheckTest, AStopCallsOffWhatIsAsked) {
    std::promise<void> asked;
    ContentCheck check(
        std::nullopt,
        [&](const std::string&, std::stop_token stop) {
            std::promise<void> stopped;
            const std::stop_callback tell(stop, [&] { stopped.set_value(); });
            asked.set_value();
            stopped.get_future().wait();
            return Result<std::string>(Error(ErrorCode::cancelled, "Stopped."));
        },
        ModeratorFailure::allow, log);
    test::Running<Result<void>> call(io.get_executor(), check.check(caller, "a fox", {}));
    io.run_one();
    asked.get_future().wait();
    check.stop();
    ASSERT_TRUE(test::turn_until(io, [&] { return call.done(); }));
    EXPECT_FALSE(call.take());
}

}  // namespace
}  // namespace kinora::api
