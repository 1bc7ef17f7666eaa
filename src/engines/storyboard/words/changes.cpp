#include "engines/storyboard/words/changes.hpp"

#include "engines/storyboard/words/kinds.hpp"
#include "engines/storyboard/words/stage.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

std::string_view last_word(std::string_view words) {
    return words.substr(words.rfind(' ') + 1);
}

// "cats" is the plural of "cat", as far as names of subjects go.
bool is_same_noun(std::string_view one, std::string_view other) {
    one = last_word(one), other = last_word(other);
    if (one.empty() || other.empty()) return false;
    if (one.size() > other.size()) std::swap(one, other);
    const auto rest = other.substr(one.size());
    return other.starts_with(one) && (rest.empty() || rest == "s" || rest == "es");
}

// Where another goes with it.
bool rides(const Subject& subject) {
    return subject.related_to >= 0 &&
           (subject.relation == Relation::riding || subject.relation == Relation::inside);
}

bool gets_about(const Thing& thing) {
    return thing.alive || thing.flies || thing.floats || is_kind(thing, AssetKind::vehicle);
}

class Changer {
public:
    Changer(const Shot& before, const Shot& made, const Draft& draft)
        : made_(made), draft_(draft), out_(before), taken_(before.subjects.size(), false) {}

    Changed run() {
        out_.changes = true;
        out_.into = Transition::dissolve;
        out_.time = made_.time;
        out_.weather = made_.weather;
        out_.palette = made_.palette;
        out_.camera = made_.camera;
        // Light drives the gloom away that nobody speaks of.
        const bool light = draft_.time == TimeOfDay::day || draft_.time == TimeOfDay::golden_hour;
        if (light && !draft_.palette && out_.palette == Palette::gloomy)
            out_.palette = Palette::natural;
        if (draft_.season) out_.effects.clear();
        // What bursts once is over.
        std::erase_if(out_.effects, [](Effect effect) {
            return effect == Effect::fireworks || effect == Effect::confetti;
        });
        for (const auto effect : draft_.effects) {
            if (std::ranges::find(out_.effects, effect) == out_.effects.end())
                out_.effects.push_back(effect);
        }
        for (auto& subject : out_.subjects) {
            if (!is_gone(subject.presence)) subject.presence = Presence::there;
        }
        for (const auto& subject : made_.subjects) place_.push_back(find(subject));
        for (std::size_t i = 0; i < made_.subjects.size(); ++i) {
            if (place_[i] >= 0)
                alter(static_cast<std::size_t>(place_[i]), i);
            else
                bring(i);
        }
        relate_new();
        if (draft_.loose_turn) turn_all(*draft_.loose_turn);
        return {std::move(out_), std::move(absent_), std::move(crowded_out_), std::move(together_)};
    }

private:
    // What was said of a subject; null where nothing was, as of one that was taken over.
    const Mention* mention_of(const Subject& subject) const {
        const auto at = std::ranges::find_if(draft_.mentions, [&](const Mention& mention) {
            return mention.word == subject.word && !subject.word.empty();
        });
        return at == draft_.mentions.end() ? nullptr : &*at;
    }

    // "a dog arrives" speaks of none that is there.
    static bool is_one_more(const Mention& mention) {
        return (mention.turn == Turn::comes || mention.turn == Turn::passes) && !mention.definite;
    }

    // Who of those that are there is meant; -1: nobody.
    int find(const Subject& subject) {
        const auto* mention = mention_of(subject);
        if (mention != nullptr && (mention->another || is_one_more(*mention))) return -1;
        for (std::size_t i = 0; i < taken_.size(); ++i) {
            const auto& old = out_.subjects[i];
            if (taken_[i] || is_gone(old.presence)) continue;
            // What a director added is meant only where it is spoken of as known.
            const bool unnamed = old.word.empty() && mention != nullptr && !mention->definite;
            const bool same = old.asset == subject.asset || is_same_noun(old.word, subject.word);
            if (!same || unnamed) continue;
            taken_[i] = true;
            return static_cast<int>(i);
        }
        return -1;
    }

    // The one whose motion carries `i` along: a horse its rider.
    std::size_t mover_of(std::size_t i) const {
        std::size_t at = i;
        for (std::size_t step = 0; step < out_.subjects.size() && rides(out_.subjects[at]); ++step)
            at = static_cast<std::size_t>(out_.subjects[at].related_to);
        return at;
    }

    void alter(std::size_t old, std::size_t now) {
        const auto& subject = made_.subjects[now];
        const auto* mention = mention_of(subject);
        if (mention != nullptr && mention->color) out_.subjects[old].color = mention->color;
        // A candle that "goes out" goes nowhere.
        const bool stays =
            mention != nullptr && mention->turn == Turn::goes && !gets_about(*mention->thing);
        if (stays) return;
        // "one of the dogs": they do all things together.
        if (mention != nullptr && mention->plural && mention->word.starts_with("one ") &&
            out_.subjects[old].count > 1) {
            together_.push_back(mention->word.substr(4));
            return;
        }
        const bool acts = mention == nullptr || mention->motion;
        auto& self = out_.subjects[old];
        auto& mover = out_.subjects[mover_of(old)];
        if (acts && subject.motion != self.motion) {
            auto& who =
                goes_somewhere(subject.motion) || goes_somewhere(mover.motion) ? mover : self;
            const bool mounted = &who != &self;
            if (!mounted || subject.motion != Motion::ride) who.motion = subject.motion;
            if (!mounted) who.airborne = subject.airborne;
            if (mention != nullptr && mention->direction != 0) who.direction = mention->direction;
        }
        if (mention != nullptr && mention->turn) turn(old, *mention->turn, mention->motion);
    }

