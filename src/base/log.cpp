#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <ctime>

namespace kinora {
namespace {

const char* word_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warn:
            return "warn";
        case LogLevel::error:
            return "error";
        case LogLevel::off:
            return "off";
    }
    return "off";
}

// RFC 3339, UTC, with milliseconds.
std::string timestamp() {
    using namespace std::chrono;
    const auto now = time_point_cast<milliseconds>(system_clock::now());
    const std::time_t seconds = system_clock::to_time_t(now);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900,
                       parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       now.time_since_epoch().count() % 1000);
}

}  // namespace

Log::Log(LogLevel level, std::string_view program)
    : level_(level),
      sink_(std::make_shared<spdlog::logger>(std::string(program),
                                             std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
    sink_->set_pattern("%v");
    sink_->set_level(spdlog::level::trace);
    sink_->flush_on(spdlog::level::trace);
}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view event, const Fields& fields) {
    if (level < level_) return;
    boost::json::object line{{"time", timestamp()},
                             {"level", word_of(level)},
                             {"event", event},
                             {"program", sink_->name()},
                             {"pid", ::getpid()}};
    for (const auto& field : fields) line.insert_or_assign(field.key(), field.value());
    sink_->log(spdlog::level::critical, "{}", boost::json::serialize(line));
}

}  // namespace kinora
