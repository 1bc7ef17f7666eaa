// app/worker_main.cpp: the program `kinora-worker`, which draws with the storyboard engine.
#include "app/worker_process.hpp"
#include "engines/fake.hpp"

int main(int argc, char** argv) {
    using namespace kinora;
    return app::run_worker_process(
        argc, argv, [](const app::Config&) -> Result<std::unique_ptr<engines::Engine>> {
            return std::unique_ptr<engines::Engine>(std::make_unique<engines::FakeEngine>());
        });
}
