// storage/file_error.hpp: what a failed system call on a file is to a caller. Private to this room.
#pragma once

#include "base/result.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace kinora::storage {

inline Error file_error(const char* what, const std::filesystem::path& path, int code) {
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {full ? ErrorCode::unavailable : ErrorCode::api_error,
            full ? "There is no room left on the server's disk."
                 : "The server could not store the file.",
            std::string(what) + ' ' + path.string() + ": " + std::strerror(code)};
}

}  // namespace kinora::storage
