// app/platform.hpp: the endpoints round the service: accounts, keys, usage, files, administration.
#pragma once

#include "api/admin_money.hpp"
#include "api/admin_users.hpp"
#include "api/admin_work.hpp"
#include "api/applications.hpp"
#include "api/catalogue.hpp"
#include "api/credentials.hpp"
#include "api/files.hpp"
#include "api/openapi.hpp"
#include "api/sessions.hpp"
#include "api/usage.hpp"
#include "api/users.hpp"
#include "app/config.hpp"

namespace kinora::app {

// What of the server they need; all of it outlives them.
struct PlatformParts {
    storage::Database& database;
    api::Access& access;
    api::TaskWatch& watch;
    const storage::MediaFolder& media;
    const storage::DiskRoom& room;
    Pool& pool;
    const Clock& clock;
    Random& random;
};

class Platform {
public:
    Platform(const PlatformParts& parts, const Config& config);

    void routes(http::Router& router);

private:
    api::PasswordDesk passwords_;
    api::Throttle throttle_;
    api::Files files_;
    api::Users users_;
    api::Sessions sessions_;
    api::Applications applications_;
    api::Credentials credentials_;
    api::PlatformTokens platform_tokens_;
    api::Usage usage_;
    api::Catalogue catalogue_;
    api::AdminUsers admin_users_;
    api::AdminMoney admin_money_;
    api::AdminWork admin_work_;
    api::OpenApi openapi_;
};

}  // namespace kinora::app
