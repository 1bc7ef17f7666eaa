// api/admin_users.hpp: /api/v1/admin/users/ and /api/v1/admin/invitations/.
#pragma once

#include "api/admin_desk.hpp"

namespace kinora::api {

class AdminUsers {
public:
    explicit AdminUsers(AdminParts parts) : parts_(parts) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list(http::Request& request, Person person);
    Async<Result<http::Response>> create(http::Request& request, Person person);
    Async<Result<http::Response>> get(http::Request& request, Person person);
    Async<Result<http::Response>> change(http::Request& request, Person person);
    Async<Result<http::Response>> remove(http::Request& request, Person person);
    Async<Result<http::Response>> make_reset_link(http::Request& request, Person person);
    Async<Result<http::Response>> list_invitations(http::Request& request, Person person);
    Async<Result<http::Response>> invite(http::Request& request, Person person);
    Async<Result<http::Response>> withdraw(http::Request& request, Person person);

    const AdminParts parts_;
};

}  // namespace kinora::api
