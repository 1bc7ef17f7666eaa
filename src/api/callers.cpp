#include "api/callers.hpp"

namespace kinora::api {
namespace {

constexpr Milliseconds kRemembered{1'000};
// Half a kilobyte each; whoever calls next after the clearing is looked up again.
constexpr std::size_t kMaxSeen = 10'000;

}  // namespace

Async<Result<accounts::Caller>> Callers::identify(const http::Request& request) {
    const auto hash = accounts::token_hash_of(request.header("Authorization"));
    if (!hash) co_return hash.error();
    auto row = recall(*hash);
    if (!row) row = co_await look_up(*hash);
    auto caller = accounts::admit(*row, clock_.now(), limits_);
    if (!caller) co_return caller.error();
    const auto rate = rate_.admit(caller->credential_id, caller->limits.rps, clock_.steady());
    if (!rate) co_return rate.error();
    co_return caller;
}

std::shared_ptr<const Callers::Row> Callers::recall(const std::string& token_hash) const {
    const std::lock_guard lock(mutex_);
    const auto found = seen_.find(token_hash);
    if (found == seen_.end()) return nullptr;
    const auto& seen = found->second;
    const bool current =
        seen.changes == database_.account_changes() && clock_.steady() < seen.until;
    return current ? seen.row : nullptr;
}

Async<std::shared_ptr<const Callers::Row>> Callers::look_up(std::string token_hash) {
    Seen seen;
    seen.changes = database_.account_changes();
    seen.until = clock_.steady() + kRemembered;
    auto find = [token_hash](storage::Session& session) {
        return storage::find_caller(session, token_hash);
    };
    auto found = co_await database_.read(std::move(find));
    seen.row = std::make_shared<const Row>(std::move(found));
    if (!*seen.row) co_return seen.row;
    const std::lock_guard lock(mutex_);
    if (seen_.size() >= kMaxSeen) seen_.clear();
    seen_.insert_or_assign(std::move(token_hash), seen);
    co_return seen.row;
}

}  // namespace kinora::api
