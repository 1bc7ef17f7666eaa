#include "engines/storyboard/words/kinds.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

bool is_kind(const Thing& thing, AssetKind kind) {
    return thing.kind == static_cast<int>(kind);
}

bool is_person(const Thing& thing) {
    return thing.form == Form::biped || (is_kind(thing, AssetKind::person) && thing.alive);
}

bool is_clothing(const Thing& thing) {
    static constexpr std::string_view kClothes[] = {
        "fluent:t-shirt",        "fluent:dress",
        "fluent:coat",           "fluent:jeans",
        "fluent:kimono",         "fluent:sari",
        "fluent:shorts",         "fluent:lab-coat",
        "fluent:safety-vest",    "fluent:scarf",
        "fluent:gloves",         "fluent:socks",
        "fluent:bikini",         "fluent:running-shoe",
        "fluent:hiking-boot",    "fluent:one-piece-swimsuit",
        "fluent:womans-clothes", "fluent:necktie",
        "fluent:running-shirt",  "fluent:martial-arts-uniform",
        "fluent:briefs",         "fluent:high-heeled-shoe",
        "fluent:mans-shoe",      "fluent:womans-boot",
        "fluent:goggles",        "fluent:glasses",
        "fluent:shield-armor"};
    return std::ranges::find(kClothes, thing.asset) != std::end(kClothes);
}

bool covers_body(const Thing& thing) {
    static constexpr std::string_view kWhole[] = {
        "fluent:t-shirt",       "fluent:dress",          "fluent:coat",
        "fluent:kimono",        "fluent:sari",           "fluent:lab-coat",
        "fluent:safety-vest",   "fluent:womans-clothes", "fluent:one-piece-swimsuit",
        "fluent:running-shirt", "fluent:shield-armor",   "fluent:martial-arts-uniform"};
    return std::ranges::find(kWhole, thing.asset) != std::end(kWhole);
}

bool is_dressed(const Thing& who, const Thing& role) {
    static constexpr std::string_view kRoles[] = {
        "astronaut", "barista", "chef",  "cowboy",    "detective", "doctor", "king",
        "knight",    "ninja",   "nurse", "pilot",     "pirate",    "prince", "queen",
        "samurai",   "sailor",  "santa", "superhero", "teacher",   "waiter", "wizard"};
    if (role.form != Form::biped || !who.alive) return false;
    if (is_person(who) && who.asset != "robot" && who.asset != "alien") return false;
    return std::ranges::find(kRoles, role.asset) != std::end(kRoles);
}

bool is_pair(const Thing& thing) {
    static constexpr std::string_view kPairs[] = {
        "fluent:headphone", "fluent:jeans", "fluent:glasses", "fluent:sunglasses",
        "fluent:scissors",  "fluent:socks", "fluent:gloves",  "fluent:shorts"};
    return std::ranges::find(kPairs, thing.asset) != std::end(kPairs);
}

bool is_mount(const Thing& thing) {
    static constexpr std::string_view kMounts[] = {"fluent:horse",
                                                   "fluent:donkey",
                                                   "fluent:camel",
                                                   "fluent:elephant",
                                                   "fluent:zebra",
                                                   "fluent:bicycle",
                                                   "fluent:motorcycle",
                                                   "fluent:motor-scooter",
                                                   "fluent:kick-scooter",
                                                   "fluent:skateboard",
                                                   "fluent:dragon",
                                                   "fluent:sled",
                                                   "fluent:llama",
                                                   "fluent:ox",
                                                   "fluent:bison",
                                                   "fluent:broom",
                                                   "unicorn",
                                                   "pegasus",
                                                   "reindeer",
                                                   "fluent:ram",
                                                   "fluent:giraffe"};
    return std::ranges::find(kMounts, thing.asset) != std::end(kMounts);
}

