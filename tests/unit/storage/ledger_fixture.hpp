// ledger_fixture.hpp: a person with an application and a key, and what is held, paid and given
// back.
#pragma once

#include "storage/ledger_rows.hpp"
#include "storage_fixture.hpp"

namespace kinora::storage {

class LedgerTest : public StorageTest {
protected:
    void SetUp() override {
        StorageTest::SetUp();
        ada = insert_sample();
    }

    void add(std::int64_t micros, const std::string& id, const std::string& reference = {},
             TransferKind kind = TransferKind::top_up) {
        db->write_now([&](Session& session) {
            give(session, kind, ada.application.id, {micros}, id, reference, "a note", at(1));
        });
    }
    // A waiting task that may cost so much.
    TaskRow hold(std::int64_t micros, TimePoint created_at = at(2)) {
        const auto task = make_task(ada, created_at);
        db->write_now([&](Session& session) {
            EXPECT_EQ(reserve(session, ada.credential.id, {micros}), Reservation::made);
            EXPECT_TRUE(move_to_held(session, ada.application.id, {micros}));
            insert_task(session, task);
            note_hold(session, task.id, ada.application.id, ada.credential.id, {micros},
                      created_at);
        });
        return task;
    }
    void complete(const TaskRow& task) {
        db->write_now([&](Session& session) {
            const auto claimed = claim_task(session, {"w", at(3), at(13)});
            ASSERT_TRUE(claimed);
            ASSERT_EQ(claimed->id, task.id);
            ASSERT_TRUE(complete_task(session, claim_of(*claimed), make_video(*claimed),
                                      Milliseconds(1'000), at(4)));
        });
    }
    bool cancel(const TaskRow& task) {
        return db->write_now(
            [&](Session& session) { return cancel_task(session, task.id, "Enough.", at(5)); });
    }

    Balance balance() {
        return db->read_now(
            [&](Session& session) { return balance_of(session, ada.application.id); });
    }
    void expect_balance(std::int64_t available, std::int64_t held, std::int64_t used) {
        const auto now = balance();
        EXPECT_EQ(now.available.micros, available);
        EXPECT_EQ(now.held.micros, held);
        EXPECT_EQ(now.used.micros, used);
    }
    CredentialRow credential() {
        return db
            ->read_now(
                [&](Session& session) { return find_credential(session, ada.credential.id); })
            .value();
    }
    Books books() {
        return db->read_now([](Session& session) { return read_books(session); });
    }
    std::vector<TransferRow> transfers(TransferFilter filter = {}) {
        filter.slice.descending = false;
        return db->read_now(
            [&](Session& session) { return list_transfers(session, filter).items; });
    }

    // Goes round our code.
    void by_hand(const std::string& sql) {
        const auto raw = place.raw();
        if (GetParam() == Backend::sqlite) *raw << "PRAGMA foreign_keys = ON";
        *raw << sql;
    }
    void expect_refused(const std::string& sql) {
        EXPECT_THROW(by_hand(sql), soci::soci_error) << sql;
    }

    Sample ada;
};

}  // namespace kinora::storage
