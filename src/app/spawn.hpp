// app/spawn.hpp: another program as a child of ours.
#pragma once

#include "base/result.hpp"

#include <sys/types.h>
#include <filesystem>
#include <string>
#include <vector>

namespace kinora::app {

// Starts `program` with `arguments` (the first is its name) and `environment` ("NAME=value"). The
// child has our standard streams and no other file or socket of ours, no blocked signal and default
// signal actions. The caller reaps it.
Result<pid_t> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& environment);

// The folder in which the running program lies.
std::filesystem::path program_folder();
// Our own environment without KINORA_* variables.
std::vector<std::string> plain_environment();

}  // namespace kinora::app
