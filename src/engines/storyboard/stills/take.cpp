// stills/take.cpp: which take a brief asks for, and the three kinds.
#include "engines/storyboard/stills/take.hpp"

#include "engines/storyboard/stills/crossing.hpp"
#include "engines/storyboard/stills/morph.hpp"
#include "engines/storyboard/stills/pace.hpp"

#include <optional>

namespace kinora::engines::storyboard {
namespace {

Water water_in(const Shot& mood) {
    switch (mood.setting) {
        case Setting::sea:
        case Setting::beach:
        case Setting::lake:
        case Setting::river:
        case Setting::harbor:
            return Water::expected;
        default:
            return Water::perhaps;
    }
}

// Frames' worth of a motion that dies out with time constant `lasts`, after `steps` frames.
float carried(float steps, float lasts) {
    const float q = std::exp(-1.0F / lasts);
    return q * (1.0F - std::exp(-steps / lasts)) / (1.0F - q);
}

// The motion that a clip had before, going over into a new one.
class Carry {
public:
    Carry(const StillsBrief& brief, Team& team) : Carry(brief, find_momentum(brief.before, team)) {}
    Carry(const StillsBrief& brief, Momentum momentum) : momentum_(std::move(momentum)) {
        if (momentum_.mesh.width == 0) return;
        const float fps = float(brief.fps), width = float(momentum_.mesh.width);
        const float speed = momentum_.speed();
        // Not farther than a small part of the picture, for nobody knows what lies outside.
        const float most = fps * (0.4F + 0.5F * smooth(0.0F, 0.002F * width, speed));
        lasts_ = std::clamp(0.08F * width / std::max(0.01F, speed), 2.5F, most);
        // What moves by itself bends the picture about it: not by much, and not for long.
        own_lasts_ =
            std::clamp(0.027F * width / std::max(0.01F, momentum_.own_speed()), 1.0F, 0.3F * fps);
        light_lasts_ = 0.5F * fps;
    }
    bool any() const { return momentum_.mesh.width != 0; }
    // Share of the new motion's frames that have passed after `steps`.
    float begun(float steps) const { return any() ? steps - carried(steps, lasts_) : steps; }
    float gain(float steps) const {
        return any() ? std::exp(momentum_.light * carried(steps, light_lasts_)) : 1.0F;
    }
    // `share` of it: it must be over where a picture is given.
    void lay(LifeMoment& m, float steps, float share) const {
        if (!any()) return;
        m.momentum = &momentum_;
        m.carried = share * carried(steps, lasts_);
        // At its own speed at first, then slowly back.
        m.carried_own = share * steps * std::exp(-steps / own_lasts_);
    }

private:
    Momentum momentum_;
    float lasts_ = 1, own_lasts_ = 1, light_lasts_ = 1;
};

// The same for what comes after the end picture, seen backwards in time.
Carry carry_from_after(const StillsBrief& brief, Team& team) {
    std::vector<media::Picture> back;
    for (const auto& picture : brief.after.first(std::min<std::size_t>(4, brief.after.size())))
        back.insert(back.begin(), picture.clone());
    return Carry(brief, find_momentum(back, team));
}

// One picture lives.
class LivingTake final : public Take {
public:
    LivingTake(const StillsBrief& brief, const StillPicture& still, Team& team)
        : brief_(brief),
          pace_(brief),
          living_(still, water_in(brief.mood), team),
          carry_(brief, team) {}

    const Layout& layout() const override { return living_.layout(); }
    float ease(int frame) const override { return pace_.ease(frame); }

