#include "api/status.hpp"

#include "storage/database.hpp"

#include <boost/json.hpp>

namespace kinora::api {
namespace json = boost::json;
namespace {

struct Face {
    int status;
    std::string_view word;
};

// No default: the compiler names the code that was forgotten.
Face face_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_request:
            return {400, "bad_request"};
        case ErrorCode::no_token:
            return {401, "no_token"};
        case ErrorCode::invalid_token:
            return {401, "invalid_token"};
        case ErrorCode::token_expired:
            return {401, "token_expired"};
        case ErrorCode::token_mismatched:
            return {401, "token_mismatched"};
        case ErrorCode::used_up:
            return {403, "used_up"};
        case ErrorCode::disabled:
            return {403, "disabled"};
        case ErrorCode::forbidden:
            return {403, "forbidden"};
        case ErrorCode::no_api:
            return {404, "no_api"};
        case ErrorCode::not_found:
            return {404, "not_found"};
        case ErrorCode::method_not_allowed:
            return {405, "bad_request"};
        case ErrorCode::request_timeout:
            return {408, "bad_request"};
        case ErrorCode::conflict:
            return {409, "bad_request"};
        case ErrorCode::cancelled:
            return {409, "cancelled"};
        case ErrorCode::expired:
            return {410, "expired"};
        case ErrorCode::too_large:
            return {413, "bad_request"};
        case ErrorCode::unsupported_media_type:
            return {415, "bad_request"};
        case ErrorCode::too_many_requests:
            return {429, "too_many_requests"};
        case ErrorCode::api_error:
            return {500, "api_error"};
        case ErrorCode::unavailable:
            return {503, "api_error"};
        case ErrorCode::timeout:
            return {504, "timeout"};
    }
    return {500, "api_error"};
}

constexpr std::string_view kRetryAfterSeconds = "5";

}  // namespace

std::optional<Error> error_of_exception(const std::exception& exception) {
    if (dynamic_cast<const storage::DiskFull*>(&exception) != nullptr) {
        return Error(ErrorCode::unavailable,
                     "There is no room left on the server's disk for new work; try again later.",
                     exception.what());
    }
    if (dynamic_cast<const storage::DatabaseUnavailable*>(&exception) != nullptr) {
        return Error(ErrorCode::unavailable,
                     "The server's database is not to be had just now; try again later.",
                     exception.what());
    }
    return std::nullopt;
}

std::string_view word_of(ErrorCode code) {
    return face_of(code).word;
}

ErrorCode code_of(std::string_view word) {
    for (const auto code :
         {ErrorCode::bad_request, ErrorCode::timeout, ErrorCode::cancelled, ErrorCode::expired}) {
        if (word_of(code) == word) return code;
    }
    return ErrorCode::api_error;
}

json::object error_envelope(const Error& error, const TraceId& trace_id,
                            const std::optional<TaskId>& task_id) {
    json::object body{{"error", {{"code", word_of(error.code())}, {"message", error.message()}}}};
    if (task_id) body["task_id"] = task_id->str();
    body["trace_id"] = trace_id.str();
    return body;
}

http::Response to_response(const Error& error, const TraceId& trace_id,
                           const std::optional<TaskId>& task_id) {
    const auto face = face_of(error.code());
    auto response = http::Response::json(face.status, error_envelope(error, trace_id, task_id));
    if (face.status == 401) response.set("WWW-Authenticate", "Bearer");
    if (face.status == 503) response.set("Retry-After", std::string(kRetryAfterSeconds));
    if (const auto& allowance = error.allowance()) {
        response.set("Retry-After", std::to_string(allowance->reset_s));
        response.set("RateLimit-Limit", std::to_string(allowance->limit));
        response.set("RateLimit-Remaining", std::to_string(allowance->remaining));
        response.set("RateLimit-Reset", std::to_string(allowance->reset_s));
    }
    return response;
}

}  // namespace kinora::api
