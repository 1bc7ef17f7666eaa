#include "engines/storyboard/words/layout.hpp"

#include <algorithm>

namespace kinora::engines::storyboard {

namespace {

void stand_by(Subject& subject, Subject& to, double spread) {
    const double apart = 0.35 * spread;
    switch (subject.relation) {
        case Relation::left_of:
            subject.x = -apart;
            to.x = apart;
            to.depth = subject.depth;
            break;
        case Relation::right_of:
            subject.x = apart;
            to.x = -apart;
            to.depth = subject.depth;
            break;
        case Relation::next_to:
            to.depth = std::min(to.depth, std::max(subject.depth, 0.25));
            break;
        case Relation::behind:
            if (subject.main)
                to.depth = std::min(to.depth, subject.depth);
            else
                subject.depth = std::min(1.0, to.depth + 0.12);
            break;
        case Relation::in_front_of:
            to.depth = std::min(1.0, subject.depth + 0.15);
            break;
        case Relation::on:
        case Relation::inside:
        case Relation::riding:
        case Relation::under:
        case Relation::around:
        case Relation::above:
        case Relation::holding:
            if (subject.main) {
                to.x = subject.x;
                to.depth = subject.depth;
            } else {
                subject.x = to.x;
                subject.depth = to.depth;
            }
            break;
        case Relation::none:
            break;
    }
    // Who fights or talks looks at the other.
    if (subject.motion == to.motion &&
        (subject.motion == Motion::fight || subject.motion == Motion::talk))
        to.direction = -subject.direction;
    if (subject.relation == Relation::riding || subject.relation == Relation::inside)
        to.direction = subject.direction;
}

}  // namespace

void lay_out(Shot& shot, double aspect) {
    const double spread = std::clamp(aspect / (16.0 / 9.0), 0.5, 1.1);
    int mains = 0;
    for (const auto& subject : shot.subjects) mains += subject.main ? 1 : 0;
    int main_at = 0;
    int other = 0;
    for (auto& subject : shot.subjects) {
        if (subject.main) {
            subject.x = mains > 1 ? (main_at * 2.0 / (mains - 1) - 1.0) * 0.4 * spread : 0.0;
            ++main_at;
        } else {
            static constexpr double kSides[] = {0.55, -0.6, 0.8, -0.85, 0.35, -0.4};
            subject.x = kSides[other % 6] * spread;
            ++other;
        }
    }
    for (auto& subject : shot.subjects) {
        if (subject.related_to < 0) continue;
        auto& to = shot.subjects[static_cast<std::size_t>(subject.related_to)];
        stand_by(subject, to, spread);
    }
    // A cat on a table is seen with the table.
    for (const auto& subject : shot.subjects) {
        const bool carried = subject.relation == Relation::on ||
                             subject.relation == Relation::riding ||
                             subject.relation == Relation::inside;
        if (!subject.main || subject.related_to < 0 || !carried) continue;
        shot.subjects[static_cast<std::size_t>(subject.related_to)].main = true;
    }
}

}  // namespace kinora::engines::storyboard
