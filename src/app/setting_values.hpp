// app/setting_values.hpp: the texts of settings, judged. Each throws std::runtime_error with a
// sentence for the operator.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"

#include <cstdint>
#include <string>

namespace kinora::app {

struct Endpoint {
    std::string address;
    std::uint16_t port;
};
// "127.0.0.1:8080", "[::1]:8080", ":8080", "8080".
Endpoint parse_listen(const std::string& text);

// Without a slash at its end; empty stays empty.
std::string parse_public_url(std::string text);
// A link for people; empty stays empty.
std::string parse_support_url(const std::string& text);
LogLevel parse_log_level(const std::string& word);

// Bytes: "0", "500MB", "1.5GB" (powers of a thousand).
std::uint64_t parse_size(const char* name, const std::string& text);
// "0", "90" (seconds), "90m", "12h", "30d".
Milliseconds parse_duration(const char* name, const std::string& text);

}  // namespace kinora::app
