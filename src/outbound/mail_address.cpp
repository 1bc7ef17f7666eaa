#include "outbound/mail_address.hpp"

#include "base/text.hpp"
#include "outbound/host_name.hpp"

#include <algorithm>

namespace kinora::outbound {
namespace {

constexpr std::size_t kAddressMax = 254;
constexpr std::size_t kLocalMax = 64;
constexpr std::size_t kNameMax = 100;

bool is_atom_sign(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text) {
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '.' || is_atom_sign(c); });
}

}  // namespace

bool is_mail_address(std::string_view text) {
    if (text.size() > kAddressMax || text.ends_with('.')) return false;
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at > kLocalMax) return false;
    return is_dot_atom(text.substr(0, at)) && normal_host(text.substr(at + 1)).has_value();
}

Result<Mailbox> parse_mailbox(std::string_view text) {
    const Error unreadable(
        ErrorCode::bad_request,
        "The sender of mail must be an address such as noreply@example.com, or a name before one: "
        "Kinora <noreply@example.com>.");
    text = trim(text, " ");
    if (!is_one_line(text)) return unreadable;
    if (is_mail_address(text)) return Mailbox{{}, std::string(text)};
    const auto open = text.find('<');
    if (open == std::string_view::npos || !text.ends_with('>')) return unreadable;
    auto name = trim(text.substr(0, open), " ");
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
        name = name.substr(1, name.size() - 2);
    }
    const auto address = text.substr(open + 1, text.size() - open - 2);
    const bool odd = name.find_first_of("\"\\") != std::string_view::npos;
    if (odd || name.size() > kNameMax || !is_mail_address(address)) return unreadable;
    return Mailbox{std::string(name), std::string(address)};
}

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

}  // namespace kinora::outbound
