// api/admin_money.hpp: applications, top-ups, services and the ledger, under /api/v1/admin/.
#pragma once

#include "api/admin_desk.hpp"

namespace kinora::api {

class AdminMoney {
public:
    explicit AdminMoney(AdminParts parts) : parts_(parts) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list_applications(http::Request& request, Person person);
    Async<Result<http::Response>> get_application(http::Request& request, Person person);
    Async<Result<http::Response>> change_application(http::Request& request, Person person);
    Async<Result<http::Response>> list_top_ups(http::Request& request, Person person);
    Async<Result<http::Response>> top_up(http::Request& request, Person person);
    Async<Result<http::Response>> list_services(http::Request& request, Person person);
    Async<Result<http::Response>> change_service(http::Request& request, Person person);
    Async<Result<http::Response>> books(http::Request& request, Person person);
    Async<Result<http::Response>> transfers(http::Request& request, Person person);

    const AdminParts parts_;
};

}  // namespace kinora::api
