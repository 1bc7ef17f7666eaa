// administration_test.cpp: who may do what to whom, and what is written down of it.
#include "accounts/administration.hpp"

#include "people_fixture.hpp"
#include "storage/audit_rows.hpp"
#include "support/race.hpp"

#include <gmock/gmock.h>
#include <boost/json.hpp>

namespace kinora::accounts {
namespace {

using namespace std::chrono_literals;
using storage::Session;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AdministrationTest : public PeopleTest {
protected:
    void SetUp() override {
        owner = add("owner@example.org", Role::owner);
        admin = add("admin@example.org", Role::admin);
        colleague = add("colleague@example.org", Role::admin);
        ada = add("ada@example.org");
        acts_as(admin);
    }

    void acts_as(const storage::UserRow& user) {
        actor = {user.id, user.email, "a trace", "192.0.2.7"};
        role = *parse_role(user.role);
    }
    void acts_as_command_line() {
        actor = {};
        role = Role::owner;
    }
    // `act(office)` in one transaction.
    template <class F>
    auto in_office(F act) {
        return write([&](Session& session) {
            return act(Office{session, actor, role, random, clock.now()});
        });
    }
    template <class T>
    static std::optional<ErrorCode> refusal(const Result<T>& result) {
        if (result) return std::nullopt;
        return result.error().code();
    }
    std::optional<ErrorCode> change(const storage::UserRow& user, const UserChange& change) {
        return refusal(
            in_office([&](const Office& office) { return change_user(office, user.id, change); }));
    }

    std::vector<storage::AuditRow> trail() {
        storage::AuditFilter filter;
        filter.slice = {100, 0, false};
        return database->read_now(
            [&](Session& session) { return storage::list_audit(session, filter).items; });
    }
    // The one act since the last look.
    storage::AuditRow act() {
        auto all = trail();
        EXPECT_EQ(all.size(), seen + 1);
        for (const auto& event : all) {
            if (known.insert(event.id).second) {
                ++seen;
                return event;
            }
        }
        return {};
    }
    static boost::json::object details(const storage::AuditRow& event) {
        return boost::json::parse(event.details_json).as_object();
    }

    storage::UserRow owner, admin, colleague, ada;
    Actor actor;
    Role role = Role::admin;
    std::size_t seen = 0;
    std::set<AuditId> known;
};

TEST_P(AdministrationTest, AnAdministratorDoesNotTouchThoseBesideOrAbove) {
    const UserChange off{{}, true, {}};
    for (const auto& user : {owner, admin, colleague}) {
        const auto id = user.id;
        EXPECT_EQ(change(user, off), ErrorCode::forbidden) << user.email;
        EXPECT_EQ(refusal(in_office([&](const Office& o) { return remove_user(o, id); })),
                  ErrorCode::forbidden)
            << user.email;
        EXPECT_EQ(refusal(in_office([&](const Office& o) { return make_reset_code(o, id); })),
                  ErrorCode::forbidden)
            << user.email;
        EXPECT_EQ(refusal(in_office([&](const Office& o) { return replace_password(o, id, "x"); })),
                  ErrorCode::forbidden)
            << user.email;
        EXPECT_EQ(refusal(in_office([&](const Office& o) {
                      return issue_token(o, {id, {}, "", {}, {}});
                  })),
                  ErrorCode::forbidden)
            << user.email;
        EXPECT_EQ(refusal(in_office(
                      [&](const Office& o) { return issue_platform_token(o, id, "", {}); })),
                  ErrorCode::forbidden)
            << user.email;
    }
    EXPECT_THAT(trail(), IsEmpty()) << "what was refused was not done";
    EXPECT_FALSE(user(colleague.id).disabled);
    EXPECT_EQ(change(ada, off), std::nullopt);
}

TEST_P(AdministrationTest, TheOwnerAloneMakesAdministrators) {
    const NewUser wanted{"new@example.org", "", "", Role::admin};
    const auto create = [&](const NewUser& user) {
        return in_office([&](const Office& office) { return create_user(office, user); });
    };
    const UserChange promoted{{}, {}, Role::admin}, demoted{{}, {}, Role::user},
        crowned{{}, {}, Role::owner};
    EXPECT_EQ(refusal(create(wanted)), ErrorCode::forbidden);
    EXPECT_EQ(change(ada, promoted), ErrorCode::forbidden);
    EXPECT_EQ(change(ada, demoted), ErrorCode::forbidden);
    acts_as(owner);
    EXPECT_EQ(refusal(create(wanted)), std::nullopt);
    EXPECT_EQ(refusal(create({"owner2@example.org", "", "", Role::owner})), ErrorCode::bad_request);
    EXPECT_EQ(change(ada, crowned), ErrorCode::bad_request) << "there is one owner";
    EXPECT_EQ(change(ada, promoted), std::nullopt);
    EXPECT_EQ(user(ada.id).role, "admin");
    EXPECT_EQ(change(ada, demoted), std::nullopt);
    EXPECT_EQ(change(owner, demoted), ErrorCode::forbidden) << "nor does the owner step down";
    EXPECT_EQ(user(owner.id).role, "owner");
}

TEST_P(AdministrationTest, WhoIsNotThereCannotBeChanged) {
    const auto gone = add("gone@example.org");
    write([&](Session& session) { ASSERT_TRUE(delete_user(session, gone.id, clock.now())); });
    storage::UserRow unknown;
    unknown.id = UserId::make(random);
    for (const auto& user : {gone, unknown}) {
        EXPECT_EQ(change(user, {"Name", {}, {}}), ErrorCode::not_found);
        EXPECT_EQ(refusal(in_office([&](const Office& o) { return remove_user(o, user.id); })),
                  ErrorCode::not_found);
        EXPECT_EQ(
            refusal(in_office([&](const Office& o) { return open_application(o, user.id, luma); })),
            ErrorCode::not_found);
    }
    EXPECT_THAT(trail(), IsEmpty());
}

TEST_P(AdministrationTest, AnAccountThatIsMadeIsVouchedFor) {
    const auto made = in_office([&](const Office& office) {
        return create_user(office, {"new@example.org", "New", "a hash", Role::user});
    });
    ASSERT_TRUE(made);
    EXPECT_EQ(made->verified_at, clock.now());
    EXPECT_EQ(user(made->id).password_hash, "a hash");
    const auto event = act();
    EXPECT_EQ(event.action, "user.created");
    EXPECT_EQ(event.object_type, "user");
    EXPECT_EQ(event.object_id, made->id.str());
    EXPECT_EQ(event.actor_id, admin.id);
    EXPECT_EQ(event.actor, admin.email);
    EXPECT_EQ(event.at, clock.now());
    EXPECT_EQ(event.trace_id, "a trace");
    EXPECT_EQ(event.remote_address, "192.0.2.7");
    EXPECT_EQ(details(event).at("email"), "new@example.org");
    EXPECT_EQ(refusal(in_office([&](const Office& office) {
                  return create_user(office, {"new@example.org", "", "", Role::user});
              })),
              ErrorCode::conflict);
}

TEST_P(AdministrationTest, WhoIsDisabledIsOutAtOnce) {
    const auto login =
        write([&](Session& session) { return log_in(session, ada.id, random, clock.now()); });
    const auto is_in = [&] {
        return database
            ->read_now([&](Session& session) {
                return storage::find_login(session, hash_token(login.cookie.reveal()));
            })
            .has_value();
    };
    EXPECT_EQ(change(ada, {"Ada \"A\"", {}, {}}), std::nullopt);
    EXPECT_TRUE(is_in());
    EXPECT_EQ(details(act()), (boost::json::object{{"nickname", "Ada \"A\""}}));
    EXPECT_EQ(change(ada, {{}, true, {}}), std::nullopt);
    EXPECT_FALSE(is_in());
    EXPECT_TRUE(user(ada.id).disabled);
    EXPECT_EQ(user(ada.id).nickname, "Ada \"A\"");
    EXPECT_EQ(details(act()), (boost::json::object{{"disabled", true}}));
    EXPECT_EQ(change(ada, {{}, false, {}}), std::nullopt);
    EXPECT_FALSE(user(ada.id).disabled);
}

TEST_P(AdministrationTest, WhoeverIsRemovedIsGone) {
    ASSERT_TRUE(in_office([&](const Office& office) { return remove_user(office, ada.id); }));
    EXPECT_TRUE(user(ada.id).deleted_at);
    const auto event = act();
    EXPECT_EQ(event.action, "user.deleted");
    EXPECT_EQ(event.object_id, ada.id.str());
    EXPECT_THAT(contents({"audit_events"}), Not(HasSubstr("ada@")));
}

TEST_P(AdministrationTest, WhoeverIsRemovedDoesNotComeBackByAChangeAtTheSameMoment) {
    const auto other = database.connect();
    for (int round = 0; round < 20; ++round) {
        const auto bob = add("bob" + std::to_string(round) + "@example.org");
        test::race(2, [&](int racer) {
            auto& mine = racer == 0 ? *database : *other;
            mine.write_now([&](Session& session) {
                const Office office{session, actor, role, random, clock.now()};
                if (racer == 0) {
                    EXPECT_TRUE(remove_user(office, bob.id));
                } else {
                    (void)change_user(office, bob.id, {"Bob", {}, {}});
                }
            });
            return 0;
        });
        ASSERT_TRUE(user(bob.id).deleted_at) << "round " << round;
        ASSERT_EQ(user(bob.id).email, "deleted-" + bob.id.str()) << "round " << round;
    }
}

TEST_P(AdministrationTest, TheCommandLineBringsTheOwnerBackIn) {
    acts_as(owner);
    EXPECT_EQ(
        refusal(in_office([&](const Office& office) { return make_reset_code(office, owner.id); })),
        ErrorCode::forbidden);
    acts_as_command_line();
    const auto code =
        in_office([&](const Office& office) { return make_reset_code(office, owner.id); });
    ASSERT_TRUE(code);
    const auto event = act();
    EXPECT_FALSE(event.actor_id);
    EXPECT_EQ(event.actor, "command line");
    EXPECT_EQ(event.action, "user.reset_link_made");
    EXPECT_THAT(contents({"audit_events"}), Not(HasSubstr(code->text.reveal())));
    const auto back = write([&](Session& session) {
        return redeem_password_code(session, code->text.reveal(), "new hash", clock.now());
    });
    ASSERT_TRUE(back);
    EXPECT_EQ(back->id, owner.id);
    EXPECT_EQ(change(owner, {{}, true, {}}), ErrorCode::forbidden)
        << "to shut the owner out is another matter";
    ASSERT_TRUE(in_office([&](const Office& office) {
        return replace_password(office, owner.id, "$argon2id$secret");
    }));
    EXPECT_EQ(user(owner.id).password_hash, "$argon2id$secret");
    EXPECT_EQ(act().action, "user.password_set");
    EXPECT_THAT(contents({"audit_events"}), Not(HasSubstr("argon2id")));
}

TEST_P(AdministrationTest, TokensAreIssuedAndRevokedWithoutBeingWrittenDown) {
    NewToken wanted{ada.id, luma, "for a script", Credits::whole(3), clock.now() + 1h};
    const auto issued =
        in_office([&](const Office& office) { return issue_token(office, wanted); });
    ASSERT_TRUE(issued);
    EXPECT_EQ(issued->credential.limited_amount, Credits::whole(3));
    EXPECT_EQ(issued->credential.expires_at, clock.now() + 1h);
    EXPECT_TRUE(issued->credential.limited);
    EXPECT_EQ(balance(issued->credential.application_id).available, Credits::whole(10));
    const auto platform = in_office([&](const Office& office) {
        return issue_platform_token(office, ada.id, "for the console", {});
    });
    ASSERT_TRUE(platform);
    EXPECT_EQ(platform->row.token_prefix, platform->token.reveal().substr(0, 15));

    const auto shown = [&](const std::string& word) {
        return database->read_now(
            [&](Session& session) { return storage::find_tokens(session, word); });
    };
    for (const auto& prefix : {issued->credential.token_prefix, platform->row.token_prefix}) {
        const auto found = shown(prefix);
        ASSERT_EQ(found.size(), 1U) << prefix;
        in_office([&](const Office& office) { revoke_token(office, found[0]); });
        EXPECT_THAT(shown(prefix), IsEmpty());
    }
    std::set<std::string> actions;
    for (const auto& event : trail()) actions.insert(event.action);
    EXPECT_EQ(actions,
              (std::set<std::string>{"application.acquired", "token.issued", "token.revoked",
                                     "platform_token.issued", "platform_token.revoked"}));
    const auto written = contents({"audit_events"});
    for (const auto& secret : {issued->token.reveal(), platform->token.reveal(),
                               hash_token(issued->token.reveal()), platform->row.token_hash}) {
        EXPECT_THAT(written, Not(HasSubstr(secret)));
    }
    const auto application = database->read_now([&](Session& session) {
        return storage::find_application(session, issued->credential.application_id);
    });
    EXPECT_THAT(written, Not(HasSubstr(application->webhook_secret)));
}

TEST_P(AdministrationTest, ATopUpIsDoneAndWrittenDownOnce) {
    const auto application = general(ada.id).id;
    const auto pay_in = [&](Credits amount) {
        const TopUp wanted{random.hex(8), application, amount, "key", "for the \"trial\""};
        return in_office([&](const Office& office) { return top_up(office, wanted); });
    };
    const auto first = pay_in(Credits::whole(5));
    ASSERT_TRUE(first);
    const auto event = act();
    EXPECT_EQ(event.action, "balance.topped_up");
    EXPECT_EQ(event.object_id, application.str());
    EXPECT_EQ(details(event).at("amount_micros"), 5'000'000);
    EXPECT_EQ(details(event).at("transfer_id").as_string(), first->id);
    EXPECT_EQ(details(event).at("note"), "for the \"trial\"");
    EXPECT_EQ(pay_in(Credits::whole(5))->id, first->id);
    EXPECT_EQ(refusal(pay_in(Credits::whole(6))), ErrorCode::conflict);
    EXPECT_EQ(trail().size(), 1U);
    EXPECT_EQ(balance(application).available, Credits::whole(5));
}

TEST_P(AdministrationTest, AnApplicationIsSuspendedAndResumed) {
    const auto application = acquired(ada);
    const auto caller = issue(application);
    const auto suspend = [&](ApplicationId id, bool disabled) {
        return in_office(
            [&](const Office& office) { return suspend_application(office, id, disabled); });
    };
    const auto code_of_call = [&] {
        return write(
            [&](Session& session) { return refusal(take_payment(session, caller, kVideosApi)); });
    };
    EXPECT_TRUE(suspend(application.id, true)->disabled);
    EXPECT_EQ(act().action, "application.suspended");
    EXPECT_EQ(code_of_call(), ErrorCode::disabled);
    EXPECT_FALSE(suspend(application.id, false)->disabled);
    EXPECT_EQ(act().action, "application.resumed");
    EXPECT_EQ(code_of_call(), std::nullopt);
    EXPECT_EQ(refusal(suspend(ApplicationId::make(random), true)), ErrorCode::not_found);
}

TEST_P(AdministrationTest, AServiceKeepsWhatIsNotChanged) {
    const auto before =
        database->read_now([&](Session& session) { return *storage::find_service(session, luma); });
    ServiceChange changes;
    changes.price = Credits{5};
    const auto cheap =
        in_office([&](const Office& office) { return change_service(office, luma, changes); });
    ASSERT_TRUE(cheap);
    EXPECT_EQ(cheap->price.micros, 5);
    EXPECT_EQ(cheap->title, before.title);
    EXPECT_EQ(cheap->free_amount, before.free_amount);
    EXPECT_EQ(details(act()), (boost::json::object{{"price_micros", 5}}));
    changes = {"Title", "Text", Credits{}, Credits{1}, false};
    ASSERT_TRUE(
        in_office([&](const Office& office) { return change_service(office, luma, changes); }));
    EXPECT_EQ(details(act()).size(), 5U);
    const auto now =
        database->read_now([&](Session& session) { return *storage::find_service(session, luma); });
    EXPECT_EQ(now.title + now.description, "TitleText");
    EXPECT_TRUE(now.price.is_zero());
    EXPECT_FALSE(now.enabled);
    EXPECT_EQ(refusal(in_office([&](const Office& office) {
                  return change_service(office, ServiceId::make(random), changes);
              })),
              ErrorCode::not_found);
}

TEST_P(AdministrationTest, AnInvitationWorksUntilItIsWithdrawn) {
    const auto make = [&] {
        return in_office(
            [&](const Office& office) { return invite(office, "new@example.org", 1h); });
    };
    const auto come = [&](const Invitation& invitation) {
        return write([&](Session& session) {
            return register_user(session, {"new@example.org", "", "", Role::user},
                                 Registration::invite, invitation.code.reveal(), random,
                                 clock.now());
        });
    };
    const auto withdraw = [&](const Invitation& invitation) {
        return in_office(
            [&](const Office& office) { return withdraw_invitation(office, invitation.row.id); });
    };
    const auto one = make(), two = make();
    EXPECT_EQ(one.row.created_by, admin.id);
    EXPECT_EQ(one.row.expires_at, clock.now() + 1h);
    EXPECT_TRUE(withdraw(one));
    EXPECT_FALSE(withdraw(one));
    EXPECT_EQ(refusal(come(one)), ErrorCode::forbidden);
    EXPECT_EQ(refusal(come(two)), std::nullopt);
    const auto written = contents({"audit_events", "invitations"});
    for (const auto& each : {one, two}) EXPECT_THAT(written, Not(HasSubstr(each.code.reveal())));
    EXPECT_EQ(trail().size(), 3U);
}

KINORA_ON_BOTH_BACKENDS(AdministrationTest);

}  // namespace
}  // namespace kinora::accounts
