// app/admin/users.cpp: `kinora admin user`.
#include "accounts/names.hpp"
#include "api/admin_json.hpp"
#include "api/times.hpp"
#include "app/admin/desk.hpp"
#include "app/admin/groups.hpp"
#include "app/admin/words.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

namespace kinora::app::admin {
namespace {

using accounts::Office;
using accounts::Role;
using storage::CodePurpose;

enum class Password { from_input, to_be_set };

void create(Desk& desk, accounts::NewUser user, Password password) {
    if (password == Password::from_input) user.password_hash = desk.read_password_hash(user.email);
    desk.print(desk.write([&](const Office& office) {
        const auto row = must(accounts::create_user(office, user));
        auto object = api::user_json(row);
        if (password == Password::to_be_set) {
            const auto code = accounts::make_code(office.session, row.id, CodePurpose::password,
                                                  office.random, office.now);
            object["setup_url"] = accounts::link_to(desk.base_url(), CodePurpose::password, code);
        }
        return object;
    }));
}

void add_user_create(CLI::App& user, Act& chosen) {
    struct Words {
        std::string email, nickname, role = "user";
        bool password = false;
    };
    const auto words = std::make_shared<Words>();
    auto* command = user.add_subcommand("create",
                                        "Make an account; without a password, prints a "
                                        "setup_url where one is chosen within the hour");
    command->add_option("email", words->email, "The address to log in with")->required();
    command->add_option("--nickname", words->nickname, "How others see the user");
    command->add_option("--role", words->role, "user or admin")
        ->check(CLI::IsMember({"user", "admin"}))
        ->capture_default_str();
    command->add_flag("--password-stdin", words->password,
                      "Read the password from the first line of standard input");
    command->callback([words, &chosen] {
        accounts::NewUser wanted;
        wanted.email = must(accounts::clean_email(words->email));
        wanted.nickname = parse_name("nickname", words->nickname, accounts::kNameMax);
        wanted.role = *accounts::parse_role(words->role);
        const auto password = words->password ? Password::from_input : Password::to_be_set;
        chosen = [wanted, password](Desk& desk) { create(desk, wanted, password); };
    });
}

void add_user_list(CLI::App& user, Act& chosen) {
    const auto filter = std::make_shared<storage::UserFilter>();
    auto* command = user.add_subcommand("list", "List accounts, newest first");
    command->add_option("--query", filter->part, "A part of the address or the nickname");
    command->add_option("--role", filter->role, "user, admin or owner")
        ->check(CLI::IsMember({"user", "admin", "owner"}));
    add_limit(*command, filter->slice);
    command->callback([filter, &chosen] {
        chosen = [filter = *filter](Desk& desk) {
            desk.print(
                desk.read([&](auto& session) { return storage::list_users(session, filter); }),
                api::user_json);
        };
    });
}

// A command about one user.
CLI::App* add_command(CLI::App& user, const char* name, const char* what, Act& chosen,
                      void (*act)(Desk&, const UserWord&)) {
    const auto word = std::make_shared<std::string>();
    auto* command = user.add_subcommand(name, what);
    add_user(*command, *word);
    command->callback([word, act, &chosen] {
        chosen = [user = UserWord(*word), act](Desk& desk) { act(desk, user); };
    });
    return command;
}

void show(Desk& desk, const UserWord& user) {
    desk.print(desk.read([&](storage::Session& session) {
        return api::detailed_user_json(session, user.find(session));
    }));
}

void change(Desk& desk, const UserWord& user, const accounts::UserChange& change) {
    desk.print(desk.write([&](const Office& office) {
        const auto id = user.find(office.session).id;
        return api::user_json(must(accounts::change_user(office, id, change)));
    }));
}

void disable(Desk& desk, const UserWord& user) {
    change(desk, user, {std::nullopt, true, std::nullopt});
    desk.let_servers_notice();
}

void enable(Desk& desk, const UserWord& user) {
    change(desk, user, {std::nullopt, false, std::nullopt});
}

void remove(Desk& desk, const UserWord& user) {
    const auto row = desk.write([&](const Office& office) {
        auto found = user.find(office.session);
        must(accounts::remove_user(office, found.id));
        return found;
    });
    desk.let_servers_notice();
    desk.print({{"id", row.id.str()}, {"email", row.email}, {"deleted", true}});
}

void make_reset_link(Desk& desk, const UserWord& user) {
    const auto code = desk.write([&](const Office& office) {
        return must(accounts::make_reset_code(office, user.find(office.session).id));
    });
    desk.print({{"url", accounts::link_to(desk.base_url(), CodePurpose::password, code)},
                {"expires_at", api::to_rfc3339(code.expires_at)}});
}

void set_password(Desk& desk, const UserWord& user) {
    const auto row = desk.read([&](storage::Session& session) { return user.find(session); });
    const auto hash = desk.read_password_hash(row.email);
    desk.print(desk.write([&](const Office& office) {
        return api::user_json(must(accounts::replace_password(office, row.id, hash)));
    }));
}

void add_remove(CLI::App& user, Act& chosen) {
    struct Words {
        std::string user;
        bool yes = false;
    };
    const auto words = std::make_shared<Words>();
    auto* command = user.add_subcommand(
        "delete", "Delete an account with its tokens, tasks, clips and balances, for good");
    add_user(*command, words->user);
    command->add_flag("--yes", words->yes, "Needed: what is deleted does not come back");
    command->callback([words, &chosen] {
        if (!words->yes)
            throw std::runtime_error("what is deleted does not come back; say --yes to delete it");
        chosen = [user = UserWord(words->user)](Desk& desk) { remove(desk, user); };
    });
}

void add_set_role(CLI::App& user, Act& chosen) {
    struct Words {
        std::string user, role;
    };
    const auto words = std::make_shared<Words>();
    auto* command = user.add_subcommand("set-role", "Make a user an administrator, or the reverse");
    add_user(*command, words->user);
    command->add_option("role", words->role, "user or admin")
        ->required()
        ->check(CLI::IsMember({"user", "admin"}));
    command->callback([words, &chosen] {
        const accounts::UserChange wanted{std::nullopt, std::nullopt,
                                          accounts::parse_role(words->role)};
        chosen = [user = UserWord(words->user), wanted](Desk& desk) { change(desk, user, wanted); };
    });
}

}  // namespace

void add_user_commands(CLI::App& admin, Act& chosen) {
    auto& user = *admin.add_subcommand("user", "Accounts: create, list, show, disable, …");
    add_user_create(user, chosen);
    add_user_list(user, chosen);
    add_command(user, "show", "Show an account with its applications and balances", chosen, show);
    add_command(user, "disable", "Shut a user out: log-ins end, tokens are refused", chosen,
                disable);
    add_command(user, "enable", "Let a disabled user in again", chosen, enable);
    add_remove(user, chosen);
    add_command(user, "reset-link", "Print a link where a new password is set within the hour",
                chosen, make_reset_link);
    auto* set = add_command(user, "set-password", "Set a user's password; all log-ins end", chosen,
                            set_password);
    set->add_flag("--password-stdin")
        ->description("Needed: the password is the first line of standard input, not an argument")
        ->required();
    add_set_role(user, chosen);
}

}  // namespace kinora::app::admin
