// outbound/address_rules.cpp: IANA's registries of special addresses, IPv4 and IPv6, as a table.
#include "outbound/address_rules.hpp"

#include "base/ensure.hpp"
#include "outbound/host_name.hpp"

#include <algorithm>

namespace kinora::outbound {
namespace {

struct Row {
    std::string_view network;
    std::string_view what;
};

constexpr std::string_view kPrivate = "a private address";
constexpr std::string_view kLoopback = "a loopback address";
constexpr std::string_view kLinkLocal = "a link-local address";
constexpr std::string_view kShared = "an address inside a provider's network";
constexpr std::string_view kMulticast = "a multicast address";
constexpr std::string_view kExample = "an address for documentation or benchmarks";
constexpr std::string_view kReserved = "a reserved address";
constexpr std::string_view kTunnel = "an address of a tunnel";

constexpr Row kRefused[] = {
    {"0.0.0.0/8", kReserved},  // Linux dials itself for 0.0.0.0.
    {"10.0.0.0/8", kPrivate},        {"100.64.0.0/10", kShared},    {"127.0.0.0/8", kLoopback},
    {"168.63.129.16/32", kReserved},  // Azure's platform, reached from inside its machines only.
    {"169.254.0.0/16", kLinkLocal},  {"172.16.0.0/12", kPrivate},   {"192.0.0.0/24", kReserved},
    {"192.0.2.0/24", kExample},      {"192.88.99.0/24", kTunnel},   {"192.168.0.0/16", kPrivate},
    {"198.18.0.0/15", kExample},     {"198.51.100.0/24", kExample}, {"203.0.113.0/24", kExample},
    {"224.0.0.0/4", kMulticast},     {"240.0.0.0/4", kReserved},    {"::/128", kReserved},
    {"::1/128", kLoopback},          {"64:ff9b:1::/48", kPrivate},  // NAT64 inside a network.
    {"2001::/32", kTunnel},                                         // Teredo.
    {"2001::/23", kReserved},        {"2001:db8::/32", kExample},   {"3fff::/20", kExample},
    {"fc00::/7", kPrivate},          {"fe80::/10", kLinkLocal},     {"fec0::/10", kPrivate},
    {"ff00::/8", kMulticast},
};

// IPv6 that stands for an IPv4 address, and where in its bytes that lies.
struct Carrier {
    std::string_view network;
    std::size_t offset;
};
constexpr Carrier kCarriers[] = {
    {"::/96", 12},            // IPv4-compatible.
    {"::ffff:0:0:0/96", 12},  // IPv4-translated.
    {"64:ff9b::/96", 12},     // NAT64.
    {"2002::/16", 2},         // 6to4.
};

template <class Of>
struct Known {
    Network network;
    Of of;
};

Network network_of(std::string_view text) {
    const auto network = Network::parse(text);
    ensure(network.has_value(), "the tables of networks can be read");
    return *network;
}

std::optional<std::string_view> refused_by_table(const Address& address) {
    static const auto table = [] {
        std::vector<Known<std::string_view>> rows;
        for (const auto& row : kRefused) rows.push_back({network_of(row.network), row.what});
        return rows;
    }();
    for (const auto& row : table) {
        if (row.network.contains(address)) return row.of;
    }
    return std::nullopt;
}

std::optional<Address> carried_by(const Address& address) {
    static const auto table = [] {
        std::vector<Known<std::size_t>> rows;
        for (const auto& row : kCarriers) rows.push_back({network_of(row.network), row.offset});
        return rows;
    }();
    for (const auto& row : table) {
        if (row.network.contains(address)) return address.v4_at(row.of);
    }
    return std::nullopt;
}

// Nothing where it is public.
std::optional<std::string_view> special(const Address& address) {
    if (const auto what = refused_by_table(address)) return what;
    if (address.is_v4()) return std::nullopt;
    if (const auto inner = carried_by(address)) return refused_by_table(*inner);
    // All that was ever given out begins with 001.
    static const auto global = network_of("2000::/3");
    if (!global.contains(address)) return kReserved;
    return std::nullopt;
}

}  // namespace

Result<AddressRules> AddressRules::parse(const std::vector<std::string>& allowed,
                                         Loopback loopback) {
    AddressRules rules(loopback);
    for (const auto& text : allowed) {
        if (const auto network = Network::parse(text)) {
            rules.networks_.push_back(*network);
        } else if (auto host = normal_host(text); host && !ends_in_number(*host)) {
            rules.hosts_.push_back(std::move(*host));
        } else {
            return Error(ErrorCode::bad_request,
                         "'" + text + "' is no address, network such as 10.0.0.0/8, or host name");
        }
    }
    return rules;
}

std::optional<std::string_view> AddressRules::refusal(const Address& address) const {
    const auto what = special(address);
    if (!what) return std::nullopt;
    const bool is_loopback = refused_by_table(address) == kLoopback;
    if (is_loopback && loopback_ == Loopback::allowed) return std::nullopt;
    const auto holds = [&](const Network& network) { return network.contains(address); };
    if (std::any_of(networks_.begin(), networks_.end(), holds)) return std::nullopt;
    return what;
}

bool AddressRules::trusts_host(std::string_view host) const {
    return std::find(hosts_.begin(), hosts_.end(), host) != hosts_.end();
}

}  // namespace kinora::outbound
