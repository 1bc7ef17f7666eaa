#include "app/spawn.hpp"

#include <spawn.h>
#include <unistd.h>
#include <csignal>
#include <cstring>
#include <memory>
#include <string_view>

namespace kinora::app {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const auto& text : texts) all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

class Attributes {
public:
    Attributes() {
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawn_file_actions_init(&actions_);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        // A worker that outlived the server must not hold its port.
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    }
    ~Attributes() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    Attributes(const Attributes&) = delete;

    posix_spawnattr_t attributes_{};
    posix_spawn_file_actions_t actions_{};
};

}  // namespace

Result<pid_t> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& environment) {
    const Attributes attributes;
    pid_t child = -1;
    const int failed =
        ::posix_spawn(&child, program.c_str(), &attributes.actions_, &attributes.attributes_,
                      pointers(arguments).data(), pointers(environment).data());
    if (failed == 0) return child;
    return Error(ErrorCode::api_error,
                 "cannot start " + program.string() + ": " + std::strerror(failed));
}

std::filesystem::path program_folder() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

std::vector<std::string> plain_environment() {
    std::vector<std::string> kept;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        if (!std::string_view(*entry).starts_with("KINORA_")) kept.emplace_back(*entry);
    }
    return kept;
}

}  // namespace kinora::app
