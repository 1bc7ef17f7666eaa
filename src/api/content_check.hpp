// api/content_check.hpp: whether a prompt may be drawn here, asked before anything is stored.
//
// First the operator's own list, then the operator's moderator, another program. Neither the
// prompt nor what the moderator says of it gets into the log.
#pragma once

#include "accounts/caller.hpp"
#include "accounts/content_rules.hpp"
#include "base/async.hpp"
#include "base/log.hpp"
#include "base/pool.hpp"
#include "base/result.hpp"

#include <atomic>
#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace kinora::api {

// What becomes of a prompt that the moderator cannot be asked about.
enum class ModeratorFailure { refuse, allow };

class ContentCheck {
public:
    static constexpr std::size_t kThreads = 4;
    static constexpr int kWaitingMax = 64;  // Besides those that are being asked about.

    // The moderator's answer to a question, both JSON. Blocks; called from several threads at once.
    using Ask = std::function<Result<std::string>(const std::string& question, std::stop_token)>;

    // Either may be left out. `log` outlives this, and this each check().
    ContentCheck(std::optional<accounts::ContentRules> rules, Ask ask, ModeratorFailure on_failure,
                 Log& log);
    ~ContentCheck();
    ContentCheck(const ContentCheck&) = delete;

    // Fails with `forbidden` where the prompt is refused, and `unavailable` where it cannot be
    // judged. `facts` is what the moderator is told besides: "action", "start_image_url" and the
    // like; files inside of their own URLs (data:) are left out.
    Async<Result<void>> check(accounts::Caller caller, std::string prompt,
                              boost::json::object facts);
    // Calls off the questions that are out and those that come; for the end of the server.
    void stop() { stop_.request_stop(); }

private:
    Async<Result<void>> ask_moderator(accounts::Caller caller, std::string question);
    Result<void> judge(const accounts::Caller& caller, const Result<std::string>& answer);
    Result<void> fail(const Error& error);

    const std::optional<accounts::ContentRules> rules_;
    const Ask ask_;
    const ModeratorFailure on_failure_;
    Log& log_;
    std::atomic<int> asking_ = 0;  // And waiting to.
    std::stop_source stop_;
    Pool pool_;
};

}  // namespace kinora::api
