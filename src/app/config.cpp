#include "app/config.hpp"

#include "accounts/token.hpp"
#include "app/setting_values.hpp"
#include "app/spawn.hpp"
#include "app/version.hpp"
#include "outbound/address_rules.hpp"

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <sstream>

namespace kinora::app {
namespace {

// The texts that flags, variables and the file may set, before they are judged.
struct Raw {
    std::string config_file;
    std::string listen = "127.0.0.1:8080";
    std::string public_url;
    std::string data = "kinora-data";
    std::string database;
    std::string assets;
    int workers = 1;
    int threads = 0;
    std::string owner_token;
    std::string owner_email = "owner@localhost";
    double limit_work_s = 1800;
    std::string retention = "0";
    std::string disk_floor = "256MB";
    std::string media_max = "0";
    int limit_running = 5;
    int limit_queued = 1'000;
    int limit_rps = 60;
    // The two sample images of the hosted service's documentation, which clients send unasked.
    std::vector<std::string> absent_urls = {"https://cdn.acedata.cloud/r9vsv9.png",
                                            "https://cdn.acedata.cloud/0iad3k.png"};
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> allowed_addresses;
    std::string log_level = "info";
    std::string worker_name;
};

using Taker = std::function<void(const toml::node&)>;

[[noreturn]] void wrong_type(const std::string& name, const char* wanted) {
    throw std::runtime_error("`" + name + "` must be " + wanted);
}

template <class T>
Taker taker(const std::string& name, T& target, const char* wanted) {
    return [name, &target, wanted](const toml::node& node) {
        const auto value = node.value<T>();
        if (!value) wrong_type(name, wanted);
        target = *value;
    };
}

Taker list_taker(const std::string& name, std::vector<std::string>& target) {
    return [name, &target](const toml::node& node) {
        const auto* list = node.as_array();
        if (list == nullptr) wrong_type(name, "a list of strings");
        target.clear();
        for (const auto& item : *list) {
            const auto text = item.value<std::string>();
            if (!text) wrong_type(name, "a list of strings");
            target.push_back(*text);
        }
    };
}

// The file has the flags' names, with underscores or dashes.
std::map<std::string, Taker> takers(Raw& raw) {
    std::map<std::string, Taker> all;
    const auto text = [&](const char* name, std::string& target) {
        all[name] = taker(name, target, "a string");
    };
    text("listen", raw.listen);
    text("public-url", raw.public_url);
    text("data", raw.data);
    text("database", raw.database);
    text("assets", raw.assets);
    text("owner-token", raw.owner_token);
    text("owner-email", raw.owner_email);
    text("log-level", raw.log_level);
    all["workers"] = taker("workers", raw.workers, "a whole number");
    all["threads"] = taker("threads", raw.threads, "a whole number");
    text("retention", raw.retention);
    text("disk-floor", raw.disk_floor);
    text("media-max", raw.media_max);
    all["limit-running"] = taker("limit-running", raw.limit_running, "a whole number");
    all["limit-queued"] = taker("limit-queued", raw.limit_queued, "a whole number");
    all["limit-rps"] = taker("limit-rps", raw.limit_rps, "a whole number");
    all["limit-work"] = taker("limit-work", raw.limit_work_s, "a number of seconds");
    all["absent-urls"] = list_taker("absent-urls", raw.absent_urls);
    all["trusted-proxies"] = list_taker("trusted-proxies", raw.trusted_proxies);
    all["allowed-addresses"] = list_taker("allowed-addresses", raw.allowed_addresses);
    return all;
}

void read_file(Raw& raw, const std::string& path) {
    if (std::filesystem::is_directory(path)) {  // Which would read as an empty file.
        throw std::runtime_error("cannot read " + path + ": it is a folder");
    }
    toml::table table;
    try {
        table = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        std::ostringstream where;
        where << error.source().begin;
        throw std::runtime_error("cannot read " + path + ": " + std::string(error.description()) +
                                 " (" + where.str() + ")");
    }
    const auto known = takers(raw);
    for (const auto& [key, node] : table) {
        std::string name(key.str());
        std::replace(name.begin(), name.end(), '_', '-');
        const auto found = known.find(name);
        if (found == known.end()) {
            throw std::runtime_error(path + ": `" + std::string(key.str()) +
                                     "` is no setting; `kinora serve --help` lists them");
        }
        try {
            found->second(node);
        } catch (const std::runtime_error& error) {
            throw std::runtime_error(path + ": " + error.what());
        }
    }
}

// The file is read before the flags are, so its name has to be found first.
std::string config_file_of(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--config" && i + 1 < argc) return argv[i + 1];
        if (word.starts_with("--config=")) return std::string(word.substr(9));
    }
    const char* variable = std::getenv("KINORA_CONFIG");
    return variable == nullptr ? std::string() : std::string(variable);
}

void add_worker_flags(CLI::App& command, Raw& raw) {
    command.add_option("--config", raw.config_file, "TOML file with any of these settings")
        ->envname("KINORA_CONFIG");
    command.add_option("--data", raw.data, "Folder of the database and the clips")
        ->envname("KINORA_DATA")
        ->capture_default_str();
    command
        .add_option(
            "--database", raw.database,
            "postgresql://user:password@host/name or sqlite:/path (default: kinora.db in the "
            "data folder)")
        ->envname("KINORA_DATABASE");
    command
        .add_option("--assets", raw.assets,
                    "Folder with the built-in engine's pictures (default: beside the program)")
        ->envname("KINORA_ASSETS");
    command.add_option("--threads", raw.threads, "Threads of each worker; 0: one a core")
        ->envname("KINORA_THREADS")
        ->capture_default_str();
    command
        .add_option("--limit-work", raw.limit_work_s,
                    "Seconds of work on one video, all attempts together")
        ->envname("KINORA_LIMIT_WORK")
        ->capture_default_str();
    command
        .add_option("--allowed-addresses", raw.allowed_addresses,
                    "Addresses, networks or host names that inputs may be fetched from though they "
                    "are private (default: public ones only; a server that only this machine can "
                    "reach allows loopback)")
        ->envname("KINORA_ALLOWED_ADDRESSES")
        ->delimiter(',');
    command
        .add_option("--limit-running", raw.limit_running,
                    "Tasks of one token that are worked on at once, on all workers; 0: no limit")
        ->envname("KINORA_LIMIT_RUNNING")
        ->capture_default_str();
    command
        .add_option("--disk-floor", raw.disk_floor,
                    "Space left free on the disk of the data folder, such as 500MB or 2GB; below "
                    "it no new work begins; 0: none")
        ->envname("KINORA_DISK_FLOOR")
        ->capture_default_str();
    command
        .add_option("--media-max", raw.media_max,
                    "What all clips and pictures together may take; above it no new work begins; "
                    "0: no bound")
        ->envname("KINORA_MEDIA_MAX")
        ->capture_default_str();
    command.add_option("--log-level", raw.log_level, "debug, info, warn, error or off")
        ->envname("KINORA_LOG_LEVEL")
        ->capture_default_str();
}

void add_serve_flags(CLI::App& command, Raw& raw) {
    add_worker_flags(command, raw);
    command.add_option("--listen", raw.listen, "Address and port")
        ->envname("KINORA_LISTEN")
        ->capture_default_str();
    command
        .add_option("--public-url", raw.public_url,
                    "Where links start, such as https://video.example.com (default: as the caller "
                    "reached the server)")
        ->envname("KINORA_PUBLIC_URL");
    command.add_option("--workers", raw.workers, "Worker processes; 0: none of its own")
        ->envname("KINORA_WORKERS")
        ->capture_default_str();
    command
        .add_option("--owner-token", raw.owner_token,
                    "The owner's API token, 16 characters or more (default: one is made)")
        ->envname("KINORA_OWNER_TOKEN");
    command.add_option("--owner-email", raw.owner_email, "The owner's address")
        ->envname("KINORA_OWNER_EMAIL")
        ->capture_default_str();
    command
        .add_option(
            "--absent-urls", raw.absent_urls,
            "Input URLs that count as absent (default: the two sample images that clients of "
            "the hosted service send)")
        ->envname("KINORA_ABSENT_URLS")
        ->delimiter(',');
    command
        .add_option("--retention", raw.retention,
                    "How long clips and pictures are kept, such as 90m, 12h or 30d; 0: for ever")
        ->envname("KINORA_RETENTION")
        ->capture_default_str();
    command
        .add_option("--limit-queued", raw.limit_queued, "Tasks of one token that wait; 0: no limit")
        ->envname("KINORA_LIMIT_QUEUED")
        ->capture_default_str();
    command.add_option("--limit-rps", raw.limit_rps, "Requests a second of one token; 0: no limit")
        ->envname("KINORA_LIMIT_RPS")
        ->capture_default_str();
    command
        .add_option("--trusted-proxies", raw.trusted_proxies,
                    "Addresses or networks whose X-Forwarded-* headers count")
        ->envname("KINORA_TRUSTED_PROXIES")
        ->delimiter(',');
}

// An installed program has its assets beside it, one in the build tree has them beside its tree.
std::filesystem::path assets_folder(const std::string& given) {
    if (!given.empty()) return std::filesystem::absolute(given).lexically_normal();
    const auto program = program_folder();
    for (const auto* place : {"assets", "../assets", "../share/kinora"}) {
        const auto folder = (program / place).lexically_normal();
        if (std::filesystem::exists(folder / "storyboard.pack")) return folder;
    }
    return program / "assets";
}

// Judged here and not by CLI11, so that a number of the file or a variable is held to it too.
template <class T>
T within(const char* name, T value, T min, T max) {
    if (value >= min && value <= max) return value;
    std::ostringstream sentence;
    sentence << std::setprecision(9) << name << " must be from " << min << " to " << max;
    throw std::runtime_error(sentence.str());
}

Config judge(const Raw& raw) {
    Config config;
    const auto endpoint = parse_listen(raw.listen);
    config.address = endpoint.address;
    config.port = endpoint.port;
    config.public_url = parse_public_url(raw.public_url);
    config.data = std::filesystem::absolute(raw.data).lexically_normal();
    config.database =
        raw.database.empty() ? "sqlite:" + (config.data / "kinora.db").string() : raw.database;
    config.assets = assets_folder(raw.assets);
    config.workers = within("--workers", raw.workers, 0, 256);
    config.threads = within("--threads", raw.threads, 0, 1024);
    const auto length = raw.owner_token.size();
    if (length != 0 && (length < accounts::kTokenLengthMin || length > accounts::kTokenLengthMax ||
                        raw.owner_token.find_first_of(" \t\r\n") != std::string::npos)) {
        throw std::runtime_error("--owner-token needs 16 to 512 characters without spaces");
    }
    config.owner_token = Secret<std::string>(raw.owner_token);
    config.owner_email = raw.owner_email;
    config.work_limit = Milliseconds(
        static_cast<std::int64_t>(within("--limit-work", raw.limit_work_s, 0.001, 1e6) * 1000));
    config.retention = parse_duration("--retention", raw.retention);
    config.disk_floor_bytes = parse_size("--disk-floor", raw.disk_floor);
    config.media_max_bytes = parse_size("--media-max", raw.media_max);
    config.limits = {within("--limit-running", raw.limit_running, 0, 1'000'000),
                     within("--limit-queued", raw.limit_queued, 0, 1'000'000),
                     within("--limit-rps", raw.limit_rps, 0, 1'000'000)};
    config.absent_urls = raw.absent_urls;
    config.trusted_proxies = raw.trusted_proxies;
    config.allowed_addresses = raw.allowed_addresses;
    const auto rules = outbound::AddressRules::parse(config.allowed_addresses);
    if (!rules) throw std::runtime_error("allowed-addresses: " + rules.error().message());
    config.log_level = parse_log_level(raw.log_level);
    config.worker_name = raw.worker_name;
    return config;
}

}  // namespace

