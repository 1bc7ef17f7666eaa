#include "outbound/mail_server.hpp"

#include "outbound/host_name.hpp"
#include "outbound/mail_address.hpp"
#include "outbound/mailer.hpp"

#include <charconv>
#include <optional>

namespace kinora::outbound {
namespace {

constexpr std::size_t kUserMax = 256;
constexpr std::uint16_t kSubmissionPort = 587;
constexpr std::uint16_t kSmtpsPort = 465;

// A name, or an address; one with colons is in brackets, which are left out.
std::optional<std::string> host_of(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        const auto address = Address::parse(text.substr(1, text.size() - 2));
        if (!address) return std::nullopt;
        return address->str();
    }
    auto host = normal_host(text);
    if (host && ends_in_number(*host) && !Address::parse(*host)) return std::nullopt;
    return host;
}

}  // namespace

Result<MailServer> MailServer::parse(std::string_view url) {
    MailServer server;
    if (url.starts_with("smtps://")) {
        server.tls = MailTls::at_once;
    } else if (!url.starts_with("smtp://")) {
        return bad_request("The mail server's URL must begin with smtp:// or smtps://.");
    }
    auto rest = url.substr(url.find("://") + 3);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    if (rest.find('@') != std::string_view::npos) {
        return bad_request(
            "The mail server's URL must not hold a user or a password; they have settings of their "
            "own.");
    }
    const auto colon = rest.rfind(':');
    const bool has_port = colon != std::string_view::npos && !rest.ends_with(']');
    const auto host = host_of(has_port ? rest.substr(0, colon) : rest);
    if (!host) {
        return bad_request(
            "The mail server's URL must name a host and nothing behind its port, such as "
            "smtp://mail.example.com:587.");
    }
    server.host = *host;
    server.port = server.tls == MailTls::at_once ? kSmtpsPort : kSubmissionPort;
    if (has_port) {
        const auto port = rest.substr(colon + 1);
        const auto end = port.data() + port.size();
        const auto read = std::from_chars(port.data(), end, server.port);
        if (read.ec != std::errc() || read.ptr != end || server.port == 0) {
            return bad_request(
                "The port of the mail server's URL must be a number from 1 to 65535.");
        }
    }
    return server;
}

bool MailServer::is_this_machine() const {
    if (host == "localhost" || host.ends_with(".localhost")) return true;
    const auto address = Address::parse(host);
    return address && !AddressRules(Loopback::allowed).refusal(*address) &&
           AddressRules(Loopback::refused).refusal(*address);
}

std::string MailServer::url() const {
    const bool colons = host.find(':') != std::string::npos;
    return (tls == MailTls::at_once ? "smtps://" : "smtp://") + (colons ? '[' + host + ']' : host) +
           ':' + std::to_string(port);
}

Result<std::string> parse_mail_url(std::string_view text) {
    const auto server = MailServer::parse(text);
    if (!server) return server.error();
    return server->url();
}

Result<MailSettings> parse_mail_settings(MailSettings settings) {
    auto url = parse_mail_url(settings.url);
    if (!url) return url.error();
    settings.url = std::move(*url);
    const auto from = parse_mailbox(settings.from);
    if (!from) return from.error();
    const auto& password = settings.password.reveal();
    if (settings.user.empty() && !password.empty()) {
        return bad_request(
            "There is a password for the mail server and no user; set both or neither.");
    }
    if (!settings.user.empty() && password.empty()) {
        return bad_request(
            "There is a user for the mail server and no password; set both or neither.");
    }
    if (settings.user.size() > kUserMax || password.size() > kUserMax ||
        !is_one_line(settings.user) || !is_one_line(password)) {
        return bad_request(
            "The user and the password of the mail server must have at most 256 characters and no "
            "line ends or other control characters.");
    }
    return settings;
}

}  // namespace kinora::outbound
