// accounts/owner.hpp: the account that an empty database begins with.
//
// `owner.json` is written before the rows are committed, so a crash between the two leaves a file
// that the next start replaces, never an account whose token nobody knows.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "storage/database.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kinora::accounts {

// The service that every application here belongs to: its id is carried in clients' code.
inline constexpr std::string_view kLumaServiceId = "dff45a0d-2858-4936-8e2b-3d49c52aff11";

struct OwnerOptions {
    std::string email = "owner@localhost";
    std::string base_url;               // Where the console is reached: "http://127.0.0.1:8080".
    Secret<std::string> token;          // Empty: one is made.
    std::filesystem::path data_folder;  // Where owner.json goes.
};

struct Owner {
    UserId user_id;
    bool created = false;                      // By this very call.
    std::optional<Secret<std::string>> token;  // Known where created, or where options fix it.
    // Opened once, it sets the owner's password. Known where created.
    std::optional<Secret<std::string>> setup_url;
};

// Makes the owner, an unmetered application and one token without limits where the database has no
// owner yet. Where it has one and options.token is set, that replaces the owner's first token.
// Throws where the database or the folder fails. Safe to repeat.
Owner ensure_owner(storage::Database& database, const OwnerOptions& options, Random& random,
                   const Clock& clock);

}  // namespace kinora::accounts
