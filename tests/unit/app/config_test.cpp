// tests/unit/app/config_test.cpp: what the operator wants, said by flags, variables and a file.
#include "app/config.hpp"

#include "app/version.hpp"
#include "support/temp_folder.hpp"
#include "support/variable.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace kinora::app {
namespace {

using Words = std::vector<std::string>;

ParsedConfig parse(const Words& words) {
    std::vector<const char*> pointers{"kinora"};
    for (const auto& word : words) pointers.push_back(word.c_str());
    return parse_config(static_cast<int>(pointers.size()), pointers.data());
}

Config good(const Words& words) {
    const auto parsed = parse(words);
    EXPECT_FALSE(parsed.finished) << parsed.text;
    return parsed.config;
}

// What is printed to who has said something wrong.
std::string complaint(const Words& words) {
    const auto parsed = parse(words);
    EXPECT_TRUE(parsed.finished);
    EXPECT_EQ(parsed.exit_status, 2) << parsed.text;
    return parsed.text;
}

void expect_complaint(const Words& words, std::string_view word) {
    const auto text = complaint(words);
    EXPECT_NE(text.find(word), std::string::npos) << words.back() << ": " << text;
}

class ConfigTest : public testing::Test {
protected:
    // Settings that the machine of the tests happens to have would get in the way.
    ConfigTest() {
        for (const auto* name : {"CONFIG", "DATA", "DATABASE", "ASSETS", "THREADS", "LIMIT_WORK",
                                 "LOG_LEVEL", "LISTEN", "PUBLIC_URL", "WORKERS", "OWNER_TOKEN",
                                 "OWNER_EMAIL", "ABSENT_URLS", "TRUSTED_PROXIES"}) {
            ::unsetenv(("KINORA_" + std::string(name)).c_str());
        }
    }
    std::string file(const std::string& text) { return folder.write("kinora.toml", text).string(); }

