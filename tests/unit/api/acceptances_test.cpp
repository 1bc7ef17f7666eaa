// tests/unit/api/acceptances_test.cpp: who waits for whom while it is decided what a call makes.
#include "api/acceptances.hpp"

#include "support/wait.hpp"

#include <gtest/gtest.h>

namespace kinora::api {
namespace {

struct Client final : http::Presence {
    void on_gone(std::function<void()>) override {}
    Async<bool> is_gone() override { co_return gone; }
    bool seems_there() const override { return !gone; }
    bool gone = false;
};

class AcceptancesTest : public testing::Test {
protected:
    using Entry = std::shared_ptr<Acceptances::Entry>;
    test::Running<Entry> enter(const std::string& key, std::shared_ptr<Client> client) {
        test::Running<Entry> running(io.get_executor(), acceptances.enter(key, std::move(client)));
        settle();
        return running;
    }
    void settle() {
        io.restart();
        io.poll();
    }

    asio::io_context io;
    Acceptances acceptances;
    std::shared_ptr<Client> here = std::make_shared<Client>();
    std::shared_ptr<Client> leaving = std::make_shared<Client>();
};

TEST_F(AcceptancesTest, ThoseThatAreThereDoNotWait) {
    auto first = enter("a", here), second = enter("a", here), third = enter("a", nullptr);
    EXPECT_TRUE(first.done() && second.done() && third.done());
}

TEST_F(AcceptancesTest, AResendWaitsForTheCallOfWhoHasGone) {
    auto first = enter("a", leaving);
    leaving->gone = true;
    auto second = enter("a", here), other = enter("b", here);
    EXPECT_FALSE(second.done());
    EXPECT_TRUE(other.done());
    first.take().reset();
    settle();
    EXPECT_TRUE(second.done());
}

TEST_F(AcceptancesTest, TwiceGoneTwiceWaitedFor) {
    auto again = std::make_shared<Client>();
    auto first = enter("a", leaving);
    auto second = enter("a", again);
    leaving->gone = again->gone = true;
    auto third = enter("a", here);
    first.take().reset();
    settle();
    EXPECT_FALSE(third.done());
    second.take().reset();
    settle();
    EXPECT_TRUE(third.done());
}

TEST_F(AcceptancesTest, WhoIsGoneWaitsForNobodyThatCameLater) {
    auto first = enter("a", leaving);
    leaving->gone = true;
    auto again = std::make_shared<Client>();
    auto second = enter("a", again);
    again->gone = true;
    first.take().reset();
    settle();
    EXPECT_TRUE(second.done());
}

}  // namespace
}  // namespace kinora::api
