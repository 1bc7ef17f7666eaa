#include "api/throttle.hpp"

#include "accounts/token.hpp"
#include "storage/code_rows.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace kinora::api {
namespace {

bool is_this_machine(std::string_view remote_address) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(std::string(remote_address), error);
    return !error && address.is_loopback();
}

}  // namespace

std::string network_of(std::string_view remote_address) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(std::string(remote_address), error);
    if (error) return std::string(remote_address);
    if (!address.is_v6()) return address.to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return asio::ip::address_v6(bytes).to_string();
}

Async<Result<void>> Throttle::take(std::vector<Allowed> wanted) {
    auto take_all = [wanted = std::move(wanted), now = clock_.now()](storage::Session& session) {
        // What is refused takes nothing of those behind it.
        for (const auto& each : wanted) {
            const auto wait =
                storage::take_allowance(session, each.key, each.burst, each.interval, now);
            if (wait) return std::optional(std::pair(each.burst, *wait));
        }
        return std::optional<std::pair<int, Milliseconds>>();
    };
    const auto refused = co_await database_.write(std::move(take_all));
    if (!refused) co_return ok();
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(refused->second).count();
    co_return Error(ErrorCode::too_many_requests,
                    "Too many attempts. Try again in " + std::to_string(seconds) + " seconds.")
        .with({refused->first, 0, seconds});
}

std::vector<Allowed> of_address(std::string_view what, std::string_view remote_address, int burst,
                                Milliseconds interval) {
    if (is_this_machine(remote_address)) return {};
    return {{std::string(what) + " from " + network_of(remote_address), burst, interval}};
}

std::string person_key(std::string_view what, std::string_view email) {
    return std::string(what) + " " + accounts::hash_token(email).substr(0, 32);
}

}  // namespace kinora::api
