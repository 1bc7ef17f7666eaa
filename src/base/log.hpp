// base/log.hpp: one event, one line of JSON on standard error.
//
//     log.info("task.claimed", {{"task", id.str()}, {"lease_s", 10}});
//
// Names are `noun.verb`, stable and greppable. Prompts, keys, cookies and signed URLs stay out.
// error: someone must act. warn: we healed. info: state changed. debug: for us.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace kinora {

enum class LogLevel { debug, info, warn, error, off };

class Log {
public:
    // Writes to standard error. Safe from any thread.
    explicit Log(LogLevel level = LogLevel::info, std::string_view program = "kinora");
    ~Log();

    // Whether a line of that level is written; spares building the fields of one that is not.
    bool wants(LogLevel level) const { return level >= level_; }

    using Fields = boost::json::object;
    void debug(std::string_view event, const Fields& fields = {}) {
        write(LogLevel::debug, event, fields);
    }
    void info(std::string_view event, const Fields& fields = {}) {
        write(LogLevel::info, event, fields);
    }
    void warn(std::string_view event, const Fields& fields = {}) {
        write(LogLevel::warn, event, fields);
    }
    void error(std::string_view event, const Fields& fields = {}) {
        write(LogLevel::error, event, fields);
    }

private:
    void write(LogLevel level, std::string_view event, const Fields& fields);

    LogLevel level_;
    std::shared_ptr<spdlog::logger> sink_;
};

}  // namespace kinora
