// api/openapi_text.hpp: docs/api/openapi.yaml as JSON, as the build has made it.
#pragma once

#include <string_view>

namespace kinora::api {

// One line. `info.version` is the program's.
extern const std::string_view kOpenApiText;

}  // namespace kinora::api
