// tests/unit/app/admin_acts_test.cpp: what the commands of `kinora admin` do.
#include "admin_fixture.hpp"

#include "accounts/people.hpp"
#include "storage/ledger_rows.hpp"

#include <algorithm>

namespace kinora::app {
namespace {

using storage::Session;

constexpr const char* kAnna = "anna@example.com";
const Words kMakeAnna{"user", "create", kAnna};

std::string code_in(const std::string& url) {
    return url.substr(url.find('=') + 1);
}

TEST_F(AdminTest, MakesAUserWithAPassword) {
    const auto user = object({"user", "create", "Anna@Example.com", "--nickname", "Anna", "--role",
                              "admin", "--password-stdin"},
                             "correct horse\n");
    EXPECT_EQ(user.at("email"), kAnna);
    EXPECT_EQ(user.at("nickname"), "Anna");
    EXPECT_EQ(user.at("role"), "admin");
    EXPECT_EQ(user.at("has_password"), true);
    EXPECT_FALSE(user.contains("setup_url"));
    expect_has(refusal(kMakeAnna), "`email` has an account here already");
    EXPECT_EQ(acts(), Words{"user.created"});
}

TEST_F(AdminTest, MakesAUserWhoChoosesThePassword) {
    auto words = kMakeAnna;
    words.insert(words.end(), {"--public-url", "https://video.example.com"});
    const auto url = text(words, "setup_url");
    EXPECT_TRUE(url.starts_with("https://video.example.com/setup#code=")) << url;
    const auto user = database->write_now([&](Session& session) {
        return accounts::redeem_password_code(session, code_in(url), "hash", SystemClock().now());
    });
    ASSERT_TRUE(user.has_value()) << user.error().message();
    EXPECT_EQ(user->email, kAnna);
    EXPECT_TRUE(text({"user", "create", "b@example.com", "--listen", "[::1]:9000"}, "setup_url")
                    .starts_with("http://[::1]:9000/setup#code="));
}

TEST_F(AdminTest, ListsUsers) {
    object(kMakeAnna);
    object({"user", "create", "b_b@example.com", "--role", "admin"});
    EXPECT_EQ(objects({"user", "list"}).size(), 3U);
    EXPECT_EQ(text({"user", "list", "--query", "ANNA@"}, "email"), kAnna);
    EXPECT_EQ(text({"user", "list", "--role", "admin"}, "email"), "b_b@example.com");
    const auto outcome = call({"user", "list", "--limit", "2"});
    EXPECT_EQ(outcome.objects().size(), 2U);
    expect_has(outcome.err, "2 of 3");
    EXPECT_EQ(outcome.status, 0);
}

TEST_F(AdminTest, FindsAUserByAddressIdOrTheWordOwner) {
    const auto id = text(kMakeAnna, "id");
    EXPECT_EQ(text({"user", "show", "ANNA@example.com"}, "id"), id);
    EXPECT_EQ(text({"user", "show", id}, "email"), kAnna);
    EXPECT_EQ(text({"user", "show", "owner"}, "id"), owner.str());
    EXPECT_EQ(text({"user", "show", "owner@localhost"}, "id"), owner.str());
    expect_has(refusal({"user", "show", "nobody@example.com"}), "no user `nobody@example.com`");
    object({"user", "delete", id, "--yes"});
    refusal({"user", "show", id});
    refusal({"user", "show", kAnna});
}

TEST_F(AdminTest, ShutsAUserOutAndServersHaveNoticedThen) {
    object(kMakeAnna);
    auto outcome = call({"user", "disable", kAnna});
    EXPECT_EQ(outcome.waits, std::vector<Milliseconds>{Milliseconds(250)});
    EXPECT_EQ(outcome.objects().at(0)["disabled"], true);
    outcome = call({"user", "enable", kAnna});
    EXPECT_TRUE(outcome.waits.empty());
    EXPECT_EQ(outcome.objects().at(0)["disabled"], false);
    outcome = call({"user", "delete", kAnna, "--yes"});
    EXPECT_EQ(outcome.waits.size(), 1U);
    EXPECT_EQ(outcome.objects().at(0)["deleted"], true);
    EXPECT_EQ(acts(), (Words{"user.deleted", "user.changed", "user.changed", "user.created"}));
}

TEST_F(AdminTest, MakesAndUnmakesAdministrators) {
    object(kMakeAnna);
    EXPECT_EQ(text({"user", "set-role", kAnna, "admin"}, "role"), "admin");
    EXPECT_EQ(text({"user", "set-role", kAnna, "user"}, "role"), "user");
    for (const Words& words :
         {Words{"user", "set-role", "owner", "user"}, Words{"user", "disable", "owner"},
          Words{"user", "delete", "owner", "--yes"}}) {
        expect_has(refusal(words), "owner's account cannot be changed");
    }
}

TEST_F(AdminTest, BringsTheOwnerBackIn) {
    database->write_now(
        [&](Session& session) { accounts::log_in(session, owner, random, SystemClock().now()); });
    const auto url = text({"user", "reset-link", "owner"}, "url");
    EXPECT_EQ(object({"user", "set-password", "owner", "--password-stdin"}, "correct horse\n")
                  .at("has_password"),
              true);
    // The link is of no use any more, and whoever was logged in is not.
    const auto redeemed = database->write_now([&](Session& session) {
        return accounts::redeem_password_code(session, code_in(url), "hash", SystemClock().now());
    });
    EXPECT_FALSE(redeemed.has_value());
    EXPECT_EQ(acts(), (Words{"user.password_set", "user.reset_link_made"}));
}

TEST_F(AdminTest, TopsUpToTheMillionth) {
    object(kMakeAnna);
    const auto general = object({"top-up", kAnna, "0.000001", "--note", "Payment 7"});
    EXPECT_EQ(general.at("remaining_amount").as_double(), 0.000001);
    EXPECT_EQ(general.at("note"), "Payment 7");
    // Acquired by this: ten credits come with it.
    const auto luma = object({"top-up", kAnna, "2.5", "--service", "luma"});
    EXPECT_EQ(luma.at("remaining_amount").as_double(), 12.5);
    EXPECT_NE(luma.at("application_id"), general.at("application_id"));
    const auto shown = object({"user", "show", kAnna});
    EXPECT_EQ(shown.at("applications").as_array().size(), 2U);
    expect_has(refusal({"top-up", kAnna, "1000000000"}), "`amount` would make the balance too");
    expect_has(refusal({"top-up", kAnna, "1", "--service", "suno"}), "no service `suno`");
    auto done = acts();  // What one call did has one time, and no order.
    std::sort(done.begin(), done.end());
    EXPECT_EQ(done, (Words{"application.acquired", "balance.topped_up", "balance.topped_up",
                           "user.created"}));
}

TEST_F(AdminTest, AKeyTopsUpOnce) {
    object(kMakeAnna);
    const auto first = object({"top-up", kAnna, "5", "--key", "payment 7"});
    EXPECT_EQ(object({"top-up", kAnna, "5", "--key", "payment 7"}), first);
    expect_has(refusal({"top-up", kAnna, "6", "--key", "payment 7"}), "--key was used");
    // What a refused call had acquired is not acquired.
    expect_has(refusal({"top-up", kAnna, "5", "--key", "payment 7", "--service", "luma"}),
               "--key was used");
    EXPECT_EQ(objects({"application", "list", kAnna}).size(), 1U);
    EXPECT_EQ(object({"top-up", kAnna, "5", "--key", "payment 8"}).at("remaining_amount"), 10);
}

TEST_F(AdminTest, IssuesTokens) {
    const auto id = text(kMakeAnna, "id");
    const auto issued = object(
        {"token", "create", kAnna, "--name", "render farm", "--limit", "2.25", "--expires", "30d"});
    const auto row = caller(std::string(issued.at("token").as_string()));
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->user.id.str(), id);
    EXPECT_EQ(row->application.service_id.str(), accounts::kLumaServiceId);
    EXPECT_EQ(row->credential.name, "render farm");
    EXPECT_EQ(row->credential.limited_amount, Credits{2'250'000});
    EXPECT_TRUE(row->credential.limited);
    EXPECT_EQ(*row->credential.expires_at - row->credential.created_at,
              Milliseconds(30LL * 24 * 3'600'000));
    const auto general = caller(text({"token", "create", kAnna, "--general"}, "token"));
    ASSERT_TRUE(general.has_value());
    EXPECT_TRUE(general->application.is_global());
    const auto owners = caller(text({"token", "create", "owner"}, "token"));
    ASSERT_TRUE(owners.has_value());
    EXPECT_FALSE(owners->credential.limited);
    EXPECT_FALSE(owners->application.metered);
    expect_has(text({"platform-token", "create", kAnna, "--name", "backup"}, "token"), "platform-");

