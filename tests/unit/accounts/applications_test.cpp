// applications_test.cpp: services acquired, tokens issued, balances topped up.
#include "accounts/applications.hpp"

#include "people_fixture.hpp"
#include "support/race.hpp"

#include <gmock/gmock.h>
#include <mutex>
#include <set>

namespace kinora::accounts {
namespace {

using storage::Session;
using testing::HasSubstr;
using testing::IsEmpty;

class ApplicationsTest : public PeopleTest {
protected:
    Result<Acquired> acquire_luma(const storage::UserRow& user) {
        return write(
            [&](Session& session) { return acquire(session, user, luma, random, clock.now()); });
    }
    std::size_t transfer_count() {
        return static_cast<std::size_t>(database->read_now(
            [](Session& session) { return storage::list_transfers(session, {}).count; }));
    }
};

TEST_P(ApplicationsTest, TheFirstComesWithTheFreeAmount) {
    const auto ada = add("ada@example.org");
    const auto first = acquire_luma(ada);
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->is_new);
    EXPECT_EQ(first->application.scope, "Individual");
    EXPECT_TRUE(first->application.metered);
    EXPECT_FALSE(first->application.allow_consume_global);
    EXPECT_THAT(first->application.webhook_secret, HasSubstr("whsec_"));
    EXPECT_EQ(balance(first->application.id).available, Credits::whole(10));

    const auto again = acquire_luma(ada);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->is_new);
    EXPECT_EQ(again->application.id, first->application.id);
    EXPECT_EQ(balance(first->application.id).available, Credits::whole(10));
    EXPECT_THAT(unbalanced(), IsEmpty());
}

TEST_P(ApplicationsTest, AnAddressGetsItsFreeAmountOnceWhateverAccountsItHad) {
    const auto ada = add("ada@example.org");
    acquired(ada);
    write([&](Session& session) { ASSERT_TRUE(delete_user(session, ada.id, clock.now())); });
    auto again = add("ada@example.org");
    EXPECT_NE(again.id, ada.id);
    EXPECT_TRUE(balance(acquired(again).id).available.is_zero());
    // Nor after the rows have gone.
    write([&](Session& session) {
        ASSERT_TRUE(delete_user(session, again.id, clock.now()));
        for (const auto id : {ada.id, again.id}) storage::remove_user(session, id);
    });
    again = add("ada@example.org");
    EXPECT_TRUE(balance(acquired(again).id).available.is_zero());
    EXPECT_EQ(balance(acquired(add("bob@example.org")).id).available, Credits::whole(10));
    EXPECT_THAT(unbalanced(), IsEmpty());
}

TEST_P(ApplicationsTest, WhatIsNotOfferedCannotBeAcquired) {
    const auto ada = add("ada@example.org"), bob = add("bob@example.org");
    const auto adas = acquired(ada);
    write([&](Session& session) {
        const auto unknown = acquire(session, ada, ServiceId::make(random), random, clock.now());
        ASSERT_FALSE(unknown);
        EXPECT_EQ(unknown.error().code(), ErrorCode::not_found);
        auto service = *storage::find_service(session, luma);
        service.enabled = false;
        storage::update_service(session, service);
    });
    const auto disabled = acquire_luma(bob);
    ASSERT_FALSE(disabled);
    EXPECT_EQ(disabled.error().code(), ErrorCode::not_found);
    EXPECT_EQ(acquire_luma(ada)->application.id, adas.id) << "who has it keeps it";
}

TEST_P(ApplicationsTest, AServiceMayGiveNothingAway) {
    write([&](Session& session) {
        auto service = *storage::find_service(session, luma);
        service.free_amount = {};
        storage::update_service(session, service);
    });
    EXPECT_TRUE(balance(acquired(add("ada@example.org")).id).available.is_zero());
    EXPECT_EQ(transfer_count(), 0U);
}

TEST_P(ApplicationsTest, TheGeneralBalanceIsOneAndEmpty) {
    const auto ada = add("ada@example.org");
    const auto first = general(ada.id), again = general(ada.id);
    EXPECT_EQ(first.id, again.id);
    EXPECT_TRUE(first.is_global());
    EXPECT_TRUE(first.service_id.is_nil());
    EXPECT_TRUE(balance(first.id).available.is_zero());
    EXPECT_NE(general(add("bob@example.org").id).id, first.id);
}

TEST_P(ApplicationsTest, WhoAsksTwiceAtOnceGetsOneApplicationAndOneFreeAmount) {
    const auto other = database.connect();
    for (int round = 0; round < 8; ++round) {
        const auto ada = add("ada" + std::to_string(round) + "@example.org");
        std::mutex mutex;
        std::set<ApplicationId> ids;
        const int made = test::race(4, [&](int racer) {
            auto& mine = racer % 2 == 0 ? *database : *other;
            const auto got = mine.write_now(
                [&](Session& session) { return acquire(session, ada, luma, random, clock.now()); });
            const std::lock_guard lock(mutex);
            ids.insert(got.value().application.id);
            return static_cast<int>(got->is_new);
        });
        ASSERT_EQ(made, 1) << "round " << round;
        ASSERT_EQ(ids.size(), 1U) << "round " << round;
        ASSERT_EQ(balance(*ids.begin()).available, Credits::whole(10)) << "round " << round;
    }
    EXPECT_THAT(unbalanced(), IsEmpty());
}

