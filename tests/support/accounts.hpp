// tests/support/accounts.hpp: somebody with a token, so that calls and tasks have an owner.
#pragma once

#include "accounts/caller.hpp"
#include "accounts/owner.hpp"
#include "accounts/token.hpp"
#include "storage/account_rows.hpp"
#include "storage/database.hpp"

#include <string>

namespace kinora::test {

struct Account {
    storage::UserRow user;
    storage::ApplicationRow application;
    storage::CredentialRow credential;
    std::string token;

    accounts::Caller caller() const { return {user.id, application.id, credential.id}; }
    std::string authorization() const { return "Bearer " + token; }
};

inline storage::ApplicationRow make_application(const UserId& user, Random& random) {
    storage::ApplicationRow application;
    application.id = ApplicationId::make(random);
    application.user_id = user;
    application.service_id = *ServiceId::parse(accounts::kLumaServiceId);
    application.type = "Usage";
    application.scope = "Individual";
    application.metered = false;  // Where money is not what a test is about.
    application.webhook_secret = accounts::make_webhook_secret(random).reveal();
    return application;
}

// As rows that are not written yet, for a test to change.
inline Account make_account(Random& random) {
    Account account;
    account.token = accounts::make_token(random).reveal();
    account.user.id = UserId::make(random);
    account.user.email = random.hex(4) + "@localhost";
    account.user.role = "user";
    account.application = make_application(account.user.id, random);
    auto& credential = account.credential;
    credential.id = CredentialId::make(random);
    credential.application_id = account.application.id;
    credential.user_id = account.user.id;
    credential.token_hash = accounts::hash_token(account.token);
    credential.token_prefix = accounts::token_prefix(account.token);
    return account;
}

inline void write(storage::Database& database, const Account& account) {
    database.write_now([&](storage::Session& session) {
        storage::insert_user(session, account.user);
        storage::insert_application(session, account.application);
        storage::insert_credential(session, account.credential);
    });
}

// One that is in the database.
inline Account add_account(storage::Database& database, Random& random) {
    auto account = make_account(random);
    write(database, account);
    return account;
}

}  // namespace kinora::test
