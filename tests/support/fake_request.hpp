// tests/support/fake_request.hpp: a request that came over no wire.
#pragma once

#include "http/message.hpp"
#include "support/seeded_random.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <utility>

namespace kinora::test {

class FakeRequest final : public http::Request {
public:
    FakeRequest(http::Method wanted, std::string where, std::string text = {})
        : body_(std::move(text)) {
        SeededRandom random;
        method = wanted;
        path = std::move(where);
        trace_id = TraceId::make(random);
        base_url = "http://kinora.test:8080";
        remote_address = "192.0.2.1";
        received_at = std::chrono::steady_clock::now();
    }

    void set(const std::string& name, std::string value) {
        headers_[lower(name)] = std::move(value);
    }
    void fail_body_with(Error error) { body_ = std::move(error); }
    // How often a handler asked for the body.
    int body_calls() const { return body_calls_; }

    std::string_view header(std::string_view name) const override {
        const auto found = headers_.find(lower(name));
        return found == headers_.end() ? std::string_view() : std::string_view(found->second);
    }
    Async<Result<std::string>> body() override {
        ++body_calls_;
        co_return body_;
    }

private:
    static std::string lower(std::string_view name) {
        std::string text(name);
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    }

    std::map<std::string, std::string> headers_;
    Result<std::string> body_;
    int body_calls_ = 0;
};

}  // namespace kinora::test