TEST_P(ApplicationsTest, ATokenIsKeptAsItsHashAndItsFirstCharacters) {
    const auto application = acquired(add("ada@example.org"));
    storage::CredentialRow wanted;
    wanted.application_id = application.id;
    wanted.user_id = application.user_id;
    wanted.name = "mine";
    const auto issued = write(
        [&](Session& session) { return issue_credential(session, wanted, random, clock.now()); });
    const auto& token = issued.token.reveal();
    EXPECT_EQ(token.size(), 32U);
    EXPECT_EQ(issued.credential.token_prefix, token.substr(0, 6));
    EXPECT_EQ(issued.credential.created_at, clock.now());
    EXPECT_THAT(contents({"credentials"}), HasSubstr(hash_token(token)));
    EXPECT_THAT(contents({"credentials"}), testing::Not(HasSubstr(token)));

    const auto rotated = write(
        [&](Session& session) { return rotate_credential(session, issued.credential.id, random); });
    ASSERT_TRUE(rotated);
    EXPECT_EQ(rotated->credential.id, issued.credential.id);
    EXPECT_EQ(rotated->credential.name, "mine");
    write([&](Session& session) {
        EXPECT_FALSE(storage::find_caller(session, hash_token(token)));
        EXPECT_TRUE(storage::find_caller(session, hash_token(rotated->token.reveal())));
        storage::remove_credential(session, issued.credential.id);
        EXPECT_FALSE(rotate_credential(session, issued.credential.id, random));
    });
}

TEST_P(ApplicationsTest, APaymentCountsOnce) {
    const auto application = general(add("ada@example.org").id).id;
    const auto other = general(add("bob@example.org").id).id;
    const auto first = pay_in(application, {7}, "payment 1", "a note");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->amount.micros, 7);
    clock.advance(Milliseconds(5));
    const auto again = pay_in(application, {7}, "payment 1", "a note");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(again->created_at, first->created_at);
    EXPECT_EQ(balance(application).available.micros, 7);

    struct Row {
        const char* what;
        ApplicationId application;
        Credits amount;
        const char* note;
    };
    const Row table[] = {
        {"another amount", application, {8}, "a note"},
        {"somebody else's", other, {7}, "a note"},
        {"another note", application, {7}, ""},
    };
    for (const auto& row : table) {
        const auto refused = pay_in(row.application, row.amount, "payment 1", row.note);
        ASSERT_FALSE(refused) << row.what;
        EXPECT_EQ(refused.error().code(), ErrorCode::conflict) << row.what;
    }
    EXPECT_TRUE(pay_in(application, {7}));
    EXPECT_TRUE(pay_in(application, {7})) << "two without a reference are two";
    EXPECT_EQ(balance(application).available.micros, 21);
    EXPECT_TRUE(balance(other).available.is_zero());
    EXPECT_THAT(unbalanced(), IsEmpty());
}

TEST_P(ApplicationsTest, ABalanceHasALargestSize) {
    const auto application = general(add("ada@example.org").id).id;
    ASSERT_TRUE(pay_in(application, kCreditsMax - Credits{1}));
    const auto refused = pay_in(application, {2}, "payment");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::bad_request);
    EXPECT_THAT(refused.error().message(), HasSubstr("`amount`"));
    EXPECT_TRUE(pay_in(application, {1}, "payment")) << "what was refused used nothing up";
    EXPECT_EQ(balance(application).available, kCreditsMax);
}

TEST_P(ApplicationsTest, WhatIsHeldCountsTowardsTheLargestSize) {
    const auto application = acquired(add("ada@example.org"));
    submit(issue(application));
    ASSERT_EQ(balance(application.id).held, Credits::whole(1));
    EXPECT_FALSE(pay_in(application.id, kCreditsMax - Credits::whole(10) + Credits{1}))
        << "it may come back";
    EXPECT_TRUE(pay_in(application.id, kCreditsMax - Credits::whole(10)));
}

TEST_P(ApplicationsTest, APaymentThatIsToldTwiceAtOnceCountsOnce) {
    const auto other = database.connect();
    const auto application = general(add("ada@example.org").id).id;
    for (int round = 0; round < 8; ++round) {
        std::mutex mutex;
        std::set<std::string> ids;
        test::race(4, [&](int racer) {
            auto& mine = racer % 2 == 0 ? *database : *other;
            const TopUp wanted{
                random.hex(8), application, {5}, "payment " + std::to_string(round), {}};
            const auto done = mine.write_now(
                [&](Session& session) { return top_up(session, wanted, clock.now()); });
            const std::lock_guard lock(mutex);
            ids.insert(done.value().id);
            return 0;
        });
        ASSERT_EQ(ids.size(), 1U) << "round " << round;
    }
    EXPECT_EQ(balance(application).available.micros, 8 * 5);
}

KINORA_ON_BOTH_BACKENDS(ApplicationsTest);

}  // namespace
}  // namespace kinora::accounts
