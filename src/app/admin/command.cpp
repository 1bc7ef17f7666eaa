#include "app/admin/command.hpp"

#include "app/admin/desk.hpp"
#include "app/admin/groups.hpp"
#include "app/config.hpp"
#include "base/log.hpp"
#include "storage/presence.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

namespace kinora::app::admin {
namespace {

constexpr const char* kAdminHelp =
    "USER is an e-mail address, an id, or the word `owner`. Results are JSON, one object a line, "
    "on "
    "standard output; what goes wrong is told on standard error, with exit status 1, or 2 where "
    "the "
    "call itself is wrong. Tokens, links and codes are shown by the call that makes them alone.";
constexpr const char* kCommandHelp =
    "--data, --database, --config, --listen and --public-url may follow too: see `kinora admin "
    "--help`.";

// Each command takes the options of `kinora admin` behind its own, and says so.
void finish(CLI::App& app) {
    auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    app.fallthrough();
    if (commands.empty()) app.footer(kCommandHelp);
    if (!commands.empty()) app.require_subcommand(1);
    for (auto* command : commands) finish(*command);
}

std::string no_database(const Config& config) {
    // A URL of PostgreSQL may hold a password.
    const bool is_file = config.database.starts_with("sqlite:");
    const auto where = is_file ? config.database.substr(7) : "that PostgreSQL database";
    return "no server was ever started on " + where +
           "; start `kinora serve` once, or name the database of yours with --data or --database";
}

}  // namespace

void add_user(CLI::App& command, std::string& word) {
    command.add_option("user", word, "E-mail address, id, or the word owner")->required();
}

void add_limit(CLI::App& command, storage::Slice& slice) {
    slice.limit = 100;
    command.add_option("--limit", slice.limit, "How many at most")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
}

void add_commands(CLI::App& admin, Act& chosen) {
    add_user_commands(admin, chosen);
    add_token_commands(admin, chosen);
    add_balance_commands(admin, chosen);
    add_house_commands(admin, chosen);
    finish(admin);
    admin.footer(kAdminHelp);
}

int run(const Config& config, const Act& act, const Terminal& terminal) {
    try {
        if (!storage::is_there(config.database)) throw std::runtime_error(no_database(config));
        Log log(LogLevel::off);  // What went wrong is told below, once.
        const auto database = storage::Database::open({config.database, 1}, log);
        Desk desk(*database, terminal, config.base_url());
        act(desk);
        if (!terminal.out.flush()) throw std::runtime_error("cannot write to standard output");
        return 0;
    } catch (const std::exception& error) {
        terminal.out.flush();
        terminal.err << "kinora: " << error.what() << '\n';
        return 1;
    }
}

}  // namespace kinora::app::admin
