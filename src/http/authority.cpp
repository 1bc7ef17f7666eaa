// http/authority.cpp: checks of short header words.
#include "http/authority.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace kinora::http {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5) return false;
    int value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
    }
    return value <= 65535;
}

bool is_bracketed_v6(std::string_view text) {
    if (text.size() < 4 || text.front() != '[' || text.back() != ']') return false;
    const std::string inner(text.substr(1, text.size() - 2));
    if (inner.find('\0') != std::string::npos) return false;  // inet_pton would stop there.
    in6_addr parsed{};
    return ::inet_pton(AF_INET6, inner.c_str(), &parsed) == 1;
}

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;  // RFC 1035: 255 bytes on the wire.
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '~';
    });
}

}  // namespace

bool is_authority(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !is_bracketed_v6(text.substr(0, end + 1)))
            return false;
        const auto rest = text.substr(end + 1);
        return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return is_name(text);
    return is_name(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

bool is_token(std::string_view text) {
    if (text.empty()) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

}  // namespace kinora::http
