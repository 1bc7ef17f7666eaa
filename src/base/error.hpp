// base/error.hpp: what went wrong, in three voices.
//
// `code` is for programs, `message` is for the caller and says what to change, `detail` is for our
// log only. Only expected failures travel as Error; when the world breaks we throw, when we were
// wrong we `ensure`.
#pragma once

#include <boost/assert/source_location.hpp>
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

class Error {
public:
    Error() = default;
    Error(ErrorCode code, std::string message, std::string detail = {})
        : code_(code), message_(std::move(message)), detail_(std::move(detail)) {}

    ErrorCode code() const { return code_; }
    const std::string& message() const { return message_; }
    const std::string& detail() const { return detail_; }

private:
    ErrorCode code_ = ErrorCode::api_error;
    std::string message_;
    std::string detail_;
};

// Called by Result::value() on an error: opening a failed result is a mistake of ours.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
    throw std::logic_error("a failed result was opened: " + error.message());
}

}  // namespace kinora