std::string Config::base_url() const {
    if (!public_url.empty()) return public_url;
    const bool any = address == "0.0.0.0" || address == "::";
    const auto host = any                                      ? "127.0.0.1"
                      : address.find(':') != std::string::npos ? '[' + address + ']'
                                                               : address;
    return "http://" + host + ':' + std::to_string(port);
}

bool Config::serves_this_machine_only() const {
    const bool is_loopback =
        address == "::1" || address == "localhost" || address.starts_with("127.");
    return is_loopback && public_url.empty() && trusted_proxies.empty();
}

ParsedConfig parse_config(int argc, const char* const* argv) {
    ParsedConfig parsed;
    Raw raw;
    CLI::App app("Kinora, a self-hosted video generation service", "kinora");
    app.require_subcommand(1);
    auto* serve = app.add_subcommand("serve", "Serve the API and look after its workers");
    auto* worker = app.add_subcommand("worker", "Draw videos for a server on the same database");
    auto* version = app.add_subcommand("version", "Print the version");
    add_serve_flags(*serve, raw);
    add_worker_flags(*worker, raw);
    worker->add_option("--name", raw.worker_name)->group("");
    try {
        raw.config_file = config_file_of(argc, argv);
        if (!raw.config_file.empty()) read_file(raw, raw.config_file);
        app.parse(argc, argv);
        if (*version) {
            parsed.finished = true;
            parsed.text = "kinora " + std::string(kVersion) + '\n';
            parsed.config.command = Command::version;
            return parsed;
        }
        parsed.config = judge(raw);
        parsed.config.command = *worker ? Command::worker : Command::serve;
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream err;
        parsed.finished = true;
        parsed.exit_status = app.exit(error, out, err) == 0 ? 0 : 2;
        parsed.text = out.str() + err.str();
    } catch (const std::exception& error) {
        parsed.finished = true;
        parsed.exit_status = 2;
        parsed.text = std::string("kinora: ") + error.what() + '\n';
    }
    return parsed;
}

std::vector<std::string> worker_arguments(const Config& config, const std::string& name) {
    static constexpr const char* kLevels[] = {"debug", "info", "warn", "error", "off"};
    std::vector<std::string> words{
        "kinora-worker",   "worker",
        "--name",          name,
        "--data",          config.data.string(),
        "--assets",        config.assets.string(),
        "--threads",       std::to_string(config.threads),
        "--limit-work",    std::to_string(static_cast<double>(config.work_limit.count()) / 1000),
        "--limit-running", std::to_string(config.limits.running),
        "--disk-floor",    std::to_string(config.disk_floor_bytes),
        "--media-max",     std::to_string(config.media_max_bytes),
        "--log-level",     kLevels[static_cast<int>(config.log_level)]};
    auto allowed = config.allowed_addresses;
    if (config.serves_this_machine_only()) allowed.insert(allowed.end(), {"127.0.0.0/8", "::1"});
    for (const auto& address : allowed) words.push_back("--allowed-addresses=" + address);
    return words;
}

}  // namespace kinora::app
