// tests/unit/base/result_test.cpp: a result holds a value or an error, and a string is never an
// error.
#include "base/result.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace kinora {
namespace {

TEST(Error, SpeaksInThreeVoices) {
    const Error error(ErrorCode::not_found, "You have no such task.", "row 7 is gone");
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_EQ(error.message(), "You have no such task.");
    EXPECT_EQ(error.detail(), "row 7 is gone");
    EXPECT_EQ(Error().code(), ErrorCode::api_error);
    EXPECT_EQ(Error().message(), "");
}

TEST(Result, HoldsStringsAsValues) {
    const Result<std::string> text = std::string("all is well");
    ASSERT_TRUE(text.has_value());
    EXPECT_EQ(*text, "all is well");
    static_assert(!std::is_convertible_v<std::string, Error>);
    static_assert(!std::is_convertible_v<const char*, Error>);
}

TEST(Result, HoldsAnError) {
    const Result<int> failed = Error(ErrorCode::timeout, "Too late.");
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().code(), ErrorCode::timeout);
    EXPECT_EQ(failed.error().message(), "Too late.");
}

TEST(Result, OfAnOptionalTellsAbsentFromWrong) {
    const Result<std::optional<int>> absent = std::optional<int>();
    const Result<std::optional<int>> wrong = Error(ErrorCode::bad_request, "`n` must be a number.");
    EXPECT_TRUE(absent.has_value());
    EXPECT_FALSE(absent->has_value());
    EXPECT_FALSE(wrong.has_value());
}

TEST(Result, OfNothingIsOk) {
    EXPECT_TRUE(ok().has_value());
    const Result<void> failed = Error(ErrorCode::forbidden, "No.");
    EXPECT_FALSE(failed.has_value());
}

TEST(Result, OpeningAFailedOneIsOurMistake) {
    const Result<int> failed = Error(ErrorCode::timeout, "Too late.");
    EXPECT_THROW(failed.value(), std::logic_error);
}

}  // namespace
}  // namespace kinora
