// engines/storyboard/assets/pack.hpp: the pictures that scenes are made of, in one file.
//
// scripts/assets draws some 1,500 vector pictures once, at build time, and packs them as WebP with
// what a stage must know of each: true height, which way it faces, where its wheels are. The file
// is mapped, not read: an opened pack costs its index (about 0.3 MB) and the pages that are drawn.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

enum class AssetKind : std::uint8_t {
    object,
    animal,
    person,
    vehicle,
    plant,
    building,
    food,
    nature,
    symbol,
};

// A wheel in its picture, in fractions: `x` of the width from the left, `y` of the height from the
// top, `radius` of the height.
struct Wheel {
    float x = 0, y = 0, radius = 0;
    friend bool operator==(const Wheel&, const Wheel&) = default;
};

// One picture and its facts.
struct Asset {
    std::string key;   // "fluent:automobile"; "game:" keys are one-colour shapes.
    std::string name;  // "automobile"
    std::string tags;  // English words that may stand for it: "car,vehicle".
    AssetKind kind = AssetKind::object;
    int width = 0;        // Pixels of the stored picture, cut to what is visible; 1..2048.
    int height = 0;       // Pixels, at most 448 but for a few.
    double height_m = 1;  // True height of the thing in metres.
    double ground = 1;    // Where it touches the ground, as a fraction of the height from the top.
    int facing = 0;       // -1: it looks left, 1: right, 0: neither.
    bool legs = false;    // Stands on legs that are seen, and that a walk may swing.
    bool wings = false;   // Has wings that may beat.
    bool flies = false;   // Is at home in the air.
    bool floats = false;  // Is at home on the water.
    bool swims = false;   // Is at home under water.
    bool glows = false;   // Gives off light.
    bool head = false;    // Shows a head or a bust only.
    bool silhouette = false;  // One flat colour; better against the light.
    std::vector<Wheel> wheels;
};

// RGBA, 8 bits each, colours premultiplied by alpha, rows from the top without gaps.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;  // width * height * 4 bytes.
};

// Reading is safe from any number of threads at once.
class Pack {
public:
    // Maps the file and checks its index. Fails where it is missing, cut short or damaged.
    static Result<Pack> open(const std::filesystem::path& path);

    Pack(Pack&&) noexcept;
    Pack& operator=(Pack&&) noexcept;
    ~Pack();

    // Null where the pack has no such key. Lives as long as the pack.
    const Asset* find(std::string_view key) const;
    // All of them, in the order of their keys.
    std::span<const Asset> assets() const;

    // The picture, `height_px` pixels high (1..2048) with its own ratio; 0 is the stored size.
    // Fails with `not_found` for an unknown key, with `api_error` where the stored bytes are
    // damaged.
    Result<Image> decode(std::string_view key, int height_px = 0) const;

private:
    struct File;
    explicit Pack(std::unique_ptr<File> file);
    std::unique_ptr<File> file_;
};

}  // namespace kinora::engines::storyboard
