// http/proxies.hpp: which neighbours may speak for a client, and what they say.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::http {

// The last element of a comma-separated header value, trimmed: what the nearest proxy wrote.
std::string_view last_element(std::string_view list);

class Proxies {
public:
    // Addresses or networks, IPv4 or IPv6. Fails with a sentence that names the one it cannot read.
    static Result<Proxies> parse(const std::vector<std::string>& texts);

    bool empty() const { return networks_.empty(); }
    bool trusts(std::string_view address) const;

    // The address nearest to us in `forwarded_for` that no trusted proxy has; `peer` where the list
    // is empty or says something that is no address.
    std::string client_of(std::string_view peer, std::string_view forwarded_for) const;

private:
    using Bytes = std::array<std::uint8_t, 16>;  // IPv4 as ::ffff:a.b.c.d.
    struct Network {
        Bytes bytes{};
        unsigned prefix_bits = 128;
    };
    static std::optional<Bytes> bytes_of(std::string_view address);
    static std::optional<Network> network_of(std::string_view text);
    bool trusts(const Bytes& bytes) const;

    std::vector<Network> networks_;
};

}  // namespace kinora::http
