// engines/fake.hpp: an engine that draws next to nothing, for the tests of other rooms.
#pragma once

#include "engines/engine.hpp"

#include <functional>

namespace kinora::engines {

// Draws one gradient that wanders across the picture and comes back to where it began, so that
// every clip of it is a loop. Prompt and seed change its colours and place.
class FakeEngine final : public Engine {
public:
    // Called on the rendering thread before each frame is drawn, with its index. It may wait,
    // throw, or request a stop; a failure ends the render with that failure.
    using Hook = std::function<Result<void>(int frame)>;

    struct Script {
        Hook before_frame;  // May be empty.
        std::vector<std::string> notes;
    };

    FakeEngine() = default;
    explicit FakeEngine(Script script) : script_(std::move(script)) {}

    // Fails with `error` when frame `frame` is due.
    static Hook fail_at(int frame, Error error);

    std::string name() const override { return "fake"; }
    Result<RenderReport> render(const Brief& brief, FrameSink& sink,
                                const RenderContext& context) override;

private:
    Script script_;
};

}  // namespace kinora::engines
