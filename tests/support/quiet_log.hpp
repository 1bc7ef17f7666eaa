// tests/support/quiet_log.hpp: a log that writes nothing.
#pragma once

#include "base/log.hpp"

namespace kinora::test {

struct QuietLog final : Log {
    QuietLog() : Log(LogLevel::off) {}
};

}  // namespace kinora::test
