// unit/accounts/names_test.cpp: names that are what they look like, and addresses of mail.
#include "accounts/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::accounts {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string name_of(std::string_view text) {
    const auto name = clean_name("nickname", text);
    return name ? *name : name.error().message();
}
std::string email_of(std::string_view text) {
    const auto email = clean_email(text);
    return email ? *email : email.error().message();
}

TEST(CleanName, KeepsWhatPeopleAreCalled) {
    for (const auto* name : {"Ada Lovelace", "O'Neill-Smith, Jr.", "Zoë", "Иван Петров", "Γιώργος",
                             "山田 太郎", "やまだ Taro", "山田 Taro", "김철수 Kim", "محمد", "שלום",
                             "देवनागरी", "Team 42 (Köln)", "🎬", "Ada 🚀", "I ❤\uFE0F film", "x²"}) {
        EXPECT_EQ(name_of(name), name);
    }
}

TEST(CleanName, SettlesBlanksWidthAndComposition) {
    EXPECT_EQ(name_of("  Ada   Lovelace "), "Ada Lovelace");
    EXPECT_EQ(name_of("Ada\u00A0Lovelace"), "Ada Lovelace");
    EXPECT_EQ(name_of("山田\u3000太郎"), "山田 太郎");
    EXPECT_EQ(name_of("Zoe\u0308"), "Zo\u00EB");
    EXPECT_EQ(name_of("\uFF21\uFF44\uFF41"), "Ada");  // Fullwidth Latin.
    EXPECT_EQ(name_of("\uFF76\uFF9E"), "\u30AC");     // Halfwidth Katakana.
}

