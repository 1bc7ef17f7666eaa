#include "tasks/endings.hpp"

#include "storage/task_rows.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

namespace kinora::tasks {
namespace {

using namespace std::chrono_literals;

// How far back the ids of ended tasks are read: more than two machines' clocks differ.
constexpr auto kLookBack = 10s;
constexpr auto kSweepEvery = 3s;
constexpr int kEndedLimit = 2'000;
constexpr std::size_t kSweepSize = 500;

// A waiting coroutine's timer, touched on its own executor only; others reach it by post().
class Waiter : public std::enable_shared_from_this<Waiter> {
public:
    explicit Waiter(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    Async<Outcome> wait(SteadyPoint deadline) {
        const auto self = shared_from_this();  // A notice may hold us while the place is given up.
        while (!outcome_) {
            if (std::chrono::steady_clock::now() >= deadline) co_return Outcome::timed_out;
            timer_.expires_at(deadline);
            boost::system::error_code ignored;  // Waking early is the notice.
            co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
        co_return *outcome_;
    }

    void notify(Outcome outcome) {
        asio::post(timer_.get_executor(), [self = shared_from_this(), outcome] {
            if (self->outcome_) return;
            self->outcome_ = outcome;
            self->timer_.cancel();
        });
    }

private:
    asio::steady_timer timer_;
    std::optional<Outcome> outcome_;
};

// All who wait, by task. Safe from any thread.
class WaitingRoom {
public:
    using Entry = std::unordered_multimap<TaskId, std::shared_ptr<Waiter>>::iterator;

    Entry enter(TaskId task, std::shared_ptr<Waiter> waiter) {
        const std::lock_guard lock(mutex_);
        if (closed_) waiter->notify(Outcome::shutting_down);
        return waiters_.emplace(task, std::move(waiter));
    }
    void leave(Entry entry) {
        const std::lock_guard lock(mutex_);
        waiters_.erase(entry);
    }
    void notify(const std::vector<TaskId>& ended) {
        const std::lock_guard lock(mutex_);
        for (const auto& task : ended) {
            const auto [first, last] = waiters_.equal_range(task);
            for (auto entry = first; entry != last; ++entry) {
                entry->second->notify(Outcome::ended);
            }
        }
    }
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        for (auto& entry : waiters_) entry.second->notify(Outcome::shutting_down);
    }
    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return waiters_.size();
    }
    // In pieces that one statement can take.
    std::vector<std::vector<TaskId>> ids() const {
        const std::lock_guard lock(mutex_);
        std::vector<std::vector<TaskId>> pieces;
        for (const auto& entry : waiters_) {
            if (pieces.empty() || pieces.back().size() == kSweepSize) pieces.emplace_back();
            pieces.back().push_back(entry.first);
        }
        return pieces;
    }

private:
    mutable std::mutex mutex_;
    bool closed_ = false;
    std::unordered_multimap<TaskId, std::shared_ptr<Waiter>> waiters_;
};

class TakenPlace final : public Endings::Place {
public:
    TakenPlace(std::shared_ptr<WaitingRoom> room, TaskId task, asio::any_io_executor executor)
        : room_(std::move(room)),
          waiter_(std::make_shared<Waiter>(std::move(executor))),
          entry_(room_->enter(task, waiter_)) {}
    ~TakenPlace() override { room_->leave(entry_); }

    Async<Outcome> wait(SteadyPoint deadline) override { return waiter_->wait(deadline); }
    std::function<void()> abandon() override {
        return [waiter = waiter_] { waiter->notify(Outcome::abandoned); };
    }

private:
    std::shared_ptr<WaitingRoom> room_;
    std::shared_ptr<Waiter> waiter_;
    WaitingRoom::Entry entry_;
};

class EndedPlace final : public Endings::Place {
public:
    Async<Outcome> wait(SteadyPoint) override { co_return Outcome::ended; }
    std::function<void()> abandon() override {
        return [] {};
    }
};

// Reads what ended when it is told that something did. Kept alive by its running coroutine.
class Reader : public std::enable_shared_from_this<Reader> {
public:
    Reader(asio::io_context& io, storage::Database& database, const Clock& clock, Log& log,
           std::shared_ptr<WaitingRoom> room)
        : strand_(asio::make_strand(io)),
          alarm_(strand_),
          database_(database),
          clock_(clock),
          log_(log),
          room_(std::move(room)) {}

