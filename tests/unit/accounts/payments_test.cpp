// payments_test.cpp: who pays for a call, and why it is refused.
#include "people_fixture.hpp"
#include "support/race.hpp"

#include <gmock/gmock.h>

namespace kinora::accounts {
namespace {

using storage::Session;
using testing::HasSubstr;
using testing::IsEmpty;

// Who pays for a call of somebody who has 10 credits with luma, where a call costs 4.
class Payments : public PeopleTest {
protected:
    void SetUp() override {
        set_price(Credits::whole(4));
        ada = add("ada@example.org");
        application = acquired(ada);
        global = general(ada.id);
        caller = issue(application);
    }
    void allow_general(bool allowed = true) {
        application.allow_consume_global = allowed;
        update(application);
    }

    Result<std::optional<Payment>> take(const Caller& who, std::string_view api = kVideosApi) {
        return write([&](Session& session) { return take_payment(session, who, api); });
    }
    // The payer of a call that is accepted.
    ApplicationId payer(const Caller& who) {
        const auto payment = take(who);
        EXPECT_TRUE(payment) << (payment ? "" : payment.error().message());
        if (!payment || !*payment) return {};
        EXPECT_EQ((*payment)->amount, Credits::whole(4));
        EXPECT_EQ((*payment)->credential_id, who.credential_id);
        return (*payment)->application_id;
    }
    // The call is refused, and nothing at all is different afterwards.
    void expect_refused(const Caller& who, ErrorCode code, std::string_view word,
                        std::string_view api = kVideosApi) {
        const auto before = contents({"balances", "credentials", "holds"});
        const auto payment = take(who, api);
        ASSERT_FALSE(payment);
        EXPECT_EQ(payment.error().code(), code) << payment.error().message();
        EXPECT_THAT(payment.error().message(), HasSubstr(std::string(word)));
        EXPECT_EQ(contents({"balances", "credentials", "holds"}), before);
    }

