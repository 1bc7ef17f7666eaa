// engines/storyboard/given.hpp: clips of pictures that were given, by what the prompt says of mood.
//
// A clip of ours whose past is known goes on as a scene, for as long as no given picture calls it:
// the same cast in the same place, and then what the prompt adds. Any other clip, and one that does
// not end as its past says (another version may have drawn it), goes on from its last pictures.
#pragma once

#include "engines/engine.hpp"
#include "engines/storyboard/own_scene.hpp"

namespace kinora::engines::storyboard {

// `given` has something; of the scene only its first shot's camera, weather, effects and light, and
// its style, count. `own` is the scene that the given clip may be; null where there is none. Fails
// as Engine::render does.
Result<RenderReport> draw_given(const Scene& scene, const Brief& brief, const Given& given,
                                const OwnScene* own, FrameSink& sink, const RenderContext& context);

}  // namespace kinora::engines::storyboard
