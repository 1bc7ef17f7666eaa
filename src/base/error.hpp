// base/error.hpp: what went wrong, in three voices.
//
// `code` is for programs, `message` is for the caller and says what to change, `detail` is for our
// log only. Only expected failures travel as Error; when the world breaks we throw, when we were
// wrong we `ensure`.
#pragma once

#include <boost/assert/source_location.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace kinora {

// The failures that a caller can meet. api/status.cpp alone turns them into HTTP.
enum class ErrorCode {
    bad_request,
    no_token,
    invalid_token,
    token_expired,
    token_mismatched,
    used_up,
    disabled,
    forbidden,
    no_api,
    not_found,
    method_not_allowed,
    too_large,
    unsupported_media_type,
    request_timeout,
    conflict,
    cancelled,
    expired,
    too_many_requests,
    api_error,
    unavailable,  // No room for new work, or shutting down: the caller may come back.
    timeout,
};

// How much of what may be done so often is left, and when there is more.
struct Allowance {
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    std::int64_t reset_s = 1;  // Seconds until there is more.
};

class Error {
public:
    Error() = default;
    Error(ErrorCode code, std::string message, std::string detail = {})
        : code_(code), message_(std::move(message)), detail_(std::move(detail)) {}

    ErrorCode code() const { return code_; }
    const std::string& message() const { return message_; }
    const std::string& detail() const { return detail_; }

    // Of too_many_requests.
    const std::optional<Allowance>& allowance() const { return allowance_; }
    Error with(const Allowance& allowance) && {
        allowance_ = allowance;
        return std::move(*this);
    }

private:
    ErrorCode code_ = ErrorCode::api_error;
    std::string message_;
    std::string detail_;
    std::optional<Allowance> allowance_;
};

inline Error bad_request(std::string message, std::string detail = {}) {
    return {ErrorCode::bad_request, std::move(message), std::move(detail)};
}

// Called by Result::value() on an error: opening a failed result is a mistake of ours.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
    throw std::logic_error("a failed result was opened: " + error.message());
}

}  // namespace kinora
