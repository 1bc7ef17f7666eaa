// layers/biped_look.cpp: costumes.
#include "engines/storyboard/layers/biped_look.hpp"

#include "engines/storyboard/layers/figure.hpp"

#include <array>

namespace kinora::engines::storyboard {
namespace {

bool has(std::string_view role, std::initializer_list<std::string_view> words) {
    for (const auto word : words) {
        const auto at = role.find(word);
        if (at == std::string_view::npos) continue;
        // "man" must not be found in "woman".
        if (at == 0 || role[at - 1] == '-' || role[at - 1] == ' ' || role[at - 1] == '_' ||
            word.size() > 4)
            return true;
    }
    return false;
}

template <std::size_t N>
Vec3 pick(const std::array<int, N>& colors, std::uint32_t seed, std::uint32_t salt) {
    return srgb(colors[std::size_t(chance(seed, salt) * float(N)) % N]);
}

void dress_worker(BipedLook& k, std::string_view role) {
    if (has(role, {"chef", "cook", "baker"}))
        k.hat = Hat::chef, k.top = srgb(0xf6f4f0), k.apron = true, k.extra = srgb(0xe8e4dc),
        k.bottom = srgb(0x4a5260);
    if (has(role, {"waiter", "waitress", "barista", "bartender"}))
        k.top = srgb(0xf2f2f2), k.apron = true, k.extra = srgb(0x3a2c26), k.bottom = srgb(0x26262c);
    if (has(role, {"doctor", "scientist", "chemist", "health", "dentist", "vet"}))
        k.top = srgb(0xf4f7fa), k.robe = true, k.bottom = srgb(0xe6ecf2), k.glasses = true;
    if (has(role, {"nurse"})) k.top = srgb(0x9fd4e8), k.bottom = srgb(0x9fd4e8), k.hat = Hat::nurse;
    if (has(role, {"firefighter", "fireman"}))
        k.top = srgb(0xc8452a), k.bottom = srgb(0x2f3036), k.hat = Hat::hard_hat,
        k.hat_color = srgb(0xd03020), k.suit = true;
    if (has(role, {"police", "officer", "guard", "sheriff"}))
        k.top = srgb(0x24407c), k.bottom = srgb(0x1c2c52), k.hat = Hat::police,
        k.hat_color = srgb(0x1c2f60);
    if (has(role, {"soldier", "army"}))
        k.top = srgb(0x5b6b3a), k.bottom = srgb(0x4c5930), k.hat = Hat::hard_hat,
        k.hat_color = srgb(0x4c5930);
    if (has(role, {"construction", "builder", "worker", "engineer", "miner"}))
        k.top = srgb(0xf08a24), k.bottom = srgb(0x3c4f74), k.hat = Hat::hard_hat,
        k.hat_color = srgb(0xf5c21c);
    if (has(role, {"mechanic", "plumber"}))
        k.top = srgb(0x3b62a0), k.bottom = srgb(0x3b62a0), k.hat = Hat::cap,
        k.hat_color = srgb(0xb8352c);
    if (has(role, {"farmer", "gardener"}))
        k.top = srgb(0xc5483c), k.bottom = srgb(0x3f659e), k.hat = Hat::straw,
        k.hat_color = srgb(0xe3c06a);
    if (has(role, {"pilot", "captain", "sailor"}))
        k.top = srgb(0x223458), k.bottom = srgb(0x1b2744), k.hat = Hat::police,
        k.hat_color = srgb(0xf2f2f2), k.tie = true;
    if (has(role, {"artist", "painter"}))
        k.hat = Hat::beret, k.hat_color = srgb(0xb23246), k.apron = true, k.extra = srgb(0xe8dcc0);
    if (has(role,
            {"office", "business", "lawyer", "manager", "groom", "tuxedo", "detective", "spy"}))
        k.top = srgb(0x2e3648), k.bottom = srgb(0x262c3a), k.tie = true;
    if (has(role, {"detective", "spy"}))
        k.hat = Hat::cowboy, k.hat_color = srgb(0x6a5238), k.top = srgb(0x9a7a50), k.robe = true;
    if (has(role, {"teacher", "professor", "librarian"}))
        k.glasses = true, k.top = srgb(0x6a7f4a), k.tie = true;
    if (has(role, {"student", "pupil"})) k.backpack = true, k.extra = srgb(0xd8582c);
    if (has(role, {"judge", "graduate", "priest", "monk", "nun"}))
        k.robe = true, k.top = k.bottom = srgb(0x2a2530);
    if (has(role, {"monk"})) k.top = k.bottom = srgb(0xd07a22), k.bald = true;
}

void dress_fancy(BipedLook& k, std::string_view role) {
    if (has(role, {"king", "queen", "prince", "princess", "emperor"}))
        k.hat = Hat::crown, k.hat_color = srgb(0xf2c030), k.cape = true, k.extra = srgb(0xa01830),
        k.top = srgb(0x5a3fa0);
    if (has(role, {"queen", "princess"}))
        k.hair = Hair::long_, k.skirt = true, k.robe = true, k.top = k.bottom = srgb(0xe07ab0),
        k.cape = false;
    if (has(role, {"knight", "warrior", "viking", "gladiator"}))
        k.hat = Hat::knight, k.hat_color = srgb(0xb6bec8), k.top = srgb(0xaeb6c2),
        k.bottom = srgb(0x8d96a6), k.armor = true;
    if (has(role, {"samurai"}))
        k.armor = true, k.top = srgb(0x9c2a28), k.bottom = srgb(0x2a2a36), k.hat = Hat::knight,
        k.hat_color = srgb(0x7a2020);
    if (has(role, {"wizard", "mage", "witch", "sorcer", "magician"}))
        k.hat = Hat::wizard, k.hat_color = srgb(0x3a2f9a), k.robe = true,
        k.top = k.bottom = srgb(0x4438a8), k.beard = !has(role, {"witch", "sorceress"});
    if (has(role, {"witch"}))
        k.hat_color = srgb(0x2a2233), k.top = k.bottom = srgb(0x3a2a4c), k.hair = Hair::long_,
        k.hair_color = srgb(0xb0521c);
    if (has(role, {"superhero", "hero"}))
        k.cape = true, k.extra = srgb(0xd02a2a), k.top = srgb(0x2a58c8), k.bottom = srgb(0x2a58c8),
        k.shoes = srgb(0xd02a2a), k.mask = true;
    if (has(role, {"villain"}))
        k.cape = true, k.extra = srgb(0x5a2a8a), k.top = srgb(0x3a7a3a), k.bottom = srgb(0x2a2a34),
        k.mask = true;
    if (has(role, {"ninja"}))
        k.top = k.bottom = srgb(0x23242c), k.hat = Hat::headband, k.hat_color = srgb(0x23242c),
        k.mask = true;
    if (has(role, {"pirate"}))
        k.hat = Hat::cowboy, k.hat_color = srgb(0x22202a), k.top = srgb(0xb43030), k.beard = true,
        k.bottom = srgb(0x3a3040);
    if (has(role, {"cowboy", "cowgirl"}))
        k.hat = Hat::cowboy, k.hat_color = srgb(0x8a5a30), k.top = srgb(0xb8532a),
        k.bottom = srgb(0x3f5f94);
    if (has(role, {"clown", "jester"}))
        k.hair = Hair::curls, k.hair_color = srgb(0xe83a2c), k.top = srgb(0xf0c030),
        k.bottom = srgb(0x3a8ad0), k.skin = srgb(0xf6ede4);
    if (has(role, {"santa", "claus"}))
        k.hat = Hat::santa, k.hat_color = srgb(0xc8202a), k.top = k.bottom = srgb(0xc8202a),
        k.beard = true, k.hair_color = srgb(0xf4f4f4), k.stout = 1.3F;
    if (has(role, {"elf", "gnome", "dwarf", "leprechaun"}))
        k.hat = Hat::pointed, k.hat_color = srgb(0x2f8a3c), k.top = srgb(0x3a9a48),
        k.bottom = srgb(0x8a5a30);
    if (has(role, {"dwarf", "gnome"}))
        k.beard = true, k.hat_color = srgb(0xc03a2a), k.stout = 1.2F, k.head = 1.2F;
    if (has(role, {"fairy", "angel"}))
        k.wings = true, k.skirt = true, k.top = k.bottom = srgb(0xf2a8d0), k.hair = Hair::long_;
    if (has(role, {"angel"})) k.robe = true, k.top = k.bottom = srgb(0xf6f6fa);
    if (has(role, {"vampire", "dracula"}))
        k.cape = true, k.extra = srgb(0x8a1020), k.top = k.bottom = srgb(0x1e1c26),
        k.skin = srgb(0xd8d4d8);
    if (has(role, {"zombie"}))
        k.skin = srgb(0x86a86a), k.top = srgb(0x6a6a58), k.bottom = srgb(0x4a4a5a);
    if (has(role, {"skeleton"}))
        k.skin = srgb(0xf0ece0), k.top = k.bottom = srgb(0xe6e2d4), k.shoes = srgb(0xe6e2d4),
        k.skeleton = true, k.bald = true;
    if (has(role, {"alien", "martian"}))
        k.skin = srgb(0x7ac850), k.top = k.bottom = srgb(0x8a94a8), k.bald = true,
        k.hat = Hat::antenna, k.hat_color = srgb(0x7ac850), k.head = 1.25F;
    if (has(role, {"bride"}))
        k.robe = k.skirt = true, k.top = k.bottom = srgb(0xfaf8f4), k.hat = Hat::veil,
        k.hair = Hair::long_;
    if (has(role, {"ballerina", "ballet"}))
        k.skirt = true, k.top = srgb(0xf0a8c4), k.bottom = srgb(0xf6c4d8), k.hair = Hair::bun,
        k.shoes = srgb(0xf0a8c4);
    if (has(role, {"caveman", "tarzan"}))
        k.top = k.bottom = srgb(0x9a6a34), k.beard = true, k.hair = Hair::long_;
    if (has(role, {"singer", "rock", "musician", "dj", "guitarist", "dancer"}))
        k.top = srgb(0x8a2a9a), k.bottom = srgb(0x22222c);
    if (has(role, {"football", "soccer", "runner", "athlete", "player", "jogger", "tennis",
                   "basketball", "boxer", "cyclist"}))
        k.top = srgb(0xd83a34), k.bottom = srgb(0xf4f4f4), k.shoes = srgb(0x2a2a30);
    if (has(role, {"skier", "snowboarder", "climber", "hiker", "explorer", "mountaineer"}))
        k.top = srgb(0xe8662a), k.bottom = srgb(0x34506e), k.backpack = true,
        k.extra = srgb(0x3a7a5a), k.hat = Hat::cap, k.hat_color = srgb(0x2f6a9a);
    if (has(role, {"surfer", "swimmer", "lifeguard"}))
        k.top = k.skin, k.bottom = srgb(0x2a8ac0), k.shoes = k.skin;
}

}  // namespace

BipedLook look_of(std::string_view role, std::uint32_t seed, const std::optional<Rgb>& color) {
    BipedLook k;
    k.skin = pick(std::array{0xf2c6a0, 0xe0a878, 0xc68a5a, 0x9a6238, 0x74462a, 0xf6d4b8}, seed, 1);
    k.hair_color =
        pick(std::array{0x2a1c14, 0x4a2c1a, 0x7a4a24, 0xd0a050, 0x1a1a20, 0xa84a1e}, seed, 2);
    k.top = pick(std::array{0xd84a3c, 0x3a7ac8, 0xf0b030, 0x4aa05a, 0xe8884a, 0x8a5ab8, 0x30a0a8},
                 seed, 3);
    k.bottom = pick(std::array{0x34466e, 0x4a4a54, 0x6a5a48, 0x2a3a5a}, seed, 4);
    k.shoes = pick(std::array{0x3a3034, 0xf0f0f0, 0x8a4a2a}, seed, 5);
    const bool female =
        has(role,
            {"woman",    "women",       "girl",    "queen",   "princess", "witch",     "bride",
             "lady",     "grandmother", "grandma", "mother",  "female",   "ballerina", "fairy",
             "waitress", "actress",     "cowgirl", "mermaid", "nun",      "sister",    "daughter"});
    const bool male =
        has(role, {"man", "men", "boy", "king", "prince", "wizard", "father", "grandfather",
                   "grandpa", "male", "son", "santa", "knight", "groom", "pirate", "monk"});
    const bool looks_female = female || (!male && chance(seed, 6) < 0.5F);
    k.hair = looks_female ? (chance(seed, 7) < 0.5F   ? Hair::long_
                             : chance(seed, 8) < 0.5F ? Hair::ponytail
                                                      : Hair::bob)
                          : Hair::crop;
    k.skirt = looks_female && has(role, {"girl", "lady", "dancer"}) && chance(seed, 9) < 0.7F;
    if (has(role, {"child", "children", "kid", "boy", "girl", "baby", "toddler", "infant"}))
        k.head = 1.28F;
    if (has(role, {"old", "grandmother", "grandfather", "grandma", "grandpa", "elder", "senior",
                   "granny"})) {
        k.hair_color = srgb(0xd8d8dc), k.glasses = true, k.cane = true;
        if (looks_female)
            k.hair = Hair::bun, k.skirt = true;
        else
            k.beard = chance(seed, 10) < 0.6F;
    }
    if (has(role, {"bald"})) k.bald = true;
    if (has(role, {"beard"})) k.beard = true;
    dress_worker(k, role);
    dress_fancy(k, role);
    if (has(role, {"astronaut", "cosmonaut", "spaceman"})) {
        k.suit = k.backpack = true, k.hat = Hat::helmet, k.hat_color = srgb(0xeceef4);
        k.top = k.bottom = srgb(0xe8e8f0), k.shoes = srgb(0x8c8c98), k.extra = srgb(0xb8bcc8);
    }
    if (has(role, {"diver", "scuba"}))
        k.suit = k.backpack = true, k.hat = Hat::helmet, k.hat_color = srgb(0xe0b030),
        k.top = k.bottom = srgb(0x2a3a4a), k.extra = srgb(0xe0b030);
    if (has(role, {"robot", "android", "cyborg", "droid", "mech"})) {
        k.robot = true, k.bald = true, k.hat = Hat::antenna, k.hat_color = srgb(0xe85a3a);
        k.skin = srgb(0xc8d2dc), k.top = srgb(0xa8b8c8), k.bottom = srgb(0x7c8c9e),
        k.shoes = srgb(0x5a6878), k.stout = 1.2F;
    }
    if (color) {
        k.top = linear(*color);
        if (k.robe || k.suit || k.robot) k.bottom = linear(*color) * 0.9F;
    }
    return k;
}

}  // namespace kinora::engines::storyboard
