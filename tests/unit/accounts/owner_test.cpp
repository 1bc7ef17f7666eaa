// tests/unit/accounts/owner_test.cpp: the account that an empty database begins with.
#include "accounts/owner.hpp"

#include "accounts/token.hpp"
#include "storage/account_rows.hpp"
#include "storage/code_rows.hpp"
#include "support/fake_clock.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <boost/json.hpp>
#include <regex>

namespace kinora::accounts {
namespace {

constexpr const char* kFixed = "a token that is long enough";

class OwnerTest : public testing::Test {
protected:
    Owner ensure_one(const std::string& token = {}) {
        return ensure_owner(*database, options(token), random, clock);
    }
    OwnerOptions options(const std::string& token = {}) const {
        OwnerOptions options;
        options.base_url = "http://127.0.0.1:8080";
        options.token = Secret<std::string>(token);
        options.data_folder = folder.path();
        return options;
    }
    boost::json::object owner_file() const {
        return boost::json::parse(test::contents_of(folder / "owner.json")).as_object();
    }
    std::string in_file(const char* key) const {
        return std::string(owner_file().at(key).as_string());
    }
    std::optional<storage::CallerRow> find(const std::string& token) {
        return database->read_now([&](storage::Session& session) {
            return storage::find_caller(session, hash_token(token));
        });
    }

    test::ScratchDatabase database;
    test::TempFolder folder;
    test::SeededRandom random;
    test::FakeClock clock;
};

TEST_F(OwnerTest, IsMadeOnceWithATokenThatWorks) {
    const auto owner = ensure_one();
    EXPECT_TRUE(owner.created);
    ASSERT_TRUE(owner.token.has_value());
    EXPECT_TRUE(std::regex_match(owner.token->reveal(), std::regex("[0-9a-f]{32}")));
    const auto row = find(owner.token->reveal());
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->user.id, owner.user_id);
    EXPECT_EQ(row->user.email, "owner@localhost");
    EXPECT_EQ(row->user.role, "owner");
    EXPECT_EQ(row->user.password_hash, "");
    EXPECT_EQ(row->user.created_at, clock.now());
    EXPECT_EQ(row->application.service_id.str(), kLumaServiceId);
    EXPECT_EQ(row->application.type, "Usage");
    EXPECT_EQ(row->application.scope, "Individual");
    EXPECT_FALSE(row->application.metered);
    EXPECT_FALSE(row->credential.limited);
    EXPECT_FALSE(row->credential.expires_at.has_value());
    EXPECT_EQ(row->credential.token_prefix, owner.token->reveal().substr(0, 6));
}

TEST_F(OwnerTest, IsWrittenToAPrivateFile) {
    const auto owner = ensure_one();
    struct stat facts {};
    ASSERT_EQ(::stat((folder / "owner.json").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);

    const auto file = owner_file();
    std::vector<std::string> keys;
    for (const auto& field : file) keys.emplace_back(field.key());
    const std::vector<std::string> five{"user_id", "email", "api_token", "setup_url",
                                        "webhook_secret"};
    EXPECT_EQ(keys, five);
    EXPECT_EQ(in_file("user_id"), owner.user_id.str());
    EXPECT_EQ(in_file("email"), "owner@localhost");
    EXPECT_EQ(in_file("api_token"), owner.token->reveal());
    const auto row = find(owner.token->reveal());
    EXPECT_EQ(in_file("webhook_secret"), row->application.webhook_secret);
    EXPECT_TRUE(in_file("webhook_secret").starts_with("whsec_"));
    // The code itself is not in the database, only its hash.
    const std::string start = "http://127.0.0.1:8080/setup#code=";
    ASSERT_TRUE(in_file("setup_url").starts_with(start));
    const auto code = in_file("setup_url").substr(start.size());
    const auto whose = database->write_now([&](storage::Session& session) {
        return storage::take_code(session, hash_token(code), storage::CodePurpose::password,
                                  clock.now());
    });
    EXPECT_EQ(whose, owner.user_id);
}

TEST_F(OwnerTest, LeavesNothingButOneFileInTheFolder) {
    ensure_one();
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        names.push_back(entry.path().filename());
    }
    EXPECT_EQ(names, std::vector<std::string>{"owner.json"});
}

TEST_F(OwnerTest, ASecondStartChangesNothing) {
    const auto first = ensure_one();
    const auto file = test::contents_of(folder / "owner.json");
    const auto second = ensure_one();
    EXPECT_FALSE(second.created);
    EXPECT_EQ(second.user_id, first.user_id);
    EXPECT_FALSE(second.token.has_value());
    EXPECT_EQ(test::contents_of(folder / "owner.json"), file);
    EXPECT_TRUE(find(first.token->reveal()).has_value());
    database->read_now([&](storage::Session& session) {
        const auto applications = storage::applications_of(session, first.user_id);
        ASSERT_EQ(applications.size(), 2U);
        EXPECT_NE(applications[0].is_global(), applications[1].is_global());
        for (const auto& each : applications) {
            EXPECT_EQ(storage::credentials_of(session, each.id).size(), each.is_global() ? 0U : 1U);
            EXPECT_EQ(each.metered, each.is_global());
        }
    });
}

TEST_F(OwnerTest, AStartWithoutItsFileDoesNotMakeAnother) {
    ensure_one();
    std::filesystem::remove(folder / "owner.json");
    EXPECT_FALSE(ensure_one().created);
    EXPECT_FALSE(ensure_one(kFixed).created);
    EXPECT_FALSE(std::filesystem::exists(folder / "owner.json"));
    EXPECT_TRUE(find(kFixed).has_value());
}

TEST_F(OwnerTest, AFixedTokenHoldsFromTheStart) {
    const auto owner = ensure_one(kFixed);
    EXPECT_TRUE(owner.created);
    EXPECT_EQ(owner.token->reveal(), kFixed);
    EXPECT_EQ(in_file("api_token"), kFixed);
    EXPECT_TRUE(find(kFixed).has_value());
    const auto file = test::contents_of(folder / "owner.json");
    const auto again = ensure_one(kFixed);
    EXPECT_FALSE(again.created);
    EXPECT_EQ(again.token->reveal(), kFixed);
    EXPECT_EQ(test::contents_of(folder / "owner.json"), file);
    EXPECT_TRUE(find(kFixed).has_value());
}

TEST_F(OwnerTest, AFixedTokenHoldsWhicheverApplicationIsFoundFirst) {
    // Both are made in one moment, and what orders them then are their random ids.
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        test::ScratchDatabase each;
        test::SeededRandom dice(seed);
        ensure_owner(*each, options(), dice, clock);
        ensure_owner(*each, options(kFixed), dice, clock);
        EXPECT_TRUE(each->read_now([](storage::Session& session) {
            return storage::find_caller(session, hash_token(kFixed));
        })) << "seed " << seed;
    }
}

