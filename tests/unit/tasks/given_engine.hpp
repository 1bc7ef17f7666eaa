// tests/unit/tasks/given_engine.hpp: an engine that keeps what it was given, and draws grey.
#pragma once

#include "engines/engine.hpp"

#include <vector>

namespace kinora::tasks {

class GivenEngine final : public engines::Engine {
public:
    std::string name() const override { return "given"; }
    Result<engines::RenderReport> render(const engines::Brief& wanted, engines::FrameSink& sink,
                                         const engines::RenderContext&) override {
        brief = wanted;
        brief.given = nullptr;
        if (wanted.given != nullptr) {
            start = wanted.given->start;
            end = wanted.given->end;
            opening.clear(), before.clear();
            for (const auto& picture : wanted.given->opening) opening.push_back(picture.clone());
            for (const auto& picture : wanted.given->before) before.push_back(picture.clone());
        }
        for (int i = 0; i < wanted.frame_count; ++i) {
            const auto added = sink.add(media::Picture(wanted.width, wanted.height));
            if (!added) return added.error();
        }
        return engines::RenderReport{};
    }

    engines::Brief brief;
    std::optional<media::Still> start, end;
    std::vector<media::Picture> opening, before;
};

}  // namespace kinora::tasks
