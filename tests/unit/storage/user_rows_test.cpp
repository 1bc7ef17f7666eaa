// user_rows_test.cpp: people come back as they were written, are found, and go with all they had.
#include "storage/user_rows.hpp"

#include "storage/login_rows.hpp"
#include "storage/retention_rows.hpp"
#include "storage_fixture.hpp"
#include "support/race.hpp"

#include <gmock/gmock.h>

namespace kinora::storage {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class UserRowsTest : public StorageTest {
protected:
    UserRow add(const std::string& email, const std::string& nickname = {},
                const std::string& role = "user", TimePoint created_at = at(0)) {
        UserRow user;
        user.id = UserId::make(random);
        user.email = email;
        user.nickname = nickname;
        user.role = role;
        user.created_at = created_at;
        db->write_now([&](Session& session) { insert_user(session, user); });
        return user;
    }
    void update(const UserRow& user) {
        db->write_now([&](Session& session) { update_user(session, user); });
    }
    std::optional<UserRow> find_one(UserId id) {
        return db->read_now([id](Session& session) { return find_user(session, id); });
    }
    std::vector<std::string> emails(const UserFilter& filter) {
        std::vector<std::string> found;
        const auto page =
            db->read_now([&](Session& session) { return list_users(session, filter); });
        for (const auto& user : page.items) found.push_back(user.email);
        return found;
    }
};

TEST_P(UserRowsTest, ComesBackAsItWasWritten) {
    auto user = add("ada@example.org", "Ada ünïcode 'quoted'", "admin", at(7));
    const auto first = find_one(user.id);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->email, "ada@example.org");
    EXPECT_EQ(first->nickname, "Ada ünïcode 'quoted'");
    EXPECT_EQ(first->role, "admin");
    EXPECT_EQ(first->password_hash, "");
    EXPECT_FALSE(first->disabled);
    EXPECT_FALSE(first->verified_at);
    EXPECT_FALSE(first->deleted_at);
    EXPECT_EQ(first->created_at, at(7));

    user.email = "other@example.org";
    user.nickname = "";
    user.role = "user";
    user.password_hash = "$argon2id$";
    user.disabled = true;
    user.verified_at = at(8);
    user.deleted_at = at(9);
    user.created_at = at(10);
    update(user);
    const auto second = find_one(user.id);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->email, "other@example.org");
    EXPECT_EQ(second->nickname, "");
    EXPECT_EQ(second->role, "user");
    EXPECT_EQ(second->password_hash, "$argon2id$");
    EXPECT_TRUE(second->disabled);
    EXPECT_EQ(second->verified_at, at(8));
    EXPECT_EQ(second->deleted_at, at(9));
    EXPECT_EQ(second->created_at, at(7)) << "that stays";
    EXPECT_FALSE(find_one(UserId::make(random)));
}

TEST_P(UserRowsTest, AnAddressIsOnePersons) {
    const auto ada = add("ada@example.org");
    auto second = ada;
    second.id = UserId::make(random);
    EXPECT_FALSE(db->write_now([&](Session& session) { return insert_user(session, second); }));
    EXPECT_FALSE(find_one(second.id));
    const auto by_email = [&](const char* email) {
        return db->read_now([&](Session& session) { return find_user_by_email(session, email); });
    };
    ASSERT_TRUE(by_email("ada@example.org"));
    EXPECT_EQ(by_email("ada@example.org")->id, ada.id);
    EXPECT_FALSE(by_email("ADA@example.org")) << "addresses are written in lower case";
    EXPECT_FALSE(by_email(""));
    EXPECT_FALSE(by_email("' OR ''='"));
}

TEST_P(UserRowsTest, TheOldestOwnerIsTheOwner) {
    const auto owner = [&] {
        return db->read_now([](Session& session) { return find_owner(session); });
    };
    add("ada@example.org", "", "admin");
    EXPECT_FALSE(owner());
    add("second@example.org", "", "owner", at(2));
    const auto first = add("first@example.org", "", "owner", at(1));
    EXPECT_EQ(owner()->id, first.id);
}

TEST_P(UserRowsTest, ListsByAPartOfAddressOrNickname) {
    add("ada@example.org", "Countess", "user", at(1));
    add("bob_b@example.org", "50% Bob!", "admin", at(2));
    add("carl@example.com", "C", "user", at(3));
    struct Row {
        const char* part;
        std::vector<std::string> found;
    };
    const std::string ada = "ada@example.org", bob = "bob_b@example.org", carl = "carl@example.com";
    const Row table[] = {
        {"", {carl, bob, ada}},
        {"EXAMPLE.ORG", {bob, ada}},
        {"countess", {ada}},
        {"ADA@", {ada}},
        {"_", {bob}},
        {"%", {bob}},
        {"!", {bob}},
        {"b_b", {bob}},
        {"b%b", {}},
        {"nobody", {}},
        {"' OR ''='", {}},
        {"\\", {}},
    };
    for (const auto& row : table) {
        UserFilter filter;
        filter.part = row.part;
        EXPECT_EQ(emails(filter), row.found) << row.part;
    }
    UserFilter admins;
    admins.role = "admin";
    EXPECT_THAT(emails(admins), ElementsAre(bob));
    admins.part = "carl";
    EXPECT_THAT(emails(admins), IsEmpty());
    UserFilter second;
    second.slice = {1, 1, false};
    EXPECT_THAT(emails(second), ElementsAre(bob));
    EXPECT_EQ(db->read_now([](Session& session) { return count_users(session); }), 3);
}

