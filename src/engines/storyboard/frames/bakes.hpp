// frames/bakes.hpp: pictures that are made by rule, once for each shot.
#pragma once

#include "engines/storyboard/frames/bitmap.hpp"
#include "engines/storyboard/frames/noise.hpp"
#include "engines/storyboard/frames/relight.hpp"

namespace kinora::engines::storyboard {

enum class GroundKind {
    none,
    grass,
    meadow,
    sand,
    snow,
    rock,
    dirt,
    asphalt,
    paving,
    planks,
    tiles,
    carpet,
    moon,
    lava,
    field,
    forest_floor,
    ice,
    stage,
    court,
    seabed,
    railway,
};

// Colours of leaves in autumn, sRGB.
inline constexpr int kAutumn[] = {0xd8741c, 0xb8401c, 0xe0a824};

// A texture of 512 x 512 texels that tiles; square roots of the albedo.
Sprite bake_ground(GroundKind kind, const Noise& noise, Team& team);

// A tuft of grass or reed; `seed` varies it.
Painting paint_tuft(Vec3 base, Vec3 tip, std::uint32_t seed);
// A lump of smoke or cloud, lit from above.
Painting paint_puff(const NoiseTile& noise, Vec3 lit, Vec3 shade, Vec3 light, std::uint32_t seed);
// A house front, `floors` high and `bays` wide, with shops below; windows are lit at night.
struct FrontPlan {
    int floors = 5, bays = 4;
    Vec3 wall, trim, glass, lamp;
    float lit = 0.0F;  // Share of windows with a lamp behind.
    bool shop = true;
    bool tower = false;  // Glass and bands instead of single windows.
    std::uint32_t seed = 0;
};
Painting paint_front(const FrontPlan& plan);
// A pale disc with seas, for the moon.
Painting paint_moon(const NoiseTile& noise);
// A ball seen from space: land, sea and cloud, or bands, lit from `light.direction`.
enum class PlanetKind { earth, banded, red };
Painting paint_planet(const Noise& noise, PlanetKind kind, const Light& light, int size);
// Soft shapes for particles: a streak of rain, a flake, a petal, a leaf, a bubble, a flame, a ray.
enum class MoteKind { streak, flake, petal, leaf, bubble, flame, ray, confetti, star };
Painting paint_mote(MoteKind kind, const NoiseTile& noise);

}  // namespace kinora::engines::storyboard
