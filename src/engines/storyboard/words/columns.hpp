// engines/storyboard/words/columns.hpp: reads the columns of the lexicon's lines; for lexicon.cpp
// and meaning.cpp.
#pragma once

#include "engines/storyboard/words/lexicon.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

// Thrown inside Lexicon::open() only.
struct Damaged {
    std::string why;
};

inline std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(by);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

template <class T>
T number(std::string_view text, int base = 10) {
    T value{};
    std::from_chars_result done{};
    if constexpr (std::is_floating_point_v<T>) {
        done = std::from_chars(text.data(), text.data() + text.size(), value);
    } else {
        done = std::from_chars(text.data(), text.data() + text.size(), value, base);
    }
    if (done.ec != std::errc() || done.ptr != text.data() + text.size()) {
        throw Damaged{"not a number: " + std::string(text)};
    }
    return value;
}

template <class T>
T value_of(std::string_view name, std::span<const std::string_view> names) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) throw Damaged{"no such name: " + std::string(name)};
    return static_cast<T>(at - names.begin());
}

// "setting=beach time=night".
Meaning read_meaning(std::string_view line);

}  // namespace kinora::engines::storyboard
