// tests/fuzz/prompt_fuzz.cpp: prompts, which may be any text at all.
#include "base/ensure.hpp"
#include "engines/storyboard/words/compile.hpp"

#include <algorithm>
#include <cmath>
#include <string>

using namespace kinora;
using namespace kinora::engines::storyboard;

namespace {

// What layers/ and frames/ rely on (scene.hpp).
void check(const Shot& shot) {
    const auto count = static_cast<int>(shot.subjects.size());
    ensure(count <= 12, "a shot has at most 12 subjects");
    for (const auto& subject : shot.subjects) {
        ensure(subject.count >= 1 && subject.count <= 24, "a subject is there 1 to 24 times");
        ensure(std::isfinite(subject.height_m) && subject.height_m > 0, "a subject has a height");
        ensure(std::abs(subject.direction) == 1, "a subject faces one way");
        ensure(subject.related_to >= -1 && subject.related_to < count,
               "a relation is to a subject");
        ensure(std::isfinite(subject.x) && subject.depth >= 0 && subject.depth <= 1,
               "a subject has a place");
    }
    const auto is_main = [](const Subject& subject) { return subject.main; };
    ensure(count == 0 || std::any_of(shot.subjects.begin(), shot.subjects.end(), is_main),
           "a shot is about something");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto lexicon = Lexicon::open(KINORA_WORDS_FILE);
    ensure(lexicon.has_value(), "scripts/assets makes the lexicon");
    Prompt prompt;
    prompt.text.assign(reinterpret_cast<const char*>(data), size);
    prompt.seed = size;
    prompt.enhancement = size % 2 == 0;
    const auto scene = compile(prompt, *lexicon);
    ensure(!scene.shots.empty() && scene.shots.size() <= 3, "a scene has 1 to 3 shots");
    double share = 0;
    for (const auto& shot : scene.shots) {
        check(shot);
        ensure(shot.share > 0, "a shot has a share of the time");
        share += shot.share;
    }
    ensure(std::abs(share - 1) < 1e-6, "the shares add up to 1");
    ensure(compile(prompt, *lexicon).shots == scene.shots, "the same prompt gives the same scene");
    return 0;
}
