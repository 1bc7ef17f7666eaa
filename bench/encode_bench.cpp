// bench/encode_bench.cpp: how long encoding alone takes, of a clip of the service's usual shape.
//
//     kinora_bench_encode
//     KINORA_BENCH_CLIP=clip.mp4 kinora_bench_encode
//
// All pictures are made, or decoded from the clip, before the clock starts. They take 1.5 MB each.
// Without a clip: a landscape of noise in several octaves under a slow camera, with discs that
// cross it, so that there is detail to keep and motion to find.
#include "media/video_reader.hpp"
#include "media/video_writer.hpp"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <vector>

namespace {

using namespace kinora;
using media::Picture;

constexpr int kWidth = 1360;
constexpr int kHeight = 752;
constexpr int kFrames = 120;
constexpr int kCanvas = 2048;  // Side of the landscape; a power of two, so that it wraps.

std::uint32_t hashed(std::uint32_t x, std::uint32_t y) {
    std::uint32_t value = x * 374761393U + y * 668265263U;
    value = (value ^ (value >> 13)) * 1274126177U;
    return value ^ (value >> 16);
}

// Value noise in -1..1 with cells of `cell` pixels.
float noise(int x, int y, int cell) {
    const auto corner = [&](int i, int j) {
        const auto column = std::uint32_t((x / cell + i) % (kCanvas / cell));
        const auto row = std::uint32_t((y / cell + j) % (kCanvas / cell));
        return float(hashed(column + std::uint32_t(cell) * 7919U, row) & 0xffff) / 32768.0F - 1;
    };
    const auto smooth = [](float t) { return t * t * (3 - 2 * t); };
    const float u = smooth(float(x % cell) / float(cell));
    const float v = smooth(float(y % cell) / float(cell));
    const float upper = std::lerp(corner(0, 0), corner(1, 0), u);
    return std::lerp(upper, std::lerp(corner(0, 1), corner(1, 1), u), v);
}

std::vector<float> landscape() {
    std::vector<float> canvas(std::size_t(kCanvas) * kCanvas);
    for (int y = 0; y < kCanvas; ++y) {
        for (int x = 0; x < kCanvas; ++x) {
            float value = 120;
            float weight = 50;
            for (int cell = 256; cell >= 4; cell /= 4, weight *= 0.4F) {
                value += weight * noise(x, y, cell);
            }
            canvas[std::size_t(y) * kCanvas + std::size_t(x)] = value;
        }
    }
    return canvas;
}

void draw_luma(Picture& picture, const std::vector<float>& canvas, int frame) {
    const auto plane = picture.plane(0);
    const float pan = 1.7F * float(frame);  // Pixels; not whole, as real cameras are not.
    const int whole = int(pan);
    const float part = pan - float(whole);
    for (int y = 0; y < kHeight; ++y) {
        const auto* row = canvas.data() + std::size_t(y + frame / 4) % kCanvas * kCanvas;
        for (int x = 0; x < kWidth; ++x) {
            const float left = row[(x + whole) % kCanvas];
            const float right = row[(x + whole + 1) % kCanvas];
            const float value = std::lerp(left, right, part);
            plane.data[y * plane.stride + x] = std::uint8_t(std::clamp(value, 16.0F, 235.0F));
        }
    }
    for (int disc = 0; disc < 12; ++disc) {
        const int radius = 20 + 5 * disc;
        const int cx = (disc * 397 + frame * (3 + disc % 5)) % kWidth;
        const int cy = (disc * 211 + frame * (disc % 3)) % kHeight;
        for (int y = std::max(cy - radius, 0); y < std::min(cy + radius, kHeight); ++y) {
            for (int x = std::max(cx - radius, 0); x < std::min(cx + radius, kWidth); ++x) {
                const int dx = x - cx, dy = y - cy;
                if (dx * dx + dy * dy > radius * radius) continue;
                plane.data[y * plane.stride + x] = std::uint8_t(60 + 12 * disc + dy / 4);
            }
        }
    }
}

void draw_chroma(Picture& picture, const std::vector<float>& canvas, int frame) {
    for (int i = 1; i < 3; ++i) {
        const auto plane = picture.plane(i);
        for (int y = 0; y < plane.height; ++y) {
            const auto* row = canvas.data() + std::size_t(y * i) % kCanvas * kCanvas;
            for (int x = 0; x < plane.width; ++x) {
                const float value = row[(x + frame * 17 / 20) % kCanvas] - 120;
                plane.data[y * plane.stride + x] =
                    std::uint8_t(std::clamp(128 + value / 3, 16.0F, 240.0F));
            }
        }
    }
}

std::vector<Picture> drawn_pictures() {
    const auto canvas = landscape();
    std::vector<Picture> pictures;
    for (int frame = 0; frame < kFrames; ++frame) {
        Picture picture(kWidth, kHeight);
        draw_luma(picture, canvas, frame);
        draw_chroma(picture, canvas, frame);
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

template <class T>
T opened(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << result.error().message() << " " << result.error().detail() << "\n";
    std::exit(1);
}

std::vector<Picture> decoded_pictures(const char* path) {
    std::vector<Picture> pictures;
    const auto reader = opened(media::VideoReader::open(path));
    while (pictures.size() < kFrames) {
        auto frame = opened(reader->next());
        if (!frame) break;
        pictures.push_back(std::move(frame->picture));
    }
    return pictures;
}

const std::vector<Picture>& pictures() {
    static const auto all = [] {
        const char* clip = std::getenv("KINORA_BENCH_CLIP");
        return clip != nullptr ? decoded_pictures(clip) : drawn_pictures();
    }();
    return all;
}

void encode(benchmark::State& state) {
    const auto& clip = pictures();
    if (clip.empty()) {
        state.SkipWithError("there are no pictures");
        return;
    }
    const auto path = std::filesystem::temp_directory_path() /
                      ("kinora-bench-" + std::to_string(::getpid()) + ".mp4");
    const media::VideoSettings settings{clip[0].width(), clip[0].height(),   24, 20,
                                        "veryfast",      int(state.range(0))};
    std::uintmax_t size_bytes = 0;
    for (auto _ : state) {
        const auto writer = opened(media::VideoWriter::open(path, settings));
        for (const auto& picture : clip) {
            const auto added = writer->add(picture);
            if (!added) state.SkipWithError(added.error().detail().c_str());
        }
        const auto facts = opened(writer->finish());
        benchmark::DoNotOptimize(facts.frame_count);
        size_bytes = std::filesystem::file_size(path);
        std::filesystem::remove(path);
    }
    state.counters["frames_per_second"] = benchmark::Counter(
        double(clip.size()) * double(state.iterations()), benchmark::Counter::kIsRate);
    state.counters["file_bytes"] = double(size_bytes);
    state.counters["frames"] = double(clip.size());
}

BENCHMARK(encode)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Iterations(2);

}  // namespace
