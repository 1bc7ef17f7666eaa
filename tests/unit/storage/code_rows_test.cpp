// code_rows_test.cpp: codes and invitations work once, allowances are counted exactly, mails wait.
#include "storage/code_rows.hpp"

#include "storage_fixture.hpp"
#include "support/race.hpp"

namespace kinora::storage {
namespace {

using namespace std::chrono_literals;

class CodeRowsTest : public StorageTest {
protected:
    void SetUp() override {
        StorageTest::SetUp();
        ada = insert_sample();
        bob = insert_sample("bob");
    }

    void add_code(const std::string& hash, const Sample& sample,
                  CodePurpose purpose = CodePurpose::password,
                  std::optional<TimePoint> expires_at = at(100)) {
        db->write_now([&](Session& session) {
            insert_code(session, {hash, sample.user.id, purpose, at(0), expires_at});
        });
    }
    std::optional<UserId> take(const std::string& hash, TimePoint now = at(1),
                               CodePurpose purpose = CodePurpose::password) {
        return db->write_now(
            [&](Session& session) { return take_code(session, hash, purpose, now); });
    }
    InvitationRow invite(const std::string& hash, const std::string& email = {}) {
        InvitationRow row{InvitationId::make(random), hash, email, ada.user.id, at(0), at(100), {}};
        db->write_now([&](Session& session) { insert_invitation(session, row); });
        return row;
    }
    bool come(const std::string& hash, const std::string& email = "new@example.org",
              TimePoint now = at(1)) {
        return db->write_now(
            [&](Session& session) { return take_invitation(session, hash, email, now); });
    }
    std::optional<Milliseconds> take(Database& database, const std::string& key, TimePoint now) {
        return database.write_now(
            [&](Session& session) { return take_allowance(session, key, 3, 10s, now); });
    }
    MailRow owe(TimePoint due, CodePurpose purpose = CodePurpose::verification) {
        MailRow mail{
            MailId::make(random), ada.user.id, purpose, "https://k.example", 0, due, at(0)};
        db->write_now([&](Session& session) { insert_mail(session, mail); });
        return mail;
    }
    std::optional<MailRow> next_mail(TimePoint now, TimePoint again_at) {
        return db->write_now(
            [&](Session& session) { return take_due_mail(session, now, again_at); });
    }

