// outbound/url.hpp: an http or https URL of a stranger, taken apart by the parser that dials it.
//
// libcurl's own parser reads it, and libcurl gets the text that it wrote: no second parser can
// disagree about which host is meant.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kinora::outbound {

class Url {
public:
    // Fails with a sentence about the URL; never with its path, query or password in it.
    static Result<Url> parse(std::string_view text);
    // Where a Location header leads from here: another URL, or a part of one.
    Result<Url> follow(std::string_view location) const;

    // Without fragment, blanks and other bytes encoded. May hold secrets of the caller.
    const std::string& text() const { return text_; }
    // A name in ASCII, lower case and without a dot at its end, or an address without brackets.
    const std::string& host() const { return host_; }
    std::uint16_t port() const { return port_; }

private:
    Url() = default;
    static Result<Url> read(const Url* base, std::string_view text);

    std::string text_;
    std::string host_;
    std::uint16_t port_ = 0;
};

}  // namespace kinora::outbound
