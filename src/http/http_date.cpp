// http/http_date.cpp: writes and reads HTTP dates.
#include "http/http_date.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace kinora::http {

std::string format_date(Seconds time) {
    // strftime would use the locale's names.
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = time.time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                   kMonths[static_cast<std::size_t>(parts.tm_mon)],
                                   parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string_view cached_date(TimePoint now) {
    thread_local Seconds shown{std::chrono::seconds(-1)};
    thread_local std::string text;
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != shown) {
        text = format_date(second);
        shown = second;
    }
    return text;
}

std::optional<Seconds> parse_date(std::string_view text) {
    const std::string copy(text);
    for (const char* form :
         {"%a, %d %b %Y %H:%M:%S GMT", "%a, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
        std::tm parts{};
        const char* end = ::strptime(copy.c_str(), form, &parts);
        if (end == nullptr || end != copy.c_str() + copy.size()) continue;
        return Seconds(std::chrono::seconds(::timegm(&parts)));
    }
    return std::nullopt;
}

}  // namespace kinora::http
