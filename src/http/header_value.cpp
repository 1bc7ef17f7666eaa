#include "http/header_value.hpp"

#include "base/text.hpp"
#include "http/authority.hpp"

#include <algorithm>

namespace kinora::http {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// Takes a quoted string off the front of `text`; nothing where it does not end.
std::optional<std::string> take_quoted(std::string_view& text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        const bool escapes =
            text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
        if (escapes) ++i;
        value += text[i];
    }
    return std::nullopt;
}

}  // namespace

const std::string* HeaderValue::find(std::string_view name) const {
    for (const auto& [key, value] : parameters) {
        if (key == name) return &value;
    }
    return nullptr;
}

bool HeaderValue::repeats(std::string_view name) const {
    return std::count_if(parameters.begin(), parameters.end(),
                         [&](const auto& parameter) { return parameter.first == name; }) > 1;
}

std::optional<HeaderValue> parse_header_value(std::string_view text) {
    HeaderValue out;
    const auto end = std::min(text.find(';'), text.size());
    out.word = lower(trim(text.substr(0, end)));
    text = trim(text.substr(end));
    while (!text.empty()) {
        if (text.front() != ';') return std::nullopt;
        text = trim(text.substr(1));
        if (text.empty()) break;  // A ';' at the end is forgiven.
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = text.substr(0, equals);
        if (!is_token(name)) return std::nullopt;
        text.remove_prefix(equals + 1);
        if (text.starts_with('"')) {
            auto value = take_quoted(text);
            if (!value) return std::nullopt;
            out.parameters.emplace_back(lower(name), std::move(*value));
        } else {
            const auto stop = std::min(text.find_first_of("; \t"), text.size());
            const auto value = text.substr(0, stop);
            if (value.empty()) return std::nullopt;
            out.parameters.emplace_back(lower(name), value);
            text.remove_prefix(stop);
        }
        text = trim(text);
    }
    return out;
}

}  // namespace kinora::http
