// tests/unit/api/endpoint.hpp: endpoints called without a wire, on a context that the test turns.
#pragma once

#include "api/access.hpp"
#include "api/task_watch.hpp"
#include "base/pool.hpp"
#include "http/router.hpp"
#include "support/accounts.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_request.hpp"
#include "support/flaky_database.hpp"
#include "support/quiet_log.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"
#include "support/tasks.hpp"
#include "support/temp_folder.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

namespace kinora::api {

class Endpoint : public testing::Test {
protected:
    // Routes the request as the server does; it has to outlive the answer.
    test::Running<http::Response> start(test::FakeRequest& request) {
        auto match = router.find(request.method, request.path);
        if (match.route == nullptr) throw std::logic_error("no such route: " + request.path);
        request.parameters = match.parameters;
        return {io.get_executor(), match.route->handler(request)};
    }
    http::Response finish(test::Running<http::Response> running) {
        EXPECT_TRUE(test::turn_until(io, [&] { return running.done(); }));
        auto response = running.take();
        if (response.sent && tells_sent) response.sent(answers_arrive);
        return response;
    }
    http::Response call(test::FakeRequest& request) { return finish(start(request)); }

    // A call with the account's token.
    test::FakeRequest request(std::string path, std::string body = {}) const {
        test::FakeRequest request(http::Method::post, std::move(path), std::move(body));
        request.set("Authorization", account.authorization());
        request.set("Content-Type", "application/json");
        return request;
    }

    static const std::string& text_of(const http::Response& response) {
        return std::get<std::string>(response.body);
    }
    static boost::json::object json_of(const http::Response& response) {
        EXPECT_EQ(response.content_type, "application/json");
        return boost::json::parse(text_of(response)).as_object();
    }
    static std::string header_of(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }
    // All that a stream says, to its end.
    std::string read_all(const http::Response& response) {
        const auto stream = std::get<std::shared_ptr<http::BodyStream>>(response.body);
        std::string all;
        while (const auto piece = test::run(io, stream->next())) all += *piece;
        return all;
    }
    // "400 bad_request", and checks the envelope around it.
    static std::string refusal_of(const http::Response& response,
                                  const test::FakeRequest& request) {
        const auto envelope = json_of(response);
        EXPECT_EQ(envelope.at("trace_id").as_string(), request.trace_id.str());
        const auto& error = envelope.at("error").as_object();
        EXPECT_FALSE(error.at("message").as_string().empty());
        return std::to_string(response.status) + ' ' + std::string(error.at("code").as_string());
    }
    static std::string message_of(const http::Response& response) {
        return std::string(json_of(response).at("error").at("message").as_string());
    }

    // What becomes of answers on their way.
    bool tells_sent = true;
    bool answers_arrive = true;
    asio::io_context io;  // Outlives the database, whose threads bring results back to it.
    test::ScratchDatabase database;
    test::FlakyDatabase flaky{*database};
    test::SeededRandom random;
    test::FakeClock clock;
    test::QuietLog log;
    test::Account account = test::add_account(*database, random);
    Callers callers{flaky, clock};
    Access access{flaky, callers, clock};
    http::Router router;
};

// With what endpoints about tasks need besides.
class TaskEndpoint : public Endpoint {
protected:
    std::unique_ptr<tasks::Endings> endings = tasks::Endings::make(io, flaky, clock, log);
    tasks::QueueGauge gauge{flaky, clock};
    TaskWatch watch{flaky, *endings, gauge};
    test::TempFolder folder;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
    Pool pool{1};
};

}  // namespace kinora::api