    storage::UserRow ada;
    storage::ApplicationRow application, global;
    Caller caller;
};

TEST_P(Payments, TheApplicationPaysAsLongAsItCan) {
    EXPECT_EQ(payer(caller), application.id);
    EXPECT_EQ(payer(caller), application.id);
    EXPECT_EQ(balance(application.id).available, Credits::whole(2));
    expect_refused(caller, ErrorCode::used_up, "allow it to use the general balance");
}

TEST_P(Payments, ThenTheGeneralBalanceWhereItMay) {
    ASSERT_TRUE(pay_in(global.id, Credits::whole(5)));
    allow_general();
    EXPECT_EQ(payer(caller), application.id);
    EXPECT_EQ(payer(caller), application.id);
    EXPECT_EQ(payer(caller), global.id);
    EXPECT_EQ(balance(application.id).available, Credits::whole(2)) << "one pays the whole of it";
    EXPECT_EQ(balance(global.id).available, Credits::whole(1));
    expect_refused(caller, ErrorCode::used_up, "Top it up");
    allow_general(false);
    ASSERT_TRUE(pay_in(global.id, Credits::whole(5)));
    expect_refused(caller, ErrorCode::used_up, "general balance");
}

TEST_P(Payments, ADisabledGeneralBalanceDoesNotPay) {
    ASSERT_TRUE(pay_in(global.id, Credits::whole(50)));
    allow_general();
    payer(caller);
    payer(caller);
    global.disabled = true;
    update(global);
    expect_refused(caller, ErrorCode::used_up, "");
    expect_refused(issue(global), ErrorCode::disabled, "");
}

TEST_P(Payments, SomebodyElsesGeneralBalanceDoesNotPay) {
    ASSERT_TRUE(pay_in(general(add("bob@example.org").id).id, Credits::whole(50)));
    allow_general();
    payer(caller);
    payer(caller);
    expect_refused(caller, ErrorCode::used_up, "");
}

TEST_P(Payments, ATokenOfTheGeneralBalancePaysWithThatAlone) {
    ASSERT_TRUE(pay_in(global.id, Credits::whole(4)));
    const auto general_caller = issue(global);
    EXPECT_EQ(payer(general_caller), global.id);
    expect_refused(general_caller, ErrorCode::used_up, "Top it up");
    EXPECT_EQ(balance(application.id).available, Credits::whole(10));
}

TEST_P(Payments, ATokenSpendsUpToItsLimit) {
    const auto limited = issue(application, Credits::whole(7));
    EXPECT_EQ(payer(limited), application.id);
    expect_refused(limited, ErrorCode::used_up, "token");
    EXPECT_EQ(payer(caller), application.id) << "another token has no limit";
    ASSERT_TRUE(pay_in(application.id, Credits::whole(100)));
    expect_refused(limited, ErrorCode::used_up, "token");
    expect_refused(issue(application, Credits{}), ErrorCode::used_up, "token");
}

TEST_P(Payments, WhatWasOnlyHeldMayBeSpentAgain) {
    const auto limited = issue(application, Credits::whole(4));
    const auto task = submit(limited);
    expect_refused(limited, ErrorCode::used_up, "token");
    write([&](Session& session) {
        ASSERT_TRUE(storage::cancel_task(session, task.id, "Enough.", clock.now()));
    });
    submit(limited);
    complete(claim());
    expect_refused(limited, ErrorCode::used_up, "token");
    EXPECT_THAT(unbalanced(), IsEmpty());
}

TEST_P(Payments, ARevokedTokenPaysNothing) {
    write([&](Session& session) { storage::remove_credential(session, caller.credential_id); });
    expect_refused(caller, ErrorCode::invalid_token, "token");
    set_price({});
    expect_refused(caller, ErrorCode::invalid_token, "token");
}

TEST_P(Payments, WhatIsDisabledIsRefused) {
    expect_refused(caller, ErrorCode::disabled, "not offered", "an unknown API");
    struct Row {
        const char* disable;
        const char* word;
    };
    const Row table[] = {
        {"UPDATE credentials SET disabled = 1", "token"},
        {"UPDATE applications SET disabled = 1", "application"},
        {"UPDATE users SET disabled = 1", "account"},
        {"UPDATE services SET enabled = 0", "not offered"},
    };
    for (const auto& row : table) {
        const std::string disable = row.disable;
        *database.place().raw() << disable;
        expect_refused(caller, ErrorCode::disabled, row.word);
        const char was = disable.back() == '1' ? '0' : '1';
        *database.place().raw() << disable.substr(0, disable.size() - 1) + was;
    }
    EXPECT_EQ(payer(caller), application.id);
}

TEST_P(Payments, ATokenOfAnotherServiceIsRefused) {
    const auto other = ServiceId::make(random);
    *database.place().raw() << "INSERT INTO services (id, name, title, description, unit, price, "
                               "free_amount, enabled, created_at) VALUES ('" +
                                   other.str() + "', 'other', '', '', 'Credit', 1, 9000000, 1, 0)";
    const auto others = write([&](Session& session) {
        return acquire(session, ada, other, random, clock.now()).value().application;
    });
    EXPECT_EQ(balance(others.id).available, Credits::whole(9)) << "each service has its own";
    expect_refused(issue(others), ErrorCode::token_mismatched, "luma");
}

TEST_P(Payments, WhatCostsNothingIsNotPaidFor) {
    const auto is_free = [&](const Caller& who) {
        const auto payment = take(who);
        return payment && !*payment;
    };
    const auto broke = issue(application, Credits{});
    set_price({});
    EXPECT_TRUE(is_free(broke)) << "even with a token that may spend nothing";
    set_price(Credits::whole(1'000));
    EXPECT_FALSE(is_free(caller));
    *database.place().raw() << "UPDATE applications SET metered = 0";
    EXPECT_TRUE(is_free(caller));
    EXPECT_EQ(balance(application.id).available, Credits::whole(10));
}

TEST_P(Payments, WhatIsReturnedWasNeverTaken) {
    const auto before = contents({"balances", "credentials"});
    ASSERT_TRUE(pay_in(global.id, Credits::whole(4)));
    const auto with_general = contents({"balances", "credentials"});
    allow_general();
    write([&](Session& session) {
        std::vector<Payment> payments;
        for (int i = 0; i < 3; ++i) payments.push_back(**take_payment(session, caller, kVideosApi));
        EXPECT_FALSE(take_payment(session, caller, kVideosApi));
        for (const auto& payment : payments) return_payment(session, payment);
    });
    EXPECT_NE(before, with_general);
    EXPECT_EQ(contents({"balances", "credentials"}), with_general);
}

TEST_P(Payments, ThePriceIsThatOfTheMomentOfTheCall) {
    const auto dear = submit(caller);
    set_price(Credits::whole(1));
    const auto cheap = submit(caller);
    set_price(Credits::whole(1'000));
    complete(claim());
    complete(claim());
    const auto now = balance(application.id);
    EXPECT_EQ(now.available, Credits::whole(5));
    EXPECT_TRUE(now.held.is_zero());
    EXPECT_EQ(now.used, Credits::whole(5));
    EXPECT_EQ(state(dear.id), storage::TaskState::completed);
    EXPECT_EQ(state(cheap.id), storage::TaskState::completed);
    expect_refused(caller, ErrorCode::used_up, "");
    EXPECT_THAT(unbalanced(), IsEmpty());
}

TEST_P(Payments, RacingCallsSpendWhatIsThereAndNoMore) {
    const auto other = database.connect();
    ASSERT_TRUE(pay_in(application.id, Credits::whole(40)));
    ASSERT_TRUE(pay_in(global.id, Credits::whole(20)));
    allow_general();
    const auto limited = issue(application, Credits::whole(16));
    const int taken = test::race(6, [&](int racer) {
        auto& mine = racer % 2 == 0 ? *database : *other;
        int count = 0;
        for (int i = 0; i < 10; ++i) {
            count += mine.write_now([&](Session& session) {
                return take_payment(session, racer == 0 ? limited : caller, kVideosApi).has_value();
            });
        }
        return count;
    });
    EXPECT_EQ(taken, 12 + 5) << "50 credits of the application, 20 of the general balance";
    EXPECT_EQ(balance(application.id).available, Credits::whole(2));
    EXPECT_TRUE(balance(global.id).available.is_zero());
    const auto held = database->read_now([&](Session& session) {
        return storage::find_credential(session, limited.credential_id)->held_amount;
    });
    EXPECT_LE(held, Credits::whole(16));
}

KINORA_ON_BOTH_BACKENDS(Payments);

}  // namespace
}  // namespace kinora::accounts
