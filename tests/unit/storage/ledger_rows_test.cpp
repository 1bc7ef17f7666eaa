// ledger_rows_test.cpp: no credit is made, lost or spent twice, and the database itself sees to it.
#include "storage/ledger_rows.hpp"

#include "ledger_fixture.hpp"
#include "support/race.hpp"

#include <gmock/gmock.h>

namespace kinora::storage {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

TEST(TransferKinds, HaveWords) {
    for (const auto kind : {TransferKind::free_amount, TransferKind::top_up, TransferKind::hold,
                            TransferKind::capture, TransferKind::release, TransferKind::forfeit}) {
        EXPECT_EQ(parse_transfer_kind(to_string(kind)), kind);
    }
    EXPECT_FALSE(parse_transfer_kind("gift"));
    EXPECT_FALSE(parse_transfer_kind(""));
}

class LedgerRowsTest : public LedgerTest {};

TEST_P(LedgerRowsTest, WhatIsGivenIsAvailableAndComesFromTheHouse) {
    add(10, "one", {}, TransferKind::free_amount);
    add(32, "two", "payment 7");
    expect_balance(42, 0, 0);
    const auto all = transfers();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].from_account, "grants");
    EXPECT_EQ(all[1].from_account, "deposits");
    EXPECT_EQ(all[1].to_account, "available:" + ada.application.id.str());
    EXPECT_EQ(all[1].amount.micros, 32);
    EXPECT_EQ(all[1].application_id, ada.application.id);
    EXPECT_EQ(all[1].reference, "payment 7");
    EXPECT_EQ(all[1].note, "a note");
    EXPECT_EQ(all[1].task_id, "");
    EXPECT_EQ(all[1].created_at, at(1));
    const auto sums = books();
    EXPECT_THAT(sums.unbalanced, IsEmpty());
    EXPECT_EQ(sums.available.micros, 42);
    ASSERT_EQ(sums.house.size(), 2U);
    EXPECT_EQ(sums.house[0].name, "deposits");
    EXPECT_EQ(sums.house[0].balance_micros, -32);
    EXPECT_EQ(sums.house[1].name, "grants");
    EXPECT_EQ(sums.house[1].balance_micros, -10);
}

TEST_P(LedgerRowsTest, AnIdAndAReferenceCountOnce) {
    add(10, "one", "payment");
    EXPECT_THROW(add(10, "one"), std::runtime_error);
    EXPECT_THROW(add(10, "two", "payment"), std::runtime_error);
    expect_balance(10, 0, 0);
    add(1, "three");
    add(1, "four");  // Two without a reference are two.
    expect_balance(12, 0, 0);
    const auto [found, unknown, nameless] = db->read_now([](Session& session) {
        return std::tuple(find_transfer(session, "payment"), find_transfer(session, "other"),
                          find_transfer(session, ""));
    });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, "one");
    EXPECT_FALSE(unknown);
    EXPECT_FALSE(nameless);
}

