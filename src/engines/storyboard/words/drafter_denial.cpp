// What the words say is not there: "no dogs", "without cars or people", "not running".
#include "engines/storyboard/words/drafter.hpp"

namespace kinora::engines::storyboard {

void Drafter::deny(Denial what) {
    negated_ = true;
    denial_ = what;
    negated_at_ = at_;
}

// "a dog without fear in a garden": the garden is there; "not in a garden" says it is not.
void Drafter::pass_joint() {
    if (at_ > negated_at_ + 1) negated_ = false;
    listing_ = false;
}

// "not slowly running", "without running"; in "without fear runs" it is no more about the verb.
bool Drafter::denies_act() {
    listing_ = false;
    if (!negated_) return denied_last_;
    const bool right_behind = at_ == negated_at_ + 1 && units_[at_].word.form == VerbForm::ing;
    if (denial_ == Denial::anything || right_behind) return true;
    negated_ = false;
    return false;
}

// "'no', said the cat": what is not there has no article.
void Drafter::end_bare_denial() {
    if (denial_ == Denial::bare) negated_ = false;
}

void Drafter::drop_denied() {
    aside_ = false;
    listing_ = negated_;
    denied_now_ = negated_;
    negated_ = false;
    forget();
}

// "no cats or dogs", "without cars and people", "without cars, people or dogs".
void Drafter::go_on_denying(const Unit& joint) {
    if (!listing_) return;
    const auto bare = [](const Unit* unit) {
        return unit != nullptr &&
               (unit->kind == Unit::Kind::noun || unit->kind == Unit::Kind::modifier);
    };
    bool more = joint.lower == "or" || (joint.kind != Unit::Kind::comma && bare(next()));
    if (joint.kind == Unit::Kind::comma && bare(next())) {
        for (std::size_t by = 2; by < 7 && next(by) != nullptr; ++by) {
            if (next(by)->kind == Unit::Kind::verb) break;
            more = more || next(by)->lower == "or";
        }
    }
    listing_ = more;
    if (more) deny(Denial::thing);
}

}  // namespace kinora::engines::storyboard