TEST_P(UserRowsTest, WhoIsBeingRemovedIsOnNoList) {
    auto ada = add("ada@example.org"), bob = add("bob@example.org");
    add("carl@example.org");
    const auto deleted = [&](int limit) {
        return db->read_now([&](Session& session) { return deleted_users(session, limit); });
    };
    EXPECT_THAT(deleted(10), IsEmpty());
    ada.deleted_at = at(20);
    bob.deleted_at = at(10);
    update(ada);
    update(bob);
    EXPECT_THAT(emails({}), ElementsAre("carl@example.org"));
    EXPECT_FALSE(db->read_now(
        [](Session& session) { return find_user_by_email(session, "ada@example.org"); }));
    EXPECT_TRUE(find_one(ada.id));
    EXPECT_THAT(deleted(10), ElementsAre(bob.id, ada.id)) << "who went first goes first";
    EXPECT_THAT(deleted(1), ElementsAre(bob.id));
}

TEST_P(UserRowsTest, KnowsTheFilesThatAreThereStill) {
    const auto ada = insert_sample(), bob = insert_sample("bob");
    const auto name = [&](const char* ending) { return random.hex(16) + ending; };
    const auto brought = name(".png"), gone = name(".png"), others = name(".png");
    VideoRow clip;
    db->write_now([&](Session& session) {
        auto task = make_task(ada, at(1));
        insert_task(session, task);
        for (const auto& [file, user] :
             {std::pair(brought, ada), std::pair(gone, ada), std::pair(others, bob)}) {
            insert_file(session, {file, user.user.id, task.id, 1, at(file == gone ? 1 : 5), {}});
        }
        expire_files(session, at(2), at(3), 10);
        task = *claim_task(session, {"w", at(6), at(16)});
        clip = make_video(task);
        complete_task(session, claim_of(task), clip, 1s, at(7));
    });
    const auto files =
        db->read_now([&](Session& session) { return files_of(session, ada.user.id); });
    EXPECT_THAT(files, UnorderedElementsAre(brought, clip.video_name, clip.thumbnail_name));
}

TEST_P(UserRowsTest, GoesWithAllThatReferredToIt) {
    const auto ada = insert_sample(), bob = insert_sample("bob");
    const auto now = at(1);
    db->write_now([&](Session& session) {
        insert_login(session, {"login", ada.user.id, now, now, now});
        remove_user(session, ada.user.id);
        remove_user(session, ada.user.id);
    });
    db->read_now([&](Session& session) {
        EXPECT_FALSE(find_user(session, ada.user.id));
        EXPECT_FALSE(find_application(session, ada.application.id));
        EXPECT_FALSE(find_credential(session, ada.credential.id));
        EXPECT_FALSE(find_login(session, "login"));
        EXPECT_TRUE(find_caller(session, bob.credential.token_hash));
    });
}

TEST_P(UserRowsTest, AChangeIsToldToWhoRemembersCallers) {
    auto ada = add("ada@example.org");
    auto before = db->account_changes();
    update(ada);
    EXPECT_NE(db->account_changes(), before);
    before = db->account_changes();
    db->write_now([&](Session& session) { remove_user(session, ada.id); });
    EXPECT_NE(db->account_changes(), before);
    before = db->account_changes();
    db->write_now([&](Session& session) { find_user_to_change(session, ada.id); });
    EXPECT_EQ(db->account_changes(), before) << "to look changes nothing";
}

TEST_P(UserRowsTest, OfTwoWhoChangeItAtOnceNoneUndoesTheOther) {
    const auto other = open();
    constexpr int kRounds = 30;
    for (int round = 0; round < kRounds; ++round) {
        const auto ada = add("ada" + std::to_string(round) + "@example.org");
        test::race(2, [&](int racer) {
            auto& database = racer == 0 ? *db : *other;
            database.write_now([&](Session& session) {
                auto user = find_user_to_change(session, ada.id);
                racer == 0 ? void(user->disabled = true) : void(user->nickname = "Ada");
                update_user(session, *user);
            });
            return 0;
        });
        const auto user = find_one(ada.id);
        ASSERT_TRUE(user->disabled) << "round " << round;
        ASSERT_EQ(user->nickname, "Ada") << "round " << round;
    }
}

KINORA_ON_BOTH_BACKENDS(UserRowsTest);

}  // namespace
}  // namespace kinora::storage
