#include "outbound/url.hpp"

#include "outbound/address.hpp"
#include "outbound/curl.hpp"
#include "outbound/host_name.hpp"

#include <locale.h>

#include <charconv>
#include <optional>

namespace kinora::outbound {
namespace {

constexpr std::size_t kSizeMax = 8'192;
constexpr int kRoundsMax = 4;
constexpr unsigned kStrict = CURLU_DISALLOW_USER;

Error unreadable(CURLUcode code) {
    switch (code) {
        case CURLUE_UNSUPPORTED_SCHEME:
            return bad_request("Only http and https URLs are fetched.");
        case CURLUE_USER_NOT_ALLOWED:
            return bad_request("The URL names a user or a password. Leave that out.");
        case CURLUE_BAD_PORT_NUMBER:
            return bad_request("The URL's port is no number up to 65535.");
        case CURLUE_NO_HOST:
            return bad_request("The URL names no host.");
        default:
            return bad_request(
                "This is no URL that can be fetched. It begins with http:// or https:// "
                "and a host.",
                curl_url_strerror(code));
    }
}

// libcurl turns names into their ASCII form by the thread's character set.
class InUtf8 {
public:
    InUtf8() : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (utf8_ != nullptr) before_ = ::uselocale(utf8_);
    }
    ~InUtf8() {
        if (utf8_ == nullptr) return;
        ::uselocale(before_);
        ::freelocale(utf8_);
    }
    InUtf8(const InUtf8&) = delete;
    InUtf8& operator=(const InUtf8&) = delete;

private:
    ::locale_t utf8_;
    ::locale_t before_ = nullptr;
};

// The part of the URL; nothing where libcurl cannot give it. (What it calls "out of memory" may be
// a name that has no ASCII form.)
std::optional<std::string> part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    const auto code = curl_url_get(url, part, &text, flags);
    const TextPtr owner(text);
    if (code != CURLUE_OK || text == nullptr) return std::nullopt;
    return std::string(text);
}

// What goes between "://" and the port: names in ASCII, addresses with brackets where they have
// colons.
Result<std::string> host_of(CURLU* url) {
    if (part_of(url, CURLUPART_ZONEID)) {
        return bad_request("The URL's address has a zone, which cannot be reached from here.");
    }
    const InUtf8 utf8;
    const auto given = part_of(url, CURLUPART_HOST, CURLU_PUNYCODE);
    if (given && given->starts_with('[')) {
        const auto address = Address::parse(given->substr(1, given->size() - 2));
        if (address && given->ends_with(']')) return *given;
    } else if (given) {
        if (auto host = normal_host(*given)) return std::move(*host);
    }
    return bad_request("The URL's host is neither a host name nor an address.");
}

// Gives the host its one spelling, and says it. What was written is read again until nothing
// changes: a name that lost its last dot may have become an address in an odd spelling ("0x7f."),
// which libcurl would dial as that.
Result<std::string> settle(CURLU* url) {
    std::string before;
    for (int round = 0; round < kRoundsMax; ++round) {
        auto host = host_of(url);
        if (!host || *host == before) return host;
        auto code = curl_url_set(url, CURLUPART_HOST, host->c_str(), 0);
        if (code == CURLUE_OK) code = curl_url_set(url, CURLUPART_FRAGMENT, nullptr, 0);
        const auto text = part_of(url, CURLUPART_URL).value_or("");
        if (code == CURLUE_OK) code = curl_url_set(url, CURLUPART_URL, text.c_str(), kStrict);
        if (code != CURLUE_OK) return unreadable(code);
        before = std::move(*host);
    }
    return unreadable(CURLUE_MALFORMED_INPUT);
}

}  // namespace

Result<Url> Url::read(const Url* base, std::string_view text) {
    if (text.size() > kSizeMax) {
        return bad_request("The URL is longer than " + std::to_string(kSizeMax) + " characters.");
    }
    if (text.find('\0') != std::string_view::npos) return unreadable(CURLUE_MALFORMED_INPUT);
    const auto parts = make_curl_url();
    const unsigned flags = kStrict | CURLU_URLENCODE | (base == nullptr ? 0u : CURLU_ALLOW_SPACE);
    if (base != nullptr) curl_url_set(parts.get(), CURLUPART_URL, base->text_.c_str(), 0);
    const auto code = curl_url_set(parts.get(), CURLUPART_URL, std::string(text).c_str(), flags);
    if (code != CURLUE_OK) return unreadable(code);
    const auto scheme = part_of(parts.get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https") return unreadable(CURLUE_UNSUPPORTED_SCHEME);
    auto host = settle(parts.get());
    if (!host) return host.error();
    const auto port = part_of(parts.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    Url url;
    const auto end = port ? port->data() + port->size() : nullptr;
    if (!port || std::from_chars(port->data(), end, url.port_).ptr != end || url.port_ == 0) {
        return unreadable(CURLUE_BAD_PORT_NUMBER);
    }
    url.text_ = part_of(parts.get(), CURLUPART_URL).value_or("");
    const bool brackets = host->starts_with('[');
    url.host_ = brackets ? host->substr(1, host->size() - 2) : std::move(*host);
    return url;
}

Result<Url> Url::parse(std::string_view text) {
    return read(nullptr, text);
}

Result<Url> Url::follow(std::string_view location) const {
    return read(this, location);
}

}  // namespace kinora::outbound
