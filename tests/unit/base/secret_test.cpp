// tests/unit/base/secret_test.cpp: what is secret cannot be printed by accident.
#include "base/secret.hpp"

#include <gtest/gtest.h>

#include <boost/json/conversion.hpp>
#include <ostream>
#include <string>
#include <type_traits>

namespace kinora {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

using SecretText = Secret<std::string>;

static_assert(Printable<std::string>);
static_assert(!Printable<SecretText>);
static_assert(!std::is_convertible_v<SecretText, std::string>);
static_assert(!std::is_convertible_v<std::string, SecretText>);
static_assert(!boost::json::has_value_from<SecretText>::value);

TEST(Secret, IsRevealedByNameOnly) {
    const SecretText secret("hush");
    EXPECT_EQ(secret.reveal(), "hush");
    EXPECT_EQ(SecretText().reveal(), "");
}

}  // namespace
}  // namespace kinora
