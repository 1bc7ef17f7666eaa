// outbound/exchange.cpp: libcurl's multi interface, turned by hand, so that a stop wakes it.
#include "outbound/exchange.hpp"

#include "base/ensure.hpp"
#include "outbound/curl.hpp"
#include "outbound/pace.hpp"
#include "outbound/wording.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stop_token>

namespace kinora::outbound {
namespace {

using std::chrono::ceil;
using std::chrono::steady_clock;

constexpr long kReadBytes = 64 * 1'024;
constexpr Milliseconds kLookAround{500};  // For what nobody wakes us: the pace and the deadline.

std::uint16_t port_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    }
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
}

// "host:port:address,address", as CURLOPT_RESOLVE takes it. An address is its own pin.
ListPtr pin_of(const Destination& destination) {
    if (Address::parse(destination.url.host())) return nullptr;
    auto pin = destination.url.host() + ':' + std::to_string(destination.url.port()) + ':';
    for (const auto& address : destination.addresses) {
        if (!pin.ends_with(':')) pin += ',';
        pin += address.is_v4() ? address.str() : '[' + address.str() + ']';
    }
    return make_list(pin);
}

class Exchange {
public:
    // Without a letter it is a GET.
    Exchange(const Destination& destination, const Letter* letter, const Limits& limits,
             const Patience& patience, Sink& sink)
        : destination_(destination),
          letter_(letter),
          limits_(limits),
          patience_(patience),
          sink_(sink),
          pace_(limits.pace_window, limits.pace_bytes_min) {
        set_request();
        if (letter_ != nullptr) set_letter();
        set_guard();
        set_limits();
    }

    Result<Head> run() {
        Attached attached{multi_.get(), easy_.get()};
        check_multi(curl_multi_add_handle(multi_.get(), easy_.get()));
        const std::stop_callback wake(patience_.stop, [this] { curl_multi_wakeup(multi_.get()); });
        for (int running = 1;;) {
            check_multi(curl_multi_perform(multi_.get(), &running));
            if (running == 0) return judge(result());
            if (auto broken = out_of_patience()) {
                if (letter_ != nullptr && head_.is_whole()) return std::move(head_);
                return std::move(*broken);
            }
            const auto left = ceil<Milliseconds>(patience_.deadline - steady_clock::now());
            const auto pause = std::clamp(left, Milliseconds(0), pause_max());
            check_multi(curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause.count()),
                                        nullptr));
        }
    }

