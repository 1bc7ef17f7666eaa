// app/admin/tokens.cpp: `kinora admin token` and `kinora admin platform-token`.
#include "accounts/names.hpp"
#include "api/platform_json.hpp"
#include "app/admin/desk.hpp"
#include "app/admin/groups.hpp"
#include "app/admin/words.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <climits>
#include <memory>

namespace kinora::app::admin {
namespace {

namespace json = boost::json;
using accounts::Office;

// What both kinds of tokens are made with.
struct Words {
    std::string user, service = "luma", name, limit, expires;
    bool general = false;
};
struct Wanted {
    UserWord user;
    std::optional<std::string> service;  // None: the general balance.
    std::string name;
    std::optional<Credits> limit;
    std::optional<Milliseconds> holds;
};

Wanted judge(const Words& words) {
    Wanted wanted{UserWord(words.user), words.service,
                  parse_name("name", words.name, accounts::kNameMax), std::nullopt, std::nullopt};
    if (words.general) wanted.service.reset();
    if (!words.limit.empty()) wanted.limit = parse_credits("--limit", words.limit);
    if (!words.expires.empty()) wanted.holds = parse_term("--expires", words.expires);
    return wanted;
}

std::optional<TimePoint> expiry(const Wanted& wanted, TimePoint now) {
    if (!wanted.holds) return std::nullopt;
    return now + *wanted.holds;
}

void create(Desk& desk, const Wanted& wanted) {
    const auto issued = desk.write([&](const Office& office) {
        accounts::NewToken token;
        token.user_id = wanted.user.find(office.session).id;
        if (wanted.service) token.service_id = find_service(office.session, *wanted.service).id;
        token.name = wanted.name;
        token.limited_amount = wanted.limit;
        token.expires_at = expiry(wanted, office.now);
        return must(accounts::issue_token(office, token));
    });
    auto object = api::credential_json(issued.credential);
    object["token"] = issued.token.reveal();
    desk.print(object);
}

void create_platform_token(Desk& desk, const Wanted& wanted) {
    const auto issued = desk.write([&](const Office& office) {
        const auto user = wanted.user.find(office.session).id;
        return must(
            accounts::issue_platform_token(office, user, wanted.name, expiry(wanted, office.now)));
    });
    auto object = api::platform_token_json(issued.row);
    object["token"] = issued.token.reveal();
    desk.print(object);
}

// Both kinds; nobody has more of them than fit.
void list(Desk& desk, const UserWord& user) {
    const auto objects = desk.read([&](storage::Session& session) {
        const storage::Slice all{INT_MAX, 0, true};
        const auto id = user.find(session).id;
        std::vector<json::object> rows;
        for (const auto& row : storage::list_credentials(session, {id, {}, {}, all}).items)
            rows.push_back(api::credential_json(row));
        for (const auto& row : storage::list_platform_tokens(session, id, all).items)
            rows.push_back(api::platform_token_json(row));
        return rows;
    });
    for (const auto& object : objects) desk.print(object);
}

void revoke(Desk& desk, const std::string& word) {
    const auto token = desk.write([&](const Office& office) {
        const auto found = storage::find_tokens(office.session, word);
        if (found.empty()) {
            throw std::runtime_error("there is no token with the id or the prefix `" + word +
                                     "`; `kinora admin token list USER` shows both");
        }
        if (found.size() > 1) {
            throw std::runtime_error("several tokens begin with `" + word +
                                     "`; name the one by its id");
        }
        accounts::revoke_token(office, found.front());
        return found.front();
    });
    desk.let_servers_notice();
    desk.print({{"id", token.id},
                {"user_id", token.user_id.str()},
                {"prefix", token.prefix},
                {"revoked", true}});
}

void add_common(CLI::App& command, Words& words) {
    add_user(command, words.user);
    command.add_option("--name", words.name, "What the token is for");
    command.add_option("--expires", words.expires,
                       "How long it holds, such as 12h or 30d (default: for ever)");
}

void add_create(CLI::App& token, Act& chosen) {
    const auto words = std::make_shared<Words>();
    auto* command = token.add_subcommand(
        "create", "Make an API token and print it; acquires the service where the user lacks it");
    add_common(*command, *words);
    auto* service =
        command->add_option("--service", words->service, "What it is for")->capture_default_str();
    command->add_flag("--general", words->general, "For every service, paid by the general balance")
        ->excludes(service);
    command->add_option("--limit", words->limit,
                        "What may be spent with it, in credits (default: all there is)");
    command->callback([words, &chosen] {
        chosen = [wanted = judge(*words)](Desk& desk) { create(desk, wanted); };
    });
}

void add_list(CLI::App& token, Act& chosen) {
    const auto word = std::make_shared<std::string>();
    auto* command = token.add_subcommand("list", "List a user's API tokens and platform tokens");
    add_user(*command, *word);
    command->callback(
        [word, &chosen] { chosen = [user = UserWord(*word)](Desk& desk) { list(desk, user); }; });
}

void add_revoke(CLI::App& token, Act& chosen) {
    const auto word = std::make_shared<std::string>();
    auto* command = token.add_subcommand(
        "revoke", "End an API token or a platform token; no server takes it any more afterwards");
    command->add_option("token", *word, "Its id, or its prefix as the lists show it")->required();
    command->callback(
        [word, &chosen] { chosen = [word = *word](Desk& desk) { revoke(desk, word); }; });
}

}  // namespace

void add_token_commands(CLI::App& admin, Act& chosen) {
    auto& token = *admin.add_subcommand("token", "API tokens: create, list, revoke");
    add_create(token, chosen);
    add_list(token, chosen);
    add_revoke(token, chosen);

    auto& platform = *admin.add_subcommand("platform-token",
                                           "Tokens for programs that do what "
                                           "their user does in the console");
    const auto words = std::make_shared<Words>();
    auto* command = platform.add_subcommand("create", "Make a platform token and print it");
    add_common(*command, *words);
    command->callback([words, &chosen] {
        chosen = [wanted = judge(*words)](Desk& desk) { create_platform_token(desk, wanted); };
    });
}

}  // namespace kinora::app::admin
