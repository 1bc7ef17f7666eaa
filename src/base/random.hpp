// base/random.hpp: where unguessable bytes come from; passed in, so that a test can hold them
// still.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace kinora {

class Random {
public:
    virtual ~Random() = default;
    // Fills `out` with independent uniform bytes. Safe from any thread.
    virtual void fill(std::span<std::byte> out) = 0;

    std::uint64_t number();
    // Lower-case hex of `size_bytes` random bytes: twice as many characters.
    std::string hex(std::size_t size_bytes);
};

// The kernel's generator, getrandom(2). Throws std::system_error where the kernel refuses.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> out) override;
};

// Lower-case hex of `bytes`.
std::string to_hex(std::span<const std::byte> bytes);

}  // namespace kinora
