// bench/morph_bench.cpp: clips of given pictures, and how true a morph's middle is.
//
//     kinora_bench_morph
//     KINORA_BENCH_FRAMES=folder kinora_bench_morph --benchmark_filter=Middle
//
// Pictures are painted by rule, so that the true middle between two of them is known. With a
// folder, it gets four pictures of each motion (those before, at and after the gap) and the true
// middle as PPM, for others to try on. Times are with two threads, without encoding.
#include "engines/storyboard/stills/morph.hpp"
#include "engines/storyboard/stills/stills.hpp"
#include "engines/storyboard/stills/texture.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

using namespace kinora;
using namespace kinora::engines;
using namespace kinora::engines::storyboard;

constexpr int kWidth = 1360, kHeight = 752;

float lump(float x, float y, float size, std::uint32_t seed) {
    x = x / size + 4096.0F, y = y / size + 4096.0F;
    const auto i = std::uint32_t(x), j = std::uint32_t(y);
    const float u = smooth(0, 1, x - float(i)), v = smooth(0, 1, y - float(j));
    auto at = [&](std::uint32_t a, std::uint32_t b) { return chance(seed + i + a, j + b); };
    return mix(mix(at(0, 0), at(1, 0), u), mix(at(0, 1), at(1, 1), u), v);
}

Vec3 wall(float x, float y, std::uint32_t seed) {
    float v = 0;
    for (float size = 160, weight = 0.4F; size > 4; size *= 0.42F, weight *= 0.62F)
        v += weight * lump(x, y, size, seed++);
    const float w = lump(x, y, 220, seed + 40);
    return mix(Vec3{v, 0.8F * v, 0.6F * v}, Vec3{0.5F * v, 0.8F * v, v}, w);
}

// One motion; `time` is 0 at the first picture and 1 at the second.
struct Motion {
    const char* name;
    Vec3 (*color)(float x, float y, float time);
};

Vec3 translation(float x, float y, float time) {
    return wall(x + 37 * time, y + 14 * time, 1);
}
Vec3 rotation(float x, float y, float time) {
    const float c = std::cos(0.07F * time), s = std::sin(0.07F * time);
    return wall(c * x - s * y, s * x + c * y, 2);
}
Vec3 zoom(float x, float y, float time) {
    const float size = std::exp(0.10F * time);
    return wall(x / size, y / size, 3);
}
Vec3 two_objects(float x, float y, float time) {
    const float ax = x + 260 - 60 * time, ay = y + 60 - 24 * time;
    if (ax * ax + ay * ay < 130 * 130) return wall(ax, ay, 11) * 1.3F;
    const float bx = x - 250 + 52 * time, by = y - 90 - 30 * time;
    if (std::abs(bx) < 120 && std::abs(by) < 90) return wall(bx, by, 17) * 0.7F;
    return wall(x, y, 5);
}

constexpr Motion kMotions[] = {{"translation", translation},
                               {"rotation", rotation},
                               {"zoom", zoom},
                               {"two_objects", two_objects}};

StillPicture painted(const Motion& motion, float time) {
    StillPicture out{kWidth, kHeight, std::vector<std::uint8_t>(std::size_t(kWidth) * kHeight * 3)};
    Team team(2);
    team.run(kHeight, [&](int y, int) {
        auto* to = &out.rgb[std::size_t(y) * kWidth * 3];
        for (int x = 0; x < kWidth; ++x) {
            const Vec3 c = motion.color(float(x - kWidth / 2), float(y - kHeight / 2), time);
            for (const float v : {c.x, c.y, c.z}) *to++ = std::uint8_t(clamp01(v) * 255.0F + 0.5F);
        }
    });
    return out;
}

void write(const std::string& path, const StillPicture& still) {
    std::ofstream out(path, std::ios::binary);
    out << "P6\n" << still.width << " " << still.height << "\n255\n";
    out.write(reinterpret_cast<const char*>(still.rgb.data()), std::streamsize(still.rgb.size()));
}

