#include "outbound/mailer.hpp"

#include "base/ensure.hpp"
#include "outbound/mail_server.hpp"
#include "outbound/mail_text.hpp"
#include "outbound/submission.hpp"
#include "outbound/wording.hpp"

namespace kinora::outbound {
namespace {

constexpr std::size_t kSubjectMax = 500;
constexpr std::size_t kIdBytes = 16;

MailSettings judged(MailSettings settings) {
    auto parsed = parse_mail_settings(std::move(settings));
    ensure(parsed.has_value(), "a mailer's settings were judged before");
    return std::move(*parsed);
}

Result<void> judge(const Mail& mail) {
    if (!is_mail_address(mail.to)) {
        return Error(ErrorCode::bad_request,
                     "Mail goes to one address such as name@example.com, in ASCII letters.");
    }
    if (mail.subject.size() > kSubjectMax || !is_one_line(mail.subject)) {
        return Error(ErrorCode::bad_request,
                     "A mail's subject has at most " + std::to_string(kSubjectMax) +
                         " bytes, and no line ends or other control characters.");
    }
    return ok();
}

Result<std::vector<Address>> look_up(const std::string& host, Resolver& resolver,
                                     const Patience& patience) {
    if (const auto address = Address::parse(host)) return std::vector{*address};
    auto found = resolver.resolve(host, patience);
    if (found || found.error().code() != ErrorCode::bad_request) return found;
    return Error(ErrorCode::unavailable, "The mail server at " + host + " could not be found.",
                 found.error().detail());
}

}  // namespace

Mailer::Mailer(MailSettings settings, Resolver& resolver, const Clock& clock, Random& random,
               Milliseconds time_max)
    : settings_(judged(std::move(settings))),
      resolver_(resolver),
      clock_(clock),
      random_(random),
      time_max_(time_max) {}

Result<void> Mailer::send(const Mail& mail, std::stop_token stop) const {
    if (auto judgement = judge(mail); !judgement) return judgement;
    const Patience patience{std::move(stop), std::chrono::steady_clock::now() + time_max_};
    const auto server = *MailServer::parse(settings_.url);
    const auto in_words = [&](const Error& error) {
        if (error.code() == ErrorCode::cancelled) {
            return Error(ErrorCode::cancelled, "Sending the letter was stopped.");
        }
        if (error.code() != ErrorCode::timeout) return error;
        return Error(ErrorCode::unavailable, "The mail server at " + server.host +
                                                 " did not take the letter within " +
                                                 say_time(time_max_) + ".");
    };
    const auto addresses = look_up(server.host, resolver_, patience);
    if (!addresses) return in_words(addresses.error());
    const auto from = *parse_mailbox(settings_.from);
    const Envelope envelope{
        from.address, mail.to,
        mail_text({from, mail.to, mail.subject, mail.body, random_.hex(kIdBytes), clock_.now()})};
    auto sent = submit(server, *addresses, settings_, envelope, patience);
    if (!sent) return in_words(sent.error());
    return ok();
}

}  // namespace kinora::outbound
