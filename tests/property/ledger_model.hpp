// tests/property/ledger_model.hpp: what people must have, told from what happened and nothing else.
//
// The rules of the ledger a second time, as plainly as they can be said: sums in maps, no rows, no
// transfers. A world tells it what happened and compares.
#pragma once

#include "base/error.hpp"
#include "base/ids.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kinora::test {

// As faults name a thing.
inline std::string of(const char* what, const std::string& id) {
    return std::string(what) + ' ' + id;
}

class LedgerModel {
public:
    using Micros = std::int64_t;

    struct Purse {
        UserId owner;
        bool is_global = false, allows_general = false, disabled = false;
        Micros available = 0, held = 0, used = 0;
    };
    struct Key {
        ApplicationId application;
        std::optional<Micros> limit;
        Micros used = 0, held = 0;
    };
    enum class End { none, completed, other };
    struct Job {
        UserId user;
        CredentialId key;
        std::optional<ApplicationId> payer;  // None: it costs nothing.
        Micros price = 0;
        End end = End::none;
    };
    // Of everybody's together.
    struct House {
        Micros granted = 0, deposited = 0, earned = 0, forfeited = 0;
    };

    void open(ApplicationId application, UserId owner, bool is_global) {
        purses[application] = {owner, is_global};
    }
    void give(ApplicationId application, Micros amount, bool is_free);
    void issue(CredentialId key, ApplicationId application, std::optional<Micros> limit) {
        keys[key] = {application, limit};
    }
    void revoke(CredentialId key) { keys.erase(key); }

    // What has to become of a call with that key: who pays, or why it is refused.
    struct Verdict {
        std::optional<ErrorCode> refusal;
        std::optional<ApplicationId> payer;
    };
    Verdict judge(CredentialId key, ApplicationId application) const;
    void accept(TaskId task, CredentialId key, const Verdict& verdict);
    void end(TaskId task, End how);
    // An account that is deleted, and later erased.
    void leave(UserId user);
    void erase(UserId user);

    std::vector<TaskId> unfinished() const;

    std::map<ApplicationId, Purse> purses;
    std::map<CredentialId, Key> keys;
    std::map<TaskId, Job> jobs;
    House house;
    Micros price = 0;
    bool is_offered = true;

private:
    void forfeit(UserId user);
};

}  // namespace kinora::test
