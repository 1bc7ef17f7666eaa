// api/sessions.hpp: /api/v1/sessions/ and /api/v1/password-resets/, logging in and out.
//
// Whoever tries learns nothing of who has an account here: an unknown address and a wrong password
// get the same answer, after the same work.
#pragma once

#include "api/people_parts.hpp"

namespace kinora::api {

class Sessions {
public:
    explicit Sessions(PeopleParts parts) : parts_(parts) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> log_in(http::Request& request);
    Async<Result<storage::UserRow>> find_by_password(std::string email, std::string password,
                                                     std::string remote_address);
    Async<Result<http::Response>> current(http::Request& request, Person person);
    Async<Result<http::Response>> log_out(http::Request& request, Person person);
    Async<Result<http::Response>> log_out_everywhere(http::Request& request, Person person);
    Async<Result<http::Response>> ask_for_reset(http::Request& request);
    Async<Result<http::Response>> confirm_reset(http::Request& request);

    const PeopleParts parts_;
};

}  // namespace kinora::api
