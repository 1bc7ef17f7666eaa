// outbound/mailer.hpp: letters to people, through the operator's own mail server.
//
// The server is the operator's choice, so no guard of addresses stands before it. A login never
// goes out in the clear: it needs TLS, except to this machine itself. Messages of errors may name
// the mail server's host, never the user, the password or whom the letter was for.
#pragma once

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "outbound/resolver.hpp"

#include <stop_token>
#include <string>
#include <string_view>

namespace kinora::outbound {

struct MailSettings {
    std::string url;   // smtp://host:port (STARTTLS where offered) or smtps://host:port.
    std::string user;  // Empty where the server wants no login.
    Secret<std::string> password;
    std::string from;  // "noreply@example.com" or "Kinora <noreply@example.com>".
};

// The URL with its port, which may be left out of `text`: 587 for smtp, 465 for smtps. Fails with
// `bad_request` and a sentence for the operator.
Result<std::string> parse_mail_url(std::string_view text);
// The settings as Mailer takes them. Fails as above, with what is wrong first.
Result<MailSettings> parse_mail_settings(MailSettings settings);

struct Mail {
    std::string to;       // One address.
    std::string subject;  // UTF-8, one line.
    std::string body;     // Plain text in UTF-8.
};

class Mailer {
public:
    static constexpr Milliseconds kTimeMax{20'000};  // From the lookup to the last answer.

    // `settings` are as parse_mail_settings gave them. `resolver`, `clock` and `random` outlive
    // this. Safe from any thread, as each call is on its own.
    Mailer(MailSettings settings, Resolver& resolver, const Clock& clock, Random& random,
           Milliseconds time_max = kTimeMax);

    // Blocks until the server has taken the letter over. Fails with `bad_request` where the letter
    // is at fault or the server refuses it for good, `unavailable` where another try may help or
    // the settings are wrong, `cancelled` on a stop.
    Result<void> send(const Mail& mail, std::stop_token stop) const;

private:
    const MailSettings settings_;
    Resolver& resolver_;
    const Clock& clock_;
    Random& random_;
    const Milliseconds time_max_;
};

}  // namespace kinora::outbound
