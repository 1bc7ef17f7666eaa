#include "outbound/submission.hpp"

#include "base/ensure.hpp"
#include "outbound/curl.hpp"
#include "outbound/mail_address.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace kinora::outbound {
namespace {

using std::chrono::ceil;
using std::chrono::steady_clock;

constexpr Milliseconds kLookAround{500};
constexpr std::size_t kSaidMax = 200;
constexpr long kLoginOrTlsFirst = 530;

class Submission {
public:
    Submission(const MailServer& server, const std::vector<Address>& addresses,
               const MailSettings& login, const Envelope& envelope, const Patience& patience)
        : server_(server),
          patience_(patience),
          left_(envelope.text),
          pin_(pin_of(server, addresses)),
          to_(make_list('<' + envelope.to + '>')) {
        set_letter(envelope);
        set_login(login);
        set_guard();
    }

    Result<void> run() {
        Attached attached{*this};
        check_multi(curl_multi_add_handle(multi_.get(), easy_.get()));
        const std::stop_callback wake(patience_.stop, [this] { curl_multi_wakeup(multi_.get()); });
        for (int running = 1;;) {
            check_multi(curl_multi_perform(multi_.get(), &running));
            const auto ran_out = patience_.ran_out();
            if (running == 0) return judge(result(), ran_out);
            if (ran_out) return *ran_out;
            const auto left = ceil<Milliseconds>(patience_.deadline - steady_clock::now());
            const auto pause = std::clamp(left, Milliseconds(0), kLookAround);
            check_multi(curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause.count()),
                                        nullptr));
        }
    }

