// tests/support/misbehaving_decoder.cpp: a decoder that was taken over: it locks itself in as the
// real one does, and then does what the file's first byte says.
#include "media/box_wire.hpp"
#include "media/decoder/outlet.hpp"
#include "media/decoder/sandbox.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace {

using namespace kinora::media;

int allocate_too_much() {
    constexpr std::size_t kStep = std::size_t(64) << 20;
    for (std::size_t have = 0;; have += kStep) {
        auto* memory = static_cast<char*>(std::malloc(kStep));
        if (memory == nullptr) return have > (std::size_t(2) << 30) ? 21 : 20;
        *static_cast<volatile char*>(memory) = 1;  // One page is enough for it to be wanted.
    }
}

int lie(decoder::Outlet& outlet) {
    const wire::Still shape{100'000, 100'000, 0};
    outlet.say(wire::Kind::still, {decoder::bytes_of(shape)});
    return 0;
}

int misbehave(char mode, decoder::Outlet& outlet) {
    char byte = 0;
    const char* argv[] = {"/bin/true", nullptr};
    switch (mode) {
        case 'o':
            return ::open("/etc/passwd", O_RDONLY);
        case 's':
            return ::socket(AF_INET, SOCK_STREAM, 0);
        case 'f':
            return ::fork();
        case 'e':
            return ::execv(argv[0], const_cast<char**>(argv));
        case 'k':
            return ::kill(::getppid(), 0);
        case 'p':
            return int(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
        case 'i':
            return int(::syscall(SYS_ioctl, wire::kOutput, 0, 0));
        case 'w':
            return int(::write(wire::kInput, &byte, 1));
        case 'x':
            return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                          0) == MAP_FAILED;
        case 'm':
            return allocate_too_much();
        case 'l':
            return lie(outlet);
        case 'a':
            std::abort();
        case 'r':
            *static_cast<volatile int*>(nullptr) = 1;
            return 0;
        case 'z':  // Spins, and says nothing.
            for (volatile int on = 1; on != 0;) continue;
            return 0;
        default:
            return 0;
    }
}

}  // namespace

int main(int, char** argv) {
    char mode = 0;
    if (::pread(wire::kInput, &mode, 1, 0) != 1) return 1;
    // Once, early: the place in the file is all that two runs share.
    if (mode == '1' && ::lseek(wire::kInput, 1, SEEK_CUR) == 1) return ::kill(::getpid(), SIGKILL);
    decoder::SandboxLimits limits;
    limits.parent = std::atoi(argv[1]);
    limits.cpu_seconds = mode == 'z' ? 1 : std::atoi(argv[2]);
    // Early enough that nothing was said yet.
    if (mode == 'q' || decoder::lock_in(limits) != nullptr) return wire::kNotLockedIn;
    decoder::Outlet outlet(wire::kOutput);
    outlet.say(wire::Kind::ready);
    return misbehave(mode, outlet);
}
