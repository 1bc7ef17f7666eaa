// http/range.cpp: reads one byte range.
#include "http/range.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>

namespace kinora::http {
namespace {

// Digits only; a number too large for 64 bits stands for the largest one.
std::optional<std::uint64_t> number_of(std::string_view text) {
    if (text.empty()) return std::nullopt;
    constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        value = value > (kMax - digit) / 10 ? kMax : value * 10 + digit;
    }
    return value;
}

bool has_bytes_unit(std::string_view header) {
    constexpr std::string_view kUnit = "bytes=";
    return header.size() > kUnit.size() &&
           std::equal(kUnit.begin(), kUnit.end(), header.begin(), [](char a, char b) {
               return a == std::tolower(static_cast<unsigned char>(b));
           });
}

Range suffix_of(std::string_view count, std::uint64_t file_size) {
    const auto wanted = number_of(count);
    if (!wanted) return {};
    if (*wanted == 0 || file_size == 0) return {Range::Kind::outside};
    const auto size = std::min(*wanted, file_size);
    return {Range::Kind::part, file_size - size, size};
}

}  // namespace

Range choose_range(std::string_view header, std::uint64_t file_size) {
    header = trim(header);
    if (!has_bytes_unit(header)) return {};
    const auto spec = trim(header.substr(6));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos) return {};
    const auto from = spec.substr(0, dash);
    const auto to = spec.substr(dash + 1);
    if (from.empty()) return suffix_of(to, file_size);

    const auto first = number_of(from);
    const auto last = to.empty() ? std::numeric_limits<std::uint64_t>::max() : number_of(to);
    if (!first || !last || *first > *last) return {};
    if (*first >= file_size) return {Range::Kind::outside};
    return {Range::Kind::part, *first, std::min(*last, file_size - 1) - *first + 1};
}

}  // namespace kinora::http
