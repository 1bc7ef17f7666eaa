// outbound/submission.hpp: one letter handed over to one mail server, by SMTP.
#pragma once

#include "outbound/mail_server.hpp"
#include "outbound/mailer.hpp"
#include "outbound/patience.hpp"

#include <string>
#include <vector>

namespace kinora::outbound {

struct Envelope {
    std::string from;  // Addresses as is_mail_address wants them.
    std::string to;
    std::string text;  // As mail_text makes it.
};

// Dials these addresses alone. Blocks as long as `patience` allows and fails as it says; other
// failures are as Mailer::send tells them.
Result<void> submit(const MailServer& server, const std::vector<Address>& addresses,
                    const MailSettings& login, const Envelope& envelope, const Patience& patience);

}  // namespace kinora::outbound