    void at(int frame, TakeFrame& out, Team& team) override {
        LifeMoment m;
        if (brief_.before.empty()) {
            m = pace_.life(pace_.progress(frame));
        } else {
            const float steps = float(frame + 1);
            m = pace_.life(carry_.begun(steps) / float(brief_.frame_count));
            carry_.lay(m, steps, 1);
            out.gain = carry_.gain(steps);
        }
        out.fields.resize(living_.mesh(), false);
        living_.look(m, out.fields.from_x, out.fields.from_y, team);
        out.look_x = out.fields.from_x, out.look_y = out.fields.from_y;
        out.from = living_.source(), out.eye = m.eye;
    }

private:
    const StillsBrief& brief_;
    const Pace pace_;
    const Living living_;
    const Carry carry_;
};

// Looks at `fields` through an eye of its own: (x, y) is where each node of `mesh` looks.
void look_through(const Mesh& mesh, const Field& x, const Field& y, ViewFields& fields,
                  ViewFields& work, Team& team) {
    const Mesh& m = fields.mesh;
    work.resize(m, true);
    const float unit = 1.0F / float(m.step()), coarse = 1.0F / float(mesh.step());
    team.run(m.rows, [&](int j, int) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            const MeshTap through(mesh, float(i << m.shift) * coarse, float(j << m.shift) * coarse);
            const float u = through.of(mesh, x), v = through.of(mesh, y);
            const MeshTap tap(m, u * unit, v * unit);
            // What lies outside of the mesh goes on as it is.
            const float px = u - float(std::clamp(u, 0.0F, float(m.width))),
                        py = v - float(std::clamp(v, 0.0F, float(m.height)));
            work.from_x[at] = tap.of(m, fields.from_x) + px,
            work.from_y[at] = tap.of(m, fields.from_y) + py;
            work.to_x[at] = tap.of(m, fields.to_x) + px,
            work.to_y[at] = tap.of(m, fields.to_y) + py;
            work.share[at] = tap.of(m, fields.share);
        }
    });
    std::swap(fields, work);
}

// One picture becomes another.
class PairTake final : public Take {
public:
    PairTake(const StillsBrief& brief, const StillPicture& first, Team& team)
        : brief_(brief),
          pace_(brief),
          first_(first, water_in(brief.mood), team),
          second_(*brief.end, water_in(brief.mood), team),
          match_(find_match(first, *brief.end, team)),
          carry_(brief, team),
          arrival_(carry_from_after(brief, team)) {
        const auto seed = std::uint32_t(brief.seed) & 0xffffffU;
        if (match_.good()) {
            morph_.emplace(match_, seed);
        } else {
            crossing_.emplace(first_, second_, seed);
            notes.emplace_back(
                "The two pictures have little in common, so one gives way to the other.");
        }
        if (brief.loop && brief.before.empty())
            notes.emplace_back(
                "With loop, the end picture is the middle of the clip, which returns from it.");
        // Pictures that hardly differ need some life of their own.
        life_ = smooth(0.010F, 0.003F, match_.distance);
    }

    const Layout& layout() const override { return first_.layout(); }
    float ease(int frame) const override { return pace_.ease(frame); }

    void at(int frame, TakeFrame& out, Team& team) override {
        float time = pace_.crossing(frame);
        // Where both ends have a motion of their own, the change itself begins and ends gently.
        if (arrival_.any()) time = mix(time, smooth(0, 1, time), 0.8F);
        out.from = first_.source(), out.to = second_.source();
        // What the clip did before dies out before the end picture comes.
        const float steps = float(frame + 1), leaving = 1.0F - smooth(0.0F, 0.8F, time);
        if (!brief_.before.empty()) out.gain = mix(1.0F, carry_.gain(steps), leaving);
        if (arrival_.any()) out.gain *= mix(1.0F, arrival_.gain(left_after(frame)), 1.0F - leaving);
        if (morph_)
            morph(frame, time, steps, leaving, out, team);
        else
            cross(frame, time, leaving, out, team);
    }

private:
    // Frames until the end picture.
    float left_after(int frame) const { return float(brief_.frame_count - 1 - frame); }

    void morph(int frame, float time, float steps, float leaving, TakeFrame& out, Team& team) {
        morph_->at(time, out.fields, team);
        LifeMoment m;
        const float s = pace_.progress(frame);
        m.eye = round_trip(brief_.mood.camera, s);
        m.eye.zoom = mix(1.0F, m.eye.zoom, life_);
        for (float* v : {&m.eye.x, &m.eye.y, &m.eye.side, &m.eye.rise, &m.eye.dolly}) *v *= life_;
        if (!brief_.before.empty()) carry_.lay(m, steps, leaving);
        first_.look(m, out.look_x, out.look_y, team);
        out.eye = m.eye;
        if ((life_ > 0 || m.momentum != nullptr) && time < 1 && s > 0)
            look_through(first_.mesh(), out.look_x, out.look_y, out.fields, work_, team);
        if (!arrival_.any() || leaving >= 1) return;
        LifeMoment after;
        arrival_.lay(after, left_after(frame), 1.0F - leaving);
        second_.look(after, after_x_, after_y_, team);
        look_through(second_.mesh(), after_x_, after_y_, out.fields, work_, team);
    }

