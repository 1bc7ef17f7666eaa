// engines/fake.cpp: a gradient on the move.
#include "engines/fake.hpp"

#include <cstdlib>
#include <cstring>

namespace kinora::engines {
namespace {

constexpr std::uint64_t kPeriod = 256;  // Steps from dark to bright and back.

// FNV-1a, so that prompts and seeds look different.
std::uint64_t mixed(const Brief& brief) {
    std::uint64_t hash = 14695981039346656037U ^ brief.seed;
    for (const char letter : brief.prompt) hash = (hash ^ std::uint8_t(letter)) * 1099511628211U;
    return hash ^ (hash >> 29);
}

// 16..144..16 along one period.
std::uint8_t triangle(std::uint64_t step) {
    const int at = int(step % kPeriod) - int(kPeriod / 2);
    return std::uint8_t(16 + std::abs(at));
}

void fill(const media::Picture::Plane& plane, std::uint8_t value) {
    for (int y = 0; y < plane.height; ++y) {
        std::memset(plane.data + y * plane.stride, value, std::size_t(plane.width));
    }
}

void draw(media::Picture& picture, const Brief& brief, int frame) {
    const auto hash = mixed(brief);
    const auto shift = hash + kPeriod * std::uint64_t(frame) / std::uint64_t(brief.frame_count);
    const auto luma = picture.plane(0);
    for (int x = 0; x < luma.width; ++x) {
        luma.data[x] = triangle(shift + kPeriod * std::uint64_t(x) / std::uint64_t(luma.width));
    }
    for (int y = 1; y < luma.height; ++y) {
        std::memcpy(luma.data + y * luma.stride, luma.data, std::size_t(luma.width));
    }
    fill(picture.plane(1), std::uint8_t(96 + (hash >> 8) % 64));
    fill(picture.plane(2), std::uint8_t(96 + (hash >> 16) % 64));
}

}  // namespace

FakeEngine::Hook FakeEngine::fail_at(int frame, Error error) {
    return [frame, error = std::move(error)](int due) -> Result<void> {
        if (due == frame) return error;
        return ok();
    };
}

Result<RenderReport> FakeEngine::render(const Brief& brief, FrameSink& sink,
                                        const RenderContext& context) {
    media::Picture picture(brief.width, brief.height);
    for (int frame = 0; frame < brief.frame_count; ++frame) {
        if (script_.before_frame) {
            const auto allowed = script_.before_frame(frame);
            if (!allowed) return allowed.error();
        }
        if (context.stop.stop_requested()) {
            return Error(ErrorCode::cancelled, "The render was stopped.");
        }
        draw(picture, brief, frame);
        const auto taken = sink.add(picture);
        if (!taken) return taken.error();
    }
    RenderReport report;
    report.notes = script_.notes;
    return report;
}

}  // namespace kinora::engines
