// unit/accounts/printable_test.cpp: other programs' words, as they are shown.
#include "accounts/printable.hpp"

#include <gtest/gtest.h>

namespace kinora::accounts {
namespace {

TEST(Printable, IsOneLineThatCanBeSeen) {
    const std::pair<std::string, std::string> rows[] = {
        {"", ""},
        {"Too violent.", "Too violent."},
        {"  Zu\tbrutal:\r\n Köln \n", "Zu brutal: Köln"},
        {std::string("a\0b", 3), "a b"},
        {"a\u202Eb\u200Bc\x1B[31m", "a b c [31m"},
        {"bad \xFF byte", "bad \uFFFD byte"},
        {"\u200B\n", ""},
    };
    for (const auto& [text, shown] : rows) EXPECT_EQ(printable(text, 50), shown);
}

TEST(Printable, CountsCharactersAndSaysWhereItWasCut) {
    EXPECT_EQ(printable("äöü", 3), "äöü");
    EXPECT_EQ(printable("äöüß", 3), "äö…");
    EXPECT_EQ(printable("🎬🎬🎬", 2), "🎬…");
}

}  // namespace
}  // namespace kinora::accounts