    Sample ada, bob;
};

TEST_P(CodeRowsTest, ACodeWorksOnce) {
    add_code("one", ada);
    EXPECT_FALSE(take("two"));
    EXPECT_FALSE(take(""));
    EXPECT_FALSE(take("one", at(1), CodePurpose::verification)) << "it is for something else";
    const auto is_good = [&](CodePurpose purpose, TimePoint now) {
        return db->read_now(
            [&](Session& session) { return is_code_good(session, "one", purpose, now); });
    };
    EXPECT_TRUE(is_good(CodePurpose::password, at(1)));
    EXPECT_FALSE(is_good(CodePurpose::verification, at(1)));
    EXPECT_FALSE(is_good(CodePurpose::password, at(100)));
    EXPECT_EQ(take("one"), ada.user.id);
    EXPECT_FALSE(take("one"));
    EXPECT_FALSE(is_good(CodePurpose::password, at(1)));
}

TEST_P(CodeRowsTest, ACodeHasItsTime) {
    add_code("one", ada);
    EXPECT_FALSE(take("one", at(100)));
    EXPECT_EQ(take("one", at(100) - 1ms), ada.user.id);
    add_code("first", ada, CodePurpose::password, std::nullopt);
    EXPECT_EQ(take("first", at(1 << 30)), ada.user.id);
}

TEST_P(CodeRowsTest, OneThatWasUsedEndsTheOthersOfItsKind) {
    add_code("one", ada);
    add_code("two", ada);
    add_code("address", ada, CodePurpose::verification);
    add_code("bob's", bob);
    EXPECT_EQ(take("two"), ada.user.id);
    EXPECT_FALSE(take("one"));
    EXPECT_EQ(take("address", at(1), CodePurpose::verification), ada.user.id);
    EXPECT_EQ(take("bob's"), bob.user.id);
}

TEST_P(CodeRowsTest, CodesGoWithTheirUserOrTheirTime) {
    add_code("one", ada);
    add_code("bob's", bob, CodePurpose::password, at(50));
    add_code("first", bob, CodePurpose::verification, std::nullopt);
    db->write_now([&](Session& session) {
        remove_codes(session, ada.user.id);
        forget_codes(session, at(51));
    });
    EXPECT_FALSE(take("one"));
    EXPECT_FALSE(take("bob's"));
    EXPECT_TRUE(take("first", at(60), CodePurpose::verification)) << "that one has no end";
}

TEST_P(CodeRowsTest, OfRacersOneUsesACode) {
    const auto other = open();
    for (int round = 0; round < 10; ++round) {
        const auto hash = "code " + std::to_string(round);
        add_code(hash, ada);
        const int used = test::race(4, [&](int racer) {
            auto& database = racer % 2 == 0 ? *db : *other;
            return static_cast<int>(database
                                        .write_now([&](Session& session) {
                                            return take_code(session, hash, CodePurpose::password,
                                                             at(1));
                                        })
                                        .has_value());
        });
        ASSERT_EQ(used, 1) << "round " << round;
    }
}

TEST_P(CodeRowsTest, AnInvitationIsUsedOnceAndInTime) {
    invite("one");
    EXPECT_FALSE(come("two"));
    EXPECT_FALSE(come(""));
    EXPECT_FALSE(come("one", "new@example.org", at(100)));
    EXPECT_TRUE(come("one", "new@example.org", at(99)));
    EXPECT_FALSE(come("one"));
}

TEST_P(CodeRowsTest, AnInvitationMayBeForOneAddress) {
    invite("one", "new@example.org");
    const auto is_good = [&](const char* email, TimePoint now) {
        return db->read_now(
            [&](Session& session) { return is_invitation_good(session, "one", email, now); });
    };
    EXPECT_FALSE(come("one", "other@example.org"));
    EXPECT_FALSE(is_good("other@example.org", at(1)));
    EXPECT_FALSE(come("one", ""));
    EXPECT_TRUE(is_good("new@example.org", at(99)));
    EXPECT_FALSE(is_good("new@example.org", at(100)));
    EXPECT_TRUE(come("one"));
    EXPECT_FALSE(is_good("new@example.org", at(1)));
}

TEST_P(CodeRowsTest, InvitationsAreListedAndWithdrawn) {
    const auto row = invite("one", "new@example.org");
    invite("two");
    come("two");
    db->write_now([&](Session& session) {
        const auto all = list_invitations(session, {});
        ASSERT_EQ(all.count, 2);
        for (const auto& each : all.items) {
            EXPECT_EQ(each.created_by, ada.user.id);
            EXPECT_EQ(each.expires_at, at(100));
            EXPECT_EQ(each.used_at, each.code_hash == "two" ? std::optional(at(1)) : std::nullopt);
        }
        EXPECT_TRUE(remove_invitation(session, row.id));
        EXPECT_FALSE(remove_invitation(session, row.id));
        EXPECT_EQ(list_invitations(session, {}).count, 1);
    });
    EXPECT_FALSE(come("one"));
}

TEST_P(CodeRowsTest, OfRacersOneUsesAnInvitation) {
    const auto other = open();
    for (int round = 0; round < 10; ++round) {
        const auto hash = "code " + std::to_string(round);
        invite(hash);
        const int used = test::race(4, [&](int racer) {
            auto& database = racer % 2 == 0 ? *db : *other;
            return static_cast<int>(database.write_now([&](Session& session) {
                return take_invitation(session, hash, std::to_string(racer) + "@example.org",
                                       at(1));
            }));
        });
        ASSERT_EQ(used, 1) << "round " << round;
    }
}

TEST_P(CodeRowsTest, AnAllowanceIsABurstAndThenOneEachInterval) {
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(take(*db, "ada", at(0))) << i;
    EXPECT_EQ(take(*db, "ada", at(0)), 10s);
    EXPECT_EQ(take(*db, "ada", at(4)), 6s) << "whoever was refused has taken none";
    EXPECT_EQ(take(*db, "ada", at(10) - 1ms), 1ms);
    EXPECT_FALSE(take(*db, "ada", at(10)));
    EXPECT_EQ(take(*db, "ada", at(10)), 10s);
    EXPECT_FALSE(take(*db, "ada", at(30))) << "two have come back,";
    EXPECT_FALSE(take(*db, "ada", at(30)));
    EXPECT_EQ(take(*db, "ada", at(30)), 10s) << "and no third";
    EXPECT_FALSE(take(*db, "bob", at(30))) << "another key has its own";
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(take(*db, "ada", at(10'000))) << "never more than all";
    EXPECT_TRUE(take(*db, "ada", at(10'000)));
}

TEST_P(CodeRowsTest, AnAllowanceIsGivenBackOrForgotten) {
    for (int i = 0; i < 3; ++i) take(*db, "ada", at(0));
    db->write_now([](Session& session) { reset_allowance(session, "ada"); });
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(take(*db, "ada", at(0)));
    // All that was taken is back at 30 s; before that, forgetting would be a gift.
    db->write_now([](Session& session) { forget_allowances(session, at(30)); });
    EXPECT_EQ(take(*db, "ada", at(0)), 10s);
    db->write_now([](Session& session) { forget_allowances(session, at(30) + 1ms); });
    EXPECT_FALSE(take(*db, "ada", at(0)));
}

TEST_P(CodeRowsTest, RacingTakersAreCountedExactly) {
    const auto other = open();
    for (int round = 0; round < 5; ++round) {
        const auto key = "key " + std::to_string(round);
        const int taken = test::race(8, [&](int racer) {
            auto& database = racer % 2 == 0 ? *db : *other;
            return static_cast<int>(!take(database, key, at(0)));
        });
        ASSERT_EQ(taken, 3) << "round " << round;
    }
}

TEST_P(CodeRowsTest, TheMailThatIsDueFirstIsTakenFirst) {
    const auto later = owe(at(20)), first = owe(at(10), CodePurpose::password);
    const auto is_due = [&](TimePoint now) {
        return db->read_now([&](Session& session) { return is_mail_due(session, now); });
    };
    EXPECT_FALSE(is_due(at(9)));
    EXPECT_FALSE(next_mail(at(9), at(100)));
    EXPECT_TRUE(is_due(at(10)));
    const auto taken = next_mail(at(30), at(100));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->id, first.id);
    EXPECT_EQ(taken->user_id, ada.user.id);
    EXPECT_EQ(taken->purpose, CodePurpose::password);
    EXPECT_EQ(taken->base_url, "https://k.example");
    EXPECT_EQ(taken->tries, 1);
    EXPECT_EQ(next_mail(at(30), at(100))->id, later.id);
    EXPECT_FALSE(next_mail(at(30), at(100))) << "both are being sent";
    EXPECT_EQ(next_mail(at(100), at(200))->tries, 2) << "nobody said that it was";
}

TEST_P(CodeRowsTest, AMailIsPutOffOrRemoved) {
    const auto mail = owe(at(10));
    next_mail(at(10), at(20));
    db->write_now([&](Session& session) { put_off_mail(session, mail.id, at(50)); });
    EXPECT_FALSE(next_mail(at(49), at(60)));
    EXPECT_TRUE(next_mail(at(50), at(60)));
    db->write_now([&](Session& session) { remove_mail(session, mail.id); });
    EXPECT_FALSE(next_mail(at(1'000), at(2'000)));
}

TEST_P(CodeRowsTest, OfRacersOneTakesAMail) {
    const auto other = open();
    for (int i = 0; i < 10; ++i) owe(at(0));
    const int taken = test::race(4, [&](int racer) {
        auto& database = racer % 2 == 0 ? *db : *other;
        int mine = 0;
        for (int i = 0; i < 10; ++i) {
            mine += database
                        .write_now([&](Session& session) {
                            return take_due_mail(session, at(1), at(100));
                        })
                        .has_value();
        }
        return mine;
    });
    EXPECT_EQ(taken, 10);
}

KINORA_ON_BOTH_BACKENDS(CodeRowsTest);

}  // namespace
}  // namespace kinora::storage