double psnr(const StillPicture& one, const StillPicture& other) {
    double sum = 0;
    for (std::size_t i = 0; i < one.rgb.size(); ++i) {
        const double off = double(one.rgb[i]) - double(other.rgb[i]);
        sum += off * off;
    }
    return 10 * std::log10(255.0 * 255.0 * double(one.rgb.size()) / std::max(1.0, sum));
}

// Only what lies between two pictures: flow both ways, and one moment.
StillPicture middle_of(const StillPicture& first, const StillPicture& second, Team& team) {
    const Texture one(first, team), two(second, team);
    const Match match = find_match(first, second, team);
    Morph morph(match, 1);
    ViewFields fields;
    morph.at(0.5F, fields, team);
    const WarpArgs args = fields.args(one.source(), two.source());
    StillPicture out{kWidth, kHeight, std::vector<std::uint8_t>(first.rgb.size())};
    constexpr int rows = 16, stride = kWidth + 16;
    team.run(kHeight / rows, [&](int index, int) {
        std::vector<float> memory(std::size_t(stride) * (3 * rows + kScratchRows));
        Band band{};
        band.r = memory.data(), band.g = band.r + stride * rows, band.b = band.g + stride * rows;
        band.scratch = band.b + stride * rows, band.stride = stride, band.width = kWidth;
        band.y0 = index * rows, band.y1 = band.y0 + rows;
        stills_kernels().warp(args, band);
        auto* to = &out.rgb[std::size_t(band.y0) * kWidth * 3];
        for (int y = 0; y < rows; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                for (const float* plane : {band.r, band.g, band.b})
                    *to++ = std::uint8_t(clamp01(plane[y * stride + x]) * 255.0F + 0.5F);
            }
        }
    });
    return out;
}

void Middle(benchmark::State& state) {
    const Motion& motion = kMotions[std::size_t(state.range(0))];
    const auto first = painted(motion, 0), second = painted(motion, 1),
               truth = painted(motion, 0.5F);
    if (const char* folder = std::getenv("KINORA_BENCH_FRAMES")) {
        const std::string path = std::string(folder) + "/" + motion.name;
        for (int i = 0; i < 4; ++i)
            write(path + "." + std::to_string(i) + ".ppm", painted(motion, float(i - 1)));
        write(path + ".truth.ppm", truth);
    }
    Team team(2);
    StillPicture found;
    for (auto _ : state) found = middle_of(first, second, team);
    state.SetLabel(motion.name);
    state.counters["psnr"] = psnr(found, truth);
}
BENCHMARK(Middle)->DenseRange(0, 3)->Unit(benchmark::kMillisecond)->UseRealTime();

class Nowhere final : public FrameSink {
public:
    Result<void> add(const media::Picture& picture) override {
        benchmark::DoNotOptimize(picture.plane(0).data[0]);
        return ok();
    }
};

enum class Kind { start_alone, start_and_end, unlike_pictures, go_on };

// A whole clip: 120 frames at the service's usual size.
void Clip(benchmark::State& state) {
    const auto kind = Kind(state.range(0));
    const auto start = painted(kMotions[3], 0),
               end = painted(kMotions[kind == Kind::unlike_pictures ? 0 : 3], 1);
    std::vector<media::Picture> before;
    StillsBrief brief;
    if (kind == Kind::go_on) {
        for (int i = 0; i < 4; ++i)
            before.push_back(to_video(painted(kMotions[2], 0.1F * float(i))));
        brief.before = before;
    } else {
        brief.start = &start;
        if (kind != Kind::start_alone) brief.end = &end;
    }
    RenderContext context;
    context.threads = 2;
    Nowhere nowhere;
    for (auto _ : state) {
        const auto done = draw_stills(brief, nowhere, context);
        if (!done) state.SkipWithError(done.error().message().c_str());
    }
    constexpr const char* names[] = {"start alone", "start and end", "unlike pictures", "go on"};
    state.SetLabel(names[state.range(0)]);
}
BENCHMARK(Clip)
    ->DenseRange(0, 3)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
