#include "outbound/network.hpp"

#include <charconv>

namespace kinora::outbound {
namespace {

constexpr unsigned kMappedBits = 96;

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = Address::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return Network(*address, 128);
    const bool colons = text.find(':') != std::string_view::npos;
    const auto digits = text.substr(slash + 1);
    const auto end = digits.data() + digits.size();
    unsigned bits = 0;
    const auto read = std::from_chars(digits.data(), end, bits);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    if (bits > (colons ? 128u : 32u)) return std::nullopt;
    return Network(*address, colons ? bits : bits + kMappedBits);
}

bool Network::contains(const Address& address) const {
    if (address.is_v4() && prefix_bits_ < kMappedBits) return false;
    for (unsigned bit = 0; bit < prefix_bits_; bit += 8) {
        const unsigned left = prefix_bits_ - bit;
        const unsigned mask = left >= 8 ? 0xff : 0xffu << (8 - left);
        if (((address.bytes()[bit / 8] ^ address_.bytes()[bit / 8]) & mask & 0xff) != 0) {
            return false;
        }
    }
    return true;
}

}  // namespace kinora::outbound
