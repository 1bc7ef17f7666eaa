#include "engines/storyboard/words/implied.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

constexpr Implied kByVerb[] = {
    {"skateboard", "fluent:skateboard", 0.3, Relation::riding, Motion::drive},
    {"surf", "art:surfboard", 0.25, Relation::riding, Motion::sail},
    {"snowboard", "art:surfboard", 0.25, Relation::riding, Motion::drive},
    {"cycl", "fluent:bicycle", 1.1, Relation::riding, Motion::drive},
    {"bik", "fluent:bicycle", 1.1, Relation::riding, Motion::drive},
    {"pedal", "fluent:bicycle", 1.1, Relation::riding, Motion::drive},
    {"sledd", "fluent:sled", 0.5, Relation::riding, Motion::drive},
    {"kayak", "fluent:canoe", 1.2, Relation::riding, Motion::sail, Setting::lake},
    {"canoe", "fluent:canoe", 1.2, Relation::riding, Motion::sail, Setting::lake},
    {"sail", "fluent:sailboat", 5, Relation::riding, Motion::sail, Setting::sea},
    {"driv", "fluent:automobile", 1.4, Relation::inside, Motion::drive, Setting::road},
    {"drove", "fluent:automobile", 1.4, Relation::inside, Motion::drive, Setting::road},
    {"row", "fluent:canoe", 1.2, Relation::riding, Motion::sail, Setting::lake},
};

constexpr Implied kByNoun[] = {
    {"violinist", "fluent:violin", 0.6},
    {"guitarist", "fluent:guitar", 0.9},
    {"drummer", "fluent:drum", 0.7, Relation::next_to},
    {"pianist", "art:piano", 1.3, Relation::next_to},
    {"saxophonist", "fluent:saxophone", 0.6},
    {"trumpeter", "fluent:trumpet", 0.4},
    {"cellist", "fluent:violin", 1.2},
    {"flutist", "fluent:flute", 0.45},
    {"harpist", "noto:harp", 1.4, Relation::next_to},
    {"accordionist", "fluent:accordion", 0.45},
    {"bassist", "fluent:guitar", 0.9},
    {"dj", "fluent:headphone", 0.2},
    {"fisherman", "fluent:fishing-pole", 1.1},
    {"photographer", "fluent:camera", 0.25},
    {"painter", "fluent:artist-palette", 0.35},
    {"cyclist", "fluent:bicycle", 1.1, Relation::riding, Motion::drive},
    {"motorcyclist", "fluent:motorcycle", 1.1, Relation::riding, Motion::drive},
    {"biker", "fluent:motorcycle", 1.1, Relation::riding, Motion::drive},
    {"skateboarder", "fluent:skateboard", 0.3, Relation::riding, Motion::drive},
    {"surfer", "art:surfboard", 0.25, Relation::riding, Motion::sail},
    {"basketball player", "fluent:basketball", 0.24, Relation::next_to, Motion::bounce},
    {"soccer player", "fluent:soccer-ball", 0.22, Relation::next_to, Motion::roll},
    {"football player", "fluent:soccer-ball", 0.22, Relation::next_to, Motion::roll},
    {"footballer", "fluent:soccer-ball", 0.22, Relation::next_to, Motion::roll},
    {"tennis player", "fluent:tennis", 0.6},
    {"horseman", "fluent:horse", 1.7, Relation::riding, Motion::walk},
    {"chess", "art:table", 0.8, Relation::on},
    {"horse rider", "fluent:horse", 1.7, Relation::riding, Motion::walk},
};

constexpr Implied kTable{"", "art:table", 0.8, Relation::on};

}  // namespace

const Implied* table() {
    return &kTable;
}

const Implied* implied_by_verb(std::string_view word) {
    const auto at = std::ranges::find_if(
        kByVerb, [word](const Implied& one) { return word.starts_with(one.stem); });
    return at == std::end(kByVerb) ? nullptr : &*at;
}

const Implied* implied_by_noun(std::string_view word) {
    const auto at = std::ranges::find(kByNoun, word, &Implied::stem);
    return at == std::end(kByNoun) ? nullptr : &*at;
}

}  // namespace kinora::engines::storyboard
