// outbound/address_rules.hpp: which addresses strangers may make this server call.
//
// What is not public is refused: the machine itself, its neighbours, the cloud's metadata, and
// all that is reserved. The operator can allow networks and names.
#pragma once

#include "base/result.hpp"
#include "outbound/network.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::outbound {

// A server that listens on loopback only may call loopback: its callers are on the machine already.
enum class Loopback { refused, allowed };

class AddressRules {
public:
    explicit AddressRules(Loopback loopback = Loopback::refused) : loopback_(loopback) {}
    // `allowed` names addresses, networks ("10.0.0.0/8") and hosts ("minio.internal"). Fails with a
    // sentence that names the one that is neither.
    static Result<AddressRules> parse(const std::vector<std::string>& allowed,
                                      Loopback loopback = Loopback::refused);

    // Why the address is not called, as words for "... is": "a private address". Nothing where it
    // may be called.
    std::optional<std::string_view> refusal(const Address& address) const;
    // Whether the operator vouches for all addresses of this name; lower case, no dot at the end.
    bool trusts_host(std::string_view host) const;

private:
    Loopback loopback_;
    std::vector<Network> networks_;
    std::vector<std::string> hosts_;
};

}  // namespace kinora::outbound
