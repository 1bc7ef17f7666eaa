// outbound/mail_server.hpp: where letters are handed over, read from the operator's URL.
#pragma once

#include "base/result.hpp"
#include "outbound/address_rules.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kinora::outbound {

enum class MailTls { where_offered, at_once };

struct MailServer {
    MailTls tls = MailTls::where_offered;
    std::string host;  // Lower case; an address without brackets.
    std::uint16_t port = 0;

    static Result<MailServer> parse(std::string_view url);
    // Whether nobody can listen on the way there: a loopback address, or localhost.
    bool is_this_machine() const;
    std::string url() const;
};

}  // namespace kinora::outbound
