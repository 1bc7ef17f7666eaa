// accounts/email.cpp: the part of RFC 5321 that people have as addresses.
#include "accounts/names.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace kinora::accounts {
namespace {

constexpr std::size_t kAddressMax = 254;
constexpr std::size_t kLocalMax = 64;
constexpr std::size_t kLabelMax = 63;

Error email_error(std::string_view what) {
    return {ErrorCode::bad_request, "`email` " + std::string(what)};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c);
}

bool is_atom(std::string_view text) {
    constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_alphanumeric(c) || kSigns.find(c) != std::string_view::npos;
    });
}

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= kLabelMax && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_alphanumeric(c) || c == '-'; });
}

template <class Is>
bool all_between_dots(std::string_view text, Is is) {
    for (;;) {
        const auto dot = text.find('.');
        if (!is(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

// The last label of a name is never a number; those of IPv4 addresses are.
bool is_domain(std::string_view text) {
    const auto last = text.substr(text.rfind('.') + 1);
    return all_between_dots(text, is_label) && !std::all_of(last.begin(), last.end(), is_digit);
}

}  // namespace

Result<std::string> clean_email(std::string_view text) {
    text = trim(text);
    if (text.size() > kAddressMax) return email_error("must have at most 254 characters.");
    if (std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; })) {
        return email_error("must be in ASCII; write an international domain in its xn-- form.");
    }
    std::string address(text);
    for (auto& c : address) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    const auto at = address.find('@');
    const auto local = std::string_view(address).substr(0, at);
    if (at == std::string::npos || !all_between_dots(local, is_atom) ||
        !is_domain(std::string_view(address).substr(at + 1))) {
        return email_error("must be an address such as name@example.com.");
    }
    if (local.size() > kLocalMax) {
        return email_error("must have at most 64 characters before its @.");
    }
    return address;
}

}  // namespace kinora::accounts
