// outbound/network.hpp: all addresses that begin with the same bits.
#pragma once

#include "outbound/address.hpp"

#include <optional>
#include <string_view>

namespace kinora::outbound {

class Network {
public:
    // An address, or one with a prefix length: "10.0.0.0/8", "fc00::/7". Bits behind the prefix do
    // not count.
    static std::optional<Network> parse(std::string_view text);

    // A network of one family holds no address of the other, not even ::/0.
    bool contains(const Address& address) const;

private:
    Network(const Address& address, unsigned prefix_bits)
        : address_(address), prefix_bits_(prefix_bits) {}

    Address address_;
    unsigned prefix_bits_;  // Of 128; an IPv4 network's own are behind 96 others.
};

}  // namespace kinora::outbound
