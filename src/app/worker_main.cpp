// app/worker_main.cpp: the program `kinora-worker`, which draws with the storyboard engine.
#include "app/worker_process.hpp"
#include "engines/storyboard/storyboard.hpp"

namespace {

using namespace kinora;

Result<std::unique_ptr<engines::Engine>> make_engine(const app::Config& config) {
    using namespace engines::storyboard;
    auto pack = Pack::open(config.assets / "storyboard.pack");
    if (!pack) return pack.error();
    auto lexicon = Lexicon::open(config.assets / "storyboard.words");
    if (!lexicon) return lexicon.error();
    return std::unique_ptr<engines::Engine>(
        std::make_unique<Storyboard>(std::make_shared<const Pack>(std::move(*pack)),
                                     std::make_shared<const Lexicon>(std::move(*lexicon))));
}

}  // namespace

int main(int argc, char** argv) {
    return app::run_worker_process(argc, argv, make_engine);
}
