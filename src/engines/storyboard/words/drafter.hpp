// engines/storyboard/words/drafter.hpp: the reader behind make_draft(), in draft.cpp and the
// drafter_*.cpp.
//
// It goes from left to right through the units with one clause in mind: who acts, what was said
// last, and which adjectives, prepositions and relations wait for their noun.
#pragma once

#include "engines/storyboard/words/draft.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kinora::engines::storyboard {

inline constexpr std::size_t kMaxMentions = 12;  // What comes after is not shown.

class Drafter {
public:
    explicit Drafter(std::span<const Unit> units) : units_(units) {}
    Draft run();

private:
    // Adjectives that wait for their noun.
    struct Waiting {
        int count = 0;
        std::optional<Rgb> color;
        double size = 1;
        std::optional<Motion> motion;
        bool definite = false;
        bool another = false;
        bool rounded = false;
        std::string words;  // For Subject::word.
    };

    enum class Denial { bare, thing, anything };  // "no"; "without"; "not".

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    const Unit* next(std::size_t by = 1) const;
    // A noun right behind this one makes of this one an adjective: "pizza oven", "city bus".
    bool is_first_of_compound(const Unit& unit) const;
    void forget();
    void end_sentence();
    void take_comma(const Unit& unit);
    void take_role(const Unit& unit);
    int meant_by_pronoun() const;
    void take_modifier(const Unit& unit);
    void take_relation(const Unit& unit);
    // Somebody does something: the clause's subject, or who was named last behind "with" and the
    // like.
    void take_verb(const Unit& unit);
    bool turns_colour() const;
    // "stops playing": what is said behind it is over.
    bool was_stopped(const Unit& unit) const;
    static bool is_further(std::string_view word);  // "a second cat", "two more cats"
    void act(std::optional<Motion> motion);
    std::vector<int> who_acts() const;
    // Who acts comes, goes or stops.
    void turn(Turn turn);
    // "the rain stops": what was said of the weather is over.
    bool clears_up();
    bool is_of_weather() const;  // The verb stands right behind a word of the air.
    bool opens_stretch() const;
    // "a corgi surfing", "a cowboy riding".
    void imply(const std::string& verb);
    // Who shuttles does so in a craft; the word names it as well.
    void bring_rocket();
    void take_term(const Unit& unit);
    // What the unit says of the scene; a direction is that of who acts.
    bool is_matter(const Unit& unit) const;
    void note_scene(const Unit& unit, int weight, int mention);
    // An adjective of somebody, not of the scene: "a gloomy robot".
    bool is_of_somebody() const;
    bool is_part_of_building(const Unit& unit) const;
    void leave(const Unit& unit);
    void cheer_up();
    void take_noun(const Unit& unit);
    bool noun_behind_of() const;
    // "castle", "bridge", "moon" are places and things: behind a preposition they are places. True
    // where it was nothing but a place.
    bool settle_as_place(const Unit& unit);
    // "the dog" after "a dog" is no second dog.
    bool known_before(const Unit& unit);
    void take_unknown(const Unit& unit);
    // From here on what is named is not there, until pass_joint() or drop_denied().
    void deny(Denial what);
    void pass_joint();
    bool denies_act();
    void drop_denied();
    void end_bare_denial();
    void go_on_denying(const Unit& joint);
    void name(const Unit& unit);
    // Finds out what the mention that was just added is to the others.
    void place_in_sentence();
    // After "and" or a comma: a new clause begins where a verb of its own follows and one was said
    // before.
    bool starts_clause() const;
    void begin_clause(Mention& mention);
    // "a cat and a dog": what the first is, the second is too.
    void beside_the_last(Mention& mention);
    void relate(Mention& mention, int anchor);
    void behind_preposition(Mention& mention, int anchor);
    // "a dog chases a cat".
    void object_of_verb(int anchor);

    std::span<const Unit> units_;
    std::size_t at_ = 0;
    Draft draft_;
    Waiting waiting_;
    Role prep_ = Role::none;
    Relation relation_ = Relation::none;
    bool worn_ = false, and_ = false, aside_ = false, negated_ = false;
    bool clause_has_verb_ = false;
    Denial denial_ = Denial::thing;
    std::size_t negated_at_ = 0;
    std::size_t particle_at_ = 0;  // Of a verb that was read already; 0: none.
    std::size_t stopped_at_ = 0;   // Right behind a verb that stops something; 0: none.
    bool listing_ = false;         // What was named last is not there; "or" goes on with that.
    bool denied_now_ = false, denied_last_ = false;  // The unit read now, and the one before.
    bool outside_ = false;       // The preposition says where one is no more: "out of".
    bool just_named_ = false;    // The last thing was named right before, with no place in between.
    bool place_before_ = false;  // A place was named right before.
    int dressed_ = -1;           // Who wears what was named last: "a scarf and a hat".
    bool matter_before_ = false;  // What was said before is water, sand and the like.
    bool last_by_with_ = false;
    bool prep_of_vessel_ = false;
    bool skip_next_unknown_ = false;
    bool skip_next_group_ = false;  // It was counted with the noun before it.
    bool skip_next_noun_ = false;
    std::optional<Motion> verb_;      // Waits for its object.
    const Thing* shuttle_ = nullptr;  // What the last verb names if it is a noun too.
    int last_ = -1;                   // The mention named last.
    std::vector<int> acting_;         // The clause's subject, and who is named beside it.
    std::vector<int> last_acting_;
};

}  // namespace kinora::engines::storyboard
