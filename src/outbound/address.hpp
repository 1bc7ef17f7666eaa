// outbound/address.hpp: an IP address, of either family.
//
// IPv4 is kept as ::ffff:a.b.c.d, so that an address and its IPv4-mapped spelling are the same
// thing and no check can take them for two. Zones are not kept: link-local addresses are refused.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace kinora::outbound {

class Address {
public:
    using Bytes = std::array<std::uint8_t, 16>;

    Address() = default;  // The unspecified one, ::.
    explicit Address(const Bytes& bytes) : bytes_(bytes) {}
    // Takes the four numbers or the colons that inet_pton takes; odd spellings are for a resolver.
    static std::optional<Address> parse(std::string_view text);
    // Nothing for families other than the two.
    static std::optional<Address> of(const sockaddr& address);

    bool is_v4() const;
    const Bytes& bytes() const { return bytes_; }
    // The IPv4 address in four of the bytes, for addresses that carry one.
    Address v4_at(std::size_t offset) const;
    std::string str() const;  // The short spelling, without brackets.

    friend auto operator<=>(const Address&, const Address&) = default;

private:
    Bytes bytes_{};
};

}  // namespace kinora::outbound
