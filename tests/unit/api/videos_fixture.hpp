// tests/unit/api/videos_fixture.hpp: POST /luma/videos with all that it needs.
#pragma once

#include "api/videos.hpp"

#include "unit/api/endpoint.hpp"

namespace kinora::api {

using storage::TaskRow;
using storage::TaskState;

inline constexpr const char* kPath = "/luma/videos";
inline constexpr const char* kBlocking = R"({"prompt": "a boat"})";
inline constexpr const char* kAsync =
    R"({"prompt": "a boat", "async": true, "unknown": [1, null]})";

class VideosTest : public TaskEndpoint {
protected:
    VideosTest() { videos.routes(router); }

    // The caller's tasks, newest first.
    std::vector<TaskRow> tasks() {
        return database
            ->read_now([&](storage::Session& session) {
                storage::TaskFilter filter;
                filter.user_id = account.user.id;
                return storage::list_tasks(session, filter);
            })
            .items;
    }
    // Starts a blocking call and waits until its task is written.
    test::Running<http::Response> start_waiting(test::FakeRequest& request) {
        auto running = start(request);
        EXPECT_TRUE(test::turn_until(io, [&] { return tasks().size() == 1; }));
        EXPECT_FALSE(running.done());
        return running;
    }
    // What a blocking call is answered whose task fails that way.
    std::string refusal_after(const std::string& code, const std::string& message) {
        auto request = this->request(kPath, kBlocking);
        auto running = start(request);
        EXPECT_TRUE(test::turn_until(
            io, [&] { return !tasks().empty() && tasks().front().state == TaskState::pending; }));
        test::fail_all(*database, code, message, clock.now());
        const auto response = finish(running);
        EXPECT_EQ(message_of(response), message);
        EXPECT_EQ(json_of(response).at("task_id").as_string(), tasks().front().id.str());
        clock.advance(Milliseconds(1));  // So that the next one is the newest.
        return refusal_of(response, request);
    }

    storage::DiskRoom room{media, clock, {}};
    WaitingCalls waiting{io, flaky, {"node/1", "node"}, clock, log};
    Videos videos{{flaky,
                   media,
                   room,
                   pool,
                   access,
                   watch,
                   waiting,
                   clock,
                   random,
                   {"https://example.com/sample.png"},
                   [](std::string_view url) -> Result<std::string> {
                       if (url == "https://hooks.example/a")
                           return std::string("hooks.example:443");
                       return Error(ErrorCode::bad_request, "hooks.example is a private address.");
                   }}};
};

}  // namespace kinora::api