private:
    struct Attached {
        Submission& self;
        ~Attached() {
            self.expect_no_more();
            curl_multi_remove_handle(self.multi_.get(), self.easy_.get());
        }
    };

    static ListPtr pin_of(const MailServer& server, const std::vector<Address>& addresses) {
        if (Address::parse(server.host)) return nullptr;
        auto pin = server.host + ':' + std::to_string(server.port) + ':';
        for (const auto& address : addresses) {
            if (!pin.ends_with(':')) pin += ',';
            pin += address.is_v4() ? address.str() : '[' + address.str() + ']';
        }
        return make_list(pin);
    }

    template <class Value>
    void set(CURLoption option, Value value) {
        check_option(curl_easy_setopt(easy_.get(), option, value));
    }

    void set_letter(const Envelope& envelope) {
        set(CURLOPT_URL, server_.url().c_str());
        set(CURLOPT_MAIL_FROM, ('<' + envelope.from + '>').c_str());
        set(CURLOPT_MAIL_RCPT, to_.get());
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(left_.size()));
        set(CURLOPT_READFUNCTION, &Submission::on_read);
        set(CURLOPT_READDATA, this);
        set(CURLOPT_HEADERFUNCTION, &Submission::on_reply);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_ERRORBUFFER, said_.data());
    }

    void set_login(const MailSettings& login) {
        const bool logs_in = !login.user.empty();
        auto tls = long{CURLUSESSL_TRY};
        // In plain, for its certificate is seldom made out to "localhost", and nobody is between.
        if (server_.is_this_machine()) {
            tls = long{CURLUSESSL_NONE};
        } else if (logs_in) {
            tls = long{CURLUSESSL_ALL};
        }
        set(CURLOPT_USE_SSL, tls);
        if (!logs_in) return;
        set(CURLOPT_USERNAME, login.user.c_str());
        set(CURLOPT_PASSWORD, login.password.reveal().c_str());
    }

    void set_guard() {
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        set(CURLOPT_RESOLVE, pin_.get());
        set(CURLOPT_PROXY, "");  // Not even the one that the environment names.
        set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &Submission::on_wait);
        set(CURLOPT_XFERINFODATA, this);
    }

    CURLcode result() {
        int left = 0;
        const auto* message = curl_multi_info_read(multi_.get(), &left);
        ensure(message != nullptr && message->msg == CURLMSG_DONE, "a transfer that ended says so");
        return message->data.result;
    }

    // When libcurl lets go of a connection it says QUIT and would wait two minutes for an answer.
    // Here there is none any more; where it does so on its own, after a refusal, on_wait() ends it.
    void expect_no_more() {
        curl_socket_t socket = CURL_SOCKET_BAD;
        curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
        if (socket != CURL_SOCKET_BAD) ::shutdown(socket, SHUT_RD);
    }

    Error fault(ErrorCode code, const std::string& what, std::string detail) const {
        return {code, "The mail server at " + server_.host + what, std::move(detail)};
    }

    Result<void> judge(CURLcode code, const std::optional<Error>& ran_out) {
        if (code == CURLE_OK) return ok();
        if (code == CURLE_ABORTED_BY_CALLBACK && ran_out) return *ran_out;
        const auto down = ErrorCode::unavailable;
        long status = 0;
        check_option(curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status));
        const auto detail = std::string(curl_easy_strerror(code)) + ": " + said_.data();
        switch (code) {
            case CURLE_COULDNT_CONNECT:
                return fault(down, " could not be reached.", detail);
            case CURLE_PEER_FAILED_VERIFICATION:
                return fault(down, " has no valid certificate for that name.", detail);
            case CURLE_USE_SSL_FAILED:
                return fault(down, " offers no TLS, without which no password is sent.", detail);
            case CURLE_SSL_CONNECT_ERROR:
                return fault(down, " does not speak TLS as its URL says.", detail);
            case CURLE_LOGIN_DENIED:  // What it said may repeat what it was sent.
                return fault(down, " does not accept the user and the password set for it.", {});
            default:
                return judge_reply(status, detail + " / " + reply_);
        }
    }

    Error judge_reply(long status, const std::string& detail) const {
        const auto number = " (" + std::to_string(status) + ").";
        if (status == kLoginOrTlsFirst) {
            return fault(ErrorCode::unavailable, " wants a login or TLS first" + number, detail);
        }
        if (status >= 500 && status <= 599) {
            return fault(ErrorCode::bad_request, " refused the letter" + number, detail);
        }
        if (status >= 400 && status <= 499) {
            return fault(ErrorCode::unavailable, " did not take the letter now" + number, detail);
        }
        return fault(ErrorCode::unavailable, " did not answer as SMTP does.", detail);
    }

    static std::size_t on_read(char* to, std::size_t, std::size_t size, void* self) {
        auto& left = static_cast<Submission*>(self)->left_;
        const auto piece = left.substr(0, size);
        std::memcpy(to, piece.data(), piece.size());
        left.remove_prefix(piece.size());
        return piece.size();
    }

    static int on_wait(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        const auto& patience = static_cast<Submission*>(self)->patience_;
        return patience.stop.stop_requested() || steady_clock::now() >= patience.deadline ? 1 : 0;
    }

    // Keeps the last refusal alone, in a buffer that is there: nothing here can throw.
    static std::size_t on_reply(char* line, std::size_t, std::size_t size, void* self) {
        auto& reply = static_cast<Submission*>(self)->reply_;
        if (size == 0 || (*line != '4' && *line != '5')) return size;
        reply.clear();
        for (const char c : std::string_view(line, std::min(size, kSaidMax))) {
            if (c >= ' ' && c <= '~') reply += c;
        }
        return size;
    }

    static std::string with_room() {
        std::string text;
        text.reserve(kSaidMax);
        return text;
    }

    const MailServer& server_;
    const Patience& patience_;
    std::string_view left_;  // Of the text.
    std::string reply_ = with_room();
    std::array<char, CURL_ERROR_SIZE> said_{};
    ListPtr pin_;
    ListPtr to_;
    EasyPtr easy_ = make_easy();
    MultiPtr multi_ = make_multi();
};

}  // namespace

Result<void> submit(const MailServer& server, const std::vector<Address>& addresses,
                    const MailSettings& login, const Envelope& envelope, const Patience& patience) {
    return Submission(server, addresses, login, envelope, patience).run();
}

}  // namespace kinora::outbound