    void turn(std::size_t i, Turn turn, const std::optional<Motion>& motion) {
        auto& mover = out_.subjects[mover_of(i)];
        switch (turn) {
            case Turn::comes:
            case Turn::passes:
                break;  // It is there.
            case Turn::goes:
                mover.presence = Presence::goes;
                break;
            case Turn::vanishes:
                out_.subjects[i].presence = Presence::vanishes;
                break;
            case Turn::stops:
                // "stops and looks around" says what comes instead.
                if (!motion || goes_somewhere(*motion)) mover.motion = Motion::idle;
                break;
        }
    }

    // "then it leaves": the main ones do.
    void turn_all(Turn turn) {
        for (std::size_t i = 0; i < taken_.size(); ++i) {
            if (out_.subjects[i].main && !is_gone(out_.subjects[i].presence))
                this->turn(i, turn, draft_.loose_motion);
        }
    }

    void bring(std::size_t i) {
        auto subject = made_.subjects[i];
        const auto* mention = mention_of(subject);
        // Taken over from a shot in which it had gone.
        const bool went = std::ranges::any_of(
            out_.subjects, [&](const Subject& old) { return old.asset == subject.asset; });
        if (mention == nullptr && went) return;
        const auto said = mention != nullptr ? mention->turn : std::nullopt;
        const bool ends = said && *said != Turn::comes && *said != Turn::passes;
        if (ends && mention->definite) {  // "the cat leaves": there is none.
            absent_.push_back(subject.word);
            return;
        }
        if (out_.subjects.size() >= kMaxSubjects) {
            if (!subject.word.empty()) crowded_out_.push_back(subject.word);
            return;
        }
        const bool moves = mention != nullptr && gets_about(*mention->thing);
        subject.presence =
            moves || goes_somewhere(subject.motion) ? Presence::comes : Presence::appears;
        // "a cat arrives" comes to stay; to walk in is no more than how.
        const bool arrives = mention != nullptr && mention->turn == Turn::comes;
        if (arrives && goes_somewhere(subject.motion) && !subject.airborne)
            subject.motion = Motion::idle;
        if (said == Turn::passes && moves) subject.presence = Presence::passes;
        // "a dragon in the sky"
        const bool in_sky = std::ranges::any_of(draft_.places, [](const Place& place) {
            return place.setting == Setting::sky && place.weight > 1;
        });
        if (in_sky && out_.setting != Setting::sky && mention != nullptr &&
            (mention->thing->flies || (mention->thing->alive && !is_person(*mention->thing)))) {
            subject.airborne = true;
            if (!goes_somewhere(subject.motion)) subject.motion = Motion::fly;
        }
        // "from the left": who goes to the right comes from there.
        if (mention != nullptr && mention->direction != 0) subject.x = -1.0 * mention->direction;
        if (subject.main) subject.depth = 0.3;
        subject.main = false;
        place_[i] = static_cast<int>(out_.subjects.size());
        out_.subjects.push_back(std::move(subject));
    }

    // Relations of who is new, by the new numbers; who was there stays where it is.
    void relate_new() {
        for (std::size_t i = taken_.size(); i < out_.subjects.size(); ++i) {
            auto& subject = out_.subjects[i];
            if (subject.related_to < 0) continue;
            subject.related_to = place_[static_cast<std::size_t>(subject.related_to)];
            if (subject.related_to >= 0) continue;
            subject.relation = Relation::none;
        }
        // "she sits down on a bench": the bench comes under who was there before.
        for (std::size_t i = 0; i < made_.subjects.size(); ++i) {
            const auto& subject = made_.subjects[i];
            if (subject.relation != Relation::on || subject.related_to < 0 || place_[i] < 0)
                continue;
            const int seat = place_[static_cast<std::size_t>(subject.related_to)];
            const auto there = static_cast<int>(taken_.size());
            if (place_[i] >= there || seat < there) continue;
            out_.subjects[static_cast<std::size_t>(seat)].relation = Relation::under;
            out_.subjects[static_cast<std::size_t>(seat)].related_to = place_[i];
        }
        // What carries comes with whom it carries.
        for (std::size_t i = taken_.size(); i < out_.subjects.size(); ++i) {
            const auto& subject = out_.subjects[i];
            if (!rides(subject)) continue;
            auto& other = out_.subjects[static_cast<std::size_t>(subject.related_to)];
            if (other.presence == Presence::appears || subject.presence == Presence::passes)
                other.presence = subject.presence;
        }
    }

    const Shot& made_;
    const Draft& draft_;
    Shot out_;
    std::vector<bool> taken_;  // Of those that were there before: spoken of.
    std::vector<int> place_;   // Of those of `made_`, in `out_`; -1: left out.
    std::vector<std::string> absent_, crowded_out_, together_;
};

}  // namespace

Changed change(const Shot& before, const Shot& made, const Draft& draft) {
    return Changer(before, made, draft).run();
}

}  // namespace kinora::engines::storyboard
