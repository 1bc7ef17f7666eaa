// api/access.hpp: who may do what, judged before anything else of a call.
//
// There are three keys. An API token calls `/luma/*` as its application. A session (the cookie of
// who is logged in, with X-CSRF-Token where something is changed) and a platform token manage a
// user's account; with X-Credential-Id a session calls `/luma/*` as one of its user's credentials.
#pragma once

#include "accounts/audit.hpp"
#include "accounts/person.hpp"
#include "api/callers.hpp"
#include "http/router.hpp"

#include <functional>
#include <optional>
#include <string>

namespace kinora::api {

// What of a user's things a call reaches: all, or those of one application.
struct Reach {
    UserId user_id;
    std::optional<ApplicationId> application_id;

    // `row` has a user and an application.
    template <class Row>
    bool covers(const Row& row) const {
        return row.user_id == user_id && (!application_id || row.application_id == *application_id);
    }
};

class Access {
public:
    // All of these outlive this.
    Access(storage::Database& database, Callers& callers, const Clock& clock, int limit_rps = 0)
        : database_(database), callers_(callers), clock_(clock), limit_rps_(limit_rps) {}

    // For calls that are made as an application: an API token, or a session with X-Credential-Id.
    // Fails with no_token, invalid_token, token_expired, token_mismatched, disabled, forbidden or
    // too_many_requests, as all of these do. Safe from any thread.
    Async<Result<accounts::Caller>> caller(const http::Request& request);
    // For what belongs to a user or one of its applications: any of the three keys.
    Async<Result<Reach>> reader(const http::Request& request);
    // For accounts: a session or a platform token of somebody with that role or a higher one.
    Async<Result<accounts::Person>> person(const http::Request& request,
                                           accounts::Role role = accounts::Role::user);

    using PersonHandler =
        std::function<Async<Result<http::Response>>(http::Request&, accounts::Person)>;
    // Adds a route whose handler is called for such persons alone; what it fails with is answered.
    void route(http::Router& router, http::Method method, std::string pattern, accounts::Role role,
               PersonHandler handler);

    // The same for a member function of `self`, which outlives the server.
    template <class Self>
    void route(http::Router& router, http::Method method, std::string pattern, accounts::Role role,
               Self* self,
               Async<Result<http::Response>> (Self::*handler)(http::Request&, accounts::Person)) {
        route(router, method, std::move(pattern), role,
              [self, handler](http::Request& request, accounts::Person person) {
                  return (self->*handler)(request, std::move(person));
              });
    }

    // What takes a right away is answered after this: no server remembers the former state then.
    Async<void> let_all_forget();

private:
    Async<Result<accounts::Person>> by_token(const http::Request& request, std::string token_hash);
    Async<Result<accounts::Person>> by_cookie(const http::Request& request, std::string cookie);
    Async<Error> why_not_a_platform_token(std::string token_hash);
    Async<http::Response> serve(http::Request& request, accounts::Role role, PersonHandler handler);

    storage::Database& database_;
    Callers& callers_;
    const Clock& clock_;
    const int limit_rps_;
    accounts::RateGuard rate_;
};

// Adds a route that stands open to everybody; what its handler fails with is answered.
using OpenHandler = std::function<Async<Result<http::Response>>(http::Request&)>;
void add_open_route(http::Router& router, http::Method method, std::string pattern,
                    OpenHandler handler);

// The value of a cookie of the request; empty where there is none.
std::string cookie_of(const http::Request& request, std::string_view name);
inline constexpr std::string_view kLoginCookie = "kinora_session";
// The person as the audit trail names it.
accounts::Actor actor_of(const accounts::Person& person, const http::Request& request);

}  // namespace kinora::api
