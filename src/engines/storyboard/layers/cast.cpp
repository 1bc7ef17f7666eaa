// layers/cast.cpp: sizes and places. The main subject is large and in the clear; others stand
// around it.
#include "engines/storyboard/layers/cast.hpp"

#include "engines/storyboard/layers/figure.hpp"

#include <numeric>

namespace kinora::engines::storyboard {
namespace {

bool goes(Motion m) {
    return m == Motion::walk || m == Motion::run || m == Motion::drive || m == Motion::sail ||
           m == Motion::ride || m == Motion::roll || m == Motion::swim || m == Motion::fly;
}

float speed_of(const Actor& a) {
    if (!goes(a.motion)) return 0;
    const float stride = stride_of(a.form, a.motion) * a.height;
    switch (a.motion) {
        case Motion::walk:
            return a.form == Form::sprite ? 0.50F * a.height : stride * 0.95F;
        case Motion::run:
            return a.form == Form::sprite ? 1.25F * a.height : stride * 1.45F;
        case Motion::drive:
            return 1.5F;
        case Motion::ride:
            return 1.1F;
        case Motion::sail:
            return 0.35F;
        case Motion::roll:
            return 0.7F;
        case Motion::swim:
            return 0.30F;
        case Motion::fly:
            return 0.45F;
        default:
            return 0;
    }
}

// Heights in scene units: true order, smaller differences, nothing too small to be seen.
void set_sizes(CastPlan& cast, const Shot& shot) {
    float unit = 0;
    for (const auto& s : shot.subjects) {
        if (s.main) unit = std::max(unit, float(s.height_m));
    }
    if (unit <= 0) {
        for (const auto& s : shot.subjects) unit = std::max(unit, float(s.height_m));
    }
    cast.unit_m = unit > 0 ? unit : 1.7F;
    for (auto& a : cast.actors) {
        const auto& s = shot.subjects[std::size_t(a.subject)];
        const float h = scene_height(float(s.height_m), cast.unit_m);
        a.height = s.main ? std::clamp(h, 0.42F, 1.0F) : std::clamp(h, 0.15F, 3.4F);
        // Long things (trains, whales) are measured by their length.
        if (a.width() > 2.3F) a.height *= 2.3F / a.width();
        if (s.relation == Relation::holding) a.height = std::min(a.height, 0.28F);
    }
}

void add_actors(CastPlan& cast, const Shot& shot, const Pack* pack, std::uint32_t seed) {
    for (std::size_t i = 0; i < shot.subjects.size(); ++i) {
        const auto& s = shot.subjects[i];
        for (int copy = 0; copy < std::clamp(s.count, 1, 24); ++copy) {
            Actor a;
            a.subject = int(i), a.copy = copy, a.form = s.form, a.motion = s.motion,
            a.main = s.main;
            a.direction = s.direction < 0 ? -1 : 1, a.hangs = s.airborne;
            if (s.form == Form::sprite || s.form == Form::silhouette) {
                a.asset = pack != nullptr ? pack->find(s.asset) : nullptr;
                if (a.asset == nullptr) break;
                a.aspect = float(a.asset->width) / float(std::max(1, a.asset->height));
            } else {
                a.aspect = s.form == Form::biped ? 0.42F : 1.15F;
                if (s.motion == Motion::sleep && s.form == Form::biped) a.aspect = 1.0F;
            }
            a.phase = chance(seed + std::uint32_t(i) * 17U, std::uint32_t(copy) + 5U);
            cast.actors.push_back(a);
        }
    }
}

int actor_of(const CastPlan& cast, int subject, int copy) {
    int found = -1;
    for (std::size_t i = 0; i < cast.actors.size(); ++i) {
        if (cast.actors[i].subject != subject) continue;
        if (found < 0 || cast.actors[i].copy == copy) found = int(i);
    }
    return found;
}

// Lays the front row side by side, in the order wanted, and returns how wide it is.
float lay_row(CastPlan& cast, const std::vector<int>& row, const Shot& shot, float offset) {
    auto wish = [&](int i) {
        const auto& a = cast.actors[std::size_t(i)];
        const auto& s = shot.subjects[std::size_t(a.subject)];
        return float(s.x) * 1.6F + (float(a.copy) - 0.5F * float(s.count - 1)) * a.width() * 0.9F;
    };
    std::vector<int> order = row;
    std::stable_sort(order.begin(), order.end(), [&](int i, int j) { return wish(i) < wish(j); });
    float total = 0;
    for (const int i : order) total += cast.actors[std::size_t(i)].width() * 1.14F + 0.06F;
    float x = -0.5F * total;
    // With one alone, its own wish counts; with several, their order does.
    const float alone = order.size() == 1 ? std::clamp(wish(order[0]), -0.9F, 0.9F) : 0.0F;
    for (const int i : order) {
        auto& a = cast.actors[std::size_t(i)];
        const float w = a.width() * 1.14F + 0.06F;
        a.home.x = x + 0.5F * w + alone + offset;
        x += w;
    }
    return total;
}

}  // namespace

CastPlan make_cast(const Shot& shot, const Pack* pack, const StageSize& size, std::uint32_t seed,
                   bool loop) {
    CastPlan cast;
    add_actors(cast, shot, pack, seed);
    set_sizes(cast, shot);
    float width = 0.6F, tallest = 0, speed = 0;
    int mains = 0;
    for (auto& a : cast.actors) {
        a.speed = speed_of(a);
        if (!a.main) continue;
        ++mains;
        if (a.copy < 5) width += a.width() * 1.2F;
        tallest = std::max(tallest, a.height);
        if (speed == 0) speed = a.speed * float(a.direction);
    }
    // What moves beside the main subject keeps up with it.
    for (auto& a : cast.actors) {
        if (!a.main && a.speed > 0 && speed != 0 &&
            shot.subjects[std::size_t(a.subject)].depth < 0.5)
            a.speed = std::abs(speed), a.direction = speed > 0 ? 1 : -1;
    }
    if (mains <= 1) width -= 0.6F;
    if (tallest <= 0) tallest = 1;
    const auto& s0 = shot.subjects;
    const bool giant = !s0.empty() && cast.unit_m > 8.0F;
    const bool indoors = shot.setting >= Setting::room && shot.setting <= Setting::stage;
    const float share = mains > 3 ? 0.38F : giant ? 0.52F : indoors ? 0.56F : 0.46F;
    float pixels = share * size.height / tallest;  // Of one unit.
    pixels = std::min(pixels, 0.62F * size.width / std::max(width, 0.3F));
    cast.main_z = size.focal / std::max(20.0F, pixels);
    cast.main_middle = 0.5F * tallest;
    // The eye goes along, so that the subject crosses a part of the frame only; a wide group less.
    const float visible = size.width / size.focal * cast.main_z, free = visible - width - 0.3F;
    const float drift =
        std::clamp(0.28F * free, 0.0F, std::min(0.9F, 0.2F * std::abs(speed) * size.seconds));
    const bool along = loop || shot.camera == CameraMove::tracking;
    cast.track_speed = along ? speed : speed - std::copysign(drift / size.seconds, speed);
    if (speed == 0) cast.track_speed = 0;
    return cast;
}

void place_cast(CastPlan& cast, const Shot& shot, const EyeLevel& eye, std::uint32_t seed) {
    const float z0 = cast.main_z, reach = 0.5F * eye.height * 1.81F /
                                          eye.focal;  // Half the view at 1 unit, for 16:9.
    std::vector<int> front, second, loose;
    for (std::size_t i = 0; i < cast.actors.size(); ++i) {
        auto& a = cast.actors[i];
        const auto& s = shot.subjects[std::size_t(a.subject)];
        a.home.z = z0;
        const bool small_flyer = a.hangs && !a.main;
        if (s.relation != Relation::none && s.related_to >= 0 && s.related_to != a.subject)
            continue;
        if (small_flyer)
            loose.push_back(int(i));
        else if (a.main || s.depth < 0.45)
            (a.copy < 5 ? front : second).push_back(int(i));
        else {
            // Background: farther, beside the middle, so that it is not hidden by the main subject.
            a.home.z = z0 + 1.6F + float(s.depth) * 9.0F + 0.6F * float(a.copy);
            const float side = s.x != 0.0
                                   ? float(s.x)
                                   : (chance(seed + 3, std::uint32_t(i)) < 0.5F ? -0.5F : 0.5F);
            const float spread = float(a.copy) - 0.5F * float(s.count - 1);
            a.home.x = side * a.home.z * reach * 0.75F + spread * a.width() * 1.1F;
        }
    }
    lay_row(cast, front, shot, 0);
    // Later copies: rows behind, in the gaps of the row before.
    for (std::size_t n = 0; n < second.size(); ++n) {
        auto& a = cast.actors[std::size_t(second[n])];
        const int row = 1 + int(n) / 6, column = int(n) % 6;
        a.home.z = z0 + 0.75F * float(row);
        a.home.x = (float(column) - 2.5F + 0.5F * float(row % 2)) * a.width() * 1.35F +
                   0.2F * (a.phase - 0.5F);
    }
    for (const int i : loose) {
        auto& a = cast.actors[std::size_t(i)];
        // Spread evenly over both sides, at heights that follow no row.
        const float share = (float(a.copy) + 0.5F) /
                            float(std::max(1, shot.subjects[std::size_t(a.subject)].count));
        const float r = chance(seed + 11, std::uint32_t(i)),
                    side = (a.copy + a.subject) % 2 == 0 ? -1.0F : 1.0F;
        a.home = {side * (0.50F + 1.15F * share + 0.15F * r),
                  0.45F + 0.95F * fraction(share * 2.6F + 0.37F * float(a.subject) + 0.3F * r),
                  z0 + (r - 0.35F) * 1.2F};
        if (a.home.z < z0) a.home.x += side * 0.3F;
    }
    for (auto& a : cast.actors) {
        const auto& s = shot.subjects[std::size_t(a.subject)];
        if (!a.hangs && !eye.weightless) continue;
        if (!a.main && a.hangs && !eye.weightless && s.depth < 0.45) continue;
        // Hanging in the view: the middle of the picture, a little higher where there is ground.
        const float row = eye.weightless ? 0.48F : 0.36F;
        const float lift = (chance(seed + 21, std::uint32_t(a.copy + a.subject * 31)) - 0.5F) *
                           (s.count > 1 ? 0.34F
                            : a.main    ? 0.04F
                                        : 0.5F);
        a.home.y = eye.y + (eye.horizon - (row + lift) * eye.height) * a.home.z / eye.focal;
        a.hangs = true;
    }
    for (std::size_t i = 0; i < cast.actors.size(); ++i) {
        auto& a = cast.actors[i];
        const auto& s = shot.subjects[std::size_t(a.subject)];
        if (s.relation == Relation::none || s.related_to < 0 || s.related_to == a.subject) continue;
        const int p = actor_of(cast, s.related_to, a.copy);
        if (p < 0) continue;
        const auto& b = cast.actors[std::size_t(p)];
        const float base = b.hangs ? b.home.y - 0.5F * b.height : b.home.y,
                    gap = 0.5F * (a.width() + b.width()) * 1.1F + 0.08F;
        const float fan = (float(a.copy) - 0.5F * float(s.count - 1)) * a.width() * 1.1F;
        a.home = b.home, a.home.y = base;
        bool carried = false;
        switch (s.relation) {
            case Relation::left_of:
                a.home.x -= gap - fan;
                break;
            case Relation::right_of:
                a.home.x += gap + fan;
                break;
            case Relation::next_to:
                a.home.x += (a.copy % 2 == 0 ? gap : -gap) * (1.0F + float(a.copy / 2));
                break;
            case Relation::on:
                a.home.y += b.height * 0.93F, a.home.x += fan, a.home.z -= 0.01F, carried = true;
                break;
            case Relation::riding:
                a.home.y += b.height * (b.form == Form::quadruped ? 0.42F : 0.44F),
                    a.home.z -= 0.02F, a.direction = b.direction, carried = true;
                break;
            case Relation::under:
                a.home.z -= 0.02F, a.home.x += fan;
                break;
            case Relation::behind:
                a.home.z += 1.0F, a.home.x += 0.42F * b.width() + fan;
                break;
            case Relation::in_front_of:
                a.home.z -= 0.55F, a.home.x -= 0.40F * b.width() - fan;
                break;
            case Relation::above:
                a.home.y += b.height + 0.25F + (a.hangs ? 0.5F * a.height : 0.0F), a.home.x += fan;
                break;
            case Relation::holding:
                a.home.x += 0.24F * b.height * float(b.direction), a.home.y += 0.42F * b.height,
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

Stance stance_of(const Actor& a, const Clock& c, const EyeLevel& eye) {
    Stance s;
    s.at = a.home;
    const float ph = a.phase * 2.0F * kPi;
    const float t = c.seconds() - 0.5F * c.length();
    // At home in the middle of the shot, as the eye sees it.
    const float velocity = a.speed * float(a.direction);
    s.at.x += velocity * c.seconds();
    if (!c.loop()) s.at.x -= 0.5F * (velocity - eye.track) * c.length();
    const bool sprite = a.form == Form::sprite || a.form == Form::silhouette;
    auto life = [&](float hz, float size) { return size * c.wave(hz, ph); };
    auto rate = [&](float cycles_a_second) { return c.cycles(cycles_a_second) + a.phase; };
    switch (a.motion) {
        case Motion::walk: {
            const float hz =
                sprite ? 1.25F : a.speed / (stride_of(a.form, Motion::walk) * a.height);
            s.gait = rate(hz);
            if (sprite) {
                const bool jointed = a.asset != nullptr && a.asset->legs;
                s.legs = 0.36F,
                s.at.y +=
                    (jointed ? 0.014F : 0.05F) * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.rotation = (jointed ? 0.012F : 0.06F) * std::sin(s.gait * 2 * kPi);
            }
            break;
        }
        case Motion::run: {
            const float hz = sprite ? 2.0F : a.speed / (stride_of(a.form, Motion::run) * a.height);
            s.gait = rate(hz);
            if (sprite)
                s.legs = 0.62F, s.at.y += 0.06F * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.rotation = 0.05F * std::sin(s.gait * 2 * kPi + 0.6F);
            break;
        }
        case Motion::jump:
        case Motion::bounce: {
            s.gait = rate(0.9F);
            if (sprite) {
                const float up = std::abs(std::sin(s.gait * kPi));
                s.at.y += (a.motion == Motion::jump ? 0.50F : 0.34F) * a.height * up;
                const float squash = smooth(0.25F, 0.0F, up) * 0.14F;
                s.stretch_y = 1.0F - squash + 0.05F * up, s.stretch_x = 1.0F + squash * 0.8F;
            }
            break;
        }
        case Motion::fly:
            s.gait = rate(a.height < 0.4F ? 5.0F : 1.4F), s.at.y += 0.07F * c.wave(0.55F, ph),
            s.rotation = 0.06F * c.wave(0.55F, ph + 1.2F);
            if (a.speed == 0) s.at.x += 0.10F * c.wave(0.4F, ph);
            s.flap = 0.35F + 0.65F * std::abs(std::cos(s.gait * 2 * kPi));
            break;
        case Motion::hover:
        case Motion::float_:
            s.gait = rate(0.3F), s.at.y += 0.06F * c.wave(0.4F, ph),
            s.at.x += 0.05F * c.wave(0.25F, ph + 1), s.rotation = 0.07F * c.wave(0.3F, ph),
            s.flap = 0.4F + 0.6F * std::abs(c.wave(4.0F, ph));
            break;
        case Motion::swim:
            s.gait = rate(0.9F), s.bend = 0.06F, s.at.y += 0.05F * c.wave(0.4F, ph),
            s.rotation = 0.04F * c.wave(0.4F, ph + 1);
            break;
        case Motion::drive:
        case Motion::ride:
            s.gait = rate(1.6F), s.at.y += 0.006F * c.wave(7.0F, ph),
            s.rotation = 0.006F * c.wave(3.0F, ph);
            break;
        case Motion::sail:
            s.gait = rate(0.4F), s.at.y += 0.03F * c.wave(0.5F, ph),
            s.rotation = 0.06F * c.wave(0.45F, ph);
            break;
        case Motion::fall:
            s.gait = rate(0.7F), s.at.y += 0.9F - 1.5F * c.sweep(),
            s.rotation = c.loop() ? 0.4F * c.wave(0.4F, ph) : 1.2F * t;
            break;
        case Motion::rise:
            s.gait = rate(0.5F),
            s.at.y += c.loop() ? 0.15F * c.wave(0.2F, ph) : -0.42F + 0.72F * c.sweep(),
            s.rotation = 0.02F * c.wave(1.2F, ph);
            break;
        case Motion::dance:
            s.gait = rate(0.95F);
            if (sprite)
                s.sway = 0.16F * std::sin(s.gait * 2 * kPi),
                s.at.y += 0.10F * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.stretch_y = 1.0F + 0.06F * std::cos(s.gait * 4 * kPi),
                s.turned = std::sin(s.gait * kPi) < 0;
            break;
        case Motion::spin:
            s.gait = rate(0.5F);
            if (sprite) {
                const float k = std::cos(s.gait * 2 * kPi);
                s.stretch_x = std::max(0.12F, std::abs(k)), s.turned = k < 0;
            }
            break;
        case Motion::roll:
            s.gait = rate(0.5F), s.rotation = float(a.direction) * s.gait * 2 * kPi;
            break;
        case Motion::swing:
            s.gait = rate(0.7F);
            if (sprite) s.rotation = 0.35F * std::sin(s.gait * 2 * kPi);
            break;
        case Motion::fight:
        case Motion::kick:
            s.gait = rate(0.9F);
            if (sprite)
                s.rotation = 0.16F * std::sin(s.gait * 2 * kPi),
                s.at.x += 0.10F * std::sin(s.gait * 2 * kPi) * float(a.direction);
            break;
        case Motion::climb:
            s.gait = rate(0.7F),
            s.at.y += c.loop() ? 0.1F + 0.06F * c.wave(0.4F, ph) : 0.75F * c.sweep();
            break;
        case Motion::wave:
        case Motion::eat:
        case Motion::talk:
        case Motion::play_instrument:
        case Motion::cook:
        case Motion::read:
        case Motion::look:
            s.gait = rate(a.motion == Motion::look || a.motion == Motion::read ? 0.25F : 0.9F);
            if (sprite)
                s.rotation = 0.06F * std::sin(s.gait * 2 * kPi),
                s.at.y += 0.02F * a.height * std::abs(std::sin(s.gait * 2 * kPi)),
                s.sway = 0.05F * std::sin(s.gait * 2 * kPi);
            break;
        case Motion::sleep:
            s.gait = rate(0.2F), s.stretch_y = 1.0F + life(0.28F, 0.025F);
            break;
        case Motion::glow:
            s.glow = 0.6F + 0.4F * c.wave(0.7F, ph), s.stretch_y = 1.0F + life(0.5F, 0.012F);
            break;
        case Motion::burn:
            s.glow = 0.7F + 0.3F * c.wave(3.0F, ph), s.sway = life(2.0F, 0.03F),
            s.stretch_y = 1.0F + life(3.0F, 0.04F);
            break;
        case Motion::grow: {
            const float k = 0.35F + 0.65F * c.sweep();
            s.stretch_x = s.stretch_y = c.loop() ? 0.85F + 0.15F * c.wave(0.2F) : k;
            break;
        }
        case Motion::explode:
        case Motion::erupt:
            s.rotation = 0.012F * c.wave(9.0F, ph), s.glow = 0.5F;
            break;
        case Motion::sit:
        case Motion::idle:
            s.gait = rate(0.25F), s.stretch_y = 1.0F + life(0.45F, 0.013F),
            s.sway = life(0.3F, 0.016F);
            break;
    }
    if (eye.afloat && !a.hangs && a.carrier < 0)
        s.at.y += 0.03F * c.wave(0.5F, ph), s.rotation += 0.035F * c.wave(0.42F, ph + 0.7F);
    return s;
}

}  // namespace kinora::engines::storyboard
