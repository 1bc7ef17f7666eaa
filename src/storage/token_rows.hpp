// storage/token_rows.hpp: everybody's tokens, found by what is shown of them.
#pragma once

#include "storage/user_rows.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kinora::storage {

struct FoundToken {
    bool is_platform = false;  // Otherwise it is a credential's.
    std::string id;
    UserId user_id;
    std::string prefix;
};

// Those that have this id, or whose shown first characters are these; several may have the same.
std::vector<FoundToken> find_tokens(Session& session, std::string_view id_or_prefix);

}  // namespace kinora::storage
