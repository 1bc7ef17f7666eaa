// outbound/mail_address.hpp: whom a letter is for and from, in the few spellings that are taken.
//
// Addresses are ASCII without quotes, comments and routes, so none can end a header line or an SMTP
// command and begin another.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kinora::outbound {

// "name@host", at most 254 characters.
bool is_mail_address(std::string_view text);

struct Mailbox {
    std::string name;     // As people read it, in UTF-8; may be empty.
    std::string address;  // As is_mail_address wants it.
};

// "noreply@example.com" or "Kinora <noreply@example.com>". Fails with `bad_request` and a sentence
// that tells what to write.
Result<Mailbox> parse_mailbox(std::string_view text);

// Whether a header's value can hold the text: no line ends and no other control characters.
bool is_one_line(std::string_view text);

}  // namespace kinora::outbound
