// media/input_file.hpp: what a stranger sent, as a file that the decoder can be handed.
//
// It is open for reading only and is never parsed on this side of the box.
#pragma once

#include "base/result.hpp"
#include "media/descriptor.hpp"

#include <cstdint>
#include <filesystem>
#include <span>

namespace kinora::media {

class InputFile {
public:
    // Takes regular files alone, and links to none. Fails with `api_error`.
    static Result<InputFile> open(const std::filesystem::path& path);
    // A file in memory that nobody can change any more.
    static Result<InputFile> of_bytes(std::span<const std::uint8_t> bytes);
    // The open file `fd` once more, read-only and with an offset of its own; `fd` stays the
    // caller's.
    static Result<InputFile> again(int fd);

    int descriptor() const { return file_.get(); }

private:
    explicit InputFile(Descriptor file) : file_(std::move(file)) {}

    Descriptor file_;
};

}  // namespace kinora::media
