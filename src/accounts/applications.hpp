// accounts/applications.hpp: services acquired, their keys, and who pays for a call.
//
// Each function is part of a transaction.
#pragma once

#include "accounts/caller.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "storage/ledger_rows.hpp"
#include "storage/service_rows.hpp"

namespace kinora::accounts {

struct Acquired {
    storage::ApplicationRow application;
    bool is_new = false;  // By this very call.
};
// The user's application of that service. The first one comes with the service's free amount, once
// for an address, whatever accounts it had. Fails with not_found where there is no such service.
Result<Acquired> acquire(storage::Session& session, const storage::UserRow& user, ServiceId service,
                         Random& random, TimePoint now);
// The user's application of scope Global, made where it is missing.
storage::ApplicationRow general_balance(storage::Session& session, UserId user, Random& random,
                                        TimePoint now);

// A key and the token that it is found by, which nobody can read again.
struct IssuedCredential {
    storage::CredentialRow credential;
    Secret<std::string> token;
};
IssuedCredential issue_credential(storage::Session& session, storage::CredentialRow wanted,
                                  Random& random, TimePoint now);
// The former token is unknown from this transaction's commit on. Nothing where there is none of
// that id.
std::optional<IssuedCredential> rotate_credential(storage::Session& session, CredentialId id,
                                                  Random& random);

// Adds to an application's balance, once for each `reference` (of a payment, or who asked by which
// key; empty: none). Fails with bad_request where the balance would be too large, with conflict
// where the reference came with something else.
struct TopUp {
    std::string id;
    ApplicationId application_id;
    Credits amount;
    std::string reference;
    std::string note;
};
Result<storage::TransferRow> top_up(storage::Session& session, const TopUp& wanted, TimePoint now);

// What a call is going to cost whom, counted against the balances already.
struct Payment {
    ApplicationId application_id;  // That pays.
    CredentialId credential_id;
    Credits amount;
};
// Judges whether the caller may call that API now, and takes what the call costs out of what is
// available: of the application first, then of the general balance where the application allows it.
// Nothing where it costs nothing. Fails with used_up, disabled, token_mismatched or invalid_token,
// and has changed nothing then. What it takes must be noted, or given back, in the same
// transaction.
Result<std::optional<Payment>> take_payment(storage::Session& session, const Caller& caller,
                                            std::string_view api_id);
void return_payment(storage::Session& session, const Payment& payment);
// Holds it for the task, whose row is written by now.
void note_payment(storage::Session& session, const Payment& payment, TaskId task, TimePoint now);

}  // namespace kinora::accounts
