// tests/unit/engines/storyboard/frames_kept.hpp: a sink that keeps every picture.
#pragma once

#include "engines/engine.hpp"

#include <vector>

namespace kinora::engines::storyboard {

struct Frames final : FrameSink {
    Result<void> add(const media::Picture& picture) override {
        all.push_back(picture.clone());
        return ok();
    }
    std::vector<media::Picture> all;
};

}  // namespace kinora::engines::storyboard