    const auto listed = call({"token", "list", kAnna});
    EXPECT_EQ(listed.objects().size(), 3U);
    EXPECT_EQ(listed.out.find("\"token\""), std::string::npos);
    const auto trail = call({"audit"}).out;
    expect_has(trail, "token.issued");
    expect_has(trail, "platform_token.issued");
    EXPECT_EQ(trail.find(std::string(issued.at("token").as_string())), std::string::npos);
}

TEST_F(AdminTest, RevokesTokensByIdOrPrefix) {
    object(kMakeAnna);
    const auto first = object({"token", "create", kAnna});
    const auto second = object({"token", "create", kAnna});
    const auto third = object({"platform-token", "create", kAnna});
    const auto word = [](const json::object& token, const char* field) {
        return std::string(token.at(field).as_string());
    };
    const auto outcome = call({"token", "revoke", word(first, "id")});
    EXPECT_EQ(outcome.objects().at(0)["revoked"], true);
    EXPECT_EQ(outcome.waits, std::vector<Milliseconds>{Milliseconds(250)});
    EXPECT_FALSE(caller(word(first, "token")).has_value());
    EXPECT_TRUE(caller(word(second, "token")).has_value());
    object({"token", "revoke", word(second, "prefix")});
    EXPECT_FALSE(caller(word(second, "token")).has_value());
    EXPECT_EQ(text({"token", "revoke", word(third, "prefix")}, "id"), word(third, "id"));
    EXPECT_TRUE(objects({"token", "list", kAnna}).empty());
    expect_has(refusal({"token", "revoke", word(first, "id")}), "there is no token");
    EXPECT_EQ(acts().front(), "platform_token.revoked");
}

TEST_F(AdminTest, APrefixOfSeveralTokensRevokesNone) {
    object(kMakeAnna);
    const auto id = text({"token", "create", kAnna}, "id");
    auto row = *database->read_now([&](Session& session) {
        return storage::find_credential(session, *CredentialId::parse(id));
    });
    row.id = CredentialId::make(random);
    row.token_hash = "another";
    database->write_now([&](Session& session) { storage::insert_credential(session, row); });
    expect_has(refusal({"token", "revoke", row.token_prefix}), "several tokens");
    EXPECT_EQ(objects({"token", "list", kAnna}).size(), 2U);
}

TEST_F(AdminTest, SuspendsAndResumesAnApplication) {
    object(kMakeAnna);
    const auto id = text({"application", "list", kAnna}, "id");
    auto outcome = call({"application", "suspend", id});
    EXPECT_EQ(outcome.objects().at(0)["disabled"], true);
    EXPECT_EQ(outcome.waits.size(), 1U);
    outcome = call({"application", "resume", id});
    EXPECT_EQ(outcome.objects().at(0)["disabled"], false);
    EXPECT_TRUE(outcome.waits.empty());
    expect_has(refusal({"application", "resume", owner.str()}), "no application with this id");
}

TEST_F(AdminTest, ChangesAService) {
    const auto before = object({"service", "list"});
    EXPECT_EQ(before.at("name"), "luma");
    const auto after = object({"service", "set", "luma", "--price", "0.75", "--free-amount", "0",
                               "--title", "Clips", "--disable"});
    EXPECT_EQ(after.at("price").as_double(), 0.75);
    EXPECT_EQ(after.at("free_amount"), 0);
    EXPECT_EQ(after.at("title"), "Clips");
    EXPECT_EQ(after.at("enabled"), false);
    EXPECT_EQ(after.at("description"), before.at("description"));
    const auto id = std::string(before.at("id").as_string());
    EXPECT_EQ(object({"service", "set", id, "--enable"}).at("enabled"), true);
    expect_has(refusal({"service", "set", "suno", "--enable"}), "no service `suno`");
}

TEST_F(AdminTest, Invites) {
    const auto invitation = object({"invite", "--email", "Anna@example.com", "--expires", "2d"});
    EXPECT_EQ(invitation.at("email"), kAnna);
    const auto code = std::string(invitation.at("code").as_string());
    EXPECT_EQ(invitation.at("url"),
              json::value("http://127.0.0.1:8080/register#invitation=" + code));
    const bool taken = database->write_now([&](Session& session) {
        return storage::take_invitation(session, accounts::hash_token(code), kAnna,
                                        SystemClock().now());
    });
    EXPECT_TRUE(taken);
    EXPECT_EQ(object({"invite"}).at("email"), json::value());
}

TEST_F(AdminTest, TellsWhetherTheBooksAreBalanced) {
    object(kMakeAnna);
    object({"top-up", kAnna, "7"});
    EXPECT_EQ(object({"books"}).at("balanced"), true);
    const auto id = *ApplicationId::parse(text({"application", "list", kAnna}, "id"));
    database->write_now([&](Session& session) {  // Held for no task.
        ASSERT_TRUE(storage::move_to_held(session, id, Credits::whole(1)));
    });
    const auto outcome = call({"books"});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.objects().at(0)["balanced"], false);
    EXPECT_FALSE(outcome.objects().at(0)["faults"].as_array().empty());
    expect_has(outcome.err, "not balanced");
}

TEST_F(AdminTest, ADisabledServiceIsNotAcquired) {
    object(kMakeAnna);
    object({"service", "set", "luma", "--disable"});
    refusal({"token", "create", kAnna});
    EXPECT_EQ(objects({"application", "list", kAnna}).size(), 1U);
}

}  // namespace
}  // namespace kinora::app
