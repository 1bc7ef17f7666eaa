// tests/support/fake_request.hpp: a request that came over no wire.
#pragma once

#include "http/message.hpp"
#include "support/seeded_random.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
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
    // How body_piece() cuts the body, and what it fails with after all of it instead of ending.
    void cut_body(std::size_t piece_bytes) { piece_bytes_ = piece_bytes; }
    void break_body_with(Error error) { broken_ = std::move(error); }
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
    Async<Result<std::string>> body_piece() override {
        ++body_calls_;
        if (!body_) co_return body_;
        auto piece = body_->substr(taken_bytes_, piece_bytes_);
        taken_bytes_ += piece.size();
        if (piece.empty() && broken_) co_return *broken_;
        co_return piece;
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
    std::size_t piece_bytes_ = 1'000;
    std::size_t taken_bytes_ = 0;
    std::optional<Error> broken_;
    int body_calls_ = 0;
};

}  // namespace kinora::test
