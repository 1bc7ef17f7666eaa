// storage/presence.hpp: whether there is a database of ours, found out without making one.
#pragma once

#include <string>

namespace kinora::storage {

// Whether a server was started on the database of that URL (as DatabaseOptions has it) before.
// Throws DatabaseUnavailable where that cannot be found out.
bool is_there(const std::string& url);

}  // namespace kinora::storage
