// app/config.hpp: what the operator wants.
//
// A flag beats a KINORA_* variable, that beats the TOML file, that beats the default. A name that
// is unknown in the file is an error, for a typing mistake must not pass silently.
#pragma once

#include "accounts/caller.hpp"
#include "accounts/people.hpp"
#include "api/content_check.hpp"
#include "app/admin/command.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "outbound/mailer.hpp"
#include "outbound/moderator.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kinora::app {

enum class Command { serve, worker, admin, version };

struct Config {
    Command command = Command::serve;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string public_url;  // Empty: links follow the request's Host.
    std::filesystem::path data = "kinora-data";
    std::string database;  // "sqlite:<path>" or "postgresql://..."; may hold a password.
    int workers = 1;  // Worker processes of `serve`; 0: none, others work on the same database.
    int threads = 0;  // Of each worker; 0: one a core.
    std::filesystem::path assets;  // Pictures and words of the built-in engine.
    Secret<std::string> owner_token;
    std::string owner_email = "owner@localhost";
    Milliseconds work_limit{1'800'000};
    Milliseconds retention{0};           // Of clips and files that callers sent; 0: for ever.
    std::uint64_t disk_floor_bytes = 0;  // Left free; below it no new work is taken.
    std::uint64_t media_max_bytes = 0;   // That all media files may take; 0: no bound.
    accounts::CallLimits limits{5, 1'000, 60};  // Of tokens that have none of their own.
    std::vector<std::string> absent_urls;
    std::vector<std::string> trusted_proxies;
    // Addresses, networks and hosts that inputs may come from, though they are not public.
    std::vector<std::string> allowed_addresses;
    accounts::Registration registration = accounts::Registration::open;
    outbound::MailSettings mail;            // Without a URL: no mail is sent.
    std::filesystem::path content_rules;    // Empty: none.
    outbound::ModeratorSettings moderator;  // Without a URL: none is asked.
    api::ModeratorFailure moderator_failure = api::ModeratorFailure::refuse;
    Milliseconds upload_retention{7LL * 24 * 3'600'000};
    std::string support_url;  // Empty: none.
    LogLevel log_level = LogLevel::info;
    std::string
        worker_name;  // Set by the server that starts the worker; empty: the worker makes one.

    std::string base_url() const;  // Of a caller on this machine, or the public one.
    // Whether only callers on this machine can reach the server: it listens on loopback, and
    // nothing says that a proxy stands before it.
    bool serves_this_machine_only() const;
};

struct ParsedConfig {
    Config config;
    admin::Act admin_act;  // Of Command::admin.
    // Where the program has to end at once (--help, a wrong flag): what to print and the exit
    // status.
    bool finished = false;
    int exit_status = 0;
    std::string text;
};

// Reads the file that --config or KINORA_CONFIG names, and KINORA_* variables of the environment.
ParsedConfig parse_config(int argc, const char* const* argv);

// The arguments that give a worker process this very configuration. The database is not among them:
// it goes by the environment, where `ps` does not show its password.
std::vector<std::string> worker_arguments(const Config& config, const std::string& name);

}  // namespace kinora::app
