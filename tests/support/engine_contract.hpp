// tests/support/engine_contract.hpp: what every engine owes its callers, for any engine's tests.
//
//     TEST(MyEngine, KeepsTheContract) {
//         engines::expect_engine_contract([] { return std::make_unique<MyEngine>(); }, brief);
//     }
//
// Each part can be called alone as well. The brief should be small: it is rendered about ten times.
#pragma once

#include "engines/engine.hpp"
#include "support/pictures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace kinora::engines {

using MakeEngine = std::function<std::unique_ptr<Engine>()>;

// The sizes of a generated clip: 16:9, 9:16, 1:1, 4:3, 3:4, 21:9, 9:21.
struct FrameSize {
    int width;
    int height;
};
inline constexpr FrameSize kServiceSizes[] = {{1360, 752}, {752, 1360}, {1008, 1008}, {1168, 880},
                                              {880, 1168}, {1552, 656}, {656, 1552}};

// FNV-1a over what can be seen of a picture, its padding left out.
inline std::uint64_t fingerprint(const media::Picture& picture) {
    std::uint64_t hash = 14695981039346656037U;
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        for (int y = 0; y < plane.height; ++y) {
            const auto* row = plane.data + y * plane.stride;
            for (int x = 0; x < plane.width; ++x) hash = (hash ^ row[x]) * 1099511628211U;
        }
    }
    return hash;
}

// Keeps a line on each frame, and of the pictures only the first and the latest.
class FrameNotebook final : public FrameSink {
public:
    std::vector<std::uint64_t> fingerprints;
    std::vector<double> steps;  // Distance of each frame, but the first, from the one before.
    media::Picture first;
    media::Picture latest;

    std::size_t fail_from = std::numeric_limits<std::size_t>::max();  // Index of a frame.
    Error failure;
    std::function<void()> after_frame;

    Result<void> add(const media::Picture& picture) override {
        if (fingerprints.size() >= fail_from) {
            ++refused;
            return failure;
        }
        fingerprints.push_back(fingerprint(picture));
        if (first.empty()) {
            first = picture.clone();
        } else {
            steps.push_back(test::step_between(latest, picture));
        }
        latest = picture.clone();
        if (after_frame) after_frame();
        return ok();
    }
    int refused = 0;
};

inline void expect_every_frame_in_every_size(const MakeEngine& make, Brief brief) {
    brief.frame_count = 2;
    for (const auto& [width, height] : kServiceSizes) {
        brief.width = width;
        brief.height = height;
        FrameNotebook notebook;
        const auto report = make()->render(brief, notebook, {});
        ASSERT_TRUE(report.has_value()) << report.error().message();
        EXPECT_EQ(notebook.fingerprints.size(), 2U);
        EXPECT_EQ(notebook.latest.width(), width);
        EXPECT_EQ(notebook.latest.height(), height);
    }
}

inline void expect_same_frames_again(const MakeEngine& make, const Brief& brief) {
    FrameNotebook once, again, threaded;
    const auto engine = make();
    EXPECT_EQ(engine->name(), make()->name());
    ASSERT_TRUE(engine->render(brief, once, {{}, 1}).has_value());
    ASSERT_EQ(once.fingerprints.size(), std::size_t(brief.frame_count));
    // The same engine, which may have kept something, and a fresh one with more threads.
    ASSERT_TRUE(engine->render(brief, again, {{}, 1}).has_value());
    EXPECT_EQ(once.fingerprints, again.fingerprints);
    ASSERT_TRUE(make()->render(brief, threaded, {{}, 2}).has_value());
    EXPECT_EQ(once.fingerprints, threaded.fingerprints);
}

inline void expect_stop_within_a_frame(const MakeEngine& make, const Brief& brief) {
    for (const int threads : {1, 2}) {
        for (const std::size_t seen : {0U, 2U}) {
            std::stop_source source;
            FrameNotebook notebook;
            if (seen == 0) source.request_stop();
            notebook.after_frame = [&] {
                if (notebook.fingerprints.size() == seen) source.request_stop();
            };
            const auto report = make()->render(brief, notebook, {source.get_token(), threads});
            ASSERT_FALSE(report.has_value());
            EXPECT_EQ(report.error().code(), ErrorCode::cancelled);
            EXPECT_LE(notebook.fingerprints.size(), seen + 1);
        }
    }
}

inline void expect_failure_of_the_sink_passed_on(const MakeEngine& make, const Brief& brief) {
    for (const int threads : {1, 2}) {
        FrameNotebook notebook;
        notebook.fail_from = 2;
        notebook.failure = Error(ErrorCode::unavailable, "The disk is full.", "write");
        const auto report = make()->render(brief, notebook, {{}, threads});
        ASSERT_FALSE(report.has_value());
        EXPECT_EQ(report.error().code(), ErrorCode::unavailable);
        EXPECT_EQ(report.error().message(), "The disk is full.");
        EXPECT_EQ(report.error().detail(), "write");
        EXPECT_EQ(notebook.fingerprints.size(), 2U);
        EXPECT_EQ(notebook.refused, 1);
    }
}

// The step from the last frame back to the first is no larger than 1.6 times the usual one.
inline void expect_seamless_loop(const MakeEngine& make, Brief brief) {
    brief.loop = true;
    FrameNotebook notebook;
    ASSERT_TRUE(make()->render(brief, notebook, {}).has_value());
    ASSERT_FALSE(notebook.steps.empty());
    EXPECT_LE(test::step_between(notebook.latest, notebook.first),
              1.6 * test::median(notebook.steps));
}

// All of it. `brief` needs four frames or more.
inline void expect_engine_contract(const MakeEngine& make, const Brief& brief) {
    ASSERT_GE(brief.frame_count, 4);
    expect_every_frame_in_every_size(make, brief);
    expect_same_frames_again(make, brief);
    expect_stop_within_a_frame(make, brief);
    expect_failure_of_the_sink_passed_on(make, brief);
    expect_seamless_loop(make, brief);
}

}  // namespace kinora::engines
