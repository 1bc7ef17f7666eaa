#include "media/decoder/sandbox.hpp"

#include "media/box_wire.hpp"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>

namespace kinora::media::decoder {
namespace {

bool limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    const rlimit both{soft, hard};
    return ::setrlimit(resource, &both) == 0;
}

// The libraries' own text and data lie in the address space, but not in what counts as data.
constexpr rlim_t kLibrariesBytes = rlim_t(2) << 30;

const char* set_limits(const SandboxLimits& limits) {
    // SIGXCPU says what it was; the second after it is for nobody.
    const auto cpu = rlim_t(limits.cpu_seconds);
    if (!limit(RLIMIT_CPU, cpu, cpu + 1)) return "RLIMIT_CPU";
    if (!limit(RLIMIT_DATA, limits.memory_bytes, limits.memory_bytes)) return "RLIMIT_DATA";
    const auto space = limits.memory_bytes + kLibrariesBytes;
    if (!limit(RLIMIT_AS, space, space)) return "RLIMIT_AS";
    if (!limit(RLIMIT_FSIZE, 0, 0)) return "RLIMIT_FSIZE";
    if (!limit(RLIMIT_CORE, 0, 0)) return "RLIMIT_CORE";
    if (!limit(RLIMIT_NPROC, 0, 0)) return "RLIMIT_NPROC";
    // No descriptor that is not open already.
    if (!limit(RLIMIT_NOFILE, 0, 0)) return "RLIMIT_NOFILE";
    return nullptr;
}

struct Release {
    void operator()(scmp_filter_ctx filter) const { seccomp_release(filter); }
};

// With these, whatever their arguments are.
constexpr int kAllowed[] = {
    SCMP_SYS(munmap),        SCMP_SYS(mremap),       SCMP_SYS(brk),
    SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(exit),
    SCMP_SYS(exit_group),    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),   SCMP_SYS(getrandom),    SCMP_SYS(restart_syscall),
};

const char* set_filter() {
    const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
    if (!filter) return "seccomp_init";
    const auto allow = [&](int call) {
        return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
    };
    const auto allow_if = [&](int call, const scmp_arg_cmp& what) {
        return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &what) == 0;
    };
    for (const int call : kAllowed) {
        if (!allow(call)) return "a seccomp rule";
    }
    const scmp_arg_cmp from_input{0, SCMP_CMP_EQ, wire::kInput, 0};
    const scmp_arg_cmp to_output{0, SCMP_CMP_EQ, wire::kOutput, 0};
    // Memory is for data: nothing that is written there can be run.
    const scmp_arg_cmp not_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    // glibc looks into /sys where a codec asks how many processors there are, and does without. It
    // is told that it may not; no file is opened for anybody.
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0) != 0) {
        return "a seccomp rule";
    }
    if (!allow_if(SCMP_SYS(pread64), from_input) || !allow_if(SCMP_SYS(write), to_output) ||
        !allow_if(SCMP_SYS(mmap), not_executable) ||
        !allow_if(SCMP_SYS(mprotect), not_executable)) {
        return "a seccomp rule";
    }
    return seccomp_load(filter.get()) == 0 ? nullptr : "seccomp_load";
}

}  // namespace

const char* lock_in(const SandboxLimits& limits) {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return "PR_SET_PDEATHSIG";
    if (::getppid() != limits.parent) return "the parent is gone";
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "PR_SET_NO_NEW_PRIVS";
    if (::prctl(PR_SET_DUMPABLE, 0) != 0) return "PR_SET_DUMPABLE";
    if (const char* failed = set_limits(limits)) return failed;
    return set_filter();
}

}  // namespace kinora::media::decoder
