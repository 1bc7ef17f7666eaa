// engines/storyboard/storyboard.hpp: the built-in engine: words become a scene, a scene becomes
// layers, layers become frames. It needs no weights, no network and no graphics card.
#pragma once

#include "engines/engine.hpp"
#include "engines/storyboard/assets/pack.hpp"
#include "engines/storyboard/words/lexicon.hpp"

#include <memory>

namespace kinora::engines::storyboard {

struct Scene;

class Storyboard final : public Engine {
public:
    // Both may be shared by several engines.
    Storyboard(std::shared_ptr<const Pack> pack, std::shared_ptr<const Lexicon> lexicon);

    std::string name() const override { return "storyboard"; }
    Result<RenderReport> render(const Brief& brief, FrameSink& sink,
                                const RenderContext& context) override;

private:
    std::shared_ptr<const Pack> pack_;
    std::shared_ptr<const Lexicon> lexicon_;
};

// Draws a scene that is known already. `pack` may be null: then sprites are left out.
Result<RenderReport> draw_scene(const Scene& scene, const Brief& brief, const Pack* pack,
                                FrameSink& sink, const RenderContext& context);

}  // namespace kinora::engines::storyboard
