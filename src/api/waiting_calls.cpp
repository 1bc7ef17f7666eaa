#include "api/waiting_calls.hpp"

#include "storage/resend_rows.hpp"

#include <boost/asio/co_spawn.hpp>

namespace kinora::api {
namespace {

constexpr std::size_t kMaxLost = 10'000;

}  // namespace

WaitingCalls::WaitingCalls(asio::io_context& io, storage::Database& database,
                           tasks::ServerName server, const Clock& clock, Log& log)
    : io_(io), database_(database), server_(std::move(server)), clock_(clock), log_(log) {}

WaitingCalls::Call::Call(std::shared_ptr<Register> calls, TaskId task,
                         std::shared_ptr<http::Presence> presence)
    : register_(std::move(calls)), task_(task), presence_(std::move(presence)) {}

WaitingCalls::Call::~Call() {
    const std::lock_guard lock(register_->mutex);
    register_->calls.erase(entry_);
    if (!settled_) register_->lose(task_);
}

Async<bool> WaitingCalls::Call::is_gone() const {
    if (gone_) co_return true;
    if (!presence_) co_return false;
    co_return co_await presence_->is_gone();
}

void WaitingCalls::Call::on_gone(std::function<void()> call) {
    if (presence_) presence_->on_gone(std::move(call));
}

void WaitingCalls::Register::lose(const TaskId& task) {
    if (lost.size() >= kMaxLost) lost.clear();
    lost.insert(task);
}

void WaitingCalls::set_lost(TaskId task) {
    const std::lock_guard lock(register_->mutex);
    register_->lose(task);
}

std::shared_ptr<WaitingCalls::Call> WaitingCalls::enter(TaskId task,
                                                        std::shared_ptr<http::Presence> presence) {
    auto call = std::make_shared<Call>(register_, task, std::move(presence));
    const std::lock_guard lock(register_->mutex);
    call->entry_ = register_->calls.emplace(task, call);
    return call;
}

Async<std::vector<TaskId>> WaitingCalls::gone_among(std::vector<TaskId> tasks) {
    std::vector<TaskId> gone;
    for (const auto& task : tasks) {
        std::vector<std::shared_ptr<Call>> present;
        bool all_gone = false;
        {
            const std::lock_guard lock(register_->mutex);
            all_gone = register_->lost.contains(task);
            const auto [first, last] = register_->calls.equal_range(task);
            for (auto entry = first; entry != last; ++entry) {
                if (auto call = entry->second.lock()) present.push_back(std::move(call));
            }
        }
        all_gone = all_gone || !present.empty();
        for (const auto& call : present) {
            const bool is_gone = co_await call->is_gone();
            all_gone = all_gone && is_gone;
        }
        if (all_gone) gone.push_back(task);
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

Async<void> WaitingCalls::write_seen(std::shared_ptr<Call> call) {
    auto mark = [task = call->task()](storage::Session& session) {
        storage::mark_seen(session, task);
    };
    co_await database_.write(std::move(mark));
    call->settled_ = true;
}

Async<void> WaitingCalls::leave(std::shared_ptr<Call> call) {
    call->set_gone();
    auto write = [task = call->task(), server = server_.id](storage::Session& session) {
        storage::leave_task(session, task, server);
    };
    co_await database_.write(std::move(write));
    call->settled_ = true;
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
