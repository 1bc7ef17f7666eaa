// engines/storyboard/storyboard.cpp: the two halves joined.
#include "engines/storyboard/storyboard.hpp"

#include "engines/storyboard/given.hpp"
#include "engines/storyboard/words/compile.hpp"

namespace kinora::engines::storyboard {

Storyboard::Storyboard(std::shared_ptr<const Pack> pack, std::shared_ptr<const Lexicon> lexicon)
    : pack_(std::move(pack)), lexicon_(std::move(lexicon)) {}

Result<RenderReport> Storyboard::render(const Brief& brief, FrameSink& sink,
                                        const RenderContext& context) {
    Prompt prompt;
    prompt.text = brief.prompt;
    prompt.enhancement = brief.enhancement;
    prompt.seed = brief.seed;
    prompt.aspect = double(brief.width) / double(brief.height);
    const Scene scene = compile(prompt, *lexicon_);
    if (brief.given == nullptr || !brief.given->any())
        return draw_scene(scene, brief, pack_.get(), sink, context);
    const auto own = own_scene(scene, brief, *lexicon_, pack_.get());
    return draw_given(scene, brief, *brief.given, own ? &*own : nullptr, sink, context);
}

}  // namespace kinora::engines::storyboard
