// people_test.cpp: accounts made, changed and ended.
#include "accounts/people.hpp"

#include "people_fixture.hpp"
#include "storage/login_rows.hpp"
#include "support/race.hpp"

#include <gmock/gmock.h>

namespace kinora::accounts {
namespace {

using namespace std::chrono_literals;
using storage::CodePurpose;
using storage::Session;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PeopleChangesTest : public PeopleTest {
protected:
    Result<storage::UserRow> come(const std::string& email, Registration mode,
                                  std::string_view invitation = {}) {
        return write([&](Session& session) {
            return register_user(session, {email, "New", "", Role::user}, mode, invitation, random,
                                 clock.now());
        });
    }
    void invite(std::string_view code, const std::string& email = {}) {
        write([&](Session& session) {
            storage::insert_invitation(session, {InvitationId::make(random),
                                                 hash_token(code),
                                                 email,
                                                 {},
                                                 clock.now(),
                                                 clock.now() + 1h,
                                                 std::nullopt});
        });
    }
    std::optional<storage::UserRow> by_email(const std::string& email) {
        return database->read_now(
            [&](Session& session) { return storage::find_user_by_email(session, email); });
    }
    Code code_for(UserId id, CodePurpose purpose = CodePurpose::password) {
        return write(
            [&](Session& session) { return make_code(session, id, purpose, random, clock.now()); });
    }
    Result<storage::UserRow> redeem(std::string_view code, const std::string& hash = "new hash") {
        return write([&](Session& session) {
            return redeem_password_code(session, code, hash, clock.now());
        });
    }
    LoginSecrets enter(UserId id) {
        return write([&](Session& session) { return log_in(session, id, random, clock.now()); });
    }
    bool is_in(const LoginSecrets& login) {
        return database
            ->read_now([&](Session& session) {
                return storage::find_login(session, hash_token(login.cookie.reveal()));
            })
            .has_value();
    }
    Result<void> remove(UserId id) {
        return write([&](Session& session) { return delete_user(session, id, clock.now()); });
    }
};

TEST(RegistrationModes, HaveWords) {
    for (const auto mode : {Registration::open, Registration::invite, Registration::closed})
        EXPECT_EQ(parse_registration(to_string(mode)), mode);
    EXPECT_FALSE(parse_registration("Open"));
    EXPECT_FALSE(parse_registration(""));
}

TEST_P(PeopleChangesTest, WhoeverComesHasAnEmptyGeneralBalance) {
    const auto ada = come("ada@example.org", Registration::open);
    ASSERT_TRUE(ada);
    EXPECT_EQ(ada->role, "user");
    EXPECT_EQ(ada->nickname, "New");
    EXPECT_EQ(ada->created_at, clock.now());
    EXPECT_FALSE(ada->verified_at);
    const auto applications = database->read_now(
        [&](Session& session) { return storage::applications_of(session, ada->id); });
    ASSERT_EQ(applications.size(), 1U);
    EXPECT_TRUE(applications[0].is_global());
    EXPECT_TRUE(balance(applications[0].id).available.is_zero());
    const auto again = come("ada@example.org", Registration::open);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code(), ErrorCode::conflict);
    EXPECT_THAT(again.error().message(), HasSubstr("`email`"));
}

TEST_P(PeopleChangesTest, WhereItIsClosedNobodyComes) {
    invite("code");
    const auto ada = come("ada@example.org", Registration::closed, "code");
    ASSERT_FALSE(ada);
    EXPECT_EQ(ada.error().code(), ErrorCode::forbidden);
    EXPECT_FALSE(by_email("ada@example.org"));
    EXPECT_TRUE(come("ada@example.org", Registration::invite, "code")) << "it was not used up";
}

TEST_P(PeopleChangesTest, WhoeverIsNotInvitedLeavesNothingBehind) {
    invite("for bob", "bob@example.org");
    const auto before = contents({"users", "applications", "balances"});
    for (const auto* code : {"", "unknown", "for bob"}) {
        const auto ada = come("ada@example.org", Registration::invite, code);
        ASSERT_FALSE(ada) << code;
        EXPECT_EQ(ada.error().code(), ErrorCode::forbidden) << code;
    }
    EXPECT_EQ(contents({"users", "applications", "balances"}), before);
    EXPECT_TRUE(come("bob@example.org", Registration::invite, "for bob"));
    EXPECT_FALSE(come("carl@example.org", Registration::invite, "for bob"));
}

TEST_P(PeopleChangesTest, AnAddressThatIsTakenUsesNoInvitationUp) {
    add("ada@example.org");
    invite("code");
    EXPECT_EQ(come("ada@example.org", Registration::invite, "code").error().code(),
              ErrorCode::conflict);
    EXPECT_TRUE(come("bob@example.org", Registration::invite, "code"));
}

TEST_P(PeopleChangesTest, ALoginIsKeptAsItsHash) {
    const auto ada = add("ada@example.org");
    const auto login = enter(ada.id);
    EXPECT_EQ(login.cookie.reveal().size(), 32U);
    EXPECT_EQ(login.csrf_token, csrf_token_of(login.cookie.reveal()));
    EXPECT_EQ(login.expires_at, clock.now() + kLoginHolds);
    EXPECT_TRUE(is_in(login));
    EXPECT_THAT(contents({"logins"}), Not(HasSubstr(login.cookie.reveal())));
    EXPECT_THAT(contents({"logins"}), Not(HasSubstr(login.csrf_token)));
    EXPECT_NE(enter(ada.id).cookie.reveal(), login.cookie.reveal());
}

TEST_P(PeopleChangesTest, ACodeSetsAPasswordOnceAndEndsAllLogins) {
    const auto ada = add("ada@example.org"), bob = add("bob@example.org");
    const auto adas = enter(ada.id), bobs = enter(bob.id);
    const auto former = code_for(ada.id), code = code_for(ada.id);
    EXPECT_EQ(code.text.reveal().size(), 32U);
    EXPECT_THAT(contents({"codes"}), Not(HasSubstr(code.text.reveal())));
    const auto user = redeem(code.text.reveal());
    ASSERT_TRUE(user);
    EXPECT_EQ(user->id, ada.id);
    EXPECT_EQ(user->password_hash, "new hash");
    EXPECT_FALSE(is_in(adas));
    EXPECT_TRUE(is_in(bobs));
    for (const auto& used : {code, former}) {
        const auto again = redeem(used.text.reveal(), "another");
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().code(), ErrorCode::bad_request);
        EXPECT_THAT(again.error().message(), HasSubstr("`code`"));
    }
    EXPECT_EQ(this->user(ada.id).password_hash, "new hash");
}

