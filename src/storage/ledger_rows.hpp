// storage/ledger_rows.hpp: what people have and owe, as rows.
//
// The ledger is double entry. A transfer takes an amount from one account and gives it to another;
// rows of transfers are only added, which the database itself sees to. An application has two
// accounts, what is `available` and what is `held` for tasks that have not ended (two-phase
// transfers, after TigerBeetle); `balances` keeps their sums, and the database refuses one below
// zero. The other accounts are the house's own: `grants` and `deposits` give, `revenue` and
// `forfeited` take.
//
// All functions run inside the caller's transaction and throw where the database fails, or where
// one of its rules would be broken.
#pragma once

#include "base/credits.hpp"
#include "storage/task_rows.hpp"
#include "storage/user_rows.hpp"

namespace kinora::storage {

enum class TransferKind { free_amount, top_up, hold, capture, release, forfeit };
std::string_view to_string(TransferKind kind);
std::optional<TransferKind> parse_transfer_kind(std::string_view word);

struct TransferRow {
    std::string id;
    TransferKind kind = TransferKind::top_up;
    std::string from_account;
    std::string to_account;
    Credits amount;
    ApplicationId application_id;
    std::string task_id;    // Of a hold and what became of it; else empty.
    std::string reference;  // Of a payment, or who asked and by which key; empty: none. Unique.
    std::string note;
    TimePoint created_at{};
};

struct Balance {
    Credits available;
    Credits held;
    Credits used;  // All that was ever captured.
};
Balance balance_of(Session& session, ApplicationId application);
// Until the transaction's end nobody else changes the application's balance.
void lock_balance(Session& session, ApplicationId application);

// What comes in from the house. `id` is the transfer's; it may be added once.
void give(Session& session, TransferKind kind, ApplicationId application, Credits amount,
          std::string_view id, std::string_view reference, std::string_view note, TimePoint now);
// The transfer with that reference, where there is one.
std::optional<TransferRow> find_transfer(Session& session, std::string_view reference);
// What is available goes back to the house.
void forfeit(Session& session, ApplicationId application, TimePoint now);

// Takes an amount out of what is available and counts it as held. False, and nothing changed, where
// less is available. note_hold or move_back must follow in the same transaction.
bool move_to_held(Session& session, ApplicationId application, Credits amount);
void move_back(Session& session, ApplicationId application, Credits amount);
// Writes down what task it is held for, whose row is written already.
void note_hold(Session& session, TaskId task, ApplicationId application, CredentialId credential,
               Credits amount, TimePoint now);
// A free amount of a service is given once to each person; false where it was.
bool note_free_amount(Session& session, std::string_view person, ServiceId service);
// Counts an amount that is going to be held against what may be spent with the credential.
enum class Reservation { made, over_limit, no_credential };
Reservation reserve(Session& session, CredentialId credential, Credits amount);
void unreserve(Session& session, CredentialId credential, Credits amount);

// What goes with every end of a task: what is held for it is captured where it completed and
// released otherwise, and its usage is written down.
void settle_task(Session& session, TaskId task, TimePoint now);

struct TransferFilter {
    std::optional<ApplicationId> application_id;
    std::optional<TaskId> task_id;
    std::optional<TransferKind> kind;
    Slice slice;
};
Listed<TransferRow> list_transfers(Session& session, const TransferFilter& filter);

// The books: every account's sum, of the transfers alone. `unbalanced` names what does not agree:
// a balance that is not its transfers' sum, a hold without a task that goes on, a credential whose
// amounts are not those of its tasks, books that do not sum to zero. Reads all transfers
// (books.cpp).
struct Books {
    struct Account {
        std::string name;
        std::int64_t balance_micros = 0;  // Below zero for what gives.
    };
    std::vector<Account> house;  // The house's own.
    Credits available, held;     // Of all applications.
    std::vector<std::string> unbalanced;
};
Books read_books(Session& session);

}  // namespace kinora::storage
