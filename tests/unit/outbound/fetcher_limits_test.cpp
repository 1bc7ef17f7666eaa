// unit/outbound/fetcher_limits_test.cpp: answers without end, and ends before the answer.
#include "outbound/fetcher.hpp"

#include "unit/outbound/fetching.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

namespace kinora::outbound {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

// Sends the piece until the client has had enough.
HostileServer::Script endless(std::string head, std::string piece) {
    return [head = std::move(head), piece = std::move(piece)](Visit& visit) {
        visit.read_head();
        for (bool goes = visit.send(head); goes;) goes = visit.send(piece);
    };
}

// Sends the piece every 10 ms.
HostileServer::Script drip(std::string head, std::string piece) {
    return [head = std::move(head), piece = std::move(piece)](Visit& visit) {
        visit.read_head();
        visit.send(head);
        while (!visit.wait_for_end(Milliseconds(10)) && visit.send(piece)) continue;
    };
}

Limits quick_limits() {
    auto limits = short_limits();
    limits.pace_window = Milliseconds(300);
    limits.pace_bytes_min = 10'000;
    return limits;
}

TEST(FetcherLimits, EndBodies) {
    const struct {
        const char* head;
        std::string piece;
    } rows[] = {
        {"HTTP/1.1 200 OK\r\n\r\n", std::string(10'000, 'x')},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
         "1000\r\n" + std::string(4'096, 'x') + "\r\n"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n", "x"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
         "1000\r\n" + std::string(4'096, 'x') + "\r\n"},
    };
    for (const auto& row : rows) {
        const HostileServer server(endless(row.head, row.piece));
        EXPECT_EQ(message_of(fetch_from_loopback(server.url())), "The file is larger than 1 MB.")
            << row.head;
    }
}

TEST(FetcherLimits, TakeNoMoreThanWasAnnounced) {
    const HostileServer server(endless("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", "xyz"));
    const auto fetched = fetch_from_loopback(server.url());
    ASSERT_TRUE(fetched) << message_of(fetched);
    EXPECT_EQ(fetched->bytes.size(), 7u);
}

TEST(FetcherLimits, AllowExactlySoMuch) {
    const HostileServer server(answer(std::string(1'000'000, 'x')));
    EXPECT_EQ(message_of(fetch_from_loopback(server.url())), "fetched");
}

TEST(FetcherLimits, EndHeads) {
    const std::string field = "X-Padding: " + std::string(500, 'x') + "\r\n";
    for (const auto& [head, piece] : {std::pair{"HTTP/1.1 200 OK\r\n", field},
                                      {"", "HTTP/1.1 100 Continue\r\n" + field + "\r\n"}}) {
        const HostileServer server(endless(head, piece));
        EXPECT_EQ(message_of(fetch_from_loopback(server.url())),
                  "The server at 127.0.0.1 sent more than 65536 bytes of headers.");
    }
    // One line without end is stopped by libcurl's own limit.
    const HostileServer server(endless("HTTP/1.1 200 OK\r\nX: ", std::string(1'000, 'x')));
    EXPECT_EQ(message_of(fetch_from_loopback(server.url())),
              "The server at 127.0.0.1 sent an answer that cannot be read.");
}

TEST(FetcherLimits, GiveUpSlowServers) {
    const HostileServer body(drip("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", "x"));
    EXPECT_EQ(message_of(fetch_from_loopback(body.url(), quick_limits())),
              "The server at 127.0.0.1 sent too little within 0.3 s.");
    const HostileServer head(drip("HTTP/1.1 200 OK\r\n", "X: y\r\n"));
    EXPECT_EQ(message_of(fetch_from_loopback(head.url(), quick_limits())),
              "The server at 127.0.0.1 sent too little within 0.3 s.");
    const HostileServer silent([](Visit& visit) { visit.wait_for_end(); });
    EXPECT_EQ(message_of(fetch_from_loopback(silent.url(), quick_limits())),
              "The server at 127.0.0.1 did not answer within 0.3 s.");
}

TEST(FetcherLimits, EndInTime) {
    const HostileServer server(drip("HTTP/1.1 200 OK\r\n\r\n", std::string(2'000, 'x')));
    auto limits = short_limits();
    limits.time_max = Milliseconds(200);
    EXPECT_EQ(message_of(fetch_from_loopback(server.url(), limits)),
              "The server at 127.0.0.1 did not answer within 0.2 s.");
    const Patience patience{{}, steady_clock::now() + Milliseconds(200)};
    EXPECT_EQ(message_of(fetch_from_loopback(server.url(), short_limits(), patience)),
              "The server at 127.0.0.1 did not answer within 0.2 s.");
}

TEST(FetcherLimits, CountAllHopsTogether) {
    const HostileServer server([](Visit& visit) {
        visit.read_head();
        if (!visit.wait_for_end(Milliseconds(100))) visit.send(redirect("/again"));
    });
    auto limits = short_limits();
    limits.time_max = Milliseconds(250);
    EXPECT_EQ(message_of(fetch_from_loopback(server.url(), limits)),
              "The server at 127.0.0.1 did not answer within 0.3 s.");
}

TEST(FetcherLimits, EndHandshakes) {
    const HostileServer server([](Visit& visit) { visit.wait_for_end(Milliseconds(600)); });
    auto limits = short_limits();
    limits.connect_max = Milliseconds(200);
    auto url = server.url();
    url.insert(4, "s");
    EXPECT_EQ(message_of(fetch_from_loopback(url, limits)),
              "The server at 127.0.0.1 did not answer within 0.2 s.");
}

TEST(FetcherStop, EndsATransferAtOnce) {
    std::promise<void> begun;
    const HostileServer server([&](Visit& visit) {
        visit.read_head();
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nx");
        begun.set_value();
        visit.wait_for_end();
    });
    std::stop_source stop;
    auto fetching = std::async(std::launch::async, [&] {
        return fetch_from_loopback(server.url(), short_limits(), {stop.get_token()});
    });
    begun.get_future().wait();
    const auto asked = steady_clock::now();
    stop.request_stop();
    const auto fetched = fetching.get();
    EXPECT_LT(steady_clock::now() - asked, seconds(2));  // Of the thirty that it may take.
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code(), ErrorCode::cancelled);
}

TEST(FetcherStop, EndsWhatHasNotBegun) {
    const HostileServer server(answer("x"));
    std::stop_source stop;
    stop.request_stop();
    const auto fetched = fetch_from_loopback(server.url(), short_limits(), {stop.get_token()});
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code(), ErrorCode::cancelled);
}

}  // namespace
}  // namespace kinora::outbound
