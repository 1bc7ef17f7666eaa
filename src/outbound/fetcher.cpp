// outbound/fetcher.cpp: the loop over redirects; each hop is looked up and judged anew.
#include "outbound/fetcher.hpp"

#include "outbound/exchange.hpp"
#include "outbound/wording.hpp"

#include <algorithm>

namespace kinora::outbound {
namespace {

using std::chrono::steady_clock;

// Counts what goes by.
class CountingSink final : public Sink {
public:
    explicit CountingSink(Sink& sink) : sink_(sink) {}
    Result<void> write(std::span<const std::uint8_t> bytes) override {
        size_bytes_ += bytes.size();
        return sink_.write(bytes);
    }
    std::uint64_t size_bytes() const { return size_bytes_; }

private:
    Sink& sink_;
    std::uint64_t size_bytes_ = 0;
};

class Fetch {
public:
    Fetch(const AddressRules& rules, Resolver& resolver, const Limits& limits,
          const Patience& patience)
        : rules_(rules), resolver_(resolver), limits_(limits), patience_(patience) {
        const auto begin = steady_clock::now();
        patience_.deadline = std::min(patience.deadline, begin + limits.time_max);
        within_ = std::chrono::ceil<Milliseconds>(patience_.deadline - begin);
    }

    Result<FetchedFile> run(std::string_view text, Sink& sink) {
        auto url = Url::parse(text);
        if (!url) return url.error();
        for (int redirects = 0;; ++redirects) {
            CountingSink counting(sink);
            const auto head = ask(*url, counting);
            if (!head) return in_words(head.error(), *url);
            const auto server = "The server at " + url->host();
            if (head->is_success()) {
                if (counting.size_bytes() == 0)
                    return bad_request(server + " sent an empty answer.");
                return FetchedFile{url->text(), head->content_type(), counting.size_bytes()};
            }
            if (!head->is_redirect() || head->location().empty()) {
                return bad_request(server + " answered " + std::to_string(head->status()) + ".");
            }
            if (redirects == limits_.redirects_max) {
                return bad_request(server + " redirected more than " +
                                   std::to_string(limits_.redirects_max) + " times.");
            }
            redirected_by_ = url->host();
            auto next = url->follow(head->location());
            if (!next) return in_words(next.error(), *url);
            url = std::move(next);
        }
    }

private:
    Result<Head> ask(const Url& url, Sink& sink) {
        const auto destination = admit(url, rules_, resolver_, patience_);
        if (!destination) return destination.error();
        return exchange(*destination, limits_, patience_, sink);
    }

    // Says what led to a host that the caller did not name, and how long we waited for it.
    Error in_words(const Error& error, const Url& url) const {
        if (error.code() == ErrorCode::timeout) {
            return bad_request("The server at " + url.host() + " did not answer within " +
                               say_time(within_) + ".");
        }
        if (error.code() != ErrorCode::bad_request || redirected_by_.empty()) return error;
        return {ErrorCode::bad_request,
                "The server at " + redirected_by_ +
                    " redirected to an address that cannot be fetched: " + error.message(),
                error.detail()};
    }

    const AddressRules& rules_;
    Resolver& resolver_;
    const Limits& limits_;
    Patience patience_;
    Milliseconds within_{};
    std::string redirected_by_;  // The host that sent us on, empty on the first hop.
};

}  // namespace

Result<FetchedBytes> Fetcher::fetch(std::string_view url, const Limits& limits,
                                    const Patience& patience) const {
    MemorySink sink;
    auto file = Fetch(rules_, resolver_, limits, patience).run(url, sink);
    if (!file) return file.error();
    return FetchedBytes{std::move(*file), sink.take()};
}

Result<FetchedFile> Fetcher::fetch_to_file(std::string_view url, const std::filesystem::path& path,
                                           const Limits& limits, const Patience& patience) const {
    FileSink sink(path);
    auto file = Fetch(rules_, resolver_, limits, patience).run(url, sink);
    if (!file) return file;
    const auto kept = sink.keep();
    if (!kept) return kept.error();
    return file;
}

}  // namespace kinora::outbound
