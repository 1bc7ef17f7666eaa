// app/admin/house.cpp: `kinora admin service`, `kinora admin invite`, `kinora admin audit`.
#include "accounts/names.hpp"
#include "api/admin_json.hpp"
#include "app/admin/desk.hpp"
#include "app/admin/groups.hpp"
#include "app/admin/words.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

namespace kinora::app::admin {
namespace {

namespace json = boost::json;
using accounts::Office;

void list_services(Desk& desk) {
    const auto objects = desk.read([](storage::Session& session) {
        const auto apis = storage::all_apis(session);
        std::vector<json::object> rows;
        for (const auto& row : storage::all_services(session))
            rows.push_back(api::service_json(row, apis));
        return rows;
    });
    for (const auto& object : objects) desk.print(object);
}

struct ServiceWords {
    std::string service, title, price, free_amount;
    bool enable = false, disable = false;
};

accounts::ServiceChange judge(const ServiceWords& words) {
    accounts::ServiceChange change;
    if (!words.title.empty()) change.title = parse_name("title", words.title, accounts::kNameMax);
    if (!words.price.empty()) change.price = parse_credits("--price", words.price);
    if (!words.free_amount.empty())
        change.free_amount = parse_credits("--free-amount", words.free_amount);
    if (words.enable || words.disable) change.enabled = words.enable;
    if (!change.title && !change.price && !change.free_amount && !change.enabled) {
        throw std::runtime_error(
            "say what to change: --price, --free-amount, --title, --enable or "
            "--disable");
    }
    return change;
}

void set_service(Desk& desk, const std::string& service, const accounts::ServiceChange& change) {
    desk.print(desk.write([&](const Office& office) {
        const auto id = find_service(office.session, service).id;
        const auto row = must(accounts::change_service(office, id, change));
        return api::service_json(row, storage::all_apis(office.session));
    }));
}

void add_services(CLI::App& admin, Act& chosen) {
    auto& service = *admin.add_subcommand("service", "What can be had here, and its price");
    service.add_subcommand("list", "List the services")->callback([&chosen] {
        chosen = list_services;
    });
    const auto words = std::make_shared<ServiceWords>();
    auto* command = service.add_subcommand("set", "Change a service; later calls go by it");
    command->add_option("service", words->service, "Its name or id")->required();
    command->add_option("--price", words->price, "Credits for a call that completes");
    command->add_option("--free-amount", words->free_amount,
                        "Credits that come with a user's first application of it");
    command->add_option("--title", words->title, "What people see");
    auto* enable = command->add_flag("--enable", words->enable, "Offer it");
    command->add_flag("--disable", words->disable, "Refuse its calls")->excludes(enable);
    command->callback([words, &chosen] {
        chosen = [service = words->service, change = judge(*words)](Desk& desk) {
            set_service(desk, service, change);
        };
    });
}

void invite(Desk& desk, const std::string& email, Milliseconds holds) {
    const auto invitation =
        desk.write([&](const Office& office) { return accounts::invite(office, email, holds); });
    auto object = api::invitation_json(invitation.row);
    object["code"] = invitation.code.reveal();
    object["url"] = desk.base_url() + "/register#invitation=" + invitation.code.reveal();
    desk.print(object);
}

void add_invite(CLI::App& admin, Act& chosen) {
    struct Words {
        std::string email, expires = "7d";
    };
    const auto words = std::make_shared<Words>();
    auto* command = admin.add_subcommand(
        "invite", "Print a link by which one person may register (--registration invite)");
    command->add_option("--email", words->email, "Whom it is for (default: whoever has the link)");
    command->add_option("--expires", words->expires, "How long it holds, such as 12h or 7d")
        ->capture_default_str();
    command->callback([words, &chosen] {
        const auto holds = parse_term("--expires", words->expires);
        const auto email =
            words->email.empty() ? std::string() : must(accounts::clean_email(words->email));
        chosen = [email, holds](Desk& desk) { invite(desk, email, holds); };
    });
}

void add_audit(CLI::App& admin, Act& chosen) {
    const auto filter = std::make_shared<storage::AuditFilter>();
    auto* command =
        admin.add_subcommand("audit", "List what those who run the server did, newest first");
    add_limit(*command, filter->slice);
    command->callback([filter, &chosen] {
        chosen = [filter = *filter](Desk& desk) {
            desk.print(
                desk.read([&](auto& session) { return storage::list_audit(session, filter); }),
                api::audit_json);
        };
    });
}

}  // namespace

void add_house_commands(CLI::App& admin, Act& chosen) {
    add_services(admin, chosen);
    add_invite(admin, chosen);
    add_audit(admin, chosen);
}

}  // namespace kinora::app::admin