private:
    // A handle leaves its multi handle before either is freed.
    struct Attached {
        CURLM* multi;
        CURL* easy;
        ~Attached() { curl_multi_remove_handle(multi, easy); }
    };

    template <class Value>
    void set(CURLoption option, Value value) {
        check_option(curl_easy_setopt(easy_.get(), option, value));
    }

    void set_request() {
        set(CURLOPT_URL, destination_.url.text().c_str());
        set(CURLOPT_HTTPHEADER, headers_.get());
        set(CURLOPT_USERAGENT, "Kinora");
        set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
        set(CURLOPT_ERRORBUFFER, said_.data());
        set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_HEADERFUNCTION, &Exchange::on_head);
        set(CURLOPT_HEADERDATA, this);
    }

    void set_letter() {
        for (const auto& line : letter_->headers) add_line(headers_, line);
        add_line(headers_, "Expect:");  // Nobody is asked first.
        set(CURLOPT_HTTPHEADER, headers_.get());
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(letter_->body.size()));
        set(CURLOPT_POSTFIELDS, letter_->body.data());
    }

    void set_guard() {
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_RESOLVE, pin_.get());
        set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::on_dial);
        set(CURLOPT_OPENSOCKETDATA, this);
        set(CURLOPT_PROXY, "");  // Not even the one that the environment names.
        set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
        set(CURLOPT_HTTP09_ALLOWED, 0L);
    }

    void set_limits() {
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_BUFFERSIZE, kReadBytes);
        set(CURLOPT_CONNECTTIMEOUT_MS, long{limits_.connect_max.count()});
    }

    Milliseconds pause_max() const { return std::min(kLookAround, limits_.pace_window / 4); }

    CURLcode result() {
        int left = 0;
        const auto* message = curl_multi_info_read(multi_.get(), &left);
        ensure(message != nullptr && message->msg == CURLMSG_DONE, "a transfer that ended says so");
        return message->data.result;
    }

    Error bad(const std::string& after_host, std::string detail = {}) const {
        return {ErrorCode::bad_request, "The server at " + destination_.url.host() + after_host,
                std::move(detail)};
    }

    std::optional<Error> out_of_patience() {
        if (auto ran_out = patience_.ran_out()) return ran_out;
        curl_off_t asked_us = 0;  // When the request went out; connecting has a limit of its own.
        check_option(curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &asked_us));
        if (asked_us == 0 || pace_.keeps_up(steady_clock::now(), head_bytes_ + body_bytes_)) {
            return std::nullopt;
        }
        const auto window = say_time(limits_.pace_window);
        if (head_bytes_ == 0) return bad(" did not answer within " + window + ".");
        return bad(" sent too little within " + window + ".");
    }

    Result<Head> judge(CURLcode code) {
        if (thrown_) std::rethrow_exception(thrown_);
        if (failure_) return std::move(*failure_);
        // We hung up; or there was an answer, and only the rest of its body is missing.
        const bool enough = (code == CURLE_WRITE_ERROR || letter_ != nullptr) && head_.is_whole();
        if (code == CURLE_OK && !head_.is_whole()) code = CURLE_PARTIAL_FILE;
        if (code == CURLE_OK || enough) return std::move(head_);
        if (code == CURLE_OPERATION_TIMEDOUT) {
            return bad(" did not answer within " + say_time(limits_.connect_max) + ".",
                       said_.data());
        }
        return curl_error(code, destination_.url.host(), said_.data());
    }

    // Runs what a callback does. libcurl goes on where it is true; nothing is thrown through it.
    template <class Step>
    bool guarded(Step step) {
        try {
            return step();
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
    }

    bool refuse(Error error) {
        failure_ = std::move(error);
        return false;
    }

    bool refuse_too_large() {
        return refuse({ErrorCode::bad_request,
                       "The file is larger than " + say_size(limits_.size_bytes_max) + "."});
    }

    bool take_head(std::string_view line) {
        head_bytes_ += line.size();
        if (head_bytes_ > limits_.head_bytes_max) {
            return refuse(
                bad(" sent more than " + say_size(limits_.head_bytes_max) + " of headers."));
        }
        const bool was_whole = head_.is_whole();
        head_.add_line(line);
        if (was_whole || !head_.is_whole() || letter_ != nullptr) return true;
        if (!head_.is_success()) return false;  // All that matters is known: hang up.
        if (!head_.coding().empty()) {
            return refuse(bad(" sent a compressed answer, which was not asked for."));
        }
        if (head_.content_length().value_or(0) > limits_.size_bytes_max) return refuse_too_large();
        return true;
    }

    bool take_body(std::span<const std::uint8_t> bytes) {
        bool enough = false;
        if (letter_ != nullptr && bytes.size() >= limits_.size_bytes_max - body_bytes_) {
            bytes = bytes.first(limits_.size_bytes_max - body_bytes_);
            enough = true;
        }
        body_bytes_ += bytes.size();
        if (body_bytes_ > limits_.size_bytes_max) return refuse_too_large();
        auto written = sink_.write(bytes);
        return written ? !enough : refuse(written.error());
    }

    static std::size_t on_head(char* data, std::size_t, std::size_t size, void* self) {
        auto& exchange = *static_cast<Exchange*>(self);
        return exchange.guarded([&] { return exchange.take_head({data, size}); }) ? size : 0;
    }

    static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) {
        auto& exchange = *static_cast<Exchange*>(self);
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(data), size);
        return exchange.guarded([&] { return exchange.take_body(bytes); }) ? size : 0;
    }

    // The last look before the dial, at the address that the kernel will get.
    static curl_socket_t on_dial(void* self, curlsocktype, curl_sockaddr* to) {
        auto& exchange = *static_cast<Exchange*>(self);
        const auto& destination = exchange.destination_;
        const bool dials = exchange.guarded([&] {
            const auto address = Address::of(to->addr);
            const auto& checked = destination.addresses;
            if (address && port_of(to->addr) == destination.url.port() &&
                std::find(checked.begin(), checked.end(), *address) != checked.end()) {
                return true;
            }
            return exchange.refuse(exchange.bad(
                " could not be reached.", "an address that was not checked was to be dialled"));
        });
        if (!dials) return CURL_SOCKET_BAD;
        return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    }

    const Destination& destination_;
    const Letter* letter_;
    const Limits& limits_;
    const Patience& patience_;
    Sink& sink_;
    Pace pace_;
    Head head_;
    std::uint64_t head_bytes_ = 0;
    std::uint64_t body_bytes_ = 0;
    std::optional<Error> failure_;  // What a callback did not like.
    std::exception_ptr thrown_;     // What broke in one.
    std::array<char, CURL_ERROR_SIZE> said_{};
    ListPtr pin_ = pin_of(destination_);
    // Compression would make a small answer large behind the limits.
    ListPtr headers_ = make_list("Accept-Encoding: identity");
    EasyPtr easy_ = make_easy();
    MultiPtr multi_ = make_multi();
};

}  // namespace

Result<Head> exchange(const Destination& destination, const Limits& limits,
                      const Patience& patience, Sink& sink) {
    return Exchange(destination, nullptr, limits, patience, sink).run();
}

Result<Head> exchange(const Destination& destination, const Letter& letter, const Limits& limits,
                      const Patience& patience, Sink& sink) {
    return Exchange(destination, &letter, limits, patience, sink).run();
}

}  // namespace kinora::outbound
