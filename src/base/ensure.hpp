// base/ensure.hpp: what must be true whatever callers, disks and networks do.
#pragma once

#include <source_location>

namespace kinora {

// Prints one clear line and aborts. For our own mistakes only.
[[noreturn]] void broken(const char* what, std::source_location where);

// Stops the program, in release too, where `condition` is false.
inline void ensure(bool condition, const char* what = "an invariant does not hold",
                   std::source_location where = std::source_location::current()) {
    if (!condition) broken(what, where);
}

}  // namespace kinora
