// media/decoder_box.hpp: where strangers' files are decoded: in a process that can do nothing else.
//
// One process a file. It is handed the open file and a pipe, locks itself in (decoder/sandbox.hpp)
// and only then reads. Whatever the file does to it, here it is one Error.
#pragma once

#include <filesystem>

namespace kinora::media {

class DecoderBox {
public:
    // `program` is `kinora-decoder`, which is built beside `kinora-worker`.
    explicit DecoderBox(std::filesystem::path program) : program_(std::move(program)) {}

    const std::filesystem::path& program() const { return program_; }

private:
    std::filesystem::path program_;
};

}  // namespace kinora::media
