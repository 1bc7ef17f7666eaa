#include "api/admin_money.hpp"

#include "accounts/names.hpp"
#include "api/admin_json.hpp"
#include "api/body.hpp"
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/times.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

using http::Method;
using storage::Session;

constexpr std::size_t kNoteLengthMax = 200;
constexpr std::size_t kDescriptionLengthMax = 1'000;
constexpr std::size_t kKeyLengthMax = 255;

Error no_application() {
    return {ErrorCode::not_found, "There is no application with this id."};
}

json::object transfer_json(const storage::TransferRow& row) {
    return {{"id", row.id},
            {"kind", storage::to_string(row.kind)},
            {"from_account", row.from_account},
            {"to_account", row.to_account},
            {"amount", amount_json(row.amount)},
            {"application_id", row.application_id.str()},
            {"task_id", text_or_null(row.task_id)},
            {"note", row.note},
            {"created_at", to_rfc3339(row.created_at)}};
}

// What is topped up: an application, or a user's general balance.
struct Receiver {
    std::optional<ApplicationId> application;
    std::optional<UserId> user;
};

Result<Receiver> read_receiver(const json::object& fields) {
    const auto application = text(fields, "application_id");
    if (!application) return application.error();
    const auto user = text(fields, "user_id");
    if (!user) return user.error();
    if (!*application && !*user) return field_error("user_id", "is needed, or `application_id`.");
    Receiver receiver;
    if (*application) {
        receiver.application = ApplicationId::parse(**application).value_or(ApplicationId());
    } else {
        receiver.user = UserId::parse(**user).value_or(UserId());
    }
    return receiver;
}

Result<ApplicationId> application_of(const accounts::Office& office, const Receiver& receiver) {
    if (receiver.application) {
        if (!storage::find_application(office.session, *receiver.application))
            return no_application();
        return *receiver.application;
    }
    const auto user = storage::find_user(office.session, *receiver.user);
    if (!user || user->deleted_at)
        return Error(ErrorCode::not_found, "There is no user with this id.");
    return accounts::general_balance(office.session, user->id, office.random, office.now).id;
}

Result<std::string> read_key(const http::Request& request, const accounts::Person& person) {
    const auto key = request.header("Idempotency-Key");
    if (key.empty()) return std::string();
    const bool plain =
        std::all_of(key.begin(), key.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (key.size() > kKeyLengthMax || !plain) {
        return Error(ErrorCode::bad_request,
                     "The Idempotency-Key may have at most 255 printable ASCII characters.");
    }
    return person.user_id.str() + '/' + std::string(key);
}

Result<accounts::ServiceChange> read_service_change(const json::object& fields) {
    accounts::ServiceChange change;
    for (auto [name, target, length] :
         {std::tuple("title", &change.title, std::size_t{80}),
          std::tuple("description", &change.description, kDescriptionLengthMax)}) {
        const auto value = text(fields, name);
        if (!value) return value.error();
        if (!*value) continue;
        auto clean = accounts::clean_name(name, **value, length);
        if (!clean) return clean.error();
        *target = std::move(*clean);
    }
    const auto price = amount(fields, "price");
    if (!price) return price.error();
    change.price = *price;
    const auto free_amount = amount(fields, "free_amount");
    if (!free_amount) return free_amount.error();
    change.free_amount = *free_amount;
    const auto enabled = flag(fields, "enabled");
    if (!enabled) return enabled.error();
    change.enabled = *enabled;
    return change;
}

}  // namespace

void AdminMoney::routes(http::Router& router) {
    const auto add = [&](Method method, const char* pattern, auto handler) {
        parts_.access.route(router, method, pattern, accounts::Role::admin, this, handler);
    };
    add(Method::get, "/api/v1/admin/applications", &AdminMoney::list_applications);
    add(Method::get, "/api/v1/admin/applications/{}", &AdminMoney::get_application);
    add(Method::patch, "/api/v1/admin/applications/{}", &AdminMoney::change_application);
    add(Method::get, "/api/v1/admin/top-ups", &AdminMoney::list_top_ups);
    add(Method::post, "/api/v1/admin/top-ups", &AdminMoney::top_up);
    add(Method::get, "/api/v1/admin/services", &AdminMoney::list_services);
    add(Method::patch, "/api/v1/admin/services/{}", &AdminMoney::change_service);
    add(Method::get, "/api/v1/admin/ledger", &AdminMoney::books);
    add(Method::get, "/api/v1/admin/ledger/transfers", &AdminMoney::transfers);
}

