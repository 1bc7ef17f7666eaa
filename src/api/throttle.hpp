// api/throttle.hpp: how often the doors may be knocked at that stand open to everybody.
//
// Counted in the database, so that all servers count together.
#pragma once

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/database.hpp"

#include <string>
#include <vector>

namespace kinora::api {

// `burst` at once, and one more each `interval`.
struct Allowed {
    std::string key;
    int burst = 0;
    Milliseconds interval{0};
};

class Throttle {
public:
    Throttle(storage::Database& database, const Clock& clock)
        : database_(database), clock_(clock) {}

    // Takes one of each in their order, until one is used up: fails with too_many_requests then.
    Async<Result<void>> take(std::vector<Allowed> wanted);

private:
    storage::Database& database_;
    const Clock& clock_;
};

// Whose address that is, as far as one can tell: an IPv6 customer has 64 bits or more.
std::string network_of(std::string_view remote_address);
// What one address on the network may do: nothing for this machine itself, where a proxy that is
// not configured would look like one busy caller. An IPv6 network of 64 bits counts as one address.
std::vector<Allowed> of_address(std::string_view what, std::string_view remote_address, int burst,
                                Milliseconds interval);
// A key that names a person without saying who it is.
std::string person_key(std::string_view what, std::string_view email);

}  // namespace kinora::api
