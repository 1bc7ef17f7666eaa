// tests/unit/api/status_test.cpp: every error has its status and its word.
#include "api/status.hpp"

#include "storage/database.hpp"

#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace kinora::api {
namespace {

struct Row {
    ErrorCode code;
    int status;
    std::string_view word;
};
// The contract's table of errors.
constexpr Row kTable[] = {
    {ErrorCode::bad_request, 400, "bad_request"},
    {ErrorCode::no_token, 401, "no_token"},
    {ErrorCode::invalid_token, 401, "invalid_token"},
    {ErrorCode::token_expired, 401, "token_expired"},
    {ErrorCode::token_mismatched, 401, "token_mismatched"},
    {ErrorCode::used_up, 403, "used_up"},
    {ErrorCode::disabled, 403, "disabled"},
    {ErrorCode::forbidden, 403, "forbidden"},
    {ErrorCode::no_api, 404, "no_api"},
    {ErrorCode::not_found, 404, "not_found"},
    {ErrorCode::method_not_allowed, 405, "bad_request"},
    {ErrorCode::too_large, 413, "bad_request"},
    {ErrorCode::unsupported_media_type, 415, "bad_request"},
    {ErrorCode::request_timeout, 408, "bad_request"},
    {ErrorCode::conflict, 409, "bad_request"},
    {ErrorCode::cancelled, 409, "cancelled"},
    {ErrorCode::expired, 410, "expired"},
    {ErrorCode::too_many_requests, 429, "too_many_requests"},
    {ErrorCode::api_error, 500, "api_error"},
    {ErrorCode::unavailable, 503, "api_error"},
    {ErrorCode::timeout, 504, "timeout"},
};

std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(Status, EveryCodeHasItsStatusAndWord) {
    test::SeededRandom random;
    const auto trace = TraceId::make(random);
    EXPECT_EQ(std::size(kTable), static_cast<std::size_t>(ErrorCode::timeout) + 1);
    for (const auto& row : kTable) {
        const auto response = to_response(Error(row.code, "Say \"please\".", "a detail"), trace);
        EXPECT_EQ(response.status, row.status) << row.word;
        EXPECT_EQ(response.content_type, "application/json");
        EXPECT_EQ(std::get<std::string>(response.body),
                  R"({"error":{"code":")" + std::string(row.word) +
                      R"(","message":"Say \"please\"."},"trace_id":")" + trace.str() + "\"}");
        EXPECT_EQ(word_of(row.code), row.word);
        EXPECT_EQ(header(response, "WWW-Authenticate"), row.status == 401 ? "Bearer" : "");
        EXPECT_EQ(header(response, "Retry-After").empty(), row.status != 503);
    }
}

TEST(Status, NamesTheTaskWhereOneWasMade) {
    test::SeededRandom random;
    const auto trace = TraceId::make(random);
    const auto task = TaskId::make(random);
    const auto response = to_response(Error(ErrorCode::timeout, "Later."), trace, task);
    EXPECT_EQ(std::get<std::string>(response.body),
              R"({"error":{"code":"timeout","message":"Later."},"task_id":")" + task.str() +
                  R"(","trace_id":")" + trace.str() + "\"}");
}

TEST(Status, AStoredWordComesBackAsItsError) {
    EXPECT_EQ(code_of("bad_request"), ErrorCode::bad_request);
    EXPECT_EQ(code_of("timeout"), ErrorCode::timeout);
    EXPECT_EQ(code_of("cancelled"), ErrorCode::cancelled);
    for (const auto* word : {"api_error", "", "nonsense", "no_token", "Timeout"}) {
        EXPECT_EQ(code_of(word), ErrorCode::api_error) << word;
    }
}

TEST(Status, WhatTheDatabaseThrowsIsToldWhereItMayPass) {
    const auto full = error_of_exception(storage::DiskFull("the disk with kinora.db is full"));
    ASSERT_TRUE(full);
    EXPECT_EQ(full->code(), ErrorCode::unavailable);
    EXPECT_EQ(full->message().find("kinora.db"), std::string::npos);
    const auto locked = error_of_exception(storage::DatabaseUnavailable("locked for 10 s"));
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->code(), ErrorCode::unavailable);
    EXPECT_FALSE(error_of_exception(std::runtime_error("a mistake of ours")));
}

}  // namespace
}  // namespace kinora::api
