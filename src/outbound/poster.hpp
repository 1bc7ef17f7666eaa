// outbound/poster.hpp: messages to URLs that strangers named.
//
// The same guard as for what is fetched; redirects are not followed. Messages of errors begin with
// a host, and never hold a path, a query or a password.
#pragma once

#include "outbound/address_rules.hpp"
#include "outbound/exchange.hpp"
#include "outbound/patience.hpp"
#include "outbound/resolver.hpp"

#include <string>
#include <string_view>

namespace kinora::outbound {

struct Reply {
    int status = 0;
    std::string start;  // Of its body; any bytes.
    bool is_success() const { return status >= 200 && status <= 299; }
};

class Poster {
public:
    static constexpr Milliseconds kTimeMax{10'000};  // From the lookup to the end of the headers.
    static constexpr std::size_t kStartBytes = 1'024;

    // `resolver` outlives this. Safe from any thread, as each call is on its own.
    Poster(AddressRules rules, Resolver& resolver, Milliseconds time_max = kTimeMax)
        : rules_(std::move(rules)), resolver_(resolver), time_max_(time_max) {}

    // Blocks. Fails with `bad_request` where no answer came, `cancelled` on a stop.
    Result<Reply> post(std::string_view url, const Letter& letter, std::stop_token stop) const;

    // Where a URL leads, "host:port/path", judged as far as that goes without a lookup. Fails with
    // `bad_request`.
    Result<std::string> receiver_of(std::string_view url) const;

private:
    const AddressRules rules_;
    Resolver& resolver_;
    const Milliseconds time_max_;
};

}  // namespace kinora::outbound
