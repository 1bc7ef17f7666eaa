#include "api/waiting_calls.hpp"

#include "storage/resend_rows.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kinora::api {
namespace {

constexpr std::size_t kMaxLost = 10'000;
constexpr std::chrono::seconds kTryAgain{1};
constexpr int kTriesMax = 600;

}  // namespace

WaitingCalls::WaitingCalls(asio::io_context& io, storage::Database& database,
                           tasks::ServerName server, const Clock& clock, Log& log)
    : io_(io), database_(database), server_(std::move(server)), clock_(clock), log_(log) {}

WaitingCalls::Call::Call(std::shared_ptr<Register> calls, std::string id, TaskId task,
                         std::shared_ptr<http::Presence> presence)
    : register_(std::move(calls)),
      id_(std::move(id)),
      task_(task),
      presence_(std::move(presence)) {}

WaitingCalls::Call::~Call() {
    const std::lock_guard lock(register_->mutex);
    register_->calls.erase(id_);
    if (!settled_) register_->lose(id_);
}

Async<bool> WaitingCalls::Call::is_gone() const {
    if (gone_) co_return true;
    if (!presence_) co_return false;
    co_return co_await presence_->is_gone();
}

void WaitingCalls::Call::on_gone(std::function<void()> call) {
    if (presence_) presence_->on_gone(std::move(call));
}

void WaitingCalls::Register::lose(const std::string& id) {
    if (lost.size() >= kMaxLost) lost.clear();
    lost.insert(id);
}

std::shared_ptr<WaitingCalls::Call> WaitingCalls::enter(std::string id, TaskId task,
                                                        std::shared_ptr<http::Presence> presence) {
    auto call = std::make_shared<Call>(register_, id, task, std::move(presence));
    const std::lock_guard lock(register_->mutex);
    register_->calls.emplace(std::move(id), call);
    return call;
}

Async<std::vector<std::string>> WaitingCalls::gone_among(std::vector<std::string> ids) {
    std::vector<std::string> gone;
    for (auto& id : ids) {
        std::shared_ptr<Call> call;
        bool is_gone = false;
        {
            const std::lock_guard lock(register_->mutex);
            is_gone = register_->lost.contains(id);
            const auto found = register_->calls.find(id);
            if (found != register_->calls.end()) call = found->second.lock();
        }
        if (call && !is_gone && !call->seems_there()) is_gone = co_await call->is_gone();
        if (is_gone) gone.push_back(std::move(id));
    }
    co_return gone;
}

void WaitingCalls::spawn(Async<void> work) {
    auto log_escape = [&log = log_](const std::exception_ptr& escaped) {
        if (!escaped) return;
        try {
            std::rethrow_exception(escaped);
        } catch (const std::exception& problem) {
            log.error("waiting_call.unwritten", {{"what", problem.what()}});
        }
    };
    asio::co_spawn(io_, std::move(work), std::move(log_escape));
}

// Until it is written the call has its place, and nobody joins a task whose result was seen.
Async<void> WaitingCalls::write_seen(std::shared_ptr<Call> call) {
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor);
    for (int tries = 0; tries < kTriesMax; ++tries) {
        try {
            auto mark = [task = call->task()](storage::Session& session) {
                storage::mark_seen(session, task);
            };
            co_await database_.write(std::move(mark));
            call->settled_ = true;
            co_return;
        } catch (const std::exception& error) {
            log_.warn("call.unwritten", {{"task", call->task().str()}, {"reason", error.what()}});
        }
        timer.expires_after(kTryAgain);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

Async<void> WaitingCalls::leave(std::shared_ptr<Call> call) {
    call->set_gone();
    try {
        auto write = [task = call->task(), waiter = storage::Waiter{server_.id, call->id_}](
                         storage::Session& session) { storage::leave_task(session, task, waiter); };
        co_await database_.write(std::move(write));
        call->settled_ = true;
    } catch (const std::exception& error) {
        log_.warn("call.unwritten", {{"task", call->task().str()}, {"reason", error.what()}});
    }
}

void WaitingCalls::seen(std::shared_ptr<Call> call) {
    spawn(write_seen(std::move(call)));
}

void WaitingCalls::left(std::shared_ptr<Call> call) {
    call->set_gone();
    spawn(leave(std::move(call)));
}

void WaitingCalls::beat() {
    if (count() == 0) return;
    const auto now = clock_.now();
    database_.write_now([&](storage::Session& session) {
        storage::beat(session, {server_.id, server_.node_id, now, now + tasks::kServerHolds});
    });
}

std::size_t WaitingCalls::count() const {
    const std::lock_guard lock(register_->mutex);
    return register_->calls.size();
}

}  // namespace kinora::api