bool holds_people(const Thing& thing) {
    return is_kind(thing, AssetKind::vehicle) || thing.asset == "fluent:bathtub" ||
           thing.asset == "fluent:basket" || thing.asset == "fluent:package" ||
           thing.asset == "game:air-balloon" || thing.asset == "fluent:bucket" ||
           thing.asset == "fluent:hot-beverage" || thing.asset == "fluent:nest-with-eggs" ||
           thing.asset == "fluent:shopping-cart";
}

bool is_vessel(const Thing& thing) {
    return thing.asset == "fluent:steaming-bowl" || thing.asset == "fluent:hot-beverage" ||
           thing.asset == "fluent:glass-of-milk" ||
           thing.asset == "fluent:bottle-with-popping-cork" || thing.asset == "art:bottle" ||
           thing.asset == "fluent:shallow-pan-of-food" || thing.asset == "fluent:jar" ||
           thing.asset == "fluent:pot-of-food" || thing.asset == "fluent:cooking" ||
           thing.asset == "fluent:package";
}

bool is_open_vessel(const Thing& thing) {
    return thing.asset == "art:bowl" || thing.asset == "fluent:basket" ||
           thing.asset == "fluent:bucket" || thing.asset == "fluent:amphora";
}

bool is_celestial(const Thing& thing) {
    static constexpr std::string_view kSky[] = {"fluent:sun",
                                                "fluent:full-moon",
                                                "fluent:crescent-moon",
                                                "fluent:star",
                                                "fluent:glowing-star",
                                                "fluent:ringed-planet",
                                                "fluent:globe-showing-americas",
                                                "fluent:rainbow",
                                                "fluent:comet",
                                                "fluent:cloud",
                                                "fluent:new-moon"};
    return std::ranges::find(kSky, thing.asset) != std::end(kSky);
}

bool is_instrument(const Thing& thing) {
    static constexpr std::string_view kInstruments[] = {"fluent:guitar",
                                                        "fluent:violin",
                                                        "fluent:saxophone",
                                                        "fluent:trumpet",
                                                        "fluent:flute",
                                                        "fluent:accordion",
                                                        "fluent:banjo",
                                                        "fluent:drum",
                                                        "fluent:long-drum",
                                                        "art:piano",
                                                        "fluent:musical-keyboard",
                                                        "noto:harp",
                                                        "fluent:harp",
                                                        "noto:trombone",
                                                        "fluent:maracas"};
    return std::ranges::find(kInstruments, thing.asset) != std::end(kInstruments);
}

bool is_ball(const Thing& thing) {
    static constexpr std::string_view kBalls[] = {
        "fluent:soccer-ball", "fluent:basketball",        "fluent:volleyball",    "fluent:tennis",
        "fluent:baseball",    "fluent:american-football", "fluent:rugby-football"};
    return std::ranges::find(kBalls, thing.asset) != std::end(kBalls);
}

bool is_parlour_game(const Thing& thing) {
    static constexpr std::string_view kGames[] = {
        "art:chess-board",  "fluent:chess-pawn",         "fluent:video-game",
        "fluent:joystick",  "fluent:game-die",           "fluent:flower-playing-cards",
        "fluent:joker",     "fluent:mahjong-red-dragon", "fluent:puzzle-piece",
        "fluent:spade-suit"};
    return std::ranges::find(kGames, thing.asset) != std::end(kGames);
}

Motion travel_of(const Thing& thing) {
    if (thing.flies) return Motion::fly;
    if (thing.floats) return Motion::sail;
    if (thing.swims) return Motion::swim;
    if (thing.alive) return Motion::walk;
    if (is_kind(thing, AssetKind::vehicle)) return Motion::drive;
    return Motion::idle;
}

bool is_group(std::string_view word) {
    static constexpr std::string_view kGroups[] = {
        "caravan", "herd",   "flock",  "pack",   "convoy", "swarm", "pod",       "troop",
        "crowd",   "parade", "colony", "litter", "pride",  "shoal", "procession"};
    return std::ranges::find(kGroups, word) != std::end(kGroups);
}

}  // namespace kinora::engines::storyboard
