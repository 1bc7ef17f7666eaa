// api/users.hpp: /api/v1/users/ and /api/v1/email-verifications/, one's own account.
#pragma once

#include "api/people_parts.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

class Users {
public:
    explicit Users(PeopleParts parts) : parts_(parts) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> register_user(http::Request& request);
    Async<Result<http::Response>> me(http::Request& request, Person person);
    Async<Result<http::Response>> change_me(http::Request& request, Person person);
    Async<Result<http::Response>> delete_me(http::Request& request, Person person);
    Async<Result<http::Response>> change_password(http::Request& request, Person person);
    Async<Result<http::Response>> send_verification(http::Request& request, Person person);
    Async<Result<http::Response>> confirm_verification(http::Request& request);

    // Whether that is the user's password; fails with bad_request about `field` where it is not.
    Async<Result<storage::UserRow>> check_password(UserId user, std::string field,
                                                   std::string password);

    const PeopleParts parts_;
};

}  // namespace kinora::api
