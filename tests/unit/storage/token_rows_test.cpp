// token_rows_test.cpp: a token of either kind is found by its id and by its shown beginning.
#include "storage/token_rows.hpp"

#include "storage/login_rows.hpp"
#include "storage_fixture.hpp"

namespace kinora::storage {
namespace {

class TokenRowsTest : public StorageTest {
protected:
    std::vector<FoundToken> find_them(const std::string& word) {
        return db->read_now([word](Session& session) { return find_tokens(session, word); });
    }
    PlatformTokenRow insert_platform(const Sample& sample, const std::string& prefix) {
        PlatformTokenRow row;
        row.id = PlatformTokenId::make(random);
        row.user_id = sample.user.id;
        row.token_hash = random.hex(8);
        row.token_prefix = prefix;
        db->write_now([&](Session& session) { insert_platform_token(session, row); });
        return row;
    }
};

TEST_P(TokenRowsTest, FindsOneByItsIdOrItsPrefix) {
    const auto ada = insert_sample("ada");
    const auto bob = insert_sample("bob");
    const auto platform = insert_platform(bob, "platform-b");
    for (const auto& word : {ada.credential.id.str(), std::string("ad")}) {
        const auto found = find_them(word);
        ASSERT_EQ(found.size(), 1U) << word;
        EXPECT_FALSE(found.front().is_platform);
        EXPECT_EQ(found.front().id, ada.credential.id.str());
        EXPECT_EQ(found.front().user_id, ada.user.id);
        EXPECT_EQ(found.front().prefix, "ad");
    }
    for (const auto& word : {platform.id.str(), std::string("platform-b")}) {
        const auto found = find_them(word);
        ASSERT_EQ(found.size(), 1U) << word;
        EXPECT_TRUE(found.front().is_platform);
        EXPECT_EQ(found.front().id, platform.id.str());
        EXPECT_EQ(found.front().user_id, bob.user.id);
    }
}

TEST_P(TokenRowsTest, GivesAllThatBeginAlike) {
    insert_sample("ada");
    const auto other = insert_sample("adam");
    insert_platform(other, "ad");
    EXPECT_EQ(find_them("ad").size(), 3U);
    EXPECT_TRUE(find_them("a").empty());  // A prefix is whole.
    EXPECT_TRUE(find_them("AD").empty());
    EXPECT_TRUE(find_them("hash-of-ada").empty());
}

KINORA_ON_BOTH_BACKENDS(TokenRowsTest);

}  // namespace
}  // namespace kinora::storage
