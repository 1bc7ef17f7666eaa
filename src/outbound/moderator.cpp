#include "outbound/moderator.hpp"

#include "outbound/exchange.hpp"
#include "outbound/wording.hpp"

#include <algorithm>

namespace kinora::outbound {
namespace {

bool is_visible(char c) {
    return c > ' ' && c <= '~';
}

// For the log; whoever calls has a sentence of its own for the caller.
Error no_answer(std::string why) {
    return {ErrorCode::unavailable, "The moderator did not answer.", std::move(why)};
}

}  // namespace

Result<Moderator> Moderator::make(const ModeratorSettings& settings, Resolver& resolver) {
    auto url = Url::parse(settings.url);
    if (!url) {
        return Error(ErrorCode::bad_request,
                     "The moderator's URL is not one to POST to: " + url.error().message());
    }
    auto rules = AddressRules::parse({url->host()}, Loopback::allowed);
    if (!rules) return rules.error();
    const auto& token = settings.token.reveal();
    if (!std::all_of(token.begin(), token.end(), is_visible)) {
        return Error(ErrorCode::bad_request,
                     "The moderator's token must be visible ASCII characters without blanks.");
    }
    return Moderator(std::move(*url), std::move(*rules), settings, resolver);
}

Result<std::string> Moderator::ask(const std::string& question, std::stop_token stop) const {
    const Patience patience{std::move(stop), std::chrono::steady_clock::now() + time_max_};
    const auto in_words = [&](const Error& error) {
        if (error.code() == ErrorCode::cancelled) return error;
        if (error.code() == ErrorCode::timeout) {
            return no_answer("nothing came within " + say_time(time_max_));
        }
        return no_answer(error.message() + (error.detail().empty() ? "" : " / " + error.detail()));
    };
    const auto destination = admit(url_, rules_, resolver_, patience);
    if (!destination) return in_words(destination.error());
    Letter letter{{"Content-Type: application/json", "Accept: application/json"}, question};
    if (!token_.reveal().empty()) {
        letter.headers.push_back("Authorization: Bearer " + token_.reveal());
    }
    Limits limits;
    limits.size_bytes_max =
        kAnswerBytesMax + 1;  // One more tells a longer answer from a whole one.
    limits.connect_max = time_max_;
    limits.pace_bytes_min = 0;
    MemorySink sink;
    const auto head = exchange(*destination, letter, limits, patience, sink);
    if (!head) return in_words(head.error());
    if (!head->is_success()) return no_answer("its status is " + std::to_string(head->status()));
    const auto bytes = sink.take();
    if (bytes.size() > kAnswerBytesMax) {
        return no_answer("its answer is longer than " + say_size(kAnswerBytesMax));
    }
    // An answer that was given up half way is one that cannot be read.
    if (head->content_length().value_or(bytes.size()) != bytes.size()) {
        return no_answer("its answer was cut off");
    }
    return std::string(bytes.begin(), bytes.end());
}

}  // namespace kinora::outbound
