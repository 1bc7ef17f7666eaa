#include "accounts/applications.hpp"

#include "accounts/token.hpp"

namespace kinora::accounts {
namespace {

using storage::Session;

constexpr std::string_view kGlobal = "Global";

storage::ApplicationRow make_application(UserId user, ServiceId service, std::string_view scope,
                                         Random& random, TimePoint now) {
    storage::ApplicationRow application;
    application.id = ApplicationId::make(random);
    application.user_id = user;
    application.service_id = service;
    application.type = "Usage";
    application.scope = scope;
    application.webhook_secret = make_webhook_secret(random).reveal();
    application.created_at = now;
    return application;
}

// The application, or the one that somebody else has made for the user in this very moment.
Acquired add(Session& session, const storage::ApplicationRow& application) {
    storage::insert_application(session, application);
    if (storage::note_acquired(session, application)) return {application, true};
    storage::remove_application(session, application.id);
    const auto other = storage::find_acquired(session, application.user_id, application.service_id);
    return {*storage::find_application(session, *other), false};
}

Error used_up(const char* what) {
    return {ErrorCode::used_up, what};
}

}  // namespace

Result<Acquired> acquire(Session& session, const storage::UserRow& user, ServiceId service_id,
                         Random& random, TimePoint now) {
    const auto id = storage::find_acquired(session, user.id, service_id);
    // The nil id is that of the general balance, which nobody has to acquire.
    if (id && !service_id.is_nil())
        return Acquired{*storage::find_application(session, *id), false};
    const auto service = storage::find_service(session, service_id);
    if (!service || !service->enabled) {
        return Error(ErrorCode::not_found,
                     "There is no service with this id; see /api/v1/services/.");
    }
    auto acquired = add(session, make_application(user.id, service_id, "Individual", random, now));
    const bool free = acquired.is_new && !service->free_amount.is_zero() &&
                      storage::note_free_amount(session, hash_token(user.email), service_id);
    if (free) {
        storage::give(session, storage::TransferKind::free_amount, acquired.application.id,
                      service->free_amount, acquired.application.id.str() + "/free", {},
                      "Free amount of " + service->name, now);
    }
    return acquired;
}

storage::ApplicationRow general_balance(Session& session, UserId user, Random& random,
                                        TimePoint now) {
    if (const auto id = storage::find_acquired(session, user, ServiceId()))
        return *storage::find_application(session, *id);
    return add(session, make_application(user, ServiceId(), kGlobal, random, now)).application;
}

IssuedCredential issue_credential(Session& session, storage::CredentialRow wanted, Random& random,
                                  TimePoint now) {
    auto token = make_token(random);
    wanted.id = CredentialId::make(random);
    wanted.token_hash = hash_token(token.reveal());
    wanted.token_prefix = token_prefix(token.reveal());
    wanted.created_at = now;
    storage::insert_credential(session, wanted);
    return {wanted, token};
}

std::optional<IssuedCredential> rotate_credential(Session& session, CredentialId id,
                                                  Random& random) {
    auto token = make_token(random);
    storage::replace_token(session, id, hash_token(token.reveal()), token_prefix(token.reveal()));
    const auto credential = storage::find_credential(session, id);
    if (!credential) return std::nullopt;
    return IssuedCredential{*credential, token};
}

Result<storage::TransferRow> top_up(Session& session, const TopUp& wanted, TimePoint now) {
    storage::lock_balance(session, wanted.application_id);  // Of racing repetitions one is first.
    if (const auto former = storage::find_transfer(session, wanted.reference)) {
        const bool same = former->application_id == wanted.application_id &&
                          former->amount == wanted.amount && former->note == wanted.note &&
                          former->kind == storage::TransferKind::top_up;
        if (same) return *former;
        return Error(ErrorCode::conflict,
                     "This Idempotency-Key was used with another body. Send the same body again, "
                     "or another key.");
    }
    const auto balance = storage::balance_of(session, wanted.application_id);
    if (balance.available + balance.held + wanted.amount > kCreditsMax) {
        return Error(ErrorCode::bad_request, "`amount` would make the balance too large.");
    }
    storage::give(session, storage::TransferKind::top_up, wanted.application_id, wanted.amount,
                  wanted.id, wanted.reference, wanted.note, now);
    storage::TransferRow transfer;
    transfer.id = wanted.id;
    transfer.kind = storage::TransferKind::top_up;
    transfer.amount = wanted.amount;
    transfer.application_id = wanted.application_id;
    transfer.reference = wanted.reference;
    transfer.note = wanted.note;
    transfer.created_at = now;
    return transfer;
}

Result<std::optional<Payment>> take_payment(Session& session, const Caller& caller,
                                            std::string_view api_id) {
    // Asked again: the body of a call may take long, and what was taken away meanwhile counts.
    const auto row = storage::find_caller(session, caller.credential_id, caller.user_id);
    const auto admitted = admit(row, TimePoint::min());
    if (!admitted) return admitted.error();
    const auto* application = &row->application;
    const auto service = storage::service_of_api(session, api_id);
    if (!service || !service->enabled) {
        return Error(ErrorCode::disabled, "This service is not offered at present.");
    }
    if (!application->is_global() && application->service_id != service->id) {
        return Error(ErrorCode::token_mismatched,
                     "The token is for another service. Use a token of " + service->name + ".");
    }
    if (!application->metered || service->price.is_zero()) return std::optional<Payment>();

    Payment payment{application->id, caller.credential_id, service->price};
    switch (storage::reserve(session, caller.credential_id, payment.amount)) {
        case storage::Reservation::made:
            break;
        case storage::Reservation::over_limit:
            return used_up(
                "What may be spent with this token is used up. Raise its limit, or use "
                "another token.");
        case storage::Reservation::no_credential:
            return Error(ErrorCode::invalid_token, "The token was revoked. Use another token.");
    }
    if (storage::move_to_held(session, payment.application_id, payment.amount))
        return std::optional(payment);
    if (application->allow_consume_global && !application->is_global()) {
        const auto global = storage::find_acquired(session, caller.user_id, ServiceId());
        const auto general = global ? storage::find_application(session, *global) : std::nullopt;
        if (general && !general->disabled &&
            storage::move_to_held(session, general->id, payment.amount)) {
            payment.application_id = general->id;
            return std::optional(payment);
        }
    }
    storage::unreserve(session, caller.credential_id, payment.amount);
    return used_up(application->is_global() || application->allow_consume_global
                       ? "The balance does not cover this call. Top it up."
                       : "The balance of the application does not cover this call. Top it up, or "
                         "allow it to use the general balance.");
}

void return_payment(Session& session, const Payment& payment) {
    storage::move_back(session, payment.application_id, payment.amount);
    storage::unreserve(session, payment.credential_id, payment.amount);
}

void note_payment(Session& session, const Payment& payment, TaskId task, TimePoint now) {
    storage::note_hold(session, task, payment.application_id, payment.credential_id, payment.amount,
                       now);
}

}  // namespace kinora::accounts
