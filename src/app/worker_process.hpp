// app/worker_process.hpp: one worker as a process.
#pragma once

#include "app/config.hpp"
#include "engines/engine.hpp"

#include <functional>
#include <memory>

namespace kinora::app {

using EngineMaker = std::function<Result<std::unique_ptr<engines::Engine>>(const Config&)>;

// Parses the command line, makes the engine and works until SIGTERM or SIGINT, which give the task
// in hand back. Started by a server, it dies with it. Returns the exit status.
int run_worker_process(int argc, char** argv, const EngineMaker& make_engine);

}  // namespace kinora::app
