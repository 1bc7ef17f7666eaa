// media/decoder/outlet.hpp: the decoder's one way out, a pipe to the process that reads it.
#pragma once

#include "media/box_wire.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace kinora::media::decoder {

class Outlet {
public:
    explicit Outlet(int fd) : fd_(fd) {}

    // One message: its head, and the parts of its body one after another. Waits while the pipe is
    // full; ends the process where nobody reads any more.
    void say(wire::Kind kind, std::initializer_list<std::span<const std::byte>> body = {});

private:
    void write(std::span<const std::byte> bytes);

    int fd_;
};

template <class T>
std::span<const std::byte> bytes_of(const T& value) {
    return std::as_bytes(std::span(&value, 1));
}

}  // namespace kinora::media::decoder
