#include "app/config.hpp"

#include "accounts/token.hpp"
#include "app/raw_settings.hpp"
#include "app/setting_values.hpp"
#include "app/spawn.hpp"
#include "app/version.hpp"
#include "outbound/address_rules.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iomanip>
#include <sstream>

namespace kinora::app {
namespace {

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

// Where everything is.
void add_place_flags(CLI::App& command, RawSettings& raw) {
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
}

void add_worker_flags(CLI::App& command, RawSettings& raw) {
    add_place_flags(command, raw);
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

void add_platform_flags(CLI::App& command, RawSettings& raw) {
    const auto text = [&](const char* flag, std::string& target, const char* variable,
                          const char* what) {
        return command.add_option(flag, target, what)->envname(variable);
    };
    text("--registration", raw.registration, "KINORA_REGISTRATION",
         "Who may make an account: `open` everybody, `invite` who has an invitation, `closed` "
         "nobody but the administrator")
        ->capture_default_str();
    text("--smtp-url", raw.smtp_url, "KINORA_SMTP_URL",
         "Mail server for confirmations and new passwords, such as smtps://mail.example.com:465; "
         "needs --mail-from and --public-url (default: no mail; administrators make links)");
    text("--smtp-user", raw.smtp_user, "KINORA_SMTP_USER", "Name at the mail server");
    text("--smtp-password", raw.smtp_password, "KINORA_SMTP_PASSWORD",
         "Password there; better as a variable, for others can read flags");
    text("--mail-from", raw.mail_from, "KINORA_MAIL_FROM",
         "Sender of mails, such as Kinora <noreply@example.com>");
    text("--content-rules", raw.content_rules, "KINORA_CONTENT_RULES",
         "File with the words and /patterns/ that no prompt may have, one a line");
    text("--moderator-url", raw.moderator_url, "KINORA_MODERATOR_URL",
         "Where each prompt is POSTed before it is taken; answers {\"allowed\": true} or false");
    text("--moderator-token", raw.moderator_token, "KINORA_MODERATOR_TOKEN",
         "Bearer token sent there; better as a variable, for others can read flags");
    text("--moderator-failure", raw.moderator_failure, "KINORA_MODERATOR_FAILURE",
         "What becomes of prompts while the moderator does not answer: `refuse` or `allow`")
        ->capture_default_str();
    text("--upload-retention", raw.upload_retention, "KINORA_UPLOAD_RETENTION",
         "How long uploaded files are kept, such as 12h or 7d; 0: as long as clips")
        ->capture_default_str();
    text("--support-url", raw.support_url, "KINORA_SUPPORT_URL",
         "Where users find help: an https://, http:// or mailto: link");
}

void add_serve_flags(CLI::App& command, RawSettings& raw) {
    add_worker_flags(command, raw);
    add_platform_flags(command, raw);
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

void add_admin_flags(CLI::App& command, RawSettings& raw) {
    add_place_flags(command, raw);
    command.add_option("--public-url", raw.public_url, "Where links start (default: at --listen)")
        ->envname("KINORA_PUBLIC_URL");
    command.add_option("--listen", raw.listen, "Where the server listens")
        ->envname("KINORA_LISTEN")
        ->capture_default_str();
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

void judge_mail(const RawSettings& raw, Config& config) {
    if (raw.smtp_url.empty()) return;
    if (config.public_url.empty()) {
        // Where else a link in a mail leads would be the choice of whoever asked for the mail.
        throw std::runtime_error("--smtp-url needs --public-url: links in mails start there");
    }
    auto settings = outbound::parse_mail_settings(
        {raw.smtp_url, raw.smtp_user, Secret<std::string>(raw.smtp_password), raw.mail_from});
    if (!settings) throw std::runtime_error("mail: " + settings.error().message());
    config.mail = std::move(*settings);
}

void judge_platform(const RawSettings& raw, Config& config) {
    const auto registration = accounts::parse_registration(raw.registration);
    if (!registration) {
        throw std::runtime_error("--registration must be open, invite or closed, not `" +
                                 raw.registration + "`");
    }
    config.registration = *registration;
    judge_mail(raw, config);
    if (!raw.content_rules.empty()) {
        config.content_rules = std::filesystem::absolute(raw.content_rules);
        const auto rules = accounts::ContentRules::load(config.content_rules);
        if (!rules) throw std::runtime_error("--content-rules: " + rules.error().message());
    }
    config.moderator.url = raw.moderator_url;
    config.moderator.token = Secret<std::string>(raw.moderator_token);
    if (raw.moderator_failure != "refuse" && raw.moderator_failure != "allow") {
        throw std::runtime_error("--moderator-failure must be refuse or allow, not `" +
                                 raw.moderator_failure + "`");
    }
    config.moderator_failure = raw.moderator_failure == "allow" ? api::ModeratorFailure::allow
                                                                : api::ModeratorFailure::refuse;
    config.upload_retention = parse_duration("--upload-retention", raw.upload_retention);
    config.support_url = parse_support_url(raw.support_url);
}

Config judge(const RawSettings& raw) {
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
    // One for each command: CLI11 reads the variables of all commands, also of those not given,
    // so that options of two commands on one target would undo each other's flags.
    RawSettings settings;
    CLI::App app("Kinora, a self-hosted video generation service", "kinora");
    app.require_subcommand(1);
    auto* serve = app.add_subcommand("serve", "Serve the API and look after its workers");
    auto* worker = app.add_subcommand("worker", "Draw videos for a server on the same database");
    auto* admin = app.add_subcommand("admin", "Look after users, tokens, balances and services");
    auto* version = app.add_subcommand("version", "Print the version");
    try {
        settings.config_file = config_file_of(argc, argv);
        if (!settings.config_file.empty()) read_settings_file(settings, settings.config_file);
        RawSettings of_worker = settings;
        RawSettings of_admin = settings;
        add_serve_flags(*serve, settings);
        add_worker_flags(*worker, of_worker);
        worker->add_option("--name", of_worker.worker_name)->group("");
        add_admin_flags(*admin, of_admin);
        admin::add_commands(*admin, parsed.admin_act);
        app.parse(argc, argv);
        if (*version) {
            parsed.finished = true;
            parsed.text = "kinora " + std::string(kVersion) + '\n';
            parsed.config.command = Command::version;
            return parsed;
        }
        const auto& raw = *worker ? of_worker : *admin ? of_admin : settings;
        parsed.config = judge(raw);
        if (*serve) judge_platform(raw, parsed.config);
        parsed.config.command = *worker  ? Command::worker
                                : *admin ? Command::admin
                                         : Command::serve;
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
