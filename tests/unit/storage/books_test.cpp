// books_test.cpp: the database itself refuses to falsify the ledger, and what was done to it all
// the same is found.
#include "ledger_fixture.hpp"
#include "storage/retention_rows.hpp"

#include <gmock/gmock.h>

namespace kinora::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class BooksTest : public LedgerTest {};

TEST_P(BooksTest, TransfersAreOnlyAdded) {
    add(10, "one");
    expect_refused("UPDATE transfers SET amount = 11");
    expect_refused("UPDATE transfers SET note = 'another' WHERE id = 'one'");
    expect_refused("DELETE FROM transfers");
    expect_refused("DELETE FROM transfers WHERE id = 'one'");
    if (GetParam() == Backend::postgresql) expect_refused("TRUNCATE transfers");
    EXPECT_EQ(transfers().size(), 1U);
}

TEST_P(BooksTest, NoSumFallsBelowZero) {
    for (const std::string sum : {"available", "held", "used"})
        expect_refused("UPDATE balances SET " + sum + " = -1");
    expect_refused("UPDATE services SET price = -1");
    expect_refused("UPDATE services SET free_amount = -1");
    for (const std::string amount : {"0", "-1"}) {
        expect_refused(
            "INSERT INTO transfers (id, kind, from_account, to_account, amount, "
            "application_id, task_id, reference, note, created_at) VALUES "
            "('x', 'top_up', 'deposits', 'available:x', " +
            amount + ", 'x', '', '', '', 0)");
    }
    expect_balance(0, 0, 0);
}

TEST_P(BooksTest, AHoldCannotOutliveItsTask) {
    add(10, "one");
    const auto task = hold(4);
    const auto remove = [&] {
        db->write_now(
            [&](Session& session) { delete_task(session, task, Delivery::removed, at(6)); });
    };
    EXPECT_THROW(remove(), std::runtime_error);
    EXPECT_THROW(db->write_now([&](Session& session) { remove_user(session, ada.user.id); }),
                 std::runtime_error);
    expect_refused("DELETE FROM tasks WHERE id = '" + task.id.str() + "'");
    expect_balance(6, 4, 0);
    EXPECT_TRUE(find(task.id));
    EXPECT_TRUE(cancel(task));
    remove();
    EXPECT_FALSE(find(task.id));
    EXPECT_THROW(db->write_now([&](Session& session) {
        note_hold(session, task.id, ada.application.id, ada.credential.id, {1}, at(7));
    }),
                 std::runtime_error)
        << "nor come before it";
    EXPECT_THAT(books().unbalanced, IsEmpty());
}

TEST_P(BooksTest, TheBooksTellEveryKindOfDamage) {
    add(10, "one");
    const auto task = hold(4);
    const auto application = ada.application.id.str();
    struct Row {
        std::string damage, repair, sentence;
    };
    const std::string balances = "UPDATE balances SET ", credentials = "UPDATE credentials SET ";
    const std::string tasks = "UPDATE tasks SET state = ";
    const Row table[] = {
        {balances + "available = available + 1", balances + "available = available - 1",
         "available:" + application + " is not the sum of its transfers"},
        {balances + "held = held + 1", balances + "held = held - 1",
         "held:" + application + " is not the sum of its transfers"},
        {balances + "held = held - 1", balances + "held = held + 1",
         "what is held of " + application + " is not the sum of its holds"},
        {balances + "used = used + 1", balances + "used = used - 1",
         "what is used of " + application + " is not the sum of what was captured"},
        {credentials + "held_amount = held_amount + 1",
         credentials + "held_amount = held_amount - 1",
         "what is held of credential " + ada.credential.id.str()},
        {credentials + "used_amount = used_amount + 1",
         credentials + "used_amount = used_amount - 1",
         "what is used of credential " + ada.credential.id.str()},
        {tasks + "'failed'", tasks + "'pending'",
         "the hold of task " + task.id.str() + " outlived it"},
        {"UPDATE holds SET amount = amount + 1", "UPDATE holds SET amount = amount - 1",
         "what is held of " + application},
        {"DELETE FROM balances",
         "INSERT INTO balances (application_id, available, held, used) VALUES ('" + application +
             "', 6, 4, 0)",
         "available:" + application + " has no owner and is not empty"},
    };
    for (const auto& row : table) {
        EXPECT_THAT(books().unbalanced, IsEmpty()) << "before: " << row.damage;
        by_hand(row.damage);
        EXPECT_THAT(books().unbalanced, testing::Contains(HasSubstr(row.sentence))) << row.damage;
        by_hand(row.repair);
    }
    // What cannot be taken back comes last.
    by_hand(
        "INSERT INTO transfers (id, kind, from_account, to_account, amount, application_id, "
        "task_id, reference, note, created_at) VALUES ('forged', 'top_up', 'deposits', "
        "'available:" +
        application + "', 5, '" + application + "', '', '', '', 0)");
    EXPECT_THAT(books().unbalanced,
                testing::ElementsAre(
                    HasSubstr("available:" + application + " is not the sum of its transfers")));
}

KINORA_ON_BOTH_BACKENDS(BooksTest);

}  // namespace
}  // namespace kinora::storage
