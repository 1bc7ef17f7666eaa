// tests/unit/media/decode_corpus_test.cpp: hundreds of broken files, each of which ends as one
// error or as a decent picture, within its time, and leaves nothing behind.
//
// Some were made by hand, to lie (tests/fuzz/decode); the others are sound files that are cut off
// and damaged here, always the same way.
#include "media/boxed_video.hpp"
#include "media/still.hpp"

#include "strange.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace kinora::media {
namespace {

using Corpus = std::map<std::string, std::string>;

Corpus sound_files() {
    const std::pair<const char*, const char*> rows[] = {
        {"a.png", "-frames:v 1 -pix_fmt rgba"},
        {"b.png", "-frames:v 1 -pix_fmt rgb48be -flags ildct"},
        {"a.jpg", "-frames:v 1 -pix_fmt yuvj420p"},
        {"a.webp", "-frames:v 1 -c:v libwebp -pix_fmt yuva420p"},
        {"b.webp", "-frames:v 1 -c:v libwebp -lossless 1 -pix_fmt bgra"},
        {"a.gif", "-frames:v 2"},
        {"a.bmp", "-frames:v 1 -s 16x12"},
        {"a.avif", "-frames:v 1 -c:v libaom-av1 -still-picture 1 -cpu-used 8"},
        {"a.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac -shortest"},
        {"b.mp4", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p -movflags +faststart"},
        {"a.webm", "-c:v libvpx-vp9 -cpu-used 8 -c:a libopus -shortest"},
        {"b.webm", "-c:v libvpx"},
        {"a.mkv", "-c:v libx264 -pix_fmt yuv420p -c:a flac -shortest"},
    };
    const Scratch folder;
    Corpus files;
    for (const auto& [name, options] : rows) {
        if (!ffmpeg("-f lavfi -i testsrc=s=64x48:r=8:d=0.6 -f lavfi -i sine=d=0.6 " +
                    std::string(options) + " " + (folder / name).string())) {
            continue;  // This build lacks the encoder.
        }
        files[name] = bytes_of(folder / name);
    }
    return files;
}

void add_damaged(const std::string& name, const std::string& sound, Corpus& files) {
    std::minstd_rand random(unsigned(sound.size()));
    const auto below = [&](std::size_t n) { return std::size_t(random()) % n; };
    for (const int tenths : {1, 4, 6, 9}) {
        files[name + " cut " + std::to_string(tenths)] =
            sound.substr(0, sound.size() * std::size_t(tenths) / 10);
    }
    for (int i = 0; i < 6; ++i) {
        auto bytes = sound;
        // Half of them strike the head, where the claims are.
        const auto reach = i % 2 == 0 ? std::min<std::size_t>(bytes.size(), 200) : bytes.size();
        for (int flips = 0; flips <= 2 * i; ++flips) {
            auto& byte = bytes[below(reach)];
            byte = static_cast<char>(byte ^ (1 << below(8)));
        }
        files[name + " flipped " + std::to_string(i)] = bytes;
    }
    for (const char fill : {'\0', '\x7f', '\xff'}) {
        auto bytes = sound;
        const auto at = below(bytes.size());
        bytes.replace(at, std::min<std::size_t>(16, bytes.size() - at), 16, fill);
        files[name + " filled " + std::to_string(int(fill))] = bytes;
    }
}

Corpus corpus() {
    Corpus files;
    for (const auto& entry : std::filesystem::directory_iterator(KINORA_BROKEN_FILES)) {
        files[entry.path().filename()] = bytes_of(entry.path());
    }
    for (const auto& [name, bytes] : sound_files()) add_damaged(name, bytes, files);
    return files;
}

// The error of a file that gave one, or what is wrong with what it gave.
struct Outcome {
    std::optional<Error> error;
    bool decent = true;
};

Outcome as_still(const InputFile& file) {
    StillLimits limits;
    limits.patience = std::chrono::seconds(20);
    const auto still = decode_still(box(), file, limits);
    if (!still) return {still.error(), true};
    const auto pixels = std::size_t(still->width) * std::size_t(still->height);
    return {std::nullopt, pixels > 0 && still->rgba.size() == pixels * 4};
}

Outcome as_video(const InputFile& file) {
    VideoLimits limits;
    limits.fit_width = limits.fit_height = 64;
    limits.fps = {8, 1};
    limits.with_sound = true;
    limits.length_max = std::chrono::seconds(20);
    limits.patience = std::chrono::seconds(20);
    auto video = BoxedVideo::open(box(), file, limits);
    if (!video) return {video.error(), true};
    for (int count = 0;; ++count) {
        auto picture = (*video)->next();
        if (!picture) return {picture.error(), true};
        if (!*picture) return {std::nullopt, count > 0};
        if ((*picture)->width() > 64 || (*picture)->height() > 64) return {std::nullopt, false};
    }
}

TEST(DecodeCorpus, EachFileEndsWithinItsLimits) {
    const auto files = corpus();
    EXPECT_GE(files.size(), 200U);
    std::vector<const Corpus::value_type*> waiting;
    for (const auto& file : files) waiting.push_back(&file);
    const auto open_before =
        std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});

    std::mutex speaking;
    std::atomic<std::size_t> next = 0;
    std::atomic<int> decoded = 0;
    const auto judge = [&](const std::string& name, const Outcome& outcome) {
        if (!outcome.error) ++decoded;
        const std::lock_guard lock(speaking);
        EXPECT_TRUE(outcome.decent) << name;
        if (!outcome.error) return;
        EXPECT_EQ(outcome.error->code(), ErrorCode::bad_request)
            << name << ": " << outcome.error->message() << ": " << outcome.error->detail();
        EXPECT_EQ(outcome.error->detail().find("SIGSYS"), std::string::npos)
            << name << ": a sound decoder wants a call that the box does not have";
        EXPECT_NE(outcome.error->message(), "The file took too long to decode.") << name;
    };
    {
        std::vector<std::jthread> pool;
        for (int i = 0; i < 3; ++i) {
            pool.emplace_back([&] {
                for (auto at = next++; at < waiting.size(); at = next++) {
                    const auto& [name, bytes] = *waiting[at];
                    const auto file = InputFile::of_bytes(as_span(bytes));
                    if (!file) return;
                    // The box tells a picture from a video by itself; what lies goes through both.
                    const bool by_hand = name.find(' ') == std::string::npos;
                    const bool video = name.find(".m") != std::string::npos ||
                                       name.find(".webm") != std::string::npos;
                    if (by_hand || !video) judge(name + " as a still", as_still(*file));
                    if (by_hand || video) judge(name + " as a video", as_video(*file));
                }
            });
        }
    }
    EXPECT_GT(decoded, 40);  // A flipped bit in the middle harms few.
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}), open_before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // No zombie is left.
}

}  // namespace
}  // namespace kinora::media
