// tests/unit/accounts/token_test.cpp: how tokens and secrets look, and what is kept of them.
#include "accounts/token.hpp"

#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

namespace kinora::accounts {
namespace {

TEST(Token, Is32HexCharacters) {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const auto token = make_token(random).reveal();
        EXPECT_TRUE(std::regex_match(token, std::regex("[0-9a-f]{32}"))) << token;
        EXPECT_TRUE(seen.insert(token).second);
    }
}

TEST(Token, OfTheOperatorMayBeAsShortAsTheContractSays) {
    EXPECT_EQ(kTokenLengthMin, 16U);
    EXPECT_GE(kTokenLengthMax, 32U);
}

// Gives 0, 1, 2, ...
class Counting final : public Random {
public:
    void fill(std::span<std::byte> out) override {
        for (auto& byte : out) byte = static_cast<std::byte>(next_++);
    }

private:
    unsigned char next_ = 0;
};

TEST(WebhookSecret, IsTheBase64OfThe32Bytes) {
    Counting random;
    // base64 of the bytes 0x00 to 0x1f, as `printf | base64` has it.
    EXPECT_EQ(make_webhook_secret(random).reveal(),
              "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
}

TEST(TokenHash, IsSha256InHex) {
    // FIPS 180-4's examples.
    EXPECT_EQ(hash_token("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hash_token(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hash_token("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(TokenPrefix, ShowsSixCharactersAtMost) {
    EXPECT_EQ(token_prefix("0123456789abcdef"), "012345");
    EXPECT_EQ(token_prefix("012"), "012");
    EXPECT_EQ(token_prefix(""), "");
}

}  // namespace
}  // namespace kinora::accounts
