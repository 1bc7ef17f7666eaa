#include "app/raw_settings.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

namespace kinora::app {
namespace {

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
std::map<std::string, Taker> takers(RawSettings& raw) {
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
    text("registration", raw.registration);
    text("smtp-url", raw.smtp_url);
    text("smtp-user", raw.smtp_user);
    text("smtp-password", raw.smtp_password);
    text("mail-from", raw.mail_from);
    text("content-rules", raw.content_rules);
    text("moderator-url", raw.moderator_url);
    text("moderator-token", raw.moderator_token);
    text("moderator-failure", raw.moderator_failure);
    text("upload-retention", raw.upload_retention);
    text("support-url", raw.support_url);
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

}  // namespace

void read_settings_file(RawSettings& raw, const std::string& path) {
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

}  // namespace kinora::app
