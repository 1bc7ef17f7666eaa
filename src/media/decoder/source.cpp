#include "media/decoder/source.hpp"

#include "media/decoder/refusal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace kinora::media::decoder {

Source Source::open(int fd) {
    struct stat facts {};
    if (::fstat(fd, &facts) != 0) return {fd, 0};
    return {fd, facts.st_size};
}

std::int64_t Source::read(std::int64_t at, std::span<std::uint8_t> out) const {
    for (;;) {
        const auto got = ::pread(fd_, out.data(), out.size(), at);
        if (got >= 0 || errno != EINTR) return got;
    }
}

std::vector<std::uint8_t> Source::read_start(std::int64_t bytes_max) const {
    std::vector<std::uint8_t> bytes(std::size_t(std::min(size_bytes_, bytes_max)));
    std::size_t have = 0;
    while (have < bytes.size()) {
        const auto got = read(std::int64_t(have), std::span(bytes).subspan(have));
        if (got <= 0) refuse();
        have += std::size_t(got);
    }
    return bytes;
}

}  // namespace kinora::media::decoder
