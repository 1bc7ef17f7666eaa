// api/admin_work.hpp: all tasks, the queue, the nodes and the audit trail, under /api/v1/admin/.
#pragma once

#include "api/admin_desk.hpp"
#include "api/task_watch.hpp"

namespace kinora::api {

class AdminWork {
public:
    AdminWork(AdminParts parts, TaskWatch& watch) : parts_(parts), watch_(watch) {}

    void routes(http::Router& router);

private:
    using Person = accounts::Person;
    Async<Result<http::Response>> list_tasks(http::Request& request, Person person);
    Async<Result<http::Response>> get_task(http::Request& request, Person person);
    Async<Result<http::Response>> cancel_task(http::Request& request, Person person);
    Async<Result<http::Response>> queue(http::Request& request, Person person);
    Async<Result<http::Response>> nodes(http::Request& request, Person person);
    Async<Result<http::Response>> audit(http::Request& request, Person person);

    const AdminParts parts_;
    TaskWatch& watch_;
};

}  // namespace kinora::api
