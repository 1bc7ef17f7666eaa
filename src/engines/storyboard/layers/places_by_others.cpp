// layers/places_by_others.cpp: who is on, behind or beside somebody, rides it or holds it.
#include "engines/storyboard/layers/places.hpp"

namespace kinora::engines::storyboard {
namespace {

int actor_of(const CastPlan& cast, int subject, int copy) {
    int found = -1;
    for (std::size_t i = 0; i < cast.actors.size(); ++i) {
        if (cast.actors[i].subject != subject) continue;
        if (found < 0 || cast.actors[i].copy == copy) found = int(i);
    }
    return found;
}

// Drawn as seen from above.
bool lies_flat(const Actor& a) {
    return a.asset != nullptr && a.asset->key == "fluent:fork-and-knife-with-plate";
}

bool is_named(const Actor& a, std::initializer_list<std::string_view> words) {
    return a.asset != nullptr && std::any_of(words.begin(), words.end(), [&](std::string_view w) {
               return a.asset->key.find(w) != std::string::npos;
           });
}

bool is_seat(const Actor& a) {
    return is_named(a, {"bench", "chair", "couch", "throne", "sofa", "stool"});
}

bool is_headwear(const Actor& a) {
    return is_named(a, {"hat", "crown", "cap", "helmet", "sombrero"});
}

// Puts `a` where it belongs on `b`; `base` is b's foot, `fan` sets several apart.
void put_on(Actor& a, const Actor& b, float fan) {
    a.home.z -= 0.01F, a.home.x += fan;
    if (lies_flat(b)) {  // Seen from above: what is on it is before it.
        a.height = std::min(a.height, 0.62F * b.height);
        a.home.y += 0.5F * (b.height - a.height), a.home.z -= 0.01F;
    } else if (is_seat(b) && a.form == Form::biped) {
        a.seated = true, a.home.y += 0.06F * b.height, a.home.z -= 0.02F;
    } else if (is_headwear(a) && b.height > 1.2F * a.height) {
        // On the head, which animals carry in front.
        a.height = std::min(a.height, 0.36F * b.height);
        const bool sideways = b.form == Form::quadruped || (b.asset && b.asset->facing != 0);
        a.home.x += sideways ? 0.27F * b.width() * float(b.direction) : 0.0F;
        a.home.y += 0.80F * b.height, a.home.z -= 0.02F;
    } else {
        a.home.y += b.height * 0.93F;
    }
}

}  // namespace

bool is_with_another(const Subject& s, const Actor& a) {
    return s.relation != Relation::none && s.related_to >= 0 && s.related_to != a.subject;
}

void place_by_others(CastPlan& cast, std::size_t first, const Shot& shot) {
    for (std::size_t i = first; i < cast.actors.size(); ++i) {
        auto& a = cast.actors[i];
        const auto& s = shot.subjects[std::size_t(a.subject)];
        if (!is_with_another(s, a)) continue;
        const int p = actor_of(cast, s.related_to, a.copy);
        if (p < 0) continue;
        const auto& b = cast.actors[std::size_t(p)];
        const float base = b.hangs ? b.home.y - 0.5F * b.height : b.home.y,
                    gap = 0.5F * (a.width() + b.width()) * 1.1F + 0.08F;
        const float fan = (float(a.copy) - 0.5F * float(s.count - 1)) * a.width() * 1.1F;
        a.home = b.home, a.home.y = base;
        // Who climbs a ladder is on it, whatever it is called.
        if (s.relation == Relation::next_to && b.motion == Motion::climb &&
            is_named(a, {"ladder", "rope"})) {
            a.home.z += 0.06F;
            continue;
        }
        bool carried = false;
        switch (s.relation) {
            case Relation::left_of:
                a.home.x -= gap - fan;
                break;
            case Relation::right_of:
                a.home.x += gap + fan;
                break;
            case Relation::next_to:
                if (first > 0) {  // Not between those who were there.
                    a.home.x += std::copysign(gap, b.home.x) * (1.0F + float(a.copy));
                    a.home.z -= 0.2F;
                    break;
                }
                a.home.x += (a.copy % 2 == 0 ? gap : -gap) * (1.0F + float(a.copy / 2));
                break;
            case Relation::on:
                put_on(a, b, fan), carried = true;
                break;
            case Relation::riding: {
                const float seat = b.form == Form::quadruped   ? 0.42F
                                   : is_named(b, {"sailboat"}) ? 0.14F  // In the hull.
                                                               : 0.44F;
                a.home.y += b.tilt != 0 && a.stands ? 0.24F * b.height
                            : b.tilt != 0           ? 0.5F * b.height - 0.24F * a.height
                            : a.stands              ? 0.60F * b.height
                                                    : seat * b.height;
                a.home.z -= 0.02F, a.direction = b.direction, carried = true;
                break;
            }
            case Relation::under:
                a.home.z += first > 0 ? 0.02F : -0.02F, a.home.x += fan;
                // Who was there before takes the seat that comes.
                if (first > 0 && is_seat(a) && b.form == Form::biped)
                    cast.actors[std::size_t(p)].gets_seat = true;
                break;
            case Relation::behind:
                if (b.speed > 0) {  // Comes after it.
                    const bool prop = s.word.empty();
                    a.home.z += prop ? 1.0F : 0.4F;
                    a.home.x -= float(b.direction) * ((prop ? 0.42F : 0.8F) * gap + std::abs(fan));
                    break;
                }
                // The main subject looks out from behind; others may be half hidden.
                a.home.z += a.main ? 0.35F : 1.0F;
                a.home.x +=
                    (a.main ? 0.5F * b.width() + 0.3F * a.width() : 0.42F * b.width()) + fan;
                break;
            case Relation::in_front_of:
                if (b.speed > 0) {  // Goes ahead of it.
                    a.home.z -= 0.1F, a.home.x += float(b.direction) * (gap + std::abs(fan));
                    break;
                }
                a.home.z -= 0.55F, a.home.x -= 0.40F * b.width() - fan;
                break;
            case Relation::above:
                a.home.y += b.height + 0.25F + (a.hangs ? 0.5F * a.height : 0.0F), a.home.x += fan;
                break;
            case Relation::holding:
                // In the hand; birds carry below.
                if (b.hangs && b.form == Form::sprite)
                    a.home.y -= 0.06F * b.height;
                else if (is_named(a, {"umbrella"}))
                    a.height = 0.62F * b.height, a.home.y += 0.62F * b.height;
                else if (b.form == Form::quadruped)  // Before the mouth.
                    a.home.x += 0.58F * b.height * float(b.direction), a.home.y += 0.22F * b.height;
                else
                    a.home.x += 0.24F * b.height * float(b.direction), a.home.y += 0.42F * b.height;
                a.home.z -= 0.05F, carried = true;
                break;
            case Relation::inside:
                a.home.y += 0.16F * b.height, a.home.z -= 0.01F, a.home.x += fan, carried = true;
                break;
            case Relation::around: {
                const float turn = (float(a.copy) + 0.5F) / float(s.count) * 2.0F * kPi;
                a.home.x += std::cos(turn) * gap * 1.1F, a.home.z += std::sin(turn) * 0.7F;
                if (a.hangs) a.home.y += b.height * (0.55F + 0.4F * std::sin(turn * 2));
                break;
            }
            case Relation::none:
                break;
        }
        if (a.hangs && s.relation != Relation::above && s.relation != Relation::around)
            a.home.y += 0.5F * a.height + (carried ? 0.0F : 0.2F);
        if (carried)
            a.carrier = p, a.speed = b.speed,
            a.direction = s.relation == Relation::riding ? b.direction : a.direction;
    }
}

}  // namespace kinora::engines::storyboard
