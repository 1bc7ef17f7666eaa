// http/proxies.cpp: reads proxy networks and X-Forwarded-For lists.
#include "http/proxies.hpp"

#include "base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace kinora::http {
namespace {

// Some proxies write "1.2.3.4:567" or "[::1]:567".
std::string_view without_port(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        return end == std::string_view::npos ? text : text.substr(1, end - 1);
    }
    const auto colon = text.find(':');
    const bool one = colon != std::string_view::npos && text.find(':', colon + 1) == text.npos;
    return one ? text.substr(0, colon) : text;
}

}  // namespace

std::string_view last_element(std::string_view list) {
    const auto comma = list.rfind(',');
    return trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

std::optional<Proxies::Bytes> Proxies::bytes_of(std::string_view address) {
    if (address.size() > 45) return std::nullopt;  // The longest textual IPv6 address.
    const std::string text(address);
    if (text.find('\0') != std::string::npos) return std::nullopt;  // inet_pton would stop there.
    Bytes bytes{};
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    if (::inet_pton(AF_INET, text.c_str(), bytes.data() + 12) != 1) return std::nullopt;
    bytes[10] = bytes[11] = 0xff;
    return bytes;
}

std::optional<Proxies::Network> Proxies::network_of(std::string_view text) {
    const auto slash = text.find('/');
    const auto bytes = bytes_of(text.substr(0, slash));
    if (!bytes) return std::nullopt;
    Network network{*bytes, 128};
    if (slash == std::string_view::npos) return network;
    const bool is_v4 = text.find(':') == std::string_view::npos;
    const auto digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, bits);
    if (read.ec != std::errc{} || read.ptr != end || bits > (is_v4 ? 32u : 128u))
        return std::nullopt;
    network.prefix_bits = is_v4 ? bits + 96 : bits;
    return network;
}

Result<Proxies> Proxies::parse(const std::vector<std::string>& texts) {
    Proxies proxies;
    for (const auto& text : texts) {
        const auto network = network_of(text);
        if (!network) {
            return Error(
                ErrorCode::bad_request,
                "trusted proxy '" + text + "' is no address or network such as 10.0.0.0/8");
        }
        proxies.networks_.push_back(*network);
    }
    return proxies;
}

bool Proxies::trusts(const Bytes& bytes) const {
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        for (unsigned bit = 0; bit < network.prefix_bits; bit += 8) {
            const unsigned left = network.prefix_bits - bit;
            const auto mask = static_cast<std::uint8_t>(left >= 8 ? 0xff : 0xff << (8 - left));
            if (((bytes[bit / 8] ^ network.bytes[bit / 8]) & mask) != 0) return false;
        }
        return true;
    });
}

bool Proxies::trusts(std::string_view address) const {
    if (networks_.empty()) return false;
    const auto bytes = bytes_of(address);
    return bytes && trusts(*bytes);
}

std::string Proxies::client_of(std::string_view peer, std::string_view forwarded_for) const {
    std::string client(peer);
    while (!forwarded_for.empty()) {
        const auto element = without_port(last_element(forwarded_for));
        const auto bytes = bytes_of(element);
        if (!bytes) break;
        client = element;
        if (!trusts(*bytes)) break;
        const auto comma = forwarded_for.rfind(',');
        forwarded_for = comma == std::string_view::npos ? "" : forwarded_for.substr(0, comma);
    }
    return client;
}

}  // namespace kinora::http