    void cross(int frame, float time, float leaving, TakeFrame& out, Team& team) {
        const float steps = float(frame + 1);
        const float way = brief_.loop ? 0.5F : 1.0F;
        LifeMoment first = pace_.life(0.7F * way * time),
                   second = pace_.life(0.7F * way * (1.0F - time));
        second.drift = -second.drift;
        if (!brief_.before.empty()) {
            first = pace_.life(0.7F * carry_.begun(steps) / float(brief_.frame_count));
            carry_.lay(first, steps, leaving);
        }
        if (arrival_.any()) {
            const float left = left_after(frame);
            second = pace_.life(0.7F * way * arrival_.begun(left) / float(brief_.frame_count));
            second.drift = -second.drift;
            arrival_.lay(second, left, 1.0F - leaving);
        }
        const float length = std::clamp(1.2F / (pace_.seconds() * way), 0.2F, 0.8F);
        crossing_->at(time, length, first, second, out.fields, team);
        out.look_x = out.fields.from_x, out.look_y = out.fields.from_y, out.eye = first.eye;
    }

    const StillsBrief& brief_;
    const Pace pace_;
    const Living first_, second_;
    const PictureMatch match_;
    const Carry carry_, arrival_;
    float life_ = 0;
    std::optional<Morph> morph_;
    std::optional<Crossing> crossing_;
    ViewFields work_;
    Field after_x_, after_y_;
};

// A picture comes into focus out of its own colours.
class ArrivalTake final : public Take {
public:
    ArrivalTake(const StillsBrief& brief, Team& team)
        : brief_(brief),
          pace_(brief),
          living_(*brief.end, water_in(brief.mood), team),
          far_(blurred(*brief.end, std::max(2, brief.end->width / 110), team), team),
          near_(blurred(*brief.end, std::max(1, brief.end->width / 260), team), team),
          order_(lumps(living_.mesh(), 0.3F, std::uint32_t(brief.seed) & 0xffffffU)) {
        for (std::size_t i = 0; i < order_.size(); ++i)
            order_[i] = 0.4F * order_[i] + 0.6F * living_.layout().nearness[i];
    }

    const Layout& layout() const override { return living_.layout(); }
    float ease(int frame) const override { return pace_.ease(frame); }

    void at(int frame, TakeFrame& out, Team& team) override {
        const float s = pace_.crossing(frame), left = 1.0F - s;
        LifeMoment m = pace_.life(left);
        m.drift = -m.drift;
        m.eye.zoom *= std::exp(0.28F * left), m.eye.dolly += 0.10F * left;
        out.fields.resize(living_.mesh(), true);
        out.fields.light.resize(out.fields.share.size());
        living_.look(m, out.fields.from_x, out.fields.from_y, team);
        out.fields.to_x = out.look_x = out.fields.from_x;
        out.fields.to_y = out.look_y = out.fields.from_y;
        out.eye = m.eye;
        // Focus comes to what is far first, in two steps of sharpness.
        constexpr float half = 0.22F;  // Of the way into focus.
        const bool early = s < half;
        out.from = early ? far_.source() : near_.source();
        out.to = early ? near_.source() : living_.source();
        const float k = early ? s / half : std::min(1.0F, (s - half) / 0.40F);
        const float haze = 0.16F * smooth(0.75F, 0.0F, s);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            out.fields.share[i] = smooth(order_[i] - 0.5F, order_[i] + 0.5F, mix(-0.5F, 1.5F, k));
            out.fields.light[i] = haze * (0.4F + 0.6F * (1.0F - living_.layout().nearness[i]));
        }
        out.gain = mix(0.78F, 1.0F, smooth(0.0F, 0.7F, s));
    }

private:
    const StillsBrief& brief_;
    const Pace pace_;
    const Living living_;
    const Texture far_, near_;
    Field order_;
};

}  // namespace

std::unique_ptr<Take> make_take(const StillsBrief& brief, Team& team) {
    if (brief.before.empty() && brief.start == nullptr)
        return std::make_unique<ArrivalTake>(brief, team);
    const StillPicture last =
        brief.before.empty() ? StillPicture{} : from_video(brief.before.back());
    const StillPicture& first = brief.before.empty() ? *brief.start : last;
    if (brief.end != nullptr) return std::make_unique<PairTake>(brief, first, team);
    return std::make_unique<LivingTake>(brief, first, team);
}

}  // namespace kinora::engines::storyboard
