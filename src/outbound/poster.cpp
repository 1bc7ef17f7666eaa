#include "outbound/poster.hpp"

#include "outbound/wording.hpp"

namespace kinora::outbound {

Result<Reply> Poster::post(std::string_view url, const Letter& letter, std::stop_token stop) const {
    Patience patience{std::move(stop), std::chrono::steady_clock::now() + time_max_};
    auto parsed = Url::parse(url);
    if (!parsed) return parsed.error();
    const auto host = parsed->host();
    const auto in_words = [&](const Error& error) {
        if (error.code() != ErrorCode::timeout) return error;
        return Error(
            ErrorCode::bad_request,
            "The server at " + host + " did not answer within " + say_time(time_max_) + ".",
            error.detail());
    };
    const auto destination = admit(std::move(*parsed), rules_, resolver_, patience);
    if (!destination) return in_words(destination.error());
    Limits limits;
    limits.size_bytes_max = kStartBytes;
    limits.connect_max = time_max_;
    limits.pace_bytes_min = 0;
    MemorySink sink;
    const auto head = exchange(*destination, letter, limits, patience, sink);
    if (!head) return in_words(head.error());
    const auto bytes = sink.take();
    return Reply{head->status(), std::string(bytes.begin(), bytes.end())};
}

Result<std::string> Poster::receiver_of(std::string_view url) const {
    const auto parsed = Url::parse(url);
    if (!parsed) return parsed.error();
    const auto literal = Address::parse(parsed->host());
    const auto refused = literal ? rules_.refusal(*literal) : std::nullopt;
    if (refused) {
        return Error(ErrorCode::bad_request, parsed->host() + " is " + std::string(*refused) +
                                                 ", which this server does not reach.");
    }
    const auto& text = parsed->text();
    const auto path = text.find('/', text.find("://") + 3);
    return parsed->host() + ':' + std::to_string(parsed->port()) +
           (path == std::string::npos ? "" : text.substr(path, text.find('?') - path));
}

}  // namespace kinora::outbound
