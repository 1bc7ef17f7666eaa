// tests/fuzz/outbound_text_fuzz.cpp: the texts of strangers that outbound/ takes apart.
#include "base/ensure.hpp"
#include "outbound/address_rules.hpp"
#include "outbound/data_url.hpp"
#include "outbound/head.hpp"
#include "outbound/host_name.hpp"
#include "outbound/url.hpp"

#include <algorithm>
#include <string>
#include <string_view>

using namespace kinora;
using namespace kinora::outbound;

namespace {

void try_address(std::string_view text) {
    static const AddressRules rules;
    static_cast<void>(AddressRules::parse({std::string(text)}));
    const auto address = Address::parse(text);
    if (!address) return;
    ensure(Address::parse(address->str()) == address, "an address is read as it is written");
    ensure(Network::parse(text)->contains(*address), "an address is a network of its own");
    static_cast<void>(rules.refusal(*address));
}

void try_url(std::string_view text) {
    static const auto base = Url::parse("http://a.example/b").value();
    for (const auto& url : {Url::parse(text), base.follow(text)}) {
        if (!url) continue;
        const auto again = Url::parse(url->text());
        ensure(again.has_value(), "what was written is a URL");
        ensure(again->host() == url->host() && again->port() == url->port(),
               "a URL is read as it is written");
        ensure(Address::parse(url->host()) || normal_host(url->host()) == url->host(),
               "a host is an address or a name in its one spelling");
    }
}

void try_data_url(std::string_view text) {
    constexpr std::uint64_t kMax = 1'000;
    const auto url = parse_data_url(text, kMax);
    if (!url) return;
    ensure(!url->bytes.empty() && url->bytes.size() <= kMax, "data has a size within its limit");
    std::string same = "data:" + url->media_type + ",";
    for (const auto byte : url->bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        same += {'%', kDigits[byte / 16u], kDigits[byte % 16u]};
    }
    const auto again = parse_data_url(same, kMax);
    ensure(again && again->bytes == url->bytes && again->media_type == url->media_type,
           "data is read as it is written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try_address(text.substr(0, text.find('\n')));
    try_url(text);
    try_data_url(text);
    Head head;
    for (std::size_t at = 0; at < text.size();
         at = std::min(text.find('\n', at), text.size()) + 1) {
        head.add_line(text.substr(at, text.find('\n', at) - at));
    }
    return 0;
}