TEST(CleanName, RefusesWhatIsNotWhatItLooksLike) {
    const std::pair<std::string, std::string> rows[] = {
        {"", "must not be empty."},
        {" \u3000 ", "must not be empty."},
        {"Ada\r\nBcc: eve", "line ends"},
        {"Ada\n", "line ends"},
        {"Ada\tL", "control characters"},
        {std::string("A\0da", 4), "control characters"},
        {"Ada\x7F", "control characters"},
        {"Ada\u0085", "control characters"},
        {"Ada\u2028L", "line ends"},
        {"Ada\u202Egpj.exe", "cannot be seen"},  // Right-to-left override.
        {"Ada\u2066x\u2069", "cannot be seen"},  // Isolates.
        {"Ad\u200Ba", "cannot be seen"},         // Zero-width space.
        {"Ad\u200Da", "cannot be seen"},         // Zero-width joiner.
        {"Ad\u00ADa", "cannot be seen"},         // Soft hyphen.
        {"\uFEFF"
         "Ada",
         "cannot be seen"},
        {"Ada\uFE0F", "cannot be seen"},       // Emoji look of a letter.
        {"\u3164", "cannot be seen"},          // Hangul filler.
        {"\u2800\u2800", "cannot be seen"},    // Braille blank.
        {"\uE000", "cannot be seen"},          // Private use.
        {"\u0378", "cannot be seen"},          // Unassigned.
        {"Ada \U000E0041", "cannot be seen"},  // A tag.
        {"p\u0430ypal", "mix alphabets"},      // Cyrillic a.
        {"Αdmin", "mix alphabets"},            // Greek Alpha.
        {"Иван Ivan", "mix alphabets"},
        {"e\u0301\u0301", "same mark"},
        {"\xFF", "UTF-8"},
        {"\xC0\xAF", "UTF-8"},
        {"\xED\xA0\x80", "UTF-8"},  // Half of a pair.
        {"Ada\xE2\x82", "UTF-8"},
        {std::string(81, 'a'), "at most 80 characters"},
        {std::string(10'000, 'a'), "at most 80 characters"},
    };
    for (const auto& [text, words] : rows) {
        const auto name = clean_name("nickname", text);
        ASSERT_FALSE(name) << text;
        EXPECT_EQ(name.error().code(), ErrorCode::bad_request);
        EXPECT_THAT(name.error().message(), StartsWith("`nickname` must "));
        EXPECT_THAT(name.error().message(), HasSubstr(words)) << text;
    }
}

TEST(CleanName, CountsCharacters) {
    std::string family;
    for (int i = 0; i < 80; ++i) family += "🎬";
    EXPECT_EQ(name_of(family), family);
    EXPECT_THAT(name_of(family + "🎬"), HasSubstr("at most 80 characters"));
    EXPECT_TRUE(clean_name("note", "abc", 3));
    EXPECT_EQ(clean_name("note", "abcd", 3).error().message(),
              "`note` must have at most 3 characters.");
}

TEST(CleanEmail, KeepsAddressesInLowerCase) {
    for (const auto& [text, address] :
         {std::pair{"ada@example.com", "ada@example.com"},
          std::pair{" Ada.Lovelace@Example.COM\t", "ada.lovelace@example.com"},
          std::pair{"ada+films@example.com", "ada+films@example.com"},
          std::pair{"o'neill@mail.example.co.uk", "o'neill@mail.example.co.uk"},
          std::pair{"root@localhost", "root@localhost"},
          std::pair{"ada@xn--kln-sna.example", "ada@xn--kln-sna.example"},
          std::pair{"1@2.example", "1@2.example"}}) {
        EXPECT_EQ(email_of(text), address);
    }
    const std::string longest_local(64, 'a');
    EXPECT_EQ(email_of(longest_local + "@b.example"), longest_local + "@b.example");
}

TEST(CleanEmail, RefusesWhatIsNoAddress) {
    const std::string label(63, 'b');
    const auto long_domain = label + '.' + label + '.' + label + ".example";
    const std::pair<std::string, std::string> rows[] = {
        {"", "such as"},
        {"ada", "such as"},
        {"@example.com", "such as"},
        {"ada@", "such as"},
        {"ada@@example.com", "such as"},
        {"ada@eve@example.com", "such as"},
        {"ada lovelace@example.com", "such as"},
        {"ada@exam ple.com", "such as"},
        {"ada@example.com\r\n", "such as"},
        {"ada@example.com\r\nBcc: eve@example.com", "such as"},
        {std::string("ada\0@example.com", 16), "such as"},
        {"\"ada\"@example.com", "such as"},
        {"ada(comment)@example.com", "such as"},
        {"Ada <ada@example.com>", "such as"},
        {"ada@example.com,eve@example.com", "such as"},
        {".ada@example.com", "such as"},
        {"ada.@example.com", "such as"},
        {"a..da@example.com", "such as"},
        {"ada@.example.com", "such as"},
        {"ada@example..com", "such as"},
        {"ada@example.com.", "such as"},
        {"ada@-example.com", "such as"},
        {"ada@example-.com", "such as"},
        {"ada@exam_ple.com", "such as"},
        {"ada@[127.0.0.1]", "such as"},
        {"ada@127.0.0.1", "such as"},
        {"ada@" + std::string(64, 'b') + ".example", "such as"},
        {std::string(65, 'a') + "@example.com", "at most 64 characters before its @"},
        {std::string(60, 'a') + '@' + long_domain, "at most 254 characters"},
        {std::string(10'000, 'a') + "@example.com", "at most 254 characters"},
        {"ada@köln.example", "xn--"},
        {"ada\u200B@example.com", "ASCII"},
        {"ada@example.com\u202E", "ASCII"},
        {"ad\u0430@example.com", "ASCII"},
        {"ada\xFF@example.com", "ASCII"},
    };
    for (const auto& [text, words] : rows) {
        const auto email = clean_email(text);
        ASSERT_FALSE(email) << text;
        EXPECT_EQ(email.error().code(), ErrorCode::bad_request);
        EXPECT_THAT(email.error().message(), StartsWith("`email` must "));
        EXPECT_THAT(email.error().message(), HasSubstr(words)) << text;
    }
}

}  // namespace
}  // namespace kinora::accounts
