// tests/unit/app/admin_fixture.hpp: `kinora admin` called on a database with an owner.
#pragma once

#include "accounts/owner.hpp"
#include "accounts/passwords.hpp"
#include "accounts/token.hpp"
#include "app/config.hpp"
#include "storage/account_rows.hpp"

#include "support/fake_clock.hpp"
#include "support/scratch_database.hpp"
#include "support/seeded_random.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <boost/json.hpp>
#include <sstream>

namespace kinora::app {

namespace json = boost::json;
using Words = std::vector<std::string>;

struct Outcome {
    int status = 0;
    std::string out, err;
    std::vector<Milliseconds> waits;

    // What was printed, a line each.
    std::vector<json::object> objects() const {
        std::vector<json::object> all;
        std::istringstream lines(out);
        for (std::string line; std::getline(lines, line);)
            all.push_back(json::parse(line).as_object());
        return all;
    }
};

// As the program does it, with its streams captured.
inline Outcome call_program(Words words, const std::string& input = {}) {
    words.insert(words.begin(), "kinora");
    std::vector<const char*> pointers;
    for (const auto& word : words) pointers.push_back(word.c_str());
    const auto parsed = parse_config(static_cast<int>(pointers.size()), pointers.data());
    Outcome outcome;
    outcome.status = parsed.exit_status;
    if (parsed.finished) {
        (parsed.exit_status == 0 ? outcome.out : outcome.err) = parsed.text;
        return outcome;
    }
    std::istringstream in(input);
    std::ostringstream out, err;
    const auto wait = [&](Milliseconds time) { outcome.waits.push_back(time); };
    outcome.status = admin::run(parsed.config, parsed.admin_act, {in, out, err, -1, wait});
    outcome.out = out.str();
    outcome.err = err.str();
    return outcome;
}

class AdminTest : public testing::Test {
protected:
    AdminTest() {
        // Settings that the machine of the tests happens to have would get in the way.
        for (const auto* name : {"CONFIG", "DATA", "DATABASE", "LISTEN", "PUBLIC_URL"})
            ::unsetenv(("KINORA_" + std::string(name)).c_str());
        accounts::OwnerOptions options;
        options.data_folder = database.folder().path();
        owner = accounts::ensure_owner(*database, options, random, clock).user_id;
    }

    Outcome call(Words words, const std::string& input = {}) {
        words.insert(words.begin(), "admin");
        words.insert(words.end(), {"--database", database.url()});
        return call_program(std::move(words), input);
    }
    // The one object that a call prints, which must succeed.
    json::object object(const Words& words, const std::string& input = {}) {
        const auto outcome = call(words, input);
        EXPECT_EQ(outcome.status, 0) << words.front() << ' ' << words.back() << ": " << outcome.err;
        const auto objects = outcome.objects();
        EXPECT_EQ(objects.size(), 1U) << outcome.out;
        return objects.empty() ? json::object() : objects.front();
    }
    std::vector<json::object> objects(const Words& words) {
        const auto outcome = call(words);
        EXPECT_EQ(outcome.status, 0) << outcome.err;
        return outcome.objects();
    }
    std::string text(const Words& words, const char* field, const std::string& input = {}) {
        const auto value = object(words, input)[field];
        return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    }
    // What is told to who asks for something that cannot be done.
    std::string refusal(const Words& words, const std::string& input = {}) {
        const auto outcome = call(words, input);
        EXPECT_EQ(outcome.status, 1) << words.front() << ' ' << words.back();
        EXPECT_EQ(outcome.out, "");
        EXPECT_TRUE(outcome.err.starts_with("kinora: ")) << outcome.err;
        return outcome.err;
    }
    // Who makes a call with that token.
    std::optional<storage::CallerRow> caller(const std::string& token) {
        return database->read_now([hash = accounts::hash_token(token)](storage::Session& session) {
            return storage::find_caller(session, hash);
        });
    }
    // What the audit trail has, newest first.
    std::vector<std::string> acts() {
        std::vector<std::string> all;
        for (auto& row : objects({"audit"})) {
            EXPECT_EQ(row["actor"], "command line");
            EXPECT_TRUE(row["actor_id"].is_null());
            all.emplace_back(row["action"].as_string());
        }
        return all;
    }

    test::ScratchDatabase database;
    test::SeededRandom random;
    test::FakeClock clock;
    UserId owner;
};

inline void expect_has(const std::string& text, std::string_view part) {
    EXPECT_NE(text.find(part), std::string::npos) << "no `" << part << "` in: " << text;
}

}  // namespace kinora::app
