// api/resends.hpp: whether a call of POST /luma/videos is one that came before.
#pragma once

#include "api/acceptances.hpp"
#include "api/waiting_calls.hpp"
#include "http/message.hpp"
#include "storage/database.hpp"
#include "tasks/acceptance.hpp"

#include <boost/json/object.hpp>

namespace kinora::api {

class Resends {
public:
    // All of these outlive it.
    Resends(storage::Database& database, WaitingCalls& waiting, const Clock& clock, Random& random)
        : database_(database), waiting_(waiting), clock_(clock), random_(random) {}

    // What the call is known by. Fails with bad_request where its Idempotency-Key is none.
    Result<tasks::Recognition> recognize(const accounts::Caller& caller,
                                         const http::Request& request,
                                         const boost::json::object& fields, bool blocking) const;

    // Suspends while it is not decided what the same call of a client that has gone makes. Held
    // until it is decided for this one. Null where that cannot matter.
    Async<std::shared_ptr<Acceptances::Entry>> enter(const tasks::Recognition& call,
                                                     std::shared_ptr<http::Presence> presence);

    // The task that it joins; nothing where it makes one of its own. Looks whether the clients of
    // earlier calls are still there, which may take seconds where another server has to say so;
    // `call.gone` has the answer. Fails with conflict.
    Async<Result<std::optional<tasks::Acceptance>>> join(tasks::Recognition& call);

private:
    Async<std::vector<storage::Unseen>> find_unseen(tasks::Recognition call);
    Async<void> wait_for_others(const tasks::Recognition& call);

    storage::Database& database_;
    WaitingCalls& waiting_;
    const Clock& clock_;
    Random& random_;
    Acceptances acceptances_;
};

}  // namespace kinora::api
