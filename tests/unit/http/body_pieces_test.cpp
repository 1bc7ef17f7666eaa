// unit/http/body_pieces_test.cpp: bodies too large to be held: the same limits, piece by piece.
#include "http/exchange.hpp"
#include "support/fake_clock.hpp"
#include "support/wait.hpp"
#include "unit/http/test_server.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

constexpr std::size_t kPieceMax = 256 * 1024;

// Answers with the body that came in pieces, and says in a header how many there were.
Handler echoes_pieces() {
    return [](Request& request) -> Async<Response> {
        std::string all;
        int count = 0;
        for (;; ++count) {
            auto piece = co_await request.body_piece();
            if (!piece) co_return word_error(piece.error(), request.trace_id);
            if (piece->empty()) break;
            EXPECT_LE(piece->size(), kPieceMax);
            all += *piece;
        }
        auto again = co_await request.body_piece();
        EXPECT_TRUE(again.has_value() && again->empty()) << "the end stays the end";
        auto response = Response::json_text(200, std::move(all));
        response.set("X-Pieces", std::to_string(count));
        co_return response;
    };
}

// Answers after the first piece.
Handler takes_one_piece() {
    return [](Request& request) -> Async<Response> {
        auto piece = co_await request.body_piece();
        if (!piece) co_return word_error(piece.error(), request.trace_id);
        co_return Response::json_text(200, "enough");
    };
}

Router pieces() {
    Router router;
    const auto add = [&](std::string pattern, Handler handler, std::size_t limit) {
        router.add({Method::post, std::move(pattern), std::move(handler), limit, Origins::same});
    };
    add("/small", echoes_pieces(), 1000);
    add("/large", echoes_pieces(), 64 * 1024 * 1024);
    add("/one", takes_one_piece(), 64 * 1024 * 1024);
    return router;
}

const std::string kExpects = "Expect: 100-continue\r\n";

// Bytes that are not alike, so that none can be lost or doubled unseen.
std::string bytes(std::size_t size) {
    std::string text(size, ' ');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * i % 251);
    return text;
}

TEST(BodyPieces, GiveTheWholeBody) {
    TestServer server(pieces());
    EXPECT_EQ(ask(server.port(), post("/small", sized(3), "abc")).body, "abc");
    EXPECT_EQ(ask(server.port(), post("/small", sized(0))).header("X-Pieces"), "0");
    EXPECT_EQ(ask(server.port(), post("/small", "")).header("X-Pieces"), "0");
    const auto chunks = "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n";
    EXPECT_EQ(ask(server.port(), post("/small", kChunked, chunks)).body, "abcde");
    EXPECT_EQ(ask(server.port(), post("/small", kChunked, "0\r\n\r\n")).header("X-Pieces"), "0");
}

TEST(BodyPieces, ByteByByteToo) {
    TestServer server(pieces());
    Client client(server.port());
    for (const char c : post("/small", kChunked, "5\r\nhello\r\n0\r\n\r\n")) client.send({&c, 1});
    EXPECT_EQ(client.read().body, "hello");
}

TEST(BodyPieces, HoldNoMoreThanAPiece) {
    ServerOptions options;
    options.limits.bodies_bytes = kPieceMax;
    TestServer server(pieces(), options);
    const auto large = bytes(9'000'001);
    const auto reply = ask(server.port(), post("/large", sized(large.size()), large));
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.body == large);
    EXPECT_GT(std::stoi(reply.header("X-Pieces")), 9'000'001 / int(kPieceMax));
}

TEST(BodyPieces, FailWhereThereIsNoRoomForOne) {
    ServerOptions options;
    options.limits.bodies_bytes = 2;
    TestServer server(pieces(), options);
    EXPECT_EQ(ask(server.port(), post("/small", sized(3), "abc")).status, 503);
    EXPECT_EQ(ask(server.port(), post("/small", sized(2), "ab")).status, 200);
}

TEST(BodyPieces, KeepToTheLimit) {
    TestServer server(pieces());
    Client declared(server.port());
    declared.send(post("/small", sized(1001)));  // Nothing of the body has been sent.
    EXPECT_EQ(declared.read().status, 413);
    Client expecting(server.port());  // Nor is it asked for.
    expecting.send(post("/small", kExpects + sized(1001)));
    EXPECT_EQ(expecting.read().status, 413);
    EXPECT_EQ(ask(server.port(), post("/small", sized(1000), bytes(1000))).status, 200);

    Client chunked(server.port());
    chunked.send(post("/small", kChunked, "3e8\r\n" + bytes(1000) + "\r\n"));
    chunked.send("1\r\n");
    const auto reply = chunked.read();
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.header("Connection"), "close");
}