    test::TempFolder folder;
};

TEST_F(ConfigTest, HasDefaults) {
    const auto config = good({"serve"});
    EXPECT_EQ(config.command, Command::serve);
    EXPECT_EQ(config.address, "127.0.0.1");
    EXPECT_EQ(config.port, 8080);
    EXPECT_EQ(config.public_url, "");
    EXPECT_EQ(config.data, std::filesystem::current_path() / "kinora-data");
    EXPECT_EQ(config.database, "sqlite:" + (config.data / "kinora.db").string());
    EXPECT_EQ(config.workers, 1);
    EXPECT_EQ(config.threads, 0);
    EXPECT_EQ(config.owner_token.reveal(), "");
    EXPECT_EQ(config.owner_email, "owner@localhost");
    EXPECT_EQ(config.work_limit, std::chrono::seconds(1'800));
    EXPECT_EQ(config.absent_urls, (Words{"https://cdn.acedata.cloud/r9vsv9.png",
                                         "https://cdn.acedata.cloud/0iad3k.png"}));
    EXPECT_TRUE(config.trusted_proxies.empty());
    EXPECT_EQ(config.log_level, LogLevel::info);
    EXPECT_EQ(config.base_url(), "http://127.0.0.1:8080");
}

TEST_F(ConfigTest, TakesFlags) {
    const auto config = good({"serve",
                              "--listen",
                              "0.0.0.0:9000",
                              "--public-url",
                              "https://video.example.com/",
                              "--data",
                              "/srv/kinora/../video",
                              "--database",
                              "postgresql://u:p@db/kinora",
                              "--workers",
                              "3",
                              "--threads",
                              "2",
                              "--owner-token",
                              "0123456789abcdef",
                              "--owner-email",
                              "me@example.com",
                              "--limit-work",
                              "0.5",
                              "--absent-urls",
                              "https://a/1,https://a/2",
                              "--trusted-proxies",
                              "10.0.0.0/8",
                              "--log-level",
                              "warn"});
    EXPECT_EQ(config.address, "0.0.0.0");
    EXPECT_EQ(config.port, 9000);
    EXPECT_EQ(config.public_url, "https://video.example.com");
    EXPECT_EQ(config.data, "/srv/video");
    EXPECT_EQ(config.database, "postgresql://u:p@db/kinora");
    EXPECT_EQ(config.workers, 3);
    EXPECT_EQ(config.threads, 2);
    EXPECT_EQ(config.owner_token.reveal(), "0123456789abcdef");
    EXPECT_EQ(config.owner_email, "me@example.com");
    EXPECT_EQ(config.work_limit, Milliseconds(500));
    EXPECT_EQ(config.absent_urls, (Words{"https://a/1", "https://a/2"}));
    EXPECT_EQ(config.trusted_proxies, Words{"10.0.0.0/8"});
    EXPECT_EQ(config.log_level, LogLevel::warn);
    EXPECT_EQ(config.base_url(), "https://video.example.com");
}

TEST_F(ConfigTest, AFlagBeatsAVariableBeatsTheFileBeatsTheDefault) {
    const auto path = file("workers = 2\nlimit-work = 20\nabsent_urls = ['https://file/1']\n");
    EXPECT_EQ(good({"serve"}).workers, 1);
    EXPECT_EQ(good({"serve", "--config", path}).workers, 2);
    EXPECT_EQ(good({"serve", "--config", path}).absent_urls, Words{"https://file/1"});
    const test::Variable workers("KINORA_WORKERS", "3");
    const test::Variable urls("KINORA_ABSENT_URLS", "https://variable/1,https://variable/2");
    EXPECT_EQ(good({"serve", "--config", path}).workers, 3);
    EXPECT_EQ(good({"serve", "--config", path}).absent_urls,
              (Words{"https://variable/1", "https://variable/2"}));
    EXPECT_EQ(good({"serve", "--config", path}).work_limit, std::chrono::seconds(20));
    const auto config = good({"serve", "--config", path, "--workers", "4", "--absent-urls", "x"});
    EXPECT_EQ(config.workers, 4);
    EXPECT_EQ(config.absent_urls, Words{"x"});
}

TEST_F(ConfigTest, EverySettingHasAVariable) {
    const test::Variable listen("KINORA_LISTEN", "[::1]:9000");
    const test::Variable public_url("KINORA_PUBLIC_URL", "http://v.example.com");
    const test::Variable data("KINORA_DATA", "/srv/v");
    const test::Variable database("KINORA_DATABASE", "sqlite:/srv/db");
    const test::Variable threads("KINORA_THREADS", "5");
    const test::Variable token("KINORA_OWNER_TOKEN", "0123456789abcdef");
    const test::Variable email("KINORA_OWNER_EMAIL", "me@example.com");
    const test::Variable limit("KINORA_LIMIT_WORK", "60");
    const test::Variable proxies("KINORA_TRUSTED_PROXIES", "10.0.0.1,10.0.0.2");
    const test::Variable level("KINORA_LOG_LEVEL", "off");
    const auto config = good({"serve"});
    EXPECT_EQ(config.address, "::1");
    EXPECT_EQ(config.port, 9000);
    EXPECT_EQ(config.public_url, "http://v.example.com");
    EXPECT_EQ(config.data, "/srv/v");
    EXPECT_EQ(config.database, "sqlite:/srv/db");
    EXPECT_EQ(config.threads, 5);
    EXPECT_EQ(config.owner_token.reveal(), "0123456789abcdef");
    EXPECT_EQ(config.owner_email, "me@example.com");
    EXPECT_EQ(config.work_limit, std::chrono::seconds(60));
    EXPECT_EQ(config.trusted_proxies, (Words{"10.0.0.1", "10.0.0.2"}));
    EXPECT_EQ(config.log_level, LogLevel::off);
}

TEST_F(ConfigTest, EverySettingMayStandInTheFile) {
    const auto path = file(R"(
        # Dashes or underscores.
        listen = "127.0.0.1:9000"
        public_url = "http://v.example.com"
        data = "/srv/v"
        database = "sqlite:/srv/db"
        workers = 0
        threads = 5
        owner-token = "0123456789abcdef"
        owner_email = "me@example.com"
        limit_work = 60.5
        absent_urls = []
        trusted-proxies = ["10.0.0.1"]
        log-level = "debug"
    )");
    const auto config = good({"serve", "--config=" + path});
    EXPECT_EQ(config.port, 9000);
    EXPECT_EQ(config.public_url, "http://v.example.com");
    EXPECT_EQ(config.data, "/srv/v");
    EXPECT_EQ(config.database, "sqlite:/srv/db");
    EXPECT_EQ(config.workers, 0);
    EXPECT_EQ(config.threads, 5);
    EXPECT_EQ(config.owner_token.reveal(), "0123456789abcdef");
    EXPECT_EQ(config.owner_email, "me@example.com");
    EXPECT_EQ(config.work_limit, Milliseconds(60'500));
    EXPECT_TRUE(config.absent_urls.empty());
    EXPECT_EQ(config.trusted_proxies, Words{"10.0.0.1"});
    EXPECT_EQ(config.log_level, LogLevel::debug);

    const test::Variable variable("KINORA_CONFIG", path);
    EXPECT_EQ(good({"serve"}).port, 9000);
    EXPECT_EQ(good({"worker"}).threads, 5);  // Of one file for both.
}

TEST_F(ConfigTest, AFileThatIsWrongIsNotPassedOver) {
    struct Row {
        std::string text;
        std::string word;
    };
    const Row table[] = {
        {"wokers = 2", "`wokers` is no setting"},
        {"config = 'other.toml'", "`config` is no setting"},
        {"[serve]\nworkers = 2", "`serve` is no setting"},
        {"workers = '2'", "`workers` must be a whole number"},
        {"workers = 1.5", "`workers` must be a whole number"},
        {"workers = 99999999999", "`workers` must be a whole number"},
        {"workers = []", "`workers` must be a whole number"},
        {"workers = -1", "workers"},
        {"workers = 257", "workers"},
        {"threads = -1", "threads"},
        {"threads = 1025", "threads"},
        {"limit-work = 'long'", "`limit-work` must be a number of seconds"},
        {"limit-work = 0", "limit-work"},
        {"limit-work = -1", "limit-work"},
        {"limit-work = nan", "limit-work"},
        {"limit-work = inf", "limit-work"},
        {"listen = 8080", "`listen` must be a string"},
        {"listen = 'here'", "--listen"},
        {"absent-urls = 'https://a'", "`absent-urls` must be a list of strings"},
        {"absent-urls = [7]", "`absent-urls` must be a list of strings"},
        {"log-level = 'loud'", "log-level"},
        {"owner-token = 'short'", "16 to 512"},
        {"workers = ", "cannot read"},
        {"workers = 1\nworkers = 2", "cannot read"},
    };
    for (const auto& row : table) expect_complaint({"serve", "--config", file(row.text)}, row.word);
    expect_complaint({"serve", "--config", (folder / "missing.toml").string()}, "cannot read");
    expect_complaint({"serve", "--config", folder.path().string()}, "cannot read");
}

TEST_F(ConfigTest, AWrongFlagIsSaid) {
    const Words table[] = {
        {"--workers", "-1"},     {"--workers", "257"},    {"--workers", "two"},
        {"--workers", "1.5"},    {"--workers"},           {"--threads", "-1"},
        {"--threads", "1025"},   {"--limit-work", "0"},   {"--limit-work", "long"},
        {"--limit-work", "-1"},  {"--limit-work", "1e9"}, {"--limit-work", "nan"},
        {"--log-level", "loud"}, {"--wokers", "2"},       {"--config"},
        {"and something else"},
    };
    for (auto words : table) {
        words.insert(words.begin(), "serve");
        EXPECT_NE(complaint(words), "") << words.at(1);
    }
}

TEST_F(ConfigTest, AWrongVariableIsSaid) {
    const std::pair<std::string, std::string> table[] = {
        {"KINORA_WORKERS", "two"},      {"KINORA_WORKERS", "-1"},   {"KINORA_THREADS", "1025"},
        {"KINORA_LIMIT_WORK", "0"},     {"KINORA_LISTEN", "here"},  {"KINORA_LOG_LEVEL", "loud"},
        {"KINORA_OWNER_TOKEN", "tiny"}, {"KINORA_PUBLIC_URL", "v"}, {"KINORA_CONFIG", "/missing"},
    };
    for (const auto& [name, value] : table) {
        const test::Variable variable(name, value);
        const auto parsed = parse({"serve"});
        EXPECT_TRUE(parsed.finished) << name << '=' << value;
        EXPECT_EQ(parsed.exit_status, 2) << name << '=' << value;
    }
}

TEST_F(ConfigTest, ListensWhereItIsTold) {
    struct Row {
        std::string text;
        std::string address;
        int port;
        std::string base_url;
    };
    const Row table[] = {
        {"127.0.0.1:8080", "127.0.0.1", 8080, "http://127.0.0.1:8080"},
        {"192.0.2.7:80", "192.0.2.7", 80, "http://192.0.2.7:80"},
        {"[::1]:8080", "::1", 8080, "http://[::1]:8080"},
        {"[::]:8080", "::", 8080, "http://127.0.0.1:8080"},
        {"0.0.0.0:8080", "0.0.0.0", 8080, "http://127.0.0.1:8080"},
        {":8080", "0.0.0.0", 8080, "http://127.0.0.1:8080"},
        {"8080", "127.0.0.1", 8080, "http://127.0.0.1:8080"},
        {"0", "127.0.0.1", 0, "http://127.0.0.1:0"},
        {"65535", "127.0.0.1", 65535, "http://127.0.0.1:65535"},
    };
    for (const auto& row : table) {
        const auto config = good({"serve", "--listen", row.text});
        EXPECT_EQ(config.address, row.address) << row.text;
        EXPECT_EQ(config.port, row.port) << row.text;
        EXPECT_EQ(config.base_url(), row.base_url) << row.text;
    }
    for (const std::string text : {"", ":", "here", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                                   "127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1:80a",
                                   "127.0.0.1:080808", "[::1]", "127.0.0.1: 80", "http://h:80/"}) {
        expect_complaint({"serve", "--listen=" + text}, "listen");
    }
}

TEST_F(ConfigTest, LinksStartWhereItIsTold) {
    for (const std::string url : {"http://v.example.com", "https://v.example.com:8443",
                                  "https://example.com/video", "https://example.com/video///"}) {
        const auto config = good({"serve", "--public-url", url});
        EXPECT_TRUE(config.public_url.starts_with("http"));
        EXPECT_FALSE(config.public_url.ends_with('/'));
    }
    EXPECT_EQ(good({"serve", "--public-url", ""}).public_url, "");
    for (const std::string url :
         {"v.example.com", "ftp://v.example.com", "https://", "https:", "https://v.example.com?x",
          "https://v.example.com#x", "https://v example.com", "HTTPS//v"}) {
        expect_complaint({"serve", "--public-url", url}, "--public-url");
    }
}

TEST_F(ConfigTest, AnOwnersTokenIsLongEnoughAndNeverShown) {
    EXPECT_EQ(good({"serve", "--owner-token", std::string(16, 'a')}).owner_token.reveal(),
              std::string(16, 'a'));
    EXPECT_FALSE(parse({"serve", "--owner-token", std::string(512, 'a')}).finished);
    for (const auto& token :
         {std::string("secret-of-mine!"), std::string(513, 's'), std::string("secret with spaces"),
          std::string("secret\nsecret secret")}) {
        const auto text = complaint({"serve", "--owner-token", token});
        EXPECT_NE(text.find("16 to 512"), std::string::npos) << text;
        EXPECT_EQ(text.find("secret"), std::string::npos);
    }
}

TEST_F(ConfigTest, ExplainsItself) {
    const auto help = parse({"--help"});
    EXPECT_TRUE(help.finished);
    EXPECT_EQ(help.exit_status, 0);
    for (const auto* word : {"serve", "worker", "admin", "version"}) {
        EXPECT_NE(help.text.find(word), std::string::npos) << word;
    }
    const auto serve = parse({"serve", "--help"});
    EXPECT_TRUE(serve.finished);
    EXPECT_EQ(serve.exit_status, 0);
    for (const auto* flag : {"--listen", "--public-url", "--data", "--database", "--workers",
                             "--threads", "--owner-token", "--config", "--limit-work",
                             "--log-level", "--allowed-addresses", "KINORA_LISTEN"}) {
        EXPECT_NE(serve.text.find(flag), std::string::npos) << flag;
    }
    const auto version = parse({"version"});
    EXPECT_TRUE(version.finished);
    EXPECT_EQ(version.exit_status, 0);
    EXPECT_EQ(version.text, "kinora " + std::string(kVersion) + "\n");
}

TEST_F(ConfigTest, WantsACommandThatItKnows) {
    EXPECT_NE(complaint({}), "");
    EXPECT_NE(complaint({"server"}), "");
    EXPECT_NE(complaint({"--workers", "2"}), "");
    EXPECT_NE(complaint({"worker", "--listen", "8080"}), "");
}

TEST_F(ConfigTest, AWorkerGetsThisVeryConfigurationAndNoSecret) {
    const auto config =
        good({"serve", "--data", "/srv/v", "--database", "postgresql://u:secret@db/kinora",
              "--threads", "3", "--limit-work", "12.345", "--log-level", "error", "--owner-token",
              "secret-secret-secret"});
    auto words = worker_arguments(config, "node/1");
    for (const auto& word : words) EXPECT_EQ(word.find("secret"), std::string::npos) << word;
    EXPECT_EQ(words.front(), "kinora-worker");
    words.erase(words.begin());
    const test::Variable database("KINORA_DATABASE", config.database);
    const auto worker = good(words);
    EXPECT_EQ(worker.command, Command::worker);
    EXPECT_EQ(worker.worker_name, "node/1");
    EXPECT_EQ(worker.data, config.data);
    EXPECT_EQ(worker.database, config.database);
    EXPECT_EQ(worker.threads, config.threads);
    EXPECT_EQ(worker.work_limit, config.work_limit);
    EXPECT_EQ(worker.log_level, config.log_level);
}

TEST_F(ConfigTest, InputsMayComeFromAddressesThatTheOperatorNames) {
    EXPECT_TRUE(good({"serve"}).allowed_addresses.empty());
    const std::vector<std::string> named{"10.0.0.0/8", "minio.internal"};
    EXPECT_EQ(good({"serve", "--allowed-addresses", "10.0.0.0/8,minio.internal"}).allowed_addresses,
              named);
    EXPECT_EQ(
        good({"worker", "--allowed-addresses=10.0.0.0/8", "--allowed-addresses=minio.internal"})
            .allowed_addresses,
        named);
    EXPECT_NE(complaint({"serve", "--allowed-addresses", "10.0.0.0/99"}).find("10.0.0.0/99"),
              std::string::npos);
}

TEST_F(ConfigTest, LoopbackIsForServersThatThisMachineAloneCanReach) {
    const auto passed_on = [&](const Words& words) {
        auto passed = worker_arguments(good(words), "node/1");
        passed.erase(passed.begin());
        return good(passed).allowed_addresses;
    };
    const std::vector<std::string> loopback{"127.0.0.0/8", "::1"};
    EXPECT_EQ(passed_on({"serve"}), loopback);
    EXPECT_EQ(passed_on({"serve", "--listen", "[::1]:8080"}), loopback);
    EXPECT_TRUE(passed_on({"serve", "--listen", "0.0.0.0:8080"}).empty());
    EXPECT_TRUE(passed_on({"serve", "--listen", ":8080"}).empty());
    // A proxy that strangers reach is on the same machine.
    EXPECT_TRUE(passed_on({"serve", "--public-url", "https://video.example.com"}).empty());
    EXPECT_TRUE(passed_on({"serve", "--trusted-proxies", "127.0.0.1"}).empty());
}

}  // namespace
}  // namespace kinora::app