TEST_P(PeopleChangesTest, ACodeThatIsNoneSetsNothing) {
    const auto ada = add("ada@example.org");
    const auto code = code_for(ada.id), address = code_for(ada.id, CodePurpose::verification);
    EXPECT_FALSE(redeem(""));
    EXPECT_FALSE(redeem("0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(redeem(address.text.reveal())) << "that one confirms an address";
    EXPECT_FALSE(redeem(hash_token(code.text.reveal()))) << "nor does what the database holds";
    clock.advance(kPasswordCodeHolds);
    EXPECT_FALSE(redeem(code.text.reveal()));
    EXPECT_EQ(user(ada.id).password_hash, "");
}

TEST_P(PeopleChangesTest, AChangedPasswordKeepsTheLoginThatChangedIt) {
    const auto ada = add("ada@example.org");
    const auto here = enter(ada.id), elsewhere = enter(ada.id);
    const auto code = code_for(ada.id);
    write([&](Session& session) {
        set_password(session, *storage::find_user(session, ada.id), "changed",
                     hash_token(here.cookie.reveal()));
    });
    EXPECT_TRUE(is_in(here));
    EXPECT_FALSE(is_in(elsewhere));
    EXPECT_FALSE(redeem(code.text.reveal())) << "an older code cannot undo it";
    EXPECT_EQ(user(ada.id).password_hash, "changed");
}

TEST_P(PeopleChangesTest, ACodeConfirmsAnAddress) {
    const auto ada = add("ada@example.org");
    const auto confirm = [&](const Code& code) {
        return write([&](Session& session) {
            return redeem_verification_code(session, code.text.reveal(), clock.now());
        });
    };
    EXPECT_FALSE(confirm(code_for(ada.id)));
    const auto code = code_for(ada.id, CodePurpose::verification);
    EXPECT_EQ(code.expires_at, clock.now() + kVerificationCodeHolds);
    clock.advance(kVerificationCodeHolds - 1ms);
    const auto user = confirm(code);
    ASSERT_TRUE(user);
    EXPECT_EQ(user->verified_at, clock.now());
    EXPECT_FALSE(confirm(code));
    EXPECT_EQ(this->user(ada.id).verified_at, clock.now());
}

TEST_P(PeopleChangesTest, ALinkHasItsCodeWhereNoServerLogsIt) {
    const Code code{Secret<std::string>("c0de"), {}};
    EXPECT_EQ(link_to("https://k.example", CodePurpose::password, code),
              "https://k.example/setup#code=c0de");
    EXPECT_EQ(link_to("https://k.example", CodePurpose::verification, code),
              "https://k.example/verify#code=c0de");
}

TEST_P(PeopleChangesTest, WhoGoesLeavesNoKeyAndNoCreditBehind) {
    const auto ada = add("ada@example.org"), bob = add("bob@example.org");
    const auto application = acquired(ada);
    const auto caller = issue(application), bobs = issue(acquired(bob));
    const auto worked_on = submit(caller);
    const auto first = claim();
    complete(first);
    const auto running = submit(caller), waiting = submit(caller);
    const auto lease = claim();
    const auto others = submit(bobs);
    const auto login = enter(ada.id);
    const auto code = code_for(ada.id);
    write([&](Session& session) {
        storage::PlatformTokenRow token;
        token.id = PlatformTokenId::make(random);
        token.user_id = ada.id;
        token.token_hash = "a token";
        storage::insert_platform_token(session, token);
    });
    ASSERT_EQ(balance(application.id).held, Credits::whole(2));

    ASSERT_TRUE(remove(ada.id));

    EXPECT_EQ(state(worked_on.id), storage::TaskState::completed);
    EXPECT_EQ(state(running.id), storage::TaskState::cancelled);
    EXPECT_EQ(state(waiting.id), storage::TaskState::cancelled);
    EXPECT_EQ(state(others.id), storage::TaskState::pending);
    const auto left = balance(application.id);
    EXPECT_TRUE(left.available.is_zero());
    EXPECT_TRUE(left.held.is_zero());
    EXPECT_EQ(left.used, Credits::whole(1));
    EXPECT_THAT(unbalanced(), IsEmpty());
    EXPECT_FALSE(is_in(login));
    EXPECT_FALSE(redeem(code.text.reveal()));
    EXPECT_FALSE(by_email("ada@example.org"));
    database->read_now([&](Session& session) {
        EXPECT_FALSE(storage::find_credential(session, caller.credential_id));
        EXPECT_TRUE(storage::find_credential(session, bobs.credential_id));
        EXPECT_FALSE(storage::find_platform_token(session, "a token"));
        EXPECT_FALSE(storage::is_current(session, lease));
    });
    const auto row = user(ada.id);
    EXPECT_EQ(row.deleted_at, clock.now());
    EXPECT_THAT(contents({"users"}), Not(HasSubstr("ada@")));
    EXPECT_EQ(row.nickname + row.password_hash, "");
    EXPECT_TRUE(come("ada@example.org", Registration::open));

    clock.advance(1h);
    ASSERT_TRUE(remove(ada.id)) << "to go again is to be gone";
    EXPECT_EQ(user(ada.id).deleted_at, row.deleted_at);
    EXPECT_TRUE(remove(UserId::make(random)));
}

TEST_P(PeopleChangesTest, TheOwnerStays) {
    const auto owner = add("owner@example.org", Role::owner);
    const auto caller = issue(acquired(owner));
    const auto login = enter(owner.id);
    const auto refused = remove(owner.id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::forbidden);
    EXPECT_FALSE(user(owner.id).deleted_at);
    EXPECT_TRUE(is_in(login));
    submit(caller);
}

TEST_P(PeopleChangesTest, NothingIsHeldForWhoGoesWhileCallsComeIn) {
    const auto other = database.connect();
    for (int round = 0; round < 8; ++round) {
        const auto ada = add("ada" + std::to_string(round) + "@example.org");
        const auto application = acquired(ada);
        const auto caller = issue(application);
        test::race(3, [&](int racer) {
            if (racer == 0) {
                other->write_now([&](Session& session) {
                    EXPECT_TRUE(delete_user(session, ada.id, clock.now()));
                });
                return 0;
            }
            for (int i = 0; i < 4; ++i) {
                storage::TaskRow task;
                task.id = TaskId::make(random);
                task.user_id = ada.id;
                task.application_id = application.id;
                task.credential_id = caller.credential_id;
                task.api_id = kVideosApi;
                task.created_at = clock.now();
                database->write_now([&](Session& session) {
                    const auto payment = take_payment(session, caller, kVideosApi);
                    if (!payment) return;
                    storage::insert_task(session, task);
                    note_payment(session, **payment, task.id, clock.now());
                });
            }
            return 0;
        });
        const auto left = balance(application.id);
        ASSERT_TRUE(left.available.is_zero() && left.held.is_zero()) << "round " << round;
        ASSERT_THAT(unbalanced(), IsEmpty()) << "round " << round;
    }
}

KINORA_ON_BOTH_BACKENDS(PeopleChangesTest);

}  // namespace
}  // namespace kinora::accounts
