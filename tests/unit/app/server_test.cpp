// tests/unit/app/server_test.cpp: the whole API process, opened and closed; calls are for the
// integration tests.
#include "app/server.hpp"

#include "support/quiet_log.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace kinora::app {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class ServerTest : public testing::Test {
protected:
    Config config() const {
        Config config;
        config.port = 0;
        config.workers = 0;
        config.data = folder / "data";
        config.database = "sqlite:" + (config.data / "kinora.db").string();
        return config;
    }
    std::unique_ptr<Server> open() {
        auto server = Server::open(config(), log);
        EXPECT_TRUE(server.has_value()) << server.error().message();
        return server.has_value() ? std::move(*server) : nullptr;
    }
    std::string refusal(Config config) {
        const auto server = Server::open(std::move(config), log);
        EXPECT_FALSE(server.has_value());
        return server.has_value() ? std::string() : server.error().message();
    }
    // The whole answer to a plain request.
    static std::string get(std::uint16_t port, const std::string& path) {
        asio::io_context io;
        tcp::socket socket(io);
        socket.connect({asio::ip::make_address("127.0.0.1"), port});
        asio::write(socket, asio::buffer("GET " + path +
                                         " HTTP/1.1\r\nHost: localhost\r\n"
                                         "Connection: close\r\n\r\n"));
        std::string answer;
        boost::system::error_code end;
        asio::read(socket, asio::dynamic_buffer(answer), end);
        return answer;
    }

    test::TempFolder folder;
    test::QuietLog log;
};

TEST_F(ServerTest, MakesTheOwnerAndServes) {
    const auto server = open();
    ASSERT_NE(server, nullptr);
    EXPECT_NE(server->port(), 0);
    EXPECT_EQ(server->config().port, server->port());
    EXPECT_TRUE(server->owner().created);
    EXPECT_NE(
        test::contents_of(folder / "data" / "owner.json").find(server->owner().token->reveal()),
        std::string::npos);
    EXPECT_NE(test::contents_of(folder / "data" / "owner.json")
                  .find("http://127.0.0.1:" + std::to_string(server->port())),
              std::string::npos);
    server->start();
    EXPECT_TRUE(get(server->port(), "/health/ready").starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(get(server->port(), "/nothing").starts_with("HTTP/1.1 404"));
    EXPECT_EQ(server->waiting_count(), 0U);
    server->stop();
}

TEST_F(ServerTest, ARestartKnowsTheOwnerAndTakesThePortAtOnce) {
    auto first = open();
    ASSERT_NE(first, nullptr);
    first->start();
    get(first->port(), "/health/live");
    const auto port = first->port();
    first->stop();
    first.reset();
    auto again = config();
    again.port = port;
    const auto second = Server::open(again, log);
    ASSERT_TRUE(second.has_value()) << second.error().message();
    EXPECT_EQ((*second)->port(), port);
    EXPECT_FALSE((*second)->owner().created);
}

TEST_F(ServerTest, MayBeClosedWithoutHavingStarted) {
    EXPECT_NE(open(), nullptr);
}

TEST_F(ServerTest, SaysWhatIsInTheWay) {
    const auto server = open();
    ASSERT_NE(server, nullptr);
    EXPECT_NE(refusal(config()).find("another server is using it"), std::string::npos);

    auto other = config();
    other.data = folder / "other";
    other.database = "sqlite:" + (other.data / "kinora.db").string();
    other.port = server->port();
    EXPECT_NE(refusal(other).find(std::to_string(server->port())), std::string::npos);

    other.port = 0;
    other.address = "192.0.2.1";  // Of no machine.
    EXPECT_NE(refusal(other).find("192.0.2.1"), std::string::npos);
    other.address = "not an address";
    EXPECT_NE(refusal(other), "");

    other.address = "127.0.0.1";
    other.database = "mysql://localhost";
    EXPECT_NE(refusal(other), "");
    other.database = "sqlite:" + (folder / "missing" / "kinora.db").string();
    EXPECT_NE(refusal(other), "");
    other.database = "postgresql://u:hush-hush@127.0.0.1:1/none";
    const auto unreachable = refusal(other);
    EXPECT_NE(unreachable, "");
    EXPECT_EQ(unreachable.find("hush-hush"), std::string::npos);

    other.data = folder.write("file", "");
    EXPECT_NE(refusal(other).find("--data"), std::string::npos);
}

}  // namespace
}  // namespace kinora::app
