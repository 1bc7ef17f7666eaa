// engines/storyboard/words/bonds.hpp: how the thing named last stands to those named before.
//
// Who holds, rides, wears, chases or stands beside whom. A relation is kept with the one that is
// placed: the rider rides, the balloon is held.
#pragma once

#include "engines/storyboard/words/draft.hpp"

#include <vector>

namespace kinora::engines::storyboard {

// For one mention, the last of the draft's.
class Bonds {
public:
    // `acting` are the mentions that act together in the clause.
    Bonds(Draft& draft, const std::vector<int>& acting);

    // `who` stands in this relation to the newest: `who` holding it, `who` left of it.
    void relate(Relation relation, bool worn, int who);
    // The newest follows a preposition that belongs to `who`.
    void behind(Role preposition, int who);
    // The newest is what `who` does it to.
    void object_of(Motion verb, int who);
    // `who` stands so to `to`. A mention keeps its first relation; the other way round is tried
    // before it is lost.
    void link(int who, Relation relation, int to);

    // Clothes lend their colour and are no mention any more.
    bool newest_is_gone() const { return newest_ < 0; }

private:
    Mention& newest();
    void hold(Mention& mention, int who);
    void wear(const Mention& mention, int who);
    void mount(Mention& mention, int who);
    void bring_along(Mention& mention, int who);
    void play(const Mention& mention, Mention& actor);

    Draft& draft_;
    const std::vector<int>& acting_;
    int newest_;
    Relation relation_ = Relation::none;
    bool worn_ = false;
    Motion verb_ = Motion::idle;
};

}  // namespace kinora::engines::storyboard
