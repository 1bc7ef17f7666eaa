#include "outbound/address.hpp"

#include "base/ensure.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace kinora::outbound {
namespace {

constexpr std::size_t kMappedBytes = 12;

Address mapped(const std::uint8_t* four) {
    Address::Bytes bytes{};
    bytes[10] = bytes[11] = 0xff;
    std::copy_n(four, 4, bytes.begin() + kMappedBytes);
    return Address(bytes);
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string copy(text);
    if (copy.find('\0') != std::string::npos) return std::nullopt;  // inet_pton would stop there.
    Bytes bytes{};
    if (::inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return Address(bytes);
    if (::inet_pton(AF_INET, copy.c_str(), bytes.data()) == 1) return mapped(bytes.data());
    return std::nullopt;
}

std::optional<Address> Address::of(const sockaddr& address) {
    Bytes bytes{};
    switch (address.sa_family) {
        case AF_INET: {
            sockaddr_in v4{};
            std::memcpy(&v4, &address, sizeof v4);
            std::memcpy(bytes.data(), &v4.sin_addr, 4);
            return mapped(bytes.data());
        }
        case AF_INET6: {
            sockaddr_in6 v6{};
            std::memcpy(&v6, &address, sizeof v6);
            std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
            return Address(bytes);
        }
        default:
            return std::nullopt;
    }
}

bool Address::is_v4() const {
    return std::all_of(bytes_.begin(), bytes_.begin() + 10, [](auto byte) { return byte == 0; }) &&
           bytes_[10] == 0xff && bytes_[11] == 0xff;
}

Address Address::v4_at(std::size_t offset) const {
    ensure(offset + 4 <= bytes_.size(), "an IPv4 address has four bytes");
    return mapped(bytes_.data() + offset);
}

std::string Address::str() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool v4 = is_v4();
    const auto* bytes = v4 ? bytes_.data() + kMappedBytes : bytes_.data();
    ensure(::inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text.data(), text.size()) != nullptr);
    return text.data();
}

}  // namespace kinora::outbound
