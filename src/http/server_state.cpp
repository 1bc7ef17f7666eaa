// http/server_state.cpp: the list of connections and the budget of bodies.
#include "http/server_state.hpp"

#include "http/connection.hpp"

namespace kinora::http {

void Registry::add(Connection& connection) {
    const std::lock_guard lock(mutex_);
    list_.push_back(connection);
}

void Registry::remove(Connection& connection) {
    std::function<void()> call;
    {
        const std::lock_guard lock(mutex_);
        list_.erase(list_.iterator_to(connection));
        if (list_.empty()) call = on_empty_;
    }
    if (call) call();
}

std::size_t Registry::size() const {
    const std::lock_guard lock(mutex_);
    return list_.size();
}

std::vector<std::shared_ptr<Connection>> Registry::pick(
    const std::function<bool(const Connection&)>& wanted) const {
    std::vector<std::shared_ptr<Connection>> picked;
    const std::lock_guard lock(mutex_);
    for (const auto& connection : list_) {
        if (!wanted(connection)) continue;
        // None where it is being destroyed: its destructor waits for our mutex.
        auto held = const_cast<Connection&>(connection).weak_from_this().lock();
        if (held) picked.push_back(std::move(held));
    }
    return picked;
}

void Registry::on_empty(std::function<void()> call) {
    const std::lock_guard lock(mutex_);
    on_empty_ = std::move(call);
}

namespace {
constexpr std::size_t kSmallBody_bytes = 64 * 1024;
}

bool BodyShare::grow_to(std::size_t bytes) {
    if (bytes <= mine_) return true;
    const auto more = bytes - mine_;
    const auto before = held_.fetch_add(more, std::memory_order_relaxed);
    // An eighth is for small bodies alone, so that large ones cannot shut out whoever logs in.
    const auto limit = bytes > kSmallBody_bytes ? limit_ - limit_ / 8 : limit_;
    if (before + more > limit) {
        held_.fetch_sub(more, std::memory_order_relaxed);
        return false;
    }
    mine_ = bytes;
    return true;
}

void BodyShare::release() {
    held_.fetch_sub(mine_, std::memory_order_relaxed);
    mine_ = 0;
}

ServerState::ServerState(ServerOptions given_options, Proxies given_proxies, Router given_router,
                         ErrorWriter given_errors, Log& given_log, Random& given_random,
                         const Clock& given_clock)
    : options(std::move(given_options)),
      proxies(std::move(given_proxies)),
      router(std::move(given_router)),
      errors(std::move(given_errors)),
      log(given_log),
      random(given_random),
      clock(given_clock) {}

}  // namespace kinora::http