TEST_P(LedgerRowsTest, NothingIsGivenWhereItHasNoPlace) {
    EXPECT_THROW(add(0, "nothing"), std::runtime_error);
    EXPECT_THROW(add(-1, "less"), std::runtime_error);
    add(kCreditsMax.micros - 1, "most");
    EXPECT_THROW(add(2, "more"), std::runtime_error);
    add(1, "last");
    expect_balance(kCreditsMax.micros, 0, 0);
    ada.application.id = ApplicationId::make(random);
    EXPECT_THROW(add(1, "nobody's"), std::runtime_error);
    EXPECT_EQ(transfers().size(), 2U);
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(LedgerRowsTest, NoMoreIsHeldThanIsAvailable) {
    add(10, "one");
    db->write_now([&](Session& session) {
        EXPECT_FALSE(move_to_held(session, ada.application.id, {11}));
        EXPECT_FALSE(move_to_held(session, ApplicationId::make(random), {1}));
        EXPECT_TRUE(move_to_held(session, ada.application.id, {10}));
        EXPECT_FALSE(move_to_held(session, ada.application.id, {1}));
        move_back(session, ada.application.id, {10});
    });
    expect_balance(10, 0, 0);
    EXPECT_THROW(
        db->write_now([&](Session& session) { move_back(session, ada.application.id, {1}); }),
        std::runtime_error);
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(LedgerRowsTest, ACompletedTaskIsPaidFor) {
    add(10, "one");
    const auto task = hold(4);
    expect_balance(6, 4, 0);
    EXPECT_EQ(credential().held_amount.micros, 4);
    EXPECT_EQ(books().held.micros, 4);
    complete(task);
    expect_balance(6, 0, 4);
    EXPECT_EQ(credential().held_amount.micros, 0);
    EXPECT_EQ(credential().used_amount.micros, 4);
    TransferFilter of_task;
    of_task.task_id = task.id;
    const auto moves = transfers(of_task);
    ASSERT_EQ(moves.size(), 2U);
    EXPECT_EQ(moves[0].kind, TransferKind::hold);
    EXPECT_EQ(moves[0].to_account, "held:" + ada.application.id.str());
    EXPECT_EQ(moves[1].kind, TransferKind::capture);
    EXPECT_EQ(moves[1].from_account, "held:" + ada.application.id.str());
    EXPECT_EQ(moves[1].to_account, "revenue");
    EXPECT_EQ(moves[1].created_at, at(4));
    EXPECT_THAT(books().unbalanced, IsEmpty());
    EXPECT_FALSE(cancel(task)) << "its one end has come";
    expect_balance(6, 0, 4);
}

TEST_P(LedgerRowsTest, AnyOtherEndGivesBackWhatWasHeld) {
    add(10, "one");
    EXPECT_TRUE(cancel(hold(4)));
    expect_balance(10, 0, 0);
    const auto failed = hold(10);
    db->write_now([&](Session& session) {
        const auto claimed = claim_task(session, {"w", at(3), at(13)});
        EXPECT_TRUE(fail_task(session, claim_of(*claimed), "api_error", "No.", 1s, at(4)));
        EXPECT_FALSE(fail_task(session, claim_of(*claimed), "api_error", "No.", 1s, at(4)));
    });
    expect_balance(10, 0, 0);
    EXPECT_EQ(credential().held_amount.micros, 0);
    EXPECT_EQ(credential().used_amount.micros, 0);
    TransferFilter of_task;
    of_task.task_id = failed.id;
    EXPECT_EQ(transfers(of_task).back().kind, TransferKind::release);
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(LedgerRowsTest, ATaskThatIsWorkedOnAgainStaysHeldFor) {
    add(10, "one");
    hold(4);
    const auto lose = [&](int second, int attempts_max) {
        return db->write_now([&](Session& session) {
            EXPECT_TRUE(claim_task(session, {"w", at(second), at(second + 10)}));
            return take_back_leases(session, at(second + 11), {}, attempts_max, "api_error", "No.");
        });
    };
    EXPECT_EQ(lose(3, 2).returned.size(), 1U);
    expect_balance(6, 4, 0);
    EXPECT_EQ(lose(20, 2).failed.size(), 1U);
    expect_balance(10, 0, 0);
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(LedgerRowsTest, ARevokedKeyIsNotInTheWayOfAnEnd) {
    add(10, "one");
    const auto kept = hold(4), dropped = hold(3, at(3));
    db->write_now([&](Session& session) { remove_credential(session, ada.credential.id); });
    complete(kept);
    EXPECT_TRUE(cancel(dropped));
    expect_balance(6, 0, 4);
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(LedgerRowsTest, AKeySpendsUpToItsLimit) {
    ada.credential.limited_amount = Credits{10};
    db->write_now([&](Session& session) {
        const auto id = ada.credential.id;
        update_credential(session, ada.credential);
        EXPECT_EQ(reserve(session, CredentialId::make(random), {1}), Reservation::no_credential);
        EXPECT_EQ(reserve(session, id, {11}), Reservation::over_limit);
        EXPECT_EQ(reserve(session, id, {6}), Reservation::made);
        EXPECT_EQ(reserve(session, id, {5}), Reservation::over_limit);
        EXPECT_EQ(reserve(session, id, {4}), Reservation::made);
        EXPECT_EQ(reserve(session, id, {1}), Reservation::over_limit);
        unreserve(session, id, {10});
        EXPECT_EQ(reserve(session, id, {10}), Reservation::made);
        unreserve(session, id, {10});
    });
    add(10, "one");
    complete(hold(6));
    db->write_now([&](Session& session) {
        EXPECT_EQ(reserve(session, ada.credential.id, {5}), Reservation::over_limit);
        EXPECT_EQ(reserve(session, ada.credential.id, {4}), Reservation::made);
        unreserve(session, ada.credential.id, {4});
    });
}

TEST_P(LedgerRowsTest, WhatIsForfeitedIsWhatIsAvailableAndNoMore) {
    const auto give_up = [&] {
        db->write_now([&](Session& session) { forfeit(session, ada.application.id, at(6)); });
    };
    give_up();
    EXPECT_THAT(transfers(), IsEmpty()) << "there was nothing";
    add(10, "one");
    const auto task = hold(4);
    give_up();
    expect_balance(0, 4, 0);
    give_up();
    EXPECT_TRUE(cancel(task));
    expect_balance(4, 0, 0);
    give_up();
    expect_balance(0, 0, 0);
    TransferFilter filter;
    filter.kind = TransferKind::forfeit;
    const auto rows = transfers(filter);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].amount.micros + rows[1].amount.micros, 10);
    EXPECT_EQ(rows[0].to_account, "forfeited");
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(LedgerRowsTest, AFreeAmountIsNotedOnceForAPersonAndAService) {
    const auto luma = ServiceId::make(random), other = ServiceId::make(random);
    db->write_now([&](Session& session) {
        EXPECT_TRUE(note_free_amount(session, "ada's hash", luma));
        EXPECT_FALSE(note_free_amount(session, "ada's hash", luma));
        EXPECT_TRUE(note_free_amount(session, "ada's hash", other));
        EXPECT_TRUE(note_free_amount(session, "bob's hash", luma));
    });
}

TEST_P(LedgerRowsTest, ListsTransfersByWhatTheyAreOf) {
    add(10, "one");
    const auto task = hold(4);
    const auto count = [&](const TransferFilter& filter) {
        return db->read_now(
            [&](Session& session) { return list_transfers(session, filter).count; });
    };
    TransferFilter filter;
    EXPECT_EQ(count(filter), 2);
    filter.application_id = ada.application.id;
    EXPECT_EQ(count(filter), 2);
    filter.kind = TransferKind::hold;
    EXPECT_EQ(count(filter), 1);
    filter.task_id = TaskId::make(random);
    EXPECT_EQ(count(filter), 0);
    filter.task_id = task.id;
    EXPECT_EQ(count(filter), 1);
    filter.application_id = ApplicationId::make(random);
    EXPECT_EQ(count(filter), 0);
    filter = {};
    filter.slice = {1, 1, true};
    const auto page =
        db->read_now([&](Session& session) { return list_transfers(session, filter); });
    EXPECT_EQ(page.count, 2);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].id, "one") << "the newest comes first";
}

TEST_P(LedgerRowsTest, OfRacersNoneTakesWhatIsNotThere) {
    add(30, "one");
    const auto other = open();
    const int taken = test::race(8, [&](int racer) {
        int mine = 0;
        auto& database = racer % 2 == 0 ? *db : *other;
        for (int i = 0; i < 10; ++i) {
            mine += database.write_now(
                [&](Session& session) { return move_to_held(session, ada.application.id, {1}); });
        }
        return mine;
    });
    EXPECT_EQ(taken, 30);
    expect_balance(0, 30, 0);
}

TEST_P(LedgerRowsTest, OfRacersOneNotesAFreeAmount) {
    const auto other = open();
    const auto luma = ServiceId::make(random);
    const int noted = test::race(4, [&](int racer) {
        auto& database = racer % 2 == 0 ? *db : *other;
        return static_cast<int>(database.write_now(
            [&](Session& session) { return note_free_amount(session, "ada's hash", luma); }));
    });
    EXPECT_EQ(noted, 1);
}

KINORA_ON_BOTH_BACKENDS(LedgerRowsTest);

}  // namespace
}  // namespace kinora::storage
