// tasks/preview.hpp: frames as they are drawn, small, for who wants to watch.
//
// A preview is a file among the parts of an attempt, which each further one replaces; it goes with
// them. The server that somebody watches through reads it there.
#pragma once

#include "base/clock.hpp"
#include "engines/engine.hpp"

#include <filesystem>
#include <functional>

namespace kinora::tasks {

inline constexpr const char* kPreviewPart = "preview.jpg";
inline constexpr int kPreviewSideMax = 320;  // Pixels.
inline constexpr Milliseconds kPreviewEvery{400};
inline constexpr Milliseconds kPreviewsWanted{5'000};  // How long one who watches is believed.

// Draws as `engine` does, which must outlive it, and writes a preview to `path` now and then where
// `wanted()`, which may be called with every frame. A preview that cannot be written is left out.
class PreviewedEngine final : public engines::Engine {
public:
    PreviewedEngine(engines::Engine& engine, std::filesystem::path path,
                    std::function<bool()> wanted)
        : engine_(engine), path_(std::move(path)), wanted_(std::move(wanted)) {}

    std::string name() const override { return engine_.name(); }
    Result<engines::RenderReport> render(const engines::Brief& brief, engines::FrameSink& sink,
                                         const engines::RenderContext& context) override;

private:
    engines::Engine& engine_;
    const std::filesystem::path path_;
    const std::function<bool()> wanted_;
};

}  // namespace kinora::tasks
