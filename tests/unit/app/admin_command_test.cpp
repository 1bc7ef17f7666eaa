// tests/unit/app/admin_command_test.cpp: how `kinora admin` is called, and what it says to who
// calls it wrongly.
#include "admin_fixture.hpp"

#include "app/admin/password_line.hpp"

#include "support/variable.hpp"

#include <fcntl.h>
#include <termios.h>
#include <cstdlib>

namespace kinora::app {
namespace {

TEST_F(AdminTest, AWrongCallIsSaid) {
    struct Row {
        Words words;
        std::string part;
    };
    const Row table[] = {
        {{}, "subcommand is required"},
        {{"user"}, "subcommand is required"},
        {{"users", "list"}, "subcommand is required"},
        {{"user", "create"}, "email is required"},
        {{"user", "create", "anna"}, "`email` must be an address"},
        {{"user", "create", "anna@example.com", "--role", "owner"}, "--role"},
        {{"user", "create", "anna@example.com", "--nickname", "a\u202eb"}, "`nickname`"},
        {{"user", "create", "anna@example.com", "--password", "12345678"}, "--password"},
        {{"user", "list", "--role", "boss"}, "--role"},
        {{"user", "list", "--limit", "0"}, "--limit"},
        {{"user", "show"}, "user is required"},
        {{"user", "show", "anna"}, "USER must be an e-mail address, an id or the word `owner`"},
        {{"user", "show", "owner", "other"}, "other"},
        {{"user", "delete", "anna@example.com"}, "say --yes"},
        {{"user", "set-password", "owner"}, "--password-stdin is required"},
        {{"user", "set-role", "anna@example.com", "owner"}, "role"},
        {{"top-up", "owner"}, "amount is required"},
        {{"top-up", "owner", "0"}, "AMOUNT must be more than nothing"},
        {{"top-up", "owner", "0.000000"}, "AMOUNT must be more than nothing"},
        {{"top-up", "owner", "ten"}, "AMOUNT must be an amount such as 25 or 0.125"},
        {{"top-up", "owner", "1e3"}, "AMOUNT must be"},
        {{"top-up", "owner", "0.0000001"}, "at most six decimals"},
        {{"top-up", "owner", "1,5"}, "AMOUNT must be"},
        {{"top-up", "owner", "1."}, "AMOUNT must be"},
        {{"top-up", "owner", ".5"}, "AMOUNT must be"},
        {{"top-up", "owner", ""}, "AMOUNT must be"},
        {{"top-up", "owner", "1000000000.000001"}, "AMOUNT must be"},
        {{"top-up", "owner", "99999999999"}, "AMOUNT must be"},
        {{"top-up", "owner", "-5"}, ""},
        {{"top-up", "owner", "5", "--key", "\u00e9"}, "--key"},
        {{"top-up", "owner", "5", "--key", std::string(256, 'k')}, "--key"},
        {{"token", "create"}, "user is required"},
        {{"token", "create", "owner", "--general", "--service", "luma"}, "excludes"},
        {{"token", "create", "owner", "--expires", "soon"}, "--expires must be like"},
        {{"token", "create", "owner", "--expires", "0"}, "--expires must be more than nothing"},
        {{"token", "create", "owner", "--expires", "9999d"}, "--expires must be"},
        {{"token", "create", "owner", "--limit", "lots"}, "--limit must be an amount"},
        {{"token", "revoke"}, "token is required"},
        {{"platform-token", "create", "owner", "--general"}, "--general"},
        {{"application", "suspend", "luma"}, "ID must be an application's"},
        {{"service", "set", "luma"}, "say what to change"},
        {{"service", "set", "luma", "--price", "-1"}, ""},
        {{"service", "set", "luma", "--enable", "--disable"}, "excludes"},
        {{"invite", "--email", "anna"}, "`email`"},
        {{"invite", "--expires", "never"}, "--expires"},
        {{"audit", "--limit", "many"}, "--limit"},
    };
    for (const auto& row : table) {
        const auto outcome = call(row.words);
        const auto last = row.words.empty() ? "" : row.words.back();
        EXPECT_EQ(outcome.status, 2) << last << ": " << outcome.out;
        EXPECT_NE(outcome.err, "") << last;
        expect_has(outcome.err, row.part);
    }
    EXPECT_TRUE(acts().empty());
}

TEST_F(AdminTest, ExplainsEachCommand) {
    const auto help = call_program({"admin", "--help"});
    EXPECT_EQ(help.status, 0);
    for (const auto* word :
         {"user", "token", "platform-token", "top-up", "application", "books", "service", "invite",
          "audit", "--data", "--database", "KINORA_CONFIG", "--public-url", "the word `owner`"}) {
        expect_has(help.out, word);
    }
    const Words commands[] = {
        {"user", "create"},
        {"user", "list"},
        {"user", "show"},
        {"user", "disable"},
        {"user", "enable"},
        {"user", "delete"},
        {"user", "reset-link"},
        {"user", "set-password"},
        {"user", "set-role"},
        {"top-up"},
        {"token", "create"},
        {"token", "list"},
        {"token", "revoke"},
        {"platform-token", "create"},
        {"application", "list"},
        {"application", "suspend"},
        {"application", "resume"},
        {"service", "list"},
        {"service", "set"},
        {"invite"},
        {"books"},
        {"audit"},
    };
    for (auto words : commands) {
        words.insert(words.begin(), "admin");
        words.push_back("--help");
        const auto outcome = call_program(words);
        EXPECT_EQ(outcome.status, 0) << words.at(2);
        expect_has(outcome.out, "kinora admin --help");
    }
}

TEST_F(AdminTest, TheDatabaseIsNamedAnywhereInTheCallOrByAVariable) {
    EXPECT_EQ(call_program({"admin", "--database", database.url(), "user", "list"}).status, 0);
    EXPECT_EQ(call_program({"admin", "user", "--database", database.url(), "list"}).status, 0);
    const auto folder = database.folder().path().string();
    EXPECT_EQ(call_program({"admin", "user", "show", "owner", "--data", folder}).status, 0);
    const auto file = database.folder().write("kinora.toml", "data = '" + folder + "'\n");
    EXPECT_EQ(call_program({"admin", "user", "show", "owner", "--config", file.string()}).status,
              0);
    const test::Variable variable("KINORA_DATA", folder);
    EXPECT_EQ(call_program({"admin", "user", "show", "owner"}).status, 0);
}

TEST_F(AdminTest, MakesNoDatabase) {
    test::TempFolder folder;
    const auto missing = folder / "kinora.db";
    const auto empty = folder.write("empty.db", "");
    for (const auto& path : {missing, empty}) {
        const auto outcome =
            call_program({"admin", "user", "list", "--database", "sqlite:" + path.string()});
        EXPECT_EQ(outcome.status, 1);
        expect_has(outcome.err, path.string() + "; start `kinora serve` once");
    }
    EXPECT_FALSE(std::filesystem::exists(missing));
    EXPECT_EQ(std::filesystem::file_size(empty), 0U);
    const auto text = folder.write("text.db", std::string(4096, 'x'));
    const auto outcome = call_program({"admin", "books", "--database", "sqlite:" + text.string()});
    EXPECT_EQ(outcome.status, 1);
    expect_has(outcome.err, "no SQLite database");
    EXPECT_EQ(call_program({"admin", "books", "--database", "kinora.db"}).status, 1);
}

TEST_F(AdminTest, APasswordIsTheFirstLineOfItsInput) {
    const auto no_line = refusal({"user", "set-password", "owner", "--password-stdin"});
    expect_has(no_line, "no line on standard input");
    const auto too_short =
        refusal({"user", "set-password", "owner", "--password-stdin"}, "short\nand longer lines\n");
    expect_has(too_short, "`password` needs at least 8 characters");
    EXPECT_EQ(too_short.find("short\n"), std::string::npos);
    object({"user", "set-password", "owner", "--password-stdin"}, "without a line end");
    object({"user", "set-password", "owner", "--password-stdin"}, "correct horse\nbattery\n");
    const auto hash = database->read_now(
        [](storage::Session& session) { return storage::find_owner(session)->password_hash; });
    EXPECT_TRUE(accounts::Passwords().verify(hash, "correct horse"));
}

// A terminal, of which a program has the far end.
class Pty {
public:
    Pty() : near_(::posix_openpt(O_RDWR | O_NOCTTY)) {
        EXPECT_EQ(::grantpt(near_), 0);
        EXPECT_EQ(::unlockpt(near_), 0);
        far_ = ::open(::ptsname(near_), O_RDWR | O_NOCTTY);
    }
    ~Pty() {
        ::close(far_);
        ::close(near_);
    }
    Pty(const Pty&) = delete;
    int descriptor() const { return far_; }
    bool echoes() const {
        termios state{};
        EXPECT_EQ(::tcgetattr(far_, &state), 0);
        return (state.c_lflag & ECHO) != 0;
    }

private:
    int near_;
    int far_ = -1;
};

// Gives one line, and notes whether the terminal showed what was typed.
class WatchedInput final : public std::stringbuf {
public:
    WatchedInput(const Pty& pty, const std::string& text) : pty_(pty), text_(text) {}
    bool echoed = true;

protected:
    int_type underflow() override {
        if (text_.empty()) return traits_type::eof();
        echoed = pty_.echoes();
        str(text_);
        text_.clear();
        return std::stringbuf::underflow();
    }

private:
    const Pty& pty_;
    std::string text_;
};

TEST(PasswordLine, IsNotShownOnATerminal) {
    const Pty pty;
    ASSERT_TRUE(pty.echoes());
    WatchedInput typed(pty, "correct horse\n");
    std::istream in(&typed);
    std::ostringstream err;
    EXPECT_EQ(admin::read_password_line(in, err, pty.descriptor()), "correct horse");
    EXPECT_EQ(err.str(), "Password: \n");
    EXPECT_FALSE(typed.echoed);
    EXPECT_TRUE(pty.echoes());
    EXPECT_THROW(admin::read_password_line(in, err, pty.descriptor()), std::runtime_error);
    EXPECT_TRUE(pty.echoes());
}

}  // namespace
}  // namespace kinora::app
