// api/media.hpp: GET /media/<name>, finished clips and thumbnails, and pictures of callers.
//
// No token is asked for: nobody can guess a name.
#pragma once

#include "base/pool.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"
#include "storage/media_folder.hpp"

namespace kinora::api {

class Media {
public:
    // All of these outlive the server that the routes go to. `retention` is how long a file is
    // kept; 0: for ever.
    Media(const storage::MediaFolder& folder, Pool& pool, storage::Database& database,
          Milliseconds retention)
        : folder_(folder), pool_(pool), database_(database), retention_(retention) {}

    void routes(http::Router& router);

private:
    Async<http::Response> get(http::Request& request);
    Async<Error> why_missing(std::string name);

    const storage::MediaFolder& folder_;
    Pool& pool_;
    storage::Database& database_;
    const Milliseconds retention_;
};

}  // namespace kinora::api
