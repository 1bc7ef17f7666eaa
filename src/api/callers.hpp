// api/callers.hpp: who calls, found out before the body is read.
//
// Most calls come from who called a moment ago, so a known token's row is remembered for a quarter
// of a second. A change that this process commits counts at once; other servers on the same
// database have forgotten the former row when let_all_forget() ends, and whoever takes a right away
// is answered after that. Whether the caller is let in is judged anew with every call.
#pragma once

#include "accounts/caller.hpp"
#include "accounts/rate.hpp"
#include "base/async.hpp"
#include "base/clock.hpp"
#include "http/message.hpp"
#include "storage/account_rows.hpp"
#include "storage/database.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace kinora::api {

// So long a server goes by what it knows of a token, whatever another process has changed since.
inline constexpr Milliseconds kCallersRemembered{250};

class Callers {
public:
    // `limits` are those of tokens that have none of their own.
    Callers(storage::Database& database, const Clock& clock, accounts::CallLimits limits = {})
        : database_(database), clock_(clock), limits_(limits) {}

    // Fails as accounts::token_hash_of and accounts::admit do, and with too_many_requests over the
    // token's rate. Safe from any thread.
    Async<Result<accounts::Caller>> identify(const http::Request& request);
    // The same for one credential of that user's, without its token: fails with invalid_token where
    // there is none.
    Async<Result<accounts::Caller>> identify(CredentialId credential, UserId user);

    // Ends when no server remembers what was committed before it began.
    Async<void> let_all_forget();
    // Writes down when tokens were used lately. Blocks; called now and then.
    void note_uses();

private:
    using Row = std::optional<storage::CallerRow>;
    struct Seen {
        std::shared_ptr<const Row> row;
        std::uint64_t changes = 0;  // Database::account_changes() before it was read.
        SteadyPoint until{};
    };
    // Null where the token has to be looked up.
    std::shared_ptr<const Row> recall(const std::string& token_hash) const;
    Async<std::shared_ptr<const Row>> look_up(std::string token_hash);
    Result<accounts::Caller> admit(const Row& row);
    void note_use(const storage::CredentialRow& credential, TimePoint now);

    storage::Database& database_;
    const Clock& clock_;
    const accounts::CallLimits limits_;
    accounts::RateGuard rate_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Seen> seen_;  // By the token's hash; known tokens alone.
    std::mutex uses_mutex_;
    std::unordered_map<CredentialId, TimePoint> uses_;   // To be written down.
    std::unordered_map<CredentialId, TimePoint> noted_;  // When it was, lately.
};

}  // namespace kinora::api
