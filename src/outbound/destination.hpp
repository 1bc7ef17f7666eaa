// outbound/destination.hpp: a URL with the addresses that were checked for it.
#pragma once

#include "base/result.hpp"
#include "outbound/address_rules.hpp"
#include "outbound/resolver.hpp"
#include "outbound/url.hpp"

#include <vector>

namespace kinora::outbound {

// Nothing but these addresses is dialled for the URL, whatever its name leads to a moment later.
struct Destination {
    Url url;
    std::vector<Address> addresses;  // At least one.
};

// Looks the host up and judges every address that it has. One refused address refuses the host:
// which of them is dialled would else be up to chance, or to the stranger.
Result<Destination> admit(Url url, const AddressRules& rules, Resolver& resolver,
                          const Patience& patience);

}  // namespace kinora::outbound
