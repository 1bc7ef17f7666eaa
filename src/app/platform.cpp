#include "app/platform.hpp"

#include "app/version.hpp"

#include <boost/json.hpp>

namespace kinora::app {
namespace {

namespace json = boost::json;

bool sends_mail(const Config& config) {
    return !config.mail.url.empty();
}

// What of the settings everybody may know.
json::object public_config(const Config& config) {
    const auto seconds = [](Milliseconds time) { return time.count() / 1000; };
    const api::UploadLimits uploads;
    return {{"version", kVersion},
            {"registration", accounts::to_string(config.registration)},
            {"mail", sends_mail(config)},
            {"support_url",
             config.support_url.empty() ? json::value() : json::value(config.support_url)},
            {"limits",
             {{"running", config.limits.running},
              {"queued", config.limits.queued},
              {"rps", config.limits.rps}}},
            {"retention", seconds(config.retention)},
            {"uploads",
             {{"image_bytes_max", uploads.image_bytes_max},
              {"video_bytes_max", uploads.video_bytes_max},
              {"kept", seconds(config.upload_retention)}}},
            {"password_length_min", accounts::kPasswordLengthMin}};
}

api::FilesOptions files_options(const Config& config) {
    api::FilesOptions options;
    options.kept = config.upload_retention;
    return options;
}

api::PeopleParts people_parts(const PlatformParts& parts, const Config& config,
                              api::PasswordDesk& passwords, api::Throttle& throttle) {
    return {parts.database, parts.access, passwords,           throttle,
            parts.clock,    parts.random, config.registration, sends_mail(config)};
}

api::AdminParts admin_parts(const PlatformParts& parts, api::PasswordDesk& passwords) {
    return {parts.database, parts.access, passwords, parts.clock, parts.random};
}

}  // namespace

Platform::Platform(const PlatformParts& parts, const Config& config)
    : throttle_(parts.database, parts.clock),
      files_({parts.database, parts.media, parts.room, parts.pool, parts.access, parts.clock,
              parts.random},
             files_options(config)),
      users_(people_parts(parts, config, passwords_, throttle_)),
      sessions_(people_parts(parts, config, passwords_, throttle_)),
      applications_(parts.database, parts.access, parts.clock, parts.random, sends_mail(config)),
      credentials_(parts.database, parts.access, parts.clock, parts.random),
      platform_tokens_(parts.database, parts.access, parts.clock, parts.random),
      usage_(parts.database, parts.access),
      catalogue_(parts.database, public_config(config)),
      admin_users_(admin_parts(parts, passwords_)),
      admin_money_(admin_parts(parts, passwords_)),
      admin_work_(admin_parts(parts, passwords_), parts.watch) {}

void Platform::routes(http::Router& router) {
    files_.routes(router);
    users_.routes(router);
    sessions_.routes(router);
    applications_.routes(router);
    credentials_.routes(router);
    platform_tokens_.routes(router);
    usage_.routes(router);
    catalogue_.routes(router);
    admin_users_.routes(router);
    admin_money_.routes(router);
    admin_work_.routes(router);
    openapi_.routes(router);
}

}  // namespace kinora::app
