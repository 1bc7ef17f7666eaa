// layers/cast.cpp: sizes and places. The main subject is large and in the clear; others stand
// around it.
#include "engines/storyboard/layers/cast.hpp"

#include "engines/storyboard/layers/figure.hpp"

#include <algorithm>
#include <numeric>

namespace kinora::engines::storyboard {

float speed_of(const Actor& a) {
    if (!goes_somewhere(a.motion)) return 0;
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
void set_size(Actor& a, const Shot& shot, float unit_m) {
    const auto& s = shot.subjects[std::size_t(a.subject)];
    const float h = scene_height(float(s.height_m), unit_m);
    a.height =
        s.main ? std::clamp(h, 0.42F, 1.0F) : std::clamp(h, 0.15F, s.word.empty() ? 3.0F : 2.2F);
    // Long things (trains, whales) are measured by their length.
    if (a.width() > 2.3F) a.height *= 2.3F / a.width();
    if (s.relation == Relation::holding) a.height = std::min(a.height, 0.28F);
    // What a shot adds by itself stays small beside a small main subject.
    if (s.word.empty() && !s.main) a.height = std::min(a.height, a.hangs ? 0.9F : 1.8F);
}

void add_actors(CastPlan& cast, const Shot& shot, std::size_t subject, const Pack* pack,
                std::uint32_t seed) {
    const auto& s = shot.subjects[subject];
    for (int copy = 0; copy < std::clamp(s.count, 1, 24); ++copy) {
        Actor a;
        a.subject = int(subject), a.copy = copy, a.form = s.form, a.motion = s.motion,
        a.main = s.main;
        a.direction = s.direction < 0 ? -1 : 1,
        a.hangs = s.airborne || s.motion == Motion::fly || s.motion == Motion::hover;
        if (s.form == Form::sprite || s.form == Form::silhouette) {
            a.asset = pack != nullptr ? pack->find(s.asset) : nullptr;
            if (a.asset == nullptr) break;
            a.aspect = float(a.asset->width) / float(std::max(1, a.asset->height));
        } else {
            a.aspect = s.form == Form::biped ? 0.42F : 1.15F;
            const bool lies =
                s.motion == Motion::sleep || s.motion == Motion::fly || s.motion == Motion::swim;
            if (lies && s.form == Form::biped) a.aspect = 0.95F;
        }
        if (shot.setting == Setting::sea && s.motion == Motion::swim) a.hangs = false;
        if (s.relation == Relation::riding && s.related_to >= 0) {
            const auto& mount = shot.subjects[std::size_t(s.related_to)].asset;
            a.stands = mount == "art:surfboard" || mount == "fluent:skateboard";
        }
        a.phase = chance(seed + std::uint32_t(subject) * 17U, std::uint32_t(copy) + 5U);
        cast.actors.push_back(a);
    }
}

namespace {

void set_sizes(CastPlan& cast, const Shot& shot) {
    float unit = 0;
    for (const auto& s : shot.subjects) {
        if (s.main) unit = std::max(unit, float(s.height_m));
    }
    if (unit <= 0) {
        for (const auto& s : shot.subjects) unit = std::max(unit, float(s.height_m));
    }
    cast.unit_m = unit > 0 ? unit : 1.7F;
    for (auto& a : cast.actors) set_size(a, shot, cast.unit_m);
}

// What the main subject rides or stands on takes its place, unless it is a building.
void lift_up(CastPlan& cast, const Shot& shot) {
    for (const auto& a : cast.actors) {
        const auto& s = shot.subjects[std::size_t(a.subject)];
        const bool carried = s.relation == Relation::riding || s.relation == Relation::on ||
                             s.relation == Relation::inside;
        if (!a.main || !carried || s.related_to < 0) continue;
        for (auto& b : cast.actors)
            b.bears = b.bears || (b.subject == s.related_to && b.height <= 1.35F && !b.main);
    }
}

// What carries an actor where it goes; null where nothing does.
const Actor* mount_of(const CastPlan& cast, const Shot& shot, const Actor& a) {
    const auto& s = shot.subjects[std::size_t(a.subject)];
    const bool carried = s.relation == Relation::riding || s.relation == Relation::inside;
    if (!carried || s.related_to < 0) return nullptr;
    const auto at = std::find_if(cast.actors.begin(), cast.actors.end(),
                                 [&](const Actor& b) { return b.subject == s.related_to; });
    return at == cast.actors.end() ? nullptr : &*at;
}

// Who flies on something takes it along; a broom or a board, drawn aslant, lies level under its
// rider.
void saddle_up(CastPlan& cast, const Shot& shot) {
    for (auto& a : cast.actors) {
        if (a.asset != nullptr && a.asset->key == "fluent:skateboard")
            a.tilt = -0.28F * kPi * float(a.asset->facing == 0 ? 1 : a.direction),
            a.height = std::max(a.height, 0.48F);
    }
    for (auto& rider : cast.actors) {
        const auto& s = shot.subjects[std::size_t(rider.subject)];
        const bool flies = s.motion == Motion::fly || s.motion == Motion::hover || s.airborne;
        if (s.relation != Relation::riding || s.related_to < 0 || !flies) continue;
        for (auto& mount : cast.actors) {
            if (mount.subject != s.related_to || mount.form != Form::sprite) continue;
            mount.hangs = true, mount.motion = rider.motion, mount.direction = rider.direction;
            if (mount.asset->key != "fluent:broom") continue;
            mount.height = 0.8F * rider.height;
            mount.tilt = 0.25F * kPi * float(mount.direction);
        }
    }
}

}  // namespace

std::uint32_t look_seed(const Shot& shot, const Actor& actor, std::uint32_t clip_seed) {
    const auto& all = shot.subjects;
    const auto self = all.begin() + actor.subject;
    std::uint32_t role = 0;
    for (const char c : self->asset) role = hash(role ^ static_cast<unsigned char>(c));
    const auto before = std::count_if(
        all.begin(), self, [self](const Subject& other) { return other.asset == self->asset; });
    return clip_seed + (role & 0xffffffU) + std::uint32_t(before) * 31U +
           std::uint32_t(actor.copy) * 7U;
}

CastPlan make_cast(const Shot& shot, const Pack* pack, const StageSize& size, std::uint32_t seed,
                   bool loop) {
    CastPlan cast;
    for (std::size_t i = 0; i < shot.subjects.size(); ++i) add_actors(cast, shot, i, pack, seed);
    set_sizes(cast, shot);
    saddle_up(cast, shot);
    lift_up(cast, shot);
    float width = 0.6F, tallest = 0, speed = 0;
    int mains = 0;
    for (auto& a : cast.actors) a.speed = speed_of(a);
    for (auto& a : cast.actors) {
        if (const auto* mount = mount_of(cast, shot, a))
            a.speed = mount->speed, a.direction = mount->direction;
    }
    for (auto& a : cast.actors) {
        if (a.bears) width = std::max(width, 0.6F + a.width() * 1.1F);
        if (!a.main) continue;
        ++mains;
        if (a.copy < 5) width += a.width() * 1.2F;
        tallest = std::max(tallest, a.height);
        if (speed == 0) speed = a.speed * float(a.direction);
    }
    // What moves beside the main subject keeps up with it; with one that stays, it stays.
    for (auto& a : cast.actors) {
        const auto& s = shot.subjects[std::size_t(a.subject)];
        const bool beside = s.relation == Relation::next_to && s.related_to >= 0;
        const bool by_main = shot.subjects[std::size_t(std::max(0, s.related_to))].main;
        if (!a.main && beside && by_main && speed == 0) a.speed = 0;
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
    pixels = std::min(
        pixels, (size.height > size.width ? 0.70F : 0.62F) * size.width / std::max(width, 0.3F));
    cast.main_z = size.focal / std::max(20.0F, pixels);
    cast.main_middle = 0.5F * tallest;
    // The eye goes along, so that the subject crosses a part of the frame only; a wide group less.
    const float visible = size.width / size.focal * cast.main_z, free = visible - width - 0.3F;
    const float drift =
        std::clamp(0.28F * free, 0.0F, std::min(0.9F, 0.2F * std::abs(speed) * size.seconds));
    const bool along = loop || shot.camera == CameraMove::tracking;
    if (speed == 0) return cast;
    cast.travel.speed = along ? speed : speed - std::copysign(drift / size.seconds, speed);
    cast.travel.after = speed;
    return cast;
}

}  // namespace kinora::engines::storyboard
