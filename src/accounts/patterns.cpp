#include "accounts/patterns.hpp"

#include <algorithm>

namespace kinora::accounts {
namespace {

constexpr std::int64_t kMemoryMax = 64 << 20;

re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(false);
    options.set_dot_nl(true);
    options.set_never_capture(true);
    return options;
}

re2::RE2::Options options_of_set() {
    auto for_all = options();
    for_all.set_max_mem(kMemoryMax);
    return for_all;
}

}  // namespace

Patterns::Patterns() : set_(options_of_set(), re2::RE2::UNANCHORED) {}

std::optional<std::string> Patterns::add(const std::string& pattern, std::size_t number) {
    auto single = std::make_unique<re2::RE2>(pattern, options());
    if (!single->ok()) return single->error();
    if (re2::RE2::PartialMatch("", *single)) return "it matches every text";
    std::string error;
    if (set_.Add(pattern, &error) < 0) return error;
    singles_.push_back(std::move(single));
    numbers_.push_back(number);
    return std::nullopt;
}

bool Patterns::compile() {
    return set_.Compile();
}

std::optional<std::size_t> Patterns::find(std::string_view text) const {
    if (numbers_.empty()) return std::nullopt;
    const re2::StringPiece piece(text.data(), text.size());
    std::vector<int> matching;
    re2::RE2::Set::ErrorInfo error{};
    if (set_.Match(piece, &matching, &error)) {
        const auto lowest = *std::min_element(matching.begin(), matching.end());
        return numbers_[static_cast<std::size_t>(lowest)];
    }
    if (error.kind == re2::RE2::Set::kNoError) return std::nullopt;
    // The text makes the set need more memory than it may have; one by one, each has its own.
    for (std::size_t i = 0; i < singles_.size(); ++i) {
        if (re2::RE2::PartialMatch(piece, *singles_[i])) return numbers_[i];
    }
    return std::nullopt;
}

}  // namespace kinora::accounts
