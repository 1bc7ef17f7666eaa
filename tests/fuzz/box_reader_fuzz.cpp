// tests/fuzz/box_reader_fuzz.cpp: a decoder that says anything at all.
//
// Odd first bytes are a still's messages, even ones a video's.
#include "base/ensure.hpp"
#include "media/box_reader.hpp"
#include "media/byte_source.hpp"
#include "media/video_box_reader.hpp"

#include <cmath>
#include <cstring>

using namespace kinora;
using namespace kinora::media;

namespace {

class Said final : public ByteSource {
public:
    explicit Said(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    Result<void> read(std::span<std::uint8_t> out) override {
        if (out.size() > bytes_.size()) return Error(ErrorCode::bad_request, "It has ended.");
        std::memcpy(out.data(), bytes_.data(), out.size());
        bytes_ = bytes_.subspan(out.size());
        return ok();
    }

private:
    std::span<const std::uint8_t> bytes_;
};

void check(const Error& error) {
    ensure(error.code() == ErrorCode::bad_request, "what a decoder says is the file's fault");
    ensure(!error.message().empty(), "a refusal has words");
}

void read_still(Said& said) {
    BoxReader reader(said, {10'000, 10'000, 0, 0});
    const auto ready = reader.read_ready();
    if (!ready) return check(ready.error());
    const auto still = reader.read_still();
    if (!still) return check(still.error());
    ensure(still->width > 0 && still->height > 0 && still->rgba.size() <= 40'000 &&
               still->rgba.size() == std::size_t(still->width) * std::size_t(still->height) * 4,
           "a still is as large as it says");
}

void read_video(Said& said) {
    VideoLimits limits;
    limits.fit_width = 32;
    limits.fit_height = 32;
    limits.with_sound = true;
    VideoBoxReader reader(said, limits);
    const auto started = reader.start();
    if (!started) return check(started.error());
    std::int64_t pictures = 0, sound_frames = 0;
    for (;;) {
        const auto picture = reader.next();
        if (!picture) return check(picture.error());
        if (!*picture) break;
        ++pictures;
        ensure((*picture)->width() <= 32 && (*picture)->height() <= 32, "pictures fit");
        const auto sound = reader.take_sound();
        for (const float sample : sound.samples) ensure(std::abs(sample) <= 1, "samples are so");
        sound_frames += sound.frame_count();
    }
    ensure(pictures > 0, "a video has a picture");
    ensure(sound_frames <= (pictures + 1) * 2000 + 1, "sound is no longer than the pictures");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Said said({data + 1, size - 1});
    if (data[0] % 2 != 0) {
        read_still(said);
    } else {
        read_video(said);
    }
    return 0;
}
