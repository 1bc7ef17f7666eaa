#include "outbound/resolver.hpp"

#include "base/ensure.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>

namespace kinora::outbound {
namespace {

using Addresses = std::vector<Address>;

// Few, for a name whose servers are silent keeps one of them for tens of seconds; more than one,
// so that such a name holds up nobody else.
constexpr std::size_t kThreads = 8;

Error not_found(const std::string& host, int code) {
    const std::string detail = code == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(code);
    switch (code) {
        case EAI_MEMORY:
            throw std::bad_alloc();
        case EAI_SYSTEM:
            return {ErrorCode::api_error, "Host names could not be looked up.", detail};
        case EAI_AGAIN:
            return {ErrorCode::bad_request, host + " could not be looked up. Try again later.",
                    detail};
        default:
            return {ErrorCode::bad_request, host + " could not be found.", detail};
    }
}

Result<Addresses> look_up(const std::string& host) {
    ::addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    ::addrinfo* found = nullptr;
    const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (code != 0) return not_found(host, code);
    const std::unique_ptr<::addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    Addresses addresses;
    for (const auto* one = found; one != nullptr; one = one->ai_next) {
        if (const auto address = Address::of(*one->ai_addr)) addresses.push_back(*address);
    }
    if (addresses.empty()) return not_found(host, EAI_NONAME);
    return addresses;
}

// Where a lookup leaves its answer. Shared: the one that asked may have gone.
struct Answer {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Result<Addresses>> addresses;
    std::exception_ptr failure;
};

class SystemResolver final : public Resolver {
public:
    ~SystemResolver() override {
        threads_.stop();
        threads_.join();
    }

    Result<Addresses> resolve(const std::string& host, const Patience& patience) override {
        const auto answer = std::make_shared<Answer>();
        boost::asio::post(threads_, [answer, host] { fill(*answer, host); });
        std::unique_lock lock(answer->mutex);
        answer->changed.wait_until(lock, patience.stop, patience.deadline, [&] {
            return answer->addresses.has_value() || answer->failure != nullptr;
        });
        if (answer->failure) std::rethrow_exception(answer->failure);
        if (answer->addresses) return std::move(*answer->addresses);
        auto ran_out = patience.ran_out();
        ensure(ran_out.has_value(), "a wait ends for one of its three reasons");
        return std::move(*ran_out);
    }

private:
    static void fill(Answer& answer, const std::string& host) {
        std::optional<Result<Addresses>> addresses;
        std::exception_ptr failure;
        try {
            addresses = look_up(host);
        } catch (...) {
            failure = std::current_exception();
        }
        const std::scoped_lock lock(answer.mutex);
        answer.addresses = std::move(addresses);
        answer.failure = failure;
        answer.changed.notify_all();
    }

    boost::asio::thread_pool threads_{kThreads};
};

}  // namespace

std::unique_ptr<Resolver> make_system_resolver() {
    return std::make_unique<SystemResolver>();
}

}  // namespace kinora::outbound
