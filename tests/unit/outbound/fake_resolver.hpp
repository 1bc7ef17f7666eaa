// unit/outbound/fake_resolver.hpp: a resolver that says what the test tells it to.
#pragma once

#include "outbound/resolver.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace kinora::outbound {

// Gives each name's answers one after the other, the last one again and again. For one thread.
class FakeResolver final : public Resolver {
public:
    using Answer = std::vector<std::string>;
    void say(const std::string& host, std::deque<Answer> answers) {
        answers_[host] = std::move(answers);
    }
    int lookups() const { return lookups_; }

    Result<std::vector<Address>> resolve(const std::string& host, const Patience&) override {
        ++lookups_;
        auto& answers = answers_[host];
        if (answers.empty()) return Error(ErrorCode::bad_request, host + " could not be found.");
        std::vector<Address> addresses;
        for (const auto& text : answers.front()) addresses.push_back(*Address::parse(text));
        if (answers.size() > 1) answers.pop_front();
        return addresses;
    }

private:
    std::map<std::string, std::deque<Answer>> answers_;
    int lookups_ = 0;
};

// The message of a `bad_request`; another code is named before it, a success is "fetched".
template <class T>
std::string message_of(const Result<T>& result) {
    if (result.has_value()) return "fetched";
    if (result.error().code() == ErrorCode::bad_request) return result.error().message();
    return "code " + std::to_string(static_cast<int>(result.error().code())) + ": " +
           result.error().message() + " " + result.error().detail();
}

}  // namespace kinora::outbound
