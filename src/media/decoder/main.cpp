// media/decoder/main.cpp: the program `kinora-decoder`: looks at one file, says what is in it,
// ends.
//
//     kinora-decoder PARENT CPU_SECONDS still COVER_WIDTH COVER_HEIGHT PIXELS_MAX FILE_BYTES_MAX
//     kinora-decoder PARENT CPU_SECONDS video FIT_WIDTH FIT_HEIGHT FPS_NUM FPS_DEN SECONDS_MAX
//                    SIDE_MAX SOUND
//
// media::DecoderBox starts it, with the file as descriptor 3 and a pipe as descriptor 4. It is
// compiled without sanitizers in every tree: their run-time library opens files, and asks for more
// memory than the box has.
#include "media/decoder/refusal.hpp"
#include "media/decoder/sandbox.hpp"
#include "media/decoder/still_job.hpp"
#include "media/decoder/video_job.hpp"
#include "media/ffmpeg.hpp"

#include <charconv>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>
#include <vector>

namespace {

using namespace kinora::media;
using namespace kinora::media::decoder;

constexpr int kMisused = 2;

std::optional<std::vector<std::int64_t>> numbers(int count, char** texts) {
    std::vector<std::int64_t> all;
    for (int i = 0; i < count; ++i) {
        const char* end = texts[i] + std::strlen(texts[i]);
        std::int64_t value = 0;
        const auto read = std::from_chars(texts[i], end, value);
        if (read.ec != std::errc() || read.ptr != end || value < 0) return std::nullopt;
        all.push_back(value);
    }
    return all;
}

void decode(std::string_view job, const std::vector<std::int64_t>& n, const Source& source,
            Outlet& outlet) {
    if (job == "still") return decode_still(source, {int(n[0]), int(n[1]), n[2], n[3]}, outlet);
    VideoJob video;
    video.fit = {int(n[0]), int(n[1])};
    video.rate = {n[2], n[3]};
    video.seconds_max = n[4];
    video.side_max = int(n[5]);
    video.sound = n[6] != 0;
    decode_video(source, video, outlet);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return kMisused;
    const auto start = numbers(2, argv + 1);
    const std::string_view job = argv[3];
    const auto rest = numbers(argc - 4, argv + 4);
    const std::size_t wanted = job == "still" ? 4 : 7;
    if (job != "still" && job != "video") return kMisused;
    if (!start || !rest || rest->size() != wanted) return kMisused;

    silence_ffmpeg();
    const auto source = Source::open(wire::kInput);
    SandboxLimits limits;
    limits.parent = pid_t((*start)[0]);
    limits.cpu_seconds = long((*start)[1]);
    if (lock_in(limits) != nullptr) return wire::kNotLockedIn;

    Outlet outlet(wire::kOutput);
    outlet.say(wire::Kind::ready);
    wire::Refusal refusal{};
    try {
        decode(job, *rest, source, outlet);
        return 0;
    } catch (const Refusal& reason) {
        refusal.reason = reason.reason;
    } catch (const std::bad_alloc&) {
        refusal.reason = wire::Reason::too_much_memory;
    }
    outlet.say(wire::Kind::refusal, {bytes_of(refusal)});
    return 0;
}
