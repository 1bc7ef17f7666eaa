// media/decoder/source.hpp: the stranger's file, read at any place through its descriptor.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kinora::media::decoder {

class Source {
public:
    // Asks how large the file is, which is not allowed any more once the sandbox is closed.
    static Source open(int fd);

    std::int64_t size_bytes() const { return size_bytes_; }
    // How many bytes were there: 0 at the end, negative where the disk failed.
    std::int64_t read(std::int64_t at, std::span<std::uint8_t> out) const;
    // From the start; at most `bytes_max`.
    std::vector<std::uint8_t> read_start(std::int64_t bytes_max) const;

private:
    Source(int fd, std::int64_t size_bytes) : fd_(fd), size_bytes_(size_bytes) {}

    int fd_;
    std::int64_t size_bytes_;
};

}  // namespace kinora::media::decoder
