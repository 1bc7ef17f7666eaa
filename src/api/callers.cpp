#include "api/callers.hpp"

namespace kinora::api {

Async<Result<accounts::Caller>> Callers::identify(const http::Request& request) {
    const auto hash = accounts::token_hash_of(request.header("Authorization"));
    if (!hash) co_return hash.error();
    auto find = [token_hash = *hash](storage::Session& session) {
        return storage::find_caller(session, token_hash);
    };
    const auto row = co_await database_.read(std::move(find));
    co_return accounts::admit(row, clock_.now());
}

}  // namespace kinora::api
