// layers/biped_look.hpp: what people wear and carry, by role.
#pragma once

#include "engines/storyboard/frames/vec.hpp"
#include "engines/storyboard/scene/scene.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kinora::engines::storyboard {

enum class Hat {
    none,
    helmet,
    chef,
    crown,
    hard_hat,
    cap,
    straw,
    top_hat,
    wizard,
    cowboy,
    beret,
    police,
    pointed,
    knight,
    santa,
    nurse,
    headband,
    antenna,
    veil
};
enum class Hair { none, crop, bob, long_, bun, curls, ponytail };

struct BipedLook {
    Vec3 skin, hair_color, top, bottom, shoes;
    Vec3 hat_color{1, 1, 1}, extra{1, 1, 1};
    Hat hat = Hat::none;
    Hair hair = Hair::crop;
    bool suit = false;  // Thick, of one piece: astronaut, diver, bear costume.
    bool robot = false;
    bool skirt = false, robe = false, cape = false, backpack = false, apron = false, beard = false,
         glasses = false;
    bool tie = false, wings = false, bald = false, mask = false, armor = false, cane = false;
    bool skeleton = false;
    float head = 1.0F;  // Size of the head; children have larger ones.
    float stout = 1.0F;
};

BipedLook look_of(std::string_view role, std::uint32_t seed, const std::optional<Rgb>& color);

}  // namespace kinora::engines::storyboard
