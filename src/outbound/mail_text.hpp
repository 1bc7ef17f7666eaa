// outbound/mail_text.hpp: a letter as it travels (RFC 5322 and MIME), in ASCII and in short lines.
#pragma once

#include "base/clock.hpp"
#include "outbound/mail_address.hpp"

#include <string>
#include <string_view>

namespace kinora::outbound {

struct MailParts {
    Mailbox from;
    std::string to;
    std::string subject;
    std::string body;
    std::string id;  // Of Message-ID, without the host; never the same twice.
    TimePoint date{};
};

// Lines end in CRLF and have at most 78 characters, long addresses aside. Dots that begin a line
// are left as they are: doubling them is the sender's part. `ensure`s that no header's value has
// a line end in it.
std::string mail_text(const MailParts& parts);

// One header's value: as it is where it is short ASCII, else as encoded words (RFC 2047).
std::string encode_header(std::string_view text);

// Quoted-printable (RFC 2045). Line ends of either kind become CRLF.
std::string encode_body(std::string_view text);

// "Thu, 1 Jan 1970 00:00:00 +0000".
std::string say_mail_date(TimePoint time);

}  // namespace kinora::outbound
