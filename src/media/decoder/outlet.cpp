#include "media/decoder/outlet.hpp"

#include <unistd.h>

#include <cerrno>

namespace kinora::media::decoder {

void Outlet::say(wire::Kind kind, std::initializer_list<std::span<const std::byte>> body) {
    std::size_t size_bytes = 0;
    for (const auto part : body) size_bytes += part.size();
    const wire::Head head{kind, std::uint32_t(size_bytes)};
    write(bytes_of(head));
    for (const auto part : body) write(part);
}

void Outlet::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(fd_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) ::_exit(1);
        bytes = bytes.subspan(std::size_t(written));
    }
}

}  // namespace kinora::media::decoder
