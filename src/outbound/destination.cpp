#include "outbound/destination.hpp"

namespace kinora::outbound {
namespace {

// More addresses than are worth a try.
constexpr std::size_t kDialledMax = 8;

}  // namespace

Result<Destination> admit(Url url, const AddressRules& rules, Resolver& resolver,
                          const Patience& patience) {
    const auto literal = Address::parse(url.host());
    auto addresses = literal ? std::vector{*literal} : std::vector<Address>{};
    if (!literal) {
        auto found = resolver.resolve(url.host(), patience);
        if (!found) return found.error();
        addresses = std::move(*found);
    }
    if (literal || !rules.trusts_host(url.host())) {
        for (const auto& address : addresses) {
            const auto what = rules.refusal(address);
            if (!what) continue;
            return Error(ErrorCode::bad_request,
                         url.host() + (literal ? " is " : " leads to ") + std::string(*what) +
                             ", which this server does not reach.",
                         "refused " + address.str());
        }
    }
    if (addresses.size() > kDialledMax) addresses.resize(kDialledMax);
    return Destination{std::move(url), std::move(addresses)};
}

}  // namespace kinora::outbound