TEST(BodyPieces, FailWhereTheBodyIsBroken) {
    TestServer server(pieces());
    for (const auto* body : {"x\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n"}) {
        const auto reply = ask(server.port(), post("/small", kChunked, body));
        EXPECT_EQ(reply.status, 400) << body;
        EXPECT_EQ(reply.header("Connection"), "close") << body;
    }
    for (const auto& early : {post("/small", sized(10), "abc"),
                              post("/small", kChunked, "3\r\nabc\r\n"), post("/one", sized(10))}) {
        Client client(server.port());
        client.send(early);
        client.shut_sending();
        EXPECT_EQ(client.read().status, 400) << early;
    }
}

TEST(BodyPieces, SayContinueOnceAndOnlyWhereItIsWaitedFor) {
    TestServer server(pieces());
    Client waiting(server.port());
    waiting.send(post("/small", kExpects + sized(6)));
    EXPECT_EQ(waiting.read(Client::Body::none).status, 100);
    waiting.send("abc");
    waiting.send("def");
    EXPECT_EQ(waiting.read().body, "abcdef");
    Client eager(server.port());
    eager.send(post("/small", kExpects + sized(6), "abc"));
    eager.send("def");
    EXPECT_EQ(eager.read().body, "abcdef");
}

TEST(BodyPieces, LeaveTheNextRequestAlone) {
    TestServer server(pieces());
    Client client(server.port());
    client.send(post("/small", sized(3), "abc") + post("/small", kChunked, "1\r\nx\r\n0\r\n\r\n") +
                post("/small", sized(2), "de"));
    for (const auto* body : {"abc", "x", "de"}) EXPECT_EQ(client.read().body, body);
    client.send(post("/large", sized(500'000), bytes(500'000)));
    EXPECT_EQ(client.read().body.size(), 500'000U);
    client.send(post("/small", sized(1), "z"));
    EXPECT_EQ(client.read().body, "z");
}

TEST(BodyPieces, EndTheConnectionWhereTheRestIsNotRead) {
    TestServer server(pieces());
    Client client(server.port());
    EXPECT_TRUE(client.send(post("/one", sized(20'000'000), bytes(20'000'000))));
    const auto reply = client.read();
    EXPECT_EQ(reply.body, "enough");
    EXPECT_EQ(reply.header("Connection"), "close");
    client.shut_sending();
    EXPECT_TRUE(client.read_end());

    Client whole(server.port());  // All of it was in the first piece.
    whole.send(post("/one", sized(3), "abc"));
    EXPECT_EQ(whole.read().header("Connection"), "");
}

TEST(BodyPieces, GiveUpOnSlowBodies) {
    ServerOptions options;
    options.limits.body_stall = Milliseconds(60);
    options.limits.body_rate_min = 1'000'000;
    TestServer server(pieces(), options);
    Client stalling(server.port());
    stalling.send(post("/small", sized(10), "abc"));
    EXPECT_EQ(stalling.read().status, 408);

    Client client(server.port());
    client.send(post("/large", sized(1'000'000)));
    std::atomic<bool> over = false;
    std::thread trickle([&] {
        while (!over && client.send("x")) std::this_thread::yield();
    });
    const auto reply = client.read();
    over = true;
    trickle.join();
    EXPECT_EQ(reply.status, 408);
}

TEST(BodyPieces, DoNotBlameTheClientForASlowReader) {
    asio::io_context io;
    test::FakeClock clock;
    SystemRandom random;
    Log log(LogLevel::off);
    ServerState state({}, *Proxies::parse({}), {}, word_error, log, random, clock);
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    Client client(acceptor.local_endpoint().port());
    Socket socket(asio::make_strand(io));
    acceptor.accept(socket);
    Wire wire(std::move(socket), clock);
    Exchange exchange(wire, state);
    exchange.limit_body(1000);

    client.send(post("/", sized(2), "a"));
    EXPECT_EQ(test::run(io, wire.receive(4096)), Got::data);
    EXPECT_EQ(exchange.feed_head(), Exchange::Head::whole);
    EXPECT_EQ(test::run(io, exchange.body_piece()).value(), "a");
    clock.advance(std::chrono::hours(1));  // The disk was slow.
    EXPECT_FALSE(wire.overdue(clock.steady()));
    test::Running<Result<std::string>> second(io.get_executor(), exchange.body_piece());
    io.restart();
    io.poll();
    EXPECT_FALSE(second.done());
    EXPECT_FALSE(wire.overdue(clock.steady()));
    clock.advance(state.options.limits.body_stall + Milliseconds(1));
    EXPECT_TRUE(wire.overdue(clock.steady())) << "now it is the client";
    client.send("b");
    EXPECT_TRUE(test::turn_until(io, [&] { return second.done(); }));
    EXPECT_EQ(second.take().value(), "b");
}

}  // namespace
}  // namespace kinora::http
