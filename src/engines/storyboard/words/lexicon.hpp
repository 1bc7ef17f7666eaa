// engines/storyboard/words/lexicon.hpp: which word names which thing, and what is known of that
// thing.
//
// scripts/assets bakes the file at build time from WordNet, the packs' names, Unicode's keywords in
// several languages and a list written by hand; at run time nothing of those is needed.
#pragma once

#include "base/result.hpp"
#include "engines/storyboard/scene/scene.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

// Where a thing is at home; words/ chooses a setting by it where the prompt names none.
enum class Habitat : std::uint8_t {
    any,
    land,
    air,
    water_surface,
    underwater,
    space,
    indoors,
    road,
    city,
    garden,
    forest,
    jungle,
    savanna,
    farm,
    snow,
    desert,
    mountains,
    beach,
    kitchen,
    stage,
    sky,
};

// What can be drawn.
struct Thing {
    std::string asset;  // As Subject::asset.
    Form form = Form::sprite;
    std::uint8_t kind = 0;  // An AssetKind.
    Habitat habitat = Habitat::any;
    double height_m = 1;
    bool flies = false;
    bool floats = false;
    bool swims = false;
    bool alive = false;  // Moves by itself: people and animals.
};

// How sure a word's meaning is.
enum class Match : std::uint8_t { exact, alias, head, tag, shape, hypernym, cousin };

// Reading is safe from any number of threads at once.
class Lexicon {
public:
    // Fails where the file is missing, cut short or damaged.
    static Result<Lexicon> open(const std::filesystem::path& path);

    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;
    ~Lexicon();

    struct Entry {
        const Thing* thing = nullptr;
        Match match = Match::exact;
    };
    // The thing that a lemma names: lower case, words joined by one space ("hot air balloon").
    // `thing` is null where it names none.
    Entry find(std::string_view lemma) const;
    // The thing of an emoji, or of a word of another language than English; null where there is
    // none.
    const Thing* find_emoji(std::string_view emoji) const;
    const Thing* find_foreign(std::string_view word) const;
    // Whether WordNet knows it as a noun, a verb, an adjective.
    bool is_noun(std::string_view lemma) const;

private:
    struct Tables;
    explicit Lexicon(std::unique_ptr<Tables> tables);
    std::unique_ptr<Tables> tables_;
};

}  // namespace kinora::engines::storyboard