Async<Result<http::Response>> AdminMoney::list_applications(http::Request& request, Person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    auto find = [slice = *slice,
                 user = query_id<UserId>(request.query, "user_id")](Session& session) {
        return list_text(storage::list_applications(session, user, slice),
                         [&](const auto& row) { return application_json(session, row); });
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminMoney::get_application(http::Request& request, Person) {
    const auto id = ApplicationId::parse(request.parameters.front()).value_or(ApplicationId());
    auto find = [id](Session& session) -> std::optional<std::string> {
        const auto row = storage::find_application(session, id);
        if (!row) return std::nullopt;
        return to_text(application_json(session, *row));
    };
    auto text = co_await parts_.database.read(std::move(find));
    if (!text) co_return no_application();
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminMoney::change_application(http::Request& request,
                                                             Person person) {
    const auto id = ApplicationId::parse(request.parameters.front()).value_or(ApplicationId());
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto disabled = flag(*fields, "disabled");
    if (!disabled) co_return disabled.error();
    if (!*disabled) co_return field_error("disabled", "is needed.");
    auto act = [id, disabled = **disabled](const accounts::Office& office) -> Result<std::string> {
        const auto row = accounts::suspend_application(office, id, disabled);
        if (!row) return row.error();
        return to_text(application_json(office.session, *row));
    };
    auto text = co_await in_office(parts_, person, request, std::move(act));
    if (!text) co_return text.error();
    co_await parts_.access.let_all_forget();
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminMoney::list_top_ups(http::Request& request, Person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    storage::TransferFilter filter;
    filter.kind = storage::TransferKind::top_up;
    filter.application_id = query_id<ApplicationId>(request.query, "application_id");
    filter.slice = *slice;
    auto find = [filter](Session& session) {
        return list_text(storage::list_transfers(session, filter),
                         [&](const auto& row) { return top_up_json(session, row); });
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminMoney::top_up(http::Request& request, Person person) {
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto receiver = read_receiver(*fields);
    if (!receiver) co_return receiver.error();
    const auto credits = amount(*fields, "amount", 1);
    if (!credits) co_return credits.error();
    if (!*credits) co_return field_error("amount", "is needed.");
    accounts::TopUp wanted;
    wanted.amount = **credits;
    const auto note = text(*fields, "note");
    if (!note) co_return note.error();
    if (*note && !(*note)->empty()) {
        auto clean = accounts::clean_name("note", **note, kNoteLengthMax);
        if (!clean) co_return clean.error();
        wanted.note = std::move(*clean);
    }
    auto key = read_key(request, person);
    if (!key) co_return key.error();
    wanted.reference = std::move(*key);
    wanted.id = Uuid::make(parts_.random).str();
    auto act = [wanted,
                receiver = *receiver](const accounts::Office& office) -> Result<std::string> {
        const auto application = application_of(office, receiver);
        if (!application) return application.error();
        auto each = wanted;
        each.application_id = *application;
        const auto transfer = accounts::top_up(office, each);
        if (!transfer) return transfer.error();
        return to_text(top_up_json(office.session, *transfer));
    };
    auto text = co_await in_office(parts_, person, request, std::move(act));
    if (!text) co_return text.error();
    co_return http::Response::json_text(201, std::move(*text));
}

Async<Result<http::Response>> AdminMoney::list_services(http::Request& request, Person) {
    const auto page = read_page(request.query, {"name"});
    if (!page) co_return page.error();
    auto find = [page = *page](Session& session) {
        auto rows = storage::all_services(session);
        const auto apis = storage::all_apis(session);
        if (page.descending) std::reverse(rows.begin(), rows.end());
        json::array items;
        for (auto i = page.offset; i < rows.size() && items.size() < page.limit; ++i)
            items.push_back(service_json(rows[i], apis));
        return to_text(json::object{{"items", std::move(items)}, {"count", rows.size()}});
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

Async<Result<http::Response>> AdminMoney::change_service(http::Request& request, Person person) {
    const auto id = ServiceId::parse(request.parameters.front()).value_or(ServiceId());
    const auto fields = co_await read_object(request);
    if (!fields) co_return fields.error();
    const auto change = read_service_change(*fields);
    if (!change) co_return change.error();
    auto act = [id, change = *change](const accounts::Office& office) -> Result<std::string> {
        const auto row = accounts::change_service(office, id, change);
        if (!row) return row.error();
        return to_text(service_json(*row, storage::all_apis(office.session)));
    };
    auto text = co_await in_office(parts_, person, request, std::move(act));
    if (!text) co_return text.error();
    co_return http::Response::json_text(200, std::move(*text));
}

Async<Result<http::Response>> AdminMoney::books(http::Request&, Person) {
    auto find = [](Session& session) { return storage::read_books(session); };
    const auto books = co_await parts_.database.read(std::move(find));
    co_return http::Response::json_text(200, to_text(books_json(books)));
}

Async<Result<http::Response>> AdminMoney::transfers(http::Request& request, Person) {
    const auto slice = read_slice(request.query);
    if (!slice) co_return slice.error();
    storage::TransferFilter filter;
    filter.application_id = query_id<ApplicationId>(request.query, "application_id");
    filter.task_id = query_id<TaskId>(request.query, "task_id");
    if (const auto word = query_value(request.query, "kind"); !word.empty()) {
        filter.kind = storage::parse_transfer_kind(word);
        if (!filter.kind) {
            co_return field_error("kind",
                                  "must be `free_amount`, `top_up`, `hold`, `capture`, "
                                  "`release` or `forfeit`.");
        }
    }
    filter.slice = *slice;
    auto find = [filter](Session& session) {
        return list_text(storage::list_transfers(session, filter), transfer_json);
    };
    co_return http::Response::json_text(200, co_await parts_.database.read(std::move(find)));
}

}  // namespace kinora::api
