// layers/acts.hpp: how a cast that is on the stage goes on when its shot changes.
//
// Nothing before the moment of a change depends on it: a clip can be gone on with, and drawn again.
#pragma once

#include "engines/storyboard/layers/cast.hpp"

namespace kinora::engines::storyboard {

// What the stage is like for those who act on it.
struct Boards {
    const Pack* pack = nullptr;
    EyeLevel eye;
    float length = 5;      // Seconds that the shot was planned for.
    bool bounded = false;  // Walls stand about: the eye does not go along.
    std::uint32_t seed = 0;
};

// A shot on the stage, and what changes it.
class Acts {
public:
    // `staged` is what stage() made of `shot`, `cast` is placed by it. Both must outlive the acts.
    Acts(const Shot& shot, Shot& staged, CastPlan& cast, const Boards& boards);

    // `next` changes the shot as it was last (Shot::changes), from `since` seconds on; later than
    // all before. Who comes is added to the staged shot and the cast, so as to be in `view`, which
    // counts from the eye's way; 0 focal length: wherever that is.
    void add(const Shot& next, float since, const View& view);

private:
    int place_of(int subject) const;
    void bring(const Shot& next, std::size_t first, float since, const View& view);
    void alter(const Subject& old, const Subject& now, int place, float since);
    void act(Actor& actor, const Subject& now, float since);
    void leave(Actor& actor, float since);
    void rest_without_lead(float since);
    bool rides(const Actor& actor) const;
    float velocity_of(const Actor& actor) const;
    float eye_at(float seconds) const;

    Shot last_;  // As it was written.
    Shot& staged_;
    CastPlan& cast_;
    Boards boards_;
    std::vector<int> places_;  // In the staged shot, of each subject; -1: the stage has it.
};

}  // namespace kinora::engines::storyboard