TEST_F(OwnerTest, AFixedTokenStaysWhenItIsNoLongerGiven) {
    ensure_one(kFixed);
    EXPECT_FALSE(ensure_one().token.has_value());
    EXPECT_TRUE(find(kFixed).has_value());
}

TEST_F(OwnerTest, AChangedTokenReplacesTheFormer) {
    const auto first = ensure_one();
    const auto secret = in_file("webhook_secret");
    const auto setup_url = in_file("setup_url");
    ensure_one(kFixed);
    EXPECT_FALSE(find(first.token->reveal()).has_value());
    const auto row = find(kFixed);
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->user.id, first.user_id);
    EXPECT_EQ(row->credential.token_prefix, std::string(kFixed).substr(0, 6));
    EXPECT_EQ(in_file("api_token"), kFixed);
    EXPECT_EQ(in_file("webhook_secret"), secret);
    EXPECT_EQ(in_file("setup_url"), setup_url);

    ensure_one("yet another token");
    EXPECT_FALSE(find(kFixed).has_value());
    EXPECT_TRUE(find("yet another token").has_value());
    EXPECT_EQ(in_file("api_token"), "yet another token");
}

TEST_F(OwnerTest, ANonsensicalFileIsLeftAlone) {
    ensure_one();
    for (const std::string text : {"", "no JSON", "[]", "{}", "{\"user_id\": 7}"}) {
        folder.write("owner.json", text);
        ensure_one(std::string("token for the file ") + std::to_string(text.size()));
        EXPECT_EQ(test::contents_of(folder / "owner.json"), text);
    }
}

TEST_F(OwnerTest, AFolderThatCannotBeWrittenLeavesNoAccount) {
    auto options = this->options();
    options.data_folder = folder / "missing";
    EXPECT_THROW(ensure_owner(*database, options, random, clock), std::system_error);
    options.data_folder = folder.write("file", "");
    EXPECT_THROW(ensure_owner(*database, options, random, clock), std::system_error);
    const auto owner =
        database->read_now([](storage::Session& session) { return storage::find_owner(session); });
    EXPECT_FALSE(owner.has_value());
    EXPECT_TRUE(ensure_one().created);
}

TEST_F(OwnerTest, AFileOfAStartThatDiedBeforeItsCommitIsReplaced) {
    folder.write("owner.json", R"({"user_id": "stale", "api_token": "never worked"})");
    folder.write("owner.json.new", "half");
    const auto owner = ensure_one();
    EXPECT_TRUE(owner.created);
    EXPECT_EQ(in_file("api_token"), owner.token->reveal());
    EXPECT_FALSE(std::filesystem::exists(folder / "owner.json.new"));
    struct stat facts {};
    ASSERT_EQ(::stat((folder / "owner.json").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);
}

}  // namespace
}  // namespace kinora::accounts
