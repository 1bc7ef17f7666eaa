// app/raw_settings.hpp: the texts that flags, variables and the file may set, before they are
// judged.
#pragma once

#include <string>
#include <vector>

namespace kinora::app {

struct RawSettings {
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
    std::string registration = "open";
    std::string smtp_url, smtp_user, smtp_password, mail_from;
    std::string content_rules;
    std::string moderator_url, moderator_token;
    std::string moderator_failure = "refuse";
    std::string upload_retention = "7d";
    std::string support_url;
    std::string log_level = "info";
    std::string worker_name;
};

// Reads the TOML file. Throws std::runtime_error with a sentence for the operator, also about a
// name that it does not know.
void read_settings_file(RawSettings& raw, const std::string& path);

}  // namespace kinora::app
