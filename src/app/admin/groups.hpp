// app/admin/groups.hpp: the commands of `kinora admin`, one file a group.
#pragma once

#include "app/admin/command.hpp"
#include "storage/page.hpp"

#include <string>

namespace kinora::app::admin {

void add_user_commands(CLI::App& admin, Act& chosen);     // user
void add_token_commands(CLI::App& admin, Act& chosen);    // token, platform-token
void add_balance_commands(CLI::App& admin, Act& chosen);  // top-up, application, books
void add_house_commands(CLI::App& admin, Act& chosen);    // service, invite, audit

// Whom a command is about.
void add_user(CLI::App& command, std::string& word);
// The option --limit of a list, with its default.
void add_limit(CLI::App& command, storage::Slice& slice);

}  // namespace kinora::app::admin