    void start() {
        auto escaped = [self = shared_from_this()](const std::exception_ptr& error) {
            if (error) self->log_.error("endings.stopped");
        };
        asio::co_spawn(strand_, run(shared_from_this()), std::move(escaped));
    }
    // From any thread.
    void wake() {
        if (awake_.exchange(true)) return;
        asio::post(strand_, [self = shared_from_this()] { self->alarm_.cancel(); });
    }
    void stop() {
        stopped_ = true;
        awake_ = false;
        wake();
    }

private:
    static Async<void> run(std::shared_ptr<Reader> self) {
        auto swept_at = self->clock_.steady();
        while (!self->stopped_) {
            if (!self->awake_) {
                boost::system::error_code ignored;
                self->alarm_.expires_after(kSweepEvery);
                co_await self->alarm_.async_wait(
                    asio::redirect_error(asio::use_awaitable, ignored));
            }
            if (self->stopped_) co_return;
            self->awake_ = false;
            const bool sweep = self->clock_.steady() - swept_at >= kSweepEvery;
            if (sweep) swept_at = self->clock_.steady();
            try {
                co_await self->read_ended(sweep);
            } catch (const std::exception& error) {
                // The next notice or sweep reads again.
                self->log_.warn("endings.unread", {{"reason", error.what()}});
            }
        }
    }

    Async<void> read_ended(bool sweep) {
        if (room_->size() == 0) co_return;
        const auto since = clock_.now() - kLookBack;
        auto lately = [since](storage::Session& session) {
            return storage::tasks_finished_since(session, since, kEndedLimit);
        };
        const auto ended = co_await database_.read(std::move(lately));
        room_->notify(ended);
        // More ended at once than one read takes: look at those who wait instead.
        if (!sweep && ended.size() < std::size_t{kEndedLimit}) co_return;
        for (auto& piece : room_->ids()) {
            auto among = [ids = std::move(piece)](storage::Session& session) {
                return storage::ended_among(session, ids);
            };
            const auto found = co_await database_.read(std::move(among));
            room_->notify(found);
        }
    }

    asio::strand<asio::io_context::executor_type> strand_;
    asio::steady_timer alarm_;
    storage::Database& database_;
    const Clock& clock_;
    Log& log_;
    std::shared_ptr<WaitingRoom> room_;
    std::atomic<bool> awake_ = false;
    std::atomic<bool> stopped_ = false;
};

class WatchedEndings final : public Endings {
public:
    WatchedEndings(asio::io_context& io, storage::Database& database, const Clock& clock, Log& log)
        : room_(std::make_shared<WaitingRoom>()),
          reader_(std::make_shared<Reader>(io, database, clock, log, room_)) {
        reader_->start();
        watch_ = database.watch_tasks([reader = reader_] { reader->wake(); });
    }
    ~WatchedEndings() override {
        watch_.reset();
        reader_->stop();
    }

    std::unique_ptr<Place> expect(TaskId task, asio::any_io_executor executor) override {
        return std::make_unique<TakenPlace>(room_, task, std::move(executor));
    }
    void shut_down() override { room_->close(); }
    std::size_t waiting_count() const override { return room_->size(); }

private:
    std::shared_ptr<WaitingRoom> room_;  // Shared with places, which connections hold.
    std::shared_ptr<Reader> reader_;     // Shared with its coroutine.
    std::unique_ptr<storage::Database::Watch> watch_;
};

}  // namespace

std::unique_ptr<Endings::Place> Endings::ended_place() {
    return std::make_unique<EndedPlace>();
}

std::unique_ptr<Endings> Endings::make(asio::io_context& io, storage::Database& database,
                                       const Clock& clock, Log& log) {
    return std::make_unique<WatchedEndings>(io, database, clock, log);
}

}  // namespace kinora::tasks
