#include "api/resends.hpp"

#include "api/canonical_json.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>

namespace kinora::api {
namespace json = boost::json;
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kKeyLengthMax = 255;
constexpr auto kLookAgain = 100ms;

Error key_error(std::string_view what) {
    return {ErrorCode::bad_request, "The Idempotency-Key " + std::string(what)};
}

}  // namespace

Result<tasks::Recognition> Resends::recognize(const accounts::Caller& caller,
                                              const http::Request& request,
                                              const json::object& fields, bool blocking) const {
    tasks::Recognition call;
    call.caller = caller;
    call.key = request.header("Idempotency-Key");
    if (call.key.size() > kKeyLengthMax) {
        return key_error("is longer than " + std::to_string(kKeyLengthMax) + " characters.");
    }
    const bool plain =
        std::all_of(call.key.begin(), call.key.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!plain) return key_error("may have printable ASCII characters only.");
    call.request_hash = tasks::hash_request(to_canonical(fields));
    call.blocking = blocking;
    call.server = waiting_.server();
    call.id = random_.hex(6);
    return call;
}

Async<std::shared_ptr<Acceptances::Entry>> Resends::enter(
    const tasks::Recognition& call, std::shared_ptr<http::Presence> presence) {
    // A key is decided in the database alone.
    if (!call.key.empty() || !call.blocking) co_return nullptr;
    auto key = call.caller.credential_id.str() + call.request_hash;
    co_return co_await acceptances_.enter(std::move(key), std::move(presence));
}

Async<std::vector<storage::Unseen>> Resends::find_unseen(tasks::Recognition call) {
    const auto now = clock_.now();
    auto find = [call = std::move(call), now](storage::Session& session) {
        return storage::find_unseen(session, call.caller.credential_id, call.request_hash, now,
                                    now - tasks::kEndedIsJoined);
    };
    co_return co_await database_.read(std::move(find));
}

// A server that died says nothing more, and its calls are given up after a while; one that lives
// says so again, and has noticed by then which of its clients are gone.
Async<void> Resends::wait_for_others(const tasks::Recognition& call) {
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor);
    std::map<std::string, TimePoint> first_beat;
    const auto until = std::chrono::steady_clock::now() + tasks::kServerHolds + 1s;
    while (std::chrono::steady_clock::now() < until) {
        const auto unseen = co_await find_unseen(call);
        const bool undecided = std::any_of(unseen.begin(), unseen.end(), [&](const auto& task) {
            const auto& server = task.waiter.server;
            if (server.empty() || server == call.server.id || !task.waiter_alive_until)
                return false;
            const auto [first, is_new] = first_beat.emplace(server, task.waiter_beaten_at);
            return is_new || first->second == task.waiter_beaten_at;
        });
        if (!undecided) co_return;
        timer.expires_after(kLookAgain);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

Async<Result<std::optional<tasks::Acceptance>>> Resends::join(tasks::Recognition& call) {
    if (call.key.empty()) {
        if (!call.blocking) co_return std::optional<tasks::Acceptance>();
        const auto unseen = co_await find_unseen(call);
        if (unseen.empty()) co_return std::optional<tasks::Acceptance>();
        std::vector<std::string> here;
        bool elsewhere = false;
        for (const auto& task : unseen) {
            const auto& server = task.waiter.server;
            if (server == call.server.id) here.push_back(task.waiter.call);
            elsewhere = elsewhere ||
                        (!server.empty() && server != call.server.id && task.waiter_alive_until);
        }
        call.gone = co_await waiting_.gone_among(std::move(here));
        if (elsewhere) co_await wait_for_others(call);
    }
    const auto now = clock_.now();
    auto join = [call, now](storage::Session& session) {
        return tasks::join_task(session, call, now);
    };
    co_return co_await database_.write(std::move(join));
}

}  // namespace kinora::api
