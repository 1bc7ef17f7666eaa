#include "base/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace kinora {

void broken(const char* what, std::source_location where) {
    std::fprintf(stderr, "kinora: %s (%s:%u, %s). This is a bug in Kinora.\n", what,
                 where.file_name(), static_cast<unsigned>(where.line()), where.function_name());
    std::abort();
}

}  // namespace kinora
