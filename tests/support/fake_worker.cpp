// tests/support/fake_worker.cpp: a worker program whose engine does what the prompt tells it.
//
//     "frame_ms=20"   every frame takes that long
//     "fail=message"  the engine fails with that message
//     "refuse=words"  the engine says that the input is bad
//     "throw"         the engine throws
//     "crash"         the process aborts at the tenth frame
#include "app/worker_process.hpp"
#include "engines/fake.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace {

using namespace kinora;

std::string value_of(const std::string& prompt, const std::string& name) {
    const auto at = prompt.find(name + '=');
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 1;
    return prompt.substr(begin, prompt.find(' ', begin) - begin);
}

Result<void> before_frame(const std::string& prompt, Milliseconds pause, int frame) {
    std::this_thread::sleep_for(pause);
    if (frame == 10 && prompt.find("crash") != std::string::npos) std::abort();
    return ok();
}

class ObedientEngine final : public engines::Engine {
public:
    std::string name() const override { return "fake"; }
    Result<engines::RenderReport> render(const engines::Brief& brief, engines::FrameSink& sink,
                                         const engines::RenderContext& context) override {
        const auto failure = value_of(brief.prompt, "fail");
        if (!failure.empty()) return Error(ErrorCode::api_error, failure);
        const auto refusal = value_of(brief.prompt, "refuse");
        if (!refusal.empty()) return Error(ErrorCode::bad_request, refusal);
        if (brief.prompt.find("throw") != std::string::npos) throw std::runtime_error("thrown");
        const Milliseconds pause(std::atoi(value_of(brief.prompt, "frame_ms").c_str()));
        engines::FakeEngine::Script script;
        script.before_frame = [&brief, pause](int frame) {
            return before_frame(brief.prompt, pause, frame);
        };
        return engines::FakeEngine(std::move(script)).render(brief, sink, context);
    }
};

}  // namespace

int main(int argc, char** argv) {
    return app::run_worker_process(
        argc, argv, [](const app::Config&) -> Result<std::unique_ptr<engines::Engine>> {
            return std::unique_ptr<engines::Engine>(std::make_unique<ObedientEngine>());
        });
}
