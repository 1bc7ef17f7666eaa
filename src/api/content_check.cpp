#include "api/content_check.hpp"

#include "accounts/printable.hpp"
#include "api/fields.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>

namespace kinora::api {
namespace json = boost::json;
namespace {

constexpr std::size_t kReasonMax = 200;

bool is_data_url(const json::value& value) {
    constexpr std::string_view kScheme = "data:";
    if (!value.is_string()) return false;
    std::string_view text = value.get_string();
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t\r\n\f")));
    return text.size() >= kScheme.size() &&
           std::equal(kScheme.begin(), kScheme.end(), text.begin(), [](char a, char b) {
               return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
           });
}

std::string question_of(const accounts::Caller& caller, const std::string& prompt,
                        const json::object& facts) {
    json::object question{{"prompt", prompt},
                          {"user_id", caller.user_id.str()},
                          {"application_id", caller.application_id.str()}};
    for (const auto& [name, value] : facts) {
        if (!is_data_url(value)) question.insert_or_assign(name, value);
    }
    return json::serialize(question);
}

struct Verdict {
    bool allowed = false;
    std::string reason;
};

Result<Verdict> verdict_of(const std::string& answer) {
    const auto fields = parse_object(answer);
    if (!fields) return fields.error();
    const auto allowed = flag(*fields, "allowed");
    if (!allowed) return allowed.error();
    if (!*allowed) return field_error("allowed", "is missing.");
    const auto reason = text(*fields, "reason");
    if (!reason) return reason.error();
    return Verdict{**allowed, reason->value_or("")};
}

Error refusal(const std::string& reason) {
    std::string message =
        "The prompt is against the content rules of this server. Change the prompt.";
    if (!reason.empty()) message += " The moderator says: " + reason;
    return {ErrorCode::forbidden, std::move(message)};
}

// Counts one question, as long as it lives.
class Turn {
public:
    explicit Turn(std::atomic<int>& count) : count_(count), number_(++count) {}
    ~Turn() { --count_; }
    Turn(const Turn&) = delete;
    int number() const { return number_; }

private:
    std::atomic<int>& count_;
    int number_;
};

}  // namespace

ContentCheck::ContentCheck(std::optional<accounts::ContentRules> rules, Ask ask,
                           ModeratorFailure on_failure, Log& log)
    : rules_(std::move(rules)),
      ask_(std::move(ask)),
      on_failure_(on_failure),
      log_(log),
      pool_(kThreads) {}

ContentCheck::~ContentCheck() {
    stop();
}

Async<Result<void>> ContentCheck::check(accounts::Caller caller, std::string prompt,
                                        json::object facts) {
    if (rules_) {
        if (const auto match = rules_->find(prompt)) {
            log_.info("prompt.refused", {{"by", "rules"},
                                         {"line", match->line},
                                         {"user", caller.user_id.str()},
                                         {"application", caller.application_id.str()}});
            co_return refusal({});
        }
    }
    if (!ask_) co_return ok();
    co_return co_await ask_moderator(caller, question_of(caller, prompt, facts));
}

Async<Result<void>> ContentCheck::ask_moderator(accounts::Caller caller, std::string question) {
    const Turn turn(asking_);
    if (turn.number() > static_cast<int>(kThreads) + kWaitingMax) {
        co_return Error(ErrorCode::unavailable,
                        "This server is checking as many prompts as it can; try again later.");
    }
    auto ask = [this, question = std::move(question)] { return ask_(question, stop_.get_token()); };
    const auto answer = co_await pool_.run(std::move(ask));
    co_return judge(caller, answer);
}

Result<void> ContentCheck::judge(const accounts::Caller& caller,
                                 const Result<std::string>& answer) {
    if (!answer) return fail(answer.error());
    const auto verdict = verdict_of(*answer);
    if (!verdict) return fail(verdict.error());
    if (verdict->allowed) return ok();
    log_.info("prompt.refused", {{"by", "moderator"},
                                 {"user", caller.user_id.str()},
                                 {"application", caller.application_id.str()}});
    return refusal(accounts::printable(verdict->reason, kReasonMax));
}

Result<void> ContentCheck::fail(const Error& error) {
    const bool stopped = error.code() == ErrorCode::cancelled;
    const bool passes = on_failure_ == ModeratorFailure::allow && !stopped;
    if (!stopped) {
        log_.warn("moderator.failed",
                  {{"message", error.message()}, {"detail", error.detail()}, {"passes", passes}});
    }
    if (passes) return ok();
    return Error(ErrorCode::unavailable,
                 "The moderator of this server does not answer; try again later.");
}

}  // namespace kinora::api
