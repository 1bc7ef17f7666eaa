// engines/storyboard/words/lexicon.hpp: what a word can mean on the stage.
//
// scripts/assets bakes the file at build time from WordNet, the packs' names, Unicode's keywords in
// several languages and lists written by hand (assets/words); at run time nothing of those is
// needed.
#pragma once

#include "base/result.hpp"
#include "engines/storyboard/scene/scene.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::engines::storyboard {

// What can be drawn.
struct Thing {
    std::string asset;  // As Subject::asset.
    Form form = Form::sprite;
    int kind = 0;  // An AssetKind.
    double height_m = 1;
    std::optional<Setting> habitat;  // Where it is at home.
    bool flies = false;              // At home in the air.
    bool floats = false;             // On the water.
    bool swims = false;              // Under it.
    bool alive = false;              // Moves by itself: people and animals.
};

// How sure it is that a noun names its thing.
enum class Match : std::uint8_t { none, name, alias, head, tag, shape, ancestor, cousin };

enum class VerbForm : std::uint8_t { none, base, s, past, ing };

// What a word does in a sentence, where it does more than name something.
enum class Role : std::uint8_t {
    none,
    in,
    at,
    through,
    to,
    with,
    without,
    of,
    aside,
    clause,
    indefinite,
    definite,
    no,
    conjunction,
    then,
    morph,
    pronoun,
    frame,
    negation,
    stop,
};

// One meaning of a word or a phrase, things and actions aside.
struct Meaning {
    std::optional<Setting> setting;
    std::optional<Setting> soft;  // A setting that gives way to any other.
    std::optional<TimeOfDay> time;
    std::optional<Weather> weather;
    std::optional<Effect> effect;
    std::optional<Palette> palette;
    std::optional<Style> style;
    std::optional<CameraMove> camera;
    std::optional<Rgb> color;
    int count = 0;    // How many; 0: says nothing of it.
    double size = 0;  // Times the true height; 0: says nothing of it.
    Relation relation = Relation::none;
    int direction = 0;  // -1: to the left, 1: to the right; 0: says nothing of it.
    bool worn = false;  // With Relation::holding: it is on the body.
    bool near = false;  // With a setting: only the nearest to what is named.
    Role role = Role::none;
};

struct Word {
    const Thing* thing = nullptr;
    Match match = Match::none;
    bool undrawable = false;       // A noun that could be seen, and that nothing shows.
    bool plural = false;           // An irregular plural ("mice").
    std::optional<Motion> motion;  // Of a verb that shows something.
    VerbForm form = VerbForm::none;
    std::vector<const Meaning*> meanings;
    bool noun = false, verb = false, adjective = false,
         adverb = false;  // What WordNet says it can be,
    char often = 0;       // and what it is most: 'n', 'v', 'a', 'r'; 0: WordNet does not know it.
};

// How many things a lexicon knows, from the head of its file alone; none where that cannot be read.
std::optional<std::size_t> count_things(const std::filesystem::path& path);

// Reading is safe from any number of threads at once.
class Lexicon {
public:
    // Fails where the file is missing, cut short or damaged.
    static Result<Lexicon> open(const std::filesystem::path& path);

    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;
    ~Lexicon();

    // A word or phrase as it stands, in lower case, its words joined by one space; none where
    // nobody knows it.
    std::optional<Word> find(std::string_view text) const;
    // Whether some phrase begins with this word and goes on: "hot" of "hot air balloon".
    bool begins_phrase(std::string_view word) const;

    // What a word of another language means: English words, or a thing.
    struct Foreign {
        std::string_view english;  // Empty where `thing` says it.
        const Thing* thing = nullptr;
    };
    std::optional<Foreign> find_foreign(std::string_view language, std::string_view word) const;
    // The emoji without variation selectors.
    std::optional<Foreign> find_emoji(std::string_view emoji) const;
    // Languages ("es") in which this is one of the small words that are in every sentence.
    std::vector<std::string_view> languages_of(std::string_view function_word) const;

    // All that can be drawn, in no special order.
    std::span<const Thing> things() const;

private:
    struct Tables;
    explicit Lexicon(std::unique_ptr<Tables> tables);
    std::unique_ptr<Tables> tables_;
};

}  // namespace kinora::engines::storyboard
