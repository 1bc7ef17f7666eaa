#include "api/callers.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kinora::api {
namespace {

constexpr Milliseconds kUseNotedEvery{60'000};
// Half a kilobyte each; whoever calls next after the clearing is looked up again.
constexpr std::size_t kMaxSeen = 10'000;

}  // namespace

Async<Result<accounts::Caller>> Callers::identify(const http::Request& request) {
    const auto hash = accounts::token_hash_of(request.header("Authorization"));
    if (!hash) co_return hash.error();
    auto row = recall(*hash);
    if (!row) row = co_await look_up(*hash);
    co_return admit(*row);
}

Async<Result<accounts::Caller>> Callers::identify(CredentialId credential, UserId user) {
    auto find = [credential, user](storage::Session& session) {
        return storage::find_caller(session, credential, user);
    };
    const auto row = co_await database_.read(std::move(find));
    if (!row) {
        co_return Error(ErrorCode::invalid_token,
                        "X-Credential-Id is the id of no credential of yours; see "
                        "/api/v1/credentials/.");
    }
    co_return admit(row);
}

Result<accounts::Caller> Callers::admit(const Row& row) {
    const auto now = clock_.now();
    auto caller = accounts::admit(row, now, limits_);
    if (!caller) return caller.error();
    const auto rate =
        rate_.admit(caller->credential_id.uuid(), caller->limits.rps, clock_.steady());
    if (!rate) return rate.error();
    note_use(row->credential, now);
    return caller;
}

void Callers::note_use(const storage::CredentialRow& credential, TimePoint now) {
    if (credential.used_at && now - *credential.used_at < kUseNotedEvery) return;
    const std::lock_guard lock(uses_mutex_);
    const auto noted = noted_.find(credential.id);
    if (noted != noted_.end() && now - noted->second < kUseNotedEvery) return;
    if (uses_.size() < kMaxSeen) uses_.insert_or_assign(credential.id, now);
}

void Callers::note_uses() {
    std::unordered_map<CredentialId, TimePoint> uses;
    {
        const std::lock_guard lock(uses_mutex_);
        uses.swap(uses_);
        if (noted_.size() >= kMaxSeen) noted_.clear();
        for (const auto& [id, at] : uses) noted_.insert_or_assign(id, at);
    }
    if (uses.empty()) return;
    database_.write_now([&uses](storage::Session& session) {
        for (const auto& [id, at] : uses) storage::touch_credential(session, id, at);
    });
}

Async<void> Callers::let_all_forget() {
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor);
    timer.expires_after(kCallersRemembered);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
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
    seen.until = clock_.steady() + kCallersRemembered;
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
