// outbound/resolver.hpp: from a host's name to its addresses.
#pragma once

#include "base/result.hpp"
#include "outbound/address.hpp"
#include "outbound/patience.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kinora::outbound {

class Resolver {
public:
    virtual ~Resolver() = default;
    // All addresses that `host` has now, at least one, the best first. Blocks as long as `patience`
    // allows, and fails as that says. Safe from any thread.
    virtual Result<std::vector<Address>> resolve(const std::string& host,
                                                 const Patience& patience) = 0;
};

// The system's, getaddrinfo(3), which cannot be called off: lookups run on a few threads of their
// own, and a call that runs out of patience leaves its lookup behind. The destructor waits for
// those that run.
std::unique_ptr<Resolver> make_system_resolver();

}  // namespace kinora::outbound
