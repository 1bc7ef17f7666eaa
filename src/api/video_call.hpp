// api/video_call.hpp: what a body of POST /luma/videos asks for.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "engines/engine.hpp"
#include "tasks/intake.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kinora::api {

inline constexpr std::size_t kPromptLengthMax = 5'000;  // Characters (code points).

// The answer where `video_id` is unknown or somebody else's: both read alike.
Error unknown_video();
// The answer where the clip's file is gone.
Error expired_video();

struct VideoCall {
    engines::Brief brief;
    tasks::NamedInputs named;         // As sent; nobody has looked at the URLs yet.
    std::optional<VideoId> video_id;  // The clip to extend; then there is no video_url.
    bool own_size = false;            // The clip gets the start image's ratio.
    bool seed_is_given = false;
    bool blocking = true;           // Answer when the task has ended.
    std::string callback_url;       // Where its end is told; empty: nowhere.
    int priority = 0;               // -1 goes after the caller's others.
    Milliseconds timeout{300'000};  // Of a blocking answer, 1 to 3,600 s.
};

// Fails with bad_request and names the field. URLs on `absent_urls` count as absent: clients that
// were given no image send the samples of the hosted service's documentation. Unknown fields are
// accepted.
Result<VideoCall> parse_video_call(const boost::json::object& fields,
                                   const std::vector<std::string>& absent_urls);

}  // namespace kinora::api
