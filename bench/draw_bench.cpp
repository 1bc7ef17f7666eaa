// bench/draw_bench.cpp: how long drawing alone takes, of a clip of the service's usual shape.
//
//     KINORA_BENCH_PROMPT="a cat" KINORA_BENCH_SEED=3 kinora_bench_draw
//
// KINORA_BENCH_ASSETS is the folder with the pictures and words, build/assets by default. They are
// opened before the clock starts, as a worker does; reading the prompt is in it. The frames go
// nowhere.
#include "engines/storyboard/storyboard.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace {

using namespace kinora;
using namespace kinora::engines;

std::string variable(const char* name, const char* fallback) {
    const char* value = std::getenv(name);
    return value == nullptr ? fallback : value;
}

template <class T>
T opened(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << result.error().message() << " " << result.error().detail() << "\n";
    std::exit(1);
}

storyboard::Storyboard& engine() {
    using namespace storyboard;
    static const std::filesystem::path assets = variable("KINORA_BENCH_ASSETS", "build/assets");
    static Storyboard made(
        std::make_shared<const Pack>(opened(Pack::open(assets / "storyboard.pack"))),
        std::make_shared<const Lexicon>(opened(Lexicon::open(assets / "storyboard.words"))));
    return made;
}

class Nowhere final : public FrameSink {
public:
    Result<void> add(const media::Picture& picture) override {
        benchmark::DoNotOptimize(picture.plane(0).data);
        return ok();
    }
};

void draw(benchmark::State& state) {
    Brief brief;
    brief.prompt = variable("KINORA_BENCH_PROMPT", "A cat walking through a garden");
    brief.seed = std::stoull(variable("KINORA_BENCH_SEED", "1"));
    RenderContext context;
    context.threads = int(state.range(0));
    engine();
    for (auto _ : state) {
        Nowhere sink;
        opened(engine().render(brief, sink, context));
    }
    state.counters["frames_per_second"] = benchmark::Counter(
        double(brief.frame_count) * double(state.iterations()), benchmark::Counter::kIsRate);
}

BENCHMARK(draw)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Iterations(2);

}  // namespace
