#include "app/setting_values.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <stdexcept>
#include <string_view>

namespace kinora::app {
namespace {

// A number and a unit. `units` are in their order of size, the first one is meant without any.
struct Unit {
    std::string_view name;
    double factor;
};
std::int64_t parse_amount(const char* name, const std::string& text,
                          std::initializer_list<Unit> units, const char* example) {
    const auto digits = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto word = text.substr(digits);
    const auto unit = std::find_if(units.begin(), units.end(),
                                   [&](const Unit& each) { return each.name == word; });
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + digits, number);
    const auto amount = number * (word.empty()          ? units.begin()->factor
                                  : unit == units.end() ? -1
                                                        : unit->factor);
    if (digits == 0 || read.ec != std::errc() || read.ptr != text.data() + digits || amount < 0 ||
        amount > 9e15) {
        throw std::runtime_error(std::string(name) + " must be like " + example + ", not `" + text +
                                 "`");
    }
    return static_cast<std::int64_t>(amount);
}

}  // namespace

Endpoint parse_listen(const std::string& text) {
    const auto colon = text.rfind(':');
    auto address = colon == std::string::npos ? std::string() : text.substr(0, colon);
    const auto port = colon == std::string::npos ? text : text.substr(colon + 1);
    const bool digits = !port.empty() && port.size() <= 5 &&
                        port.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::stoi(port) > 65535) {
        throw std::runtime_error("--listen needs address:port, such as 127.0.0.1:8080, not `" +
                                 text + "`");
    }
    if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
        address = address.substr(1, address.size() - 2);
    }
    if (address.empty()) address = colon == std::string::npos ? "127.0.0.1" : "0.0.0.0";
    return {address, static_cast<std::uint16_t>(std::stoi(port))};
}

std::string parse_public_url(std::string text) {
    while (!text.empty() && text.back() == '/') text.pop_back();
    const bool has_scheme = text.starts_with("http://") || text.starts_with("https://");
    if (!text.empty() && (!has_scheme || text.find_first_of(" ?#") != std::string::npos)) {
        throw std::runtime_error("--public-url needs the form https://video.example.com, not `" +
                                 text + "`");
    }
    return text;
}

std::string parse_support_url(const std::string& text) {
    const bool known =
        text.starts_with("https://") || text.starts_with("http://") || text.starts_with("mailto:");
    if (!text.empty() && (!known || text.find_first_of(" \"<>") != std::string::npos)) {
        throw std::runtime_error(
            "--support-url must be an https://, http:// or mailto: link, not `" + text + "`");
    }
    return text;
}

LogLevel parse_log_level(const std::string& word) {
    if (word == "debug") return LogLevel::debug;
    if (word == "info") return LogLevel::info;
    if (word == "warn") return LogLevel::warn;
    if (word == "error") return LogLevel::error;
    if (word == "off") return LogLevel::off;
    throw std::runtime_error("log-level must be debug, info, warn, error or off, not `" + word +
                             "`");
}

std::uint64_t parse_size(const char* name, const std::string& text) {
    return static_cast<std::uint64_t>(parse_amount(
        name, text, {{"B", 1}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}}, "500MB"));
}

Milliseconds parse_duration(const char* name, const std::string& text) {
    return Milliseconds(parse_amount(
        name, text, {{"s", 1e3}, {"m", 60e3}, {"h", 3'600e3}, {"d", 86'400e3}}, "12h"));
}

}  // namespace kinora::app
