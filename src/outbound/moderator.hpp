// outbound/moderator.hpp: another program of the operator's, asked whether a prompt may be drawn.
//
// The same guard and the same limits as for other hosts, but the one that the settings name may be
// anywhere, on this machine too. The text that it answers with has its meaning in api.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "outbound/address_rules.hpp"
#include "outbound/resolver.hpp"
#include "outbound/url.hpp"

#include <stop_token>
#include <string>

namespace kinora::outbound {

struct ModeratorSettings {
    std::string url;               // http or https.
    Secret<std::string> token;     // Sent as "Authorization: Bearer"; empty where none is wanted.
    Milliseconds time_max{5'000};  // From the lookup to the end of the answer.
};

class Moderator {
public:
    static constexpr std::size_t kAnswerBytesMax = 64 * 1'024;

    // Fails with `bad_request` and a sentence for the operator. `resolver` outlives this.
    static Result<Moderator> make(const ModeratorSettings& settings, Resolver& resolver);

    // POSTs `question`, which is JSON, and gives the body of an answer with a status of 2xx.
    // Blocks. Fails with `cancelled` on a stop and with `unavailable` whatever else went wrong;
    // what, is in the detail. Safe from any thread, as each call is on its own.
    Result<std::string> ask(const std::string& question, std::stop_token stop) const;

private:
    Moderator(Url url, AddressRules rules, const ModeratorSettings& settings, Resolver& resolver)
        : url_(std::move(url)),
          rules_(std::move(rules)),
          token_(settings.token),
          time_max_(settings.time_max),
          resolver_(resolver) {}

    Url url_;
    AddressRules rules_;
    Secret<std::string> token_;
    Milliseconds time_max_;
    Resolver& resolver_;
};

}  // namespace kinora::outbound
