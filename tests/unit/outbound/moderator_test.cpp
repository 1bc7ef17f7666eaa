// unit/outbound/moderator_test.cpp: what the moderator is sent, and what counts as its answer.
#include "outbound/moderator.hpp"

#include "unit/outbound/fake_resolver.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

namespace kinora::outbound {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class ModeratorTest : public testing::Test {
protected:
    Result<std::string> ask(const std::string& url, const std::string& token = {},
                            std::stop_token stop = {}, Milliseconds time_max = 20s) {
        const auto moderator =
            Moderator::make({url, Secret<std::string>(token), time_max}, resolver);
        if (!moderator) return moderator.error();
        return moderator->ask("{\"prompt\": \"a fox\"}", std::move(stop));
    }
    // Why there is no answer.
    std::string fault(const std::string& url, Milliseconds time_max = 20s) {
        const auto answer = ask(url, {}, {}, time_max);
        if (answer) return "answered";
        EXPECT_EQ(answer.error().code(), ErrorCode::unavailable);
        return answer.error().detail();
    }

    FakeResolver resolver;
};

TEST_F(ModeratorTest, IsAskedWithItsTokenWhereverItIs) {
    std::mutex mutex;
    std::string seen;
    const HostileServer server([&](Visit& visit) {
        const auto head = visit.read_head();
        const std::lock_guard lock(mutex);
        seen = head;
        visit.send(answer("{\"allowed\": true}"));
    });
    resolver.say("moderator.internal", {{"127.0.0.1"}});
    const auto said = ask(server.url("moderator.internal", "/ask?a=b"), "s3cret");
    ASSERT_TRUE(said) << said.error().detail();
    EXPECT_EQ(*said, "{\"allowed\": true}");
    const std::lock_guard lock(mutex);
    EXPECT_THAT(seen, HasSubstr("POST /ask?a=b HTTP/1.1\r\n"));
    EXPECT_THAT(seen, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(seen, HasSubstr("Authorization: Bearer s3cret\r\n"));
    EXPECT_THAT(seen, HasSubstr("Content-Length: 19\r\n"));
}

TEST_F(ModeratorTest, IsAskedByAddressAndWithoutAToken) {
    std::mutex mutex;
    std::string seen;
    const HostileServer server([&](Visit& visit) {
        const auto head = visit.read_head();
        const std::lock_guard lock(mutex);
        seen = head;
        visit.send(answer("{}"));
    });
    ASSERT_TRUE(ask(server.url()));
    const std::lock_guard lock(mutex);
    EXPECT_THAT(seen, Not(HasSubstr("Authorization")));
}

TEST_F(ModeratorTest, AnyOtherStatusIsNoAnswer) {
    for (const auto* status : {"500 Oops", "404 Not Found", "401 Unauthorized", "301 Moved"}) {
        const HostileServer server("HTTP/1.1 " + std::string(status) +
                                   "\r\nLocation: http://127.0.0.1/\r\nContent-Length: 17\r\n\r\n"
                                   "{\"allowed\": true}");
        EXPECT_EQ(fault(server.url()), "its status is " + std::string(status).substr(0, 3));
    }
}

TEST_F(ModeratorTest, AnAnswerIsWholeAndOfABoundedSize) {
    const HostileServer longest(answer(std::string(Moderator::kAnswerBytesMax, 'x')));
    EXPECT_EQ(fault(longest.url()), "answered");
    const HostileServer longer(answer(std::string(Moderator::kAnswerBytesMax + 1, 'x')));
    EXPECT_EQ(fault(longer.url()), "its answer is longer than 65536 bytes");
    const HostileServer cut(std::string("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"));
    EXPECT_EQ(fault(cut.url()), "its answer was cut off");
}

TEST_F(ModeratorTest, SilenceIsGivenUp) {
    const HostileServer silent([](Visit& visit) {
        visit.read_head();
        visit.wait_for_end();
    });
    EXPECT_EQ(fault(silent.url(), 200ms), "nothing came within 0.2 s");
    const ClosedPort nobody;
    EXPECT_THAT(fault(nobody.url()), HasSubstr("could not be reached"));
    EXPECT_THAT(fault("http://nowhere.example/"), HasSubstr("nowhere.example could not be found"));
}

TEST_F(ModeratorTest, AStopEndsIt) {
    std::stop_source stop;
    const HostileServer silent([&](Visit& visit) {
        visit.read_head();
        stop.request_stop();
        visit.wait_for_end();
    });
    const auto said = ask(silent.url(), {}, stop.get_token());
    ASSERT_FALSE(said);
    EXPECT_EQ(said.error().code(), ErrorCode::cancelled);
}

TEST_F(ModeratorTest, SettingsAreJudgedBeforeTheFirstQuestion) {
    const auto fault_of = [&](const char* url, const char* token) {
        const auto made = Moderator::make({url, Secret<std::string>(token)}, resolver);
        return made ? "fine" : made.error().message();
    };
    EXPECT_EQ(fault_of("https://moderator.example/ask", "t0ken"), "fine");
    EXPECT_EQ(fault_of("http://10.1.2.3:8000", ""), "fine");
    EXPECT_EQ(fault_of("http://[::1]:8000", ""), "fine");
    EXPECT_THAT(fault_of("ftp://moderator.example/", ""), HasSubstr("http and https"));
    EXPECT_THAT(fault_of("https://a:b@moderator.example/", ""), HasSubstr("Leave that out"));
    const auto injected = fault_of("https://moderator.example/", "t0ken\r\nHost: other");
    EXPECT_THAT(injected, HasSubstr("visible ASCII"));
    EXPECT_THAT(injected, Not(HasSubstr("t0ken")));
}

}  // namespace
}  // namespace kinora::outbound
