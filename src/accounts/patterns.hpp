// accounts/patterns.hpp: many patterns, matched in one pass whose time grows with the text alone.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::accounts {

class Patterns {
public:
    Patterns();

    // What is wrong with the pattern, in RE2's words; nothing where it was taken. Case does not
    // count and a dot matches line ends too.
    std::optional<std::string> add(const std::string& pattern, std::size_t number);
    // After the last one was added. False where all of them together need too much memory.
    bool compile();

    // The lowest number of those that match somewhere in the text. Safe from any thread.
    std::optional<std::size_t> find(std::string_view text) const;

private:
    re2::RE2::Set set_;
    std::vector<std::unique_ptr<re2::RE2>> singles_;
    std::vector<std::size_t> numbers_;
};

}  // namespace kinora::accounts
