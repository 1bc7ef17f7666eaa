// media/decoder/sandbox.hpp: gives up, for good, all that a decoder does not need.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace kinora::media::decoder {

// What a 4096x4096 video needs: 16 reference frames of 10 bits at 48 MiB and some more; the
// largest still (64 megapixels of 8 bytes, and of 4 once it is RGBA) fits as well.
inline constexpr std::size_t kMemoryBytes = std::size_t(1200) << 20;

struct SandboxLimits {
    pid_t parent = 0;  // Whoever started us; we die with it.
    long cpu_seconds = 1;
    std::size_t memory_bytes = kMemoryBytes;
};

// From here on the process can read wire::kInput, write to wire::kOutput, compute and end. It opens
// no file, reaches no network, starts no process: opening fails, any other system call kills it.
// Returns what failed, or nothing. To be called before the first byte of the input is looked at.
const char* lock_in(const SandboxLimits& limits);

}  // namespace kinora::media::decoder
