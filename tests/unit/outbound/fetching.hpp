// unit/outbound/fetching.hpp: short fetches.
#pragma once

#include "outbound/fetcher.hpp"
#include "unit/outbound/fake_resolver.hpp"

#include <string>

namespace kinora::outbound {

// Limits that no honest test meets and that end a stuck one soon.
inline Limits short_limits() {
    Limits limits;
    limits.size_bytes_max = 1'000'000;
    limits.time_max = Milliseconds(30'000);
    limits.connect_max = Milliseconds(25'000);
    return limits;
}

// One fetch with rules that allow loopback.
inline Result<FetchedBytes> fetch_from_loopback(const std::string& url,
                                                const Limits& limits = short_limits(),
                                                const Patience& patience = {}) {
    FakeResolver resolver;
    return Fetcher(AddressRules(Loopback::allowed), resolver).fetch(url, limits, patience);
}

}  // namespace kinora::outbound
