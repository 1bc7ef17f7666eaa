// tests/fuzz/http_text_fuzz.cpp: the texts of strangers that http/ takes apart.
#include "base/ensure.hpp"
#include "http/authority.hpp"
#include "http/proxies.hpp"
#include "http/range.hpp"
#include "http/target.hpp"

#include <string_view>

using namespace kinora;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const bool is_options : {false, true}) {
        const auto target = http::parse_target(text, is_options);
        if (!target) continue;
        ensure(target->path == "*" || target->path.starts_with('/'), "a path begins with a slash");
        const auto path = '/' + target->path + '/';
        ensure(path.find("/../") == std::string::npos, "no dot segment is left");
        ensure(path.find('\0') == std::string::npos, "no control character is left");
        ensure(target->authority.empty() || http::is_authority(target->authority),
               "an authority is checked");
    }
    for (const std::uint64_t file_size :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1'000}}) {
        const auto range = http::choose_range(text, file_size);
        if (range.kind != http::Range::Kind::part) continue;
        ensure(range.size_bytes >= 1, "a part has bytes");
        ensure(range.offset < file_size && range.size_bytes <= file_size - range.offset,
               "a part lies inside");
    }
    static const auto proxies = http::Proxies::parse({"127.0.0.1", "10.0.0.0/8", "fc00::/7"});
    ensure(proxies.has_value());
    ensure(!proxies->client_of("127.0.0.1", text).empty(), "a client has an address");
    http::last_element(text);
    return 0;
}
