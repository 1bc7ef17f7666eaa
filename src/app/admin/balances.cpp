// app/admin/balances.cpp: `kinora admin top-up`, `kinora admin application`, `kinora admin books`.
#include "api/admin_json.hpp"
#include "app/admin/desk.hpp"
#include "app/admin/groups.hpp"
#include "app/admin/words.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <memory>

namespace kinora::app::admin {
namespace {

namespace json = boost::json;
using accounts::Office;

constexpr std::size_t kNoteMax = 200;
constexpr std::size_t kKeyMax = 255;

struct TopUpWords {
    std::string user, amount, service, note, key;
};

accounts::TopUp judge(const TopUpWords& words) {
    accounts::TopUp wanted;
    wanted.amount = parse_credits("AMOUNT", words.amount);
    if (wanted.amount.is_zero()) throw std::runtime_error("AMOUNT must be more than nothing");
    wanted.note = parse_name("note", words.note, kNoteMax);
    const bool plain = std::all_of(words.key.begin(), words.key.end(),
                                   [](char c) { return c >= 0x20 && c < 0x7f; });
    if (words.key.size() > kKeyMax || !plain)
        throw std::runtime_error("--key may have at most 255 printable ASCII characters");
    // Keys that come by the API begin with their user's id.
    if (!words.key.empty()) wanted.reference = "command line/" + words.key;
    return wanted;
}

void top_up(Desk& desk, const UserWord& user, const std::string& service,
            const accounts::TopUp& wanted) {
    desk.print(desk.write([&](const Office& office) {
        const auto id = user.find(office.session).id;
        std::optional<ServiceId> service_id;
        if (!service.empty()) service_id = find_service(office.session, service).id;
        auto each = wanted;
        each.application_id = must(accounts::open_application(office, id, service_id)).id;
        each.id = Uuid::make(office.random).str();
        const auto transfer = accounts::top_up(office, each);
        if (!transfer && transfer.error().code() == ErrorCode::conflict) {
            throw std::runtime_error(
                "--key was used for another balance or another amount; say "
                "what it was used for, or another key");
        }
        return api::top_up_json(office.session, must(transfer));
    }));
}

void add_top_up(CLI::App& admin, Act& chosen) {
    const auto words = std::make_shared<TopUpWords>();
    auto* command = admin.add_subcommand(
        "top-up", "Add credits to a user's general balance, or to the application of a service");
    add_user(*command, words->user);
    command->add_option("amount", words->amount, "Credits, with up to six decimals")->required();
    command->add_option("--service", words->service,
                        "For that service alone, which is acquired where the user lacks it "
                        "(default: the general balance)");
    command->add_option("--note", words->note, "Shown beside it, such as the payment's number");
    command->add_option("--key", words->key,
                        "Of your choice: the same call with the same key adds nothing again");
    command->callback([words, &chosen] {
        chosen = [user = UserWord(words->user), service = words->service,
                  wanted = judge(*words)](Desk& desk) { top_up(desk, user, service, wanted); };
    });
}

void list_applications(Desk& desk, const UserWord& user) {
    const auto objects = desk.read([&](storage::Session& session) {
        std::vector<json::object> rows;
        for (const auto& row : storage::applications_of(session, user.find(session).id))
            rows.push_back(api::application_json(session, row));
        return rows;
    });
    for (const auto& object : objects) desk.print(object);
}

void suspend(Desk& desk, ApplicationId id, bool disabled) {
    const auto object = desk.write([&](const Office& office) {
        const auto row = must(accounts::suspend_application(office, id, disabled));
        return api::application_json(office.session, row);
    });
    if (disabled) desk.let_servers_notice();
    desk.print(object);
}

void add_suspend(CLI::App& application, Act& chosen, const char* name, const char* what,
                 bool disabled) {
    const auto word = std::make_shared<std::string>();
    auto* command = application.add_subcommand(name, what);
    command->add_option("id", *word, "The application's id")->required();
    command->callback([word, disabled, &chosen] {
        chosen = [id = parse_application_id(*word), disabled](Desk& desk) {
            suspend(desk, id, disabled);
        };
    });
}

void add_applications(CLI::App& admin, Act& chosen) {
    auto& application = *admin.add_subcommand(
        "application", "What users acquired of services, each with its balance");
    const auto word = std::make_shared<std::string>();
    auto* command = application.add_subcommand("list", "List a user's applications, oldest first");
    add_user(*command, *word);
    command->callback([word, &chosen] {
        chosen = [user = UserWord(*word)](Desk& desk) { list_applications(desk, user); };
    });
    add_suspend(application, chosen, "suspend",
                "Refuse all calls of an application; its balance stays", true);
    add_suspend(application, chosen, "resume", "Take calls of a suspended application again",
                false);
}

void show_books(Desk& desk) {
    const auto books = desk.read([](auto& session) { return storage::read_books(session); });
    desk.print(api::books_json(books));
    if (!books.unbalanced.empty())
        throw std::runtime_error("the books are not balanced; `faults` says where");
}

}  // namespace

void add_balance_commands(CLI::App& admin, Act& chosen) {
    add_top_up(admin, chosen);
    add_applications(admin, chosen);
    auto* books =
        admin.add_subcommand("books", "Add up the ledger; exit status 1 where it is not balanced");
    books->callback([&chosen] { chosen = show_books; });
}

}  // namespace kinora::app::admin
