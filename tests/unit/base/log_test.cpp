// tests/unit/base/log_test.cpp: one event, one line of JSON on standard error.
#include "base/log.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <boost/json.hpp>
#include <functional>
#include <regex>
#include <sstream>
#include <thread>
#include <vector>

namespace kinora {
namespace {

std::vector<std::string> lines_of(const std::function<void()>& speak) {
    testing::internal::CaptureStderr();
    speak();
    std::istringstream text(testing::internal::GetCapturedStderr());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

TEST(Log, WritesOneLineOfJsonAnEvent) {
    const auto lines = lines_of([] {
        Log(LogLevel::info, "kinora-worker")
            .info("task.claimed", {{"task", "t-1"}, {"lease_s", 10}});
    });
    ASSERT_EQ(lines.size(), 1U);
    auto line = boost::json::parse(lines[0]).as_object();
    const std::string time(line.at("time").as_string());
    line.erase("time");
    const boost::json::object rest{
        {"level", "info"},   {"event", "task.claimed"}, {"program", "kinora-worker"},
        {"pid", ::getpid()}, {"task", "t-1"},           {"lease_s", 10}};
    EXPECT_EQ(line, rest);
    const std::regex rfc3339(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
    EXPECT_TRUE(std::regex_match(time, rfc3339));
}

TEST(Log, WhateverAFieldHoldsItStaysOneLine) {
    const std::string text = "two\nlines, \"quotes\", {braces} %s \x01 and \xc3\xa9";
    const auto lines = lines_of([&] { Log().warn("thing.happened", {{"text", text}}); });
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(boost::json::parse(lines[0]).at("text").as_string(), text);
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
    struct Row {
        LogLevel level;
        std::vector<std::string> written;
    };
    const Row table[] = {
        {LogLevel::debug, {"debug", "info", "warn", "error"}},
        {LogLevel::info, {"info", "warn", "error"}},
        {LogLevel::warn, {"warn", "error"}},
        {LogLevel::error, {"error"}},
        {LogLevel::off, {}},
    };
    for (const auto& row : table) {
        const auto lines = lines_of([&] {
            Log log(row.level);
            log.debug("a.b");
            log.info("a.b");
            log.warn("a.b");
            log.error("a.b");
        });
        std::vector<std::string> levels;
        for (const auto& line : lines) {
            levels.emplace_back(boost::json::parse(line).at("level").as_string());
        }
        EXPECT_EQ(levels, row.written);
    }
}

TEST(Log, KnowsWhatItWants) {
    const Log log(LogLevel::warn);
    EXPECT_FALSE(log.wants(LogLevel::debug));
    EXPECT_FALSE(log.wants(LogLevel::info));
    EXPECT_TRUE(log.wants(LogLevel::warn));
    EXPECT_TRUE(log.wants(LogLevel::error));
}

TEST(Log, LinesOfManyThreadsDoNotMix) {
    constexpr int kThreads = 4, kLines = 200;
    const auto lines = lines_of([] {
        Log log;
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&log] {
                for (int n = 0; n < kLines; ++n) log.info("a.b", {{"text", std::string(200, 'x')}});
            });
        }
        for (auto& thread : threads) thread.join();
    });
    EXPECT_EQ(lines.size(), std::size_t{kThreads * kLines});
    for (const auto& line : lines) EXPECT_NO_THROW(boost::json::parse(line));
}

}  // namespace
}  // namespace kinora
