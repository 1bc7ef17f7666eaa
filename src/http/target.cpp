// http/target.cpp: reads request targets of strangers.
#include "http/target.hpp"

#include "http/authority.hpp"

#include <algorithm>
#include <cctype>

namespace kinora::http {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> undo_percent(std::string_view raw) {
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        int value = static_cast<unsigned char>(raw[i]);
        if (raw[i] == '%') {
            if (i + 2 >= raw.size()) return std::nullopt;
            const int high = hex_value(raw[i + 1]);
            const int low = hex_value(raw[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            value = high * 16 + low;
            i += 2;
        }
        if (value < 0x20 || value == 0x7f) return std::nullopt;
        text.push_back(static_cast<char>(value));
    }
    return text;
}

// How many bytes follow a first byte in UTF-8, and the smallest and largest second byte (RFC 3629,
// section 4); a negative count for a byte that begins nothing.
struct Lead {
    int followers = -1;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
};

Lead lead_of(unsigned char byte) {
    if (byte < 0x80) return {0};
    if (byte >= 0xc2 && byte <= 0xdf) return {1};
    if (byte == 0xe0) return {2, 0xa0, 0xbf};
    if (byte == 0xed) return {2, 0x80, 0x9f};
    if (byte >= 0xe1 && byte <= 0xef) return {2};
    if (byte == 0xf0) return {3, 0x90, 0xbf};
    if (byte == 0xf4) return {3, 0x80, 0x8f};
    if (byte >= 0xf1 && byte <= 0xf3) return {3};
    return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        auto lead = lead_of(static_cast<unsigned char>(text[i++]));
        if (lead.followers < 0) return false;
        for (; lead.followers > 0; --lead.followers, ++i) {
            if (i >= text.size()) return false;
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte < lead.low || byte > lead.high) return false;
            lead.low = 0x80;
            lead.high = 0xbf;
        }
    }
    return true;
}

namespace {

// RFC 3986, section 5.2.4, on a path that begins with '/'.
std::string without_dots(std::string_view path) {
    std::string out;
    std::size_t at = 0;
    while (at < path.size()) {
        const auto next = std::min(path.find('/', at + 1), path.size());
        const auto segment = path.substr(at, next - at);
        const bool last = next == path.size();
        if (segment == "/." || segment == "/..") {
            if (segment == "/..") out.resize(out.empty() ? 0 : out.rfind('/'));
            if (last) out += '/';
        } else {
            out += segment;
        }
        at = next;
    }
    return out;
}

bool starts_with_scheme(std::string_view raw, std::string_view scheme) {
    return raw.size() >= scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), raw.begin(), [](char a, char b) {
               return a == std::tolower(static_cast<unsigned char>(b));
           });
}

}  // namespace

std::optional<std::string> decode_path(std::string_view raw) {
    if (raw.empty() || raw.front() != '/') return std::nullopt;
    const auto text = undo_percent(raw);
    if (!text || !is_utf8(*text)) return std::nullopt;
    auto path = without_dots(*text);
    if (path.size() > 1 && path.back() == '/') path.pop_back();
    if (path.empty()) path = "/";
    return path;
}

Result<Target> parse_target(std::string_view raw, bool is_options) {
    Target target;
    if (raw == "*") {
        if (!is_options) return bad_request("Only OPTIONS can ask for '*'.");
        target.path = "*";
        return target;
    }
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!starts_with_scheme(raw, scheme)) continue;
        raw.remove_prefix(scheme.size());
        const auto end = std::min(raw.find_first_of("/?#"), raw.size());
        if (!is_authority(raw.substr(0, end)))
            return bad_request("The host in the request line is not valid.");
        target.authority = raw.substr(0, end);
        raw.remove_prefix(end);
        break;
    }
    if (raw.find('#') != std::string_view::npos)
        return bad_request("The request line must not carry a '#'.");
    const auto mark = std::min(raw.find('?'), raw.size());
    const auto path = raw.substr(0, mark);
    if (mark < raw.size()) target.query = raw.substr(mark + 1);
    auto decoded = decode_path(path.empty() && !target.authority.empty() ? "/" : path);
    if (!decoded)
        return bad_request("The path of the request is not a valid, percent-encoded UTF-8 path.");
    target.path = std::move(*decoded);
    return target;
}

}  // namespace kinora::http
