// api/status.hpp: an error as the contract's envelope.
#pragma once

#include "base/ids.hpp"
#include "http/message.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

namespace kinora::api {

// {"error": {"code", "message"}, "trace_id"}, and `task_id` beside it where a task was made.
boost::json::object error_envelope(const Error& error, const TraceId& trace_id,
                                   const std::optional<TaskId>& task_id = std::nullopt);
// The same with the error's own status and headers.
http::Response to_response(const Error& error, const TraceId& trace_id,
                           const std::optional<TaskId>& task_id = std::nullopt);

// What a handler could not go on with, where that is no mistake of ours: a full disk, a database
// that is not to be had just now. Nothing for all else.
std::optional<Error> error_of_exception(const std::exception& exception);

// The contract's word for a code, as it stands in the envelope.
std::string_view word_of(ErrorCode code);
// The error that a failed task's stored word stands for; an unknown word is ours: api_error.
ErrorCode code_of(std::string_view word);

}  // namespace kinora::api
