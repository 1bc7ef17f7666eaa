// api/media.hpp: GET /media/<name>, finished clips and thumbnails, and pictures of callers.
//
// No token is asked for: nobody can guess a name.
#pragma once

#include "base/pool.hpp"
#include "http/router.hpp"
#include "storage/media_folder.hpp"

namespace kinora::api {

class Media {
public:
    // Both must outlive the server that the routes go to.
    Media(const storage::MediaFolder& folder, Pool& pool) : folder_(folder), pool_(pool) {}

    void routes(http::Router& router);

private:
    Async<http::Response> get(http::Request& request);

    const storage::MediaFolder& folder_;
    Pool& pool_;
};

}  // namespace kinora::api
