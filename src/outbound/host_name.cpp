#include "outbound/host_name.hpp"

#include <algorithm>

namespace kinora::outbound {
namespace {

constexpr std::size_t kSizeMax = 253;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<std::string> normal_host(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    if (text.empty() || text.size() > kSizeMax) return std::nullopt;
    // A leading dash or dot means something else to those who get a list of names.
    if (text.front() == '-' || text.front() == '.' || text.ends_with('.')) return std::nullopt;
    std::string host(text);
    for (auto& c : host) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '-' && c != '_' && c != '.') {
            return std::nullopt;
        }
    }
    return host;
}

bool ends_in_number(std::string_view host) {
    const auto last = host.substr(host.rfind('.') + 1);
    return last.starts_with("0x") ||
           (!last.empty() && std::all_of(last.begin(), last.end(), is_digit));
}

}  // namespace kinora::outbound
