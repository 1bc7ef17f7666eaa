// engines/storyboard/given.hpp: clips of pictures that were given, by what the prompt says of mood.
//
// A clip of ours that goes on is drawn from its last pictures, as anybody else's is; the engine has
// no scene of it here.
#pragma once

#include "engines/engine.hpp"
#include "engines/storyboard/scene/scene.hpp"

namespace kinora::engines::storyboard {

// `given` has something; of the scene only its first shot's camera, weather, effects and light, and
// its style, count. Fails as Engine::render does.
Result<RenderReport> draw_given(const Scene& scene, const Brief& brief, const Given& given,
                                FrameSink& sink, const RenderContext& context);

}  // namespace kinora::engines::storyboard
