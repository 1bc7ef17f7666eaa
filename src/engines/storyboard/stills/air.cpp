// stills/air.cpp: the particles of drawn scenes, in a scene that has no setting of its own.
#include "engines/storyboard/stills/air.hpp"

namespace kinora::engines::storyboard {
namespace {

bool flies(const Shot& shot) {
    return !shot.effects.empty() ||
           (shot.weather != Weather::clear && shot.weather != Weather::aurora);
}

bool has_stars(const Shot& shot) {
    return std::find(shot.effects.begin(), shot.effects.end(), Effect::stars) != shot.effects.end();
}

}  // namespace

Air::Air(const Shot& mood, const Layout& layout, float seconds, bool loop, std::uint32_t seed,
         Team& team)
    : shot_(mood), layout_(layout), seconds_(seconds), loop_(loop) {
    if (!flies(mood)) return;
    // By day: the tint that makes a night of the picture makes one of what flies before it too.
    Shot lit = mood;
    lit.time = TimeOfDay::day;
    mood_ = make_mood(lit);
    // The picture has its own place, people, sun and stars.
    shot_.setting = mood.setting == Setting::underwater ? Setting::underwater : Setting::meadow;
    shot_.subjects.clear();
    mood_.sun_radius = 0, mood_.stars = 0;
    noise_ = std::make_unique<Noise>(team);
    atmosphere_ = std::make_unique<Atmosphere>(shot_, mood_, *noise_, seed, team);
    has_far_ = layout.sky_share > 0 && shot_.setting != Setting::underwater &&
               (has_stars(shot_) || shot_.weather == Weather::lightning ||
                shot_.weather == Weather::cloudy);
}

void Air::prepare(float seconds, const EyePose& eye, const Field& x, const Field& y, Team& team) {
    const Clock clock(seconds, seconds_, loop_);
    const Mesh& m = layout_.mesh;
    const float w = float(m.width), h = float(m.height);
    AirView a;
    a.width = w, a.height = h, a.main_z = 3;
    a.base.focal = 0.98F * std::sqrt(w * h), a.base.centre_x = 0.5F * w;
    a.base.horizon_y = layout_.horizon * h;
    a.base.y = std::max(0.05F, (0.84F - layout_.horizon) * h * a.main_z / a.base.focal);
    a.view = a.base;
    a.view.x += 3.0F * (eye.x + eye.side), a.view.focal *= eye.zoom;
    a.view.centre_x -= eye.x * w, a.view.horizon_y -= eye.y * w;
    a.main_x = layout_.focus_x * w, a.main_y = layout_.focus_y * h, a.main_px = 0.4F * h;
    a.ground_y = 0.84F * h, a.summit_x = 0.5F * w, a.summit_y = 0.3F * h;
    near_.clear(), far_.clear();
    atmosphere_->draw_air(near_, a, clock);
    near_.sort();
    flash_ = atmosphere_->flash(clock);
    if (!has_far_) return;
    atmosphere_->draw_sky(far_, a, clock);
    far_.sort();
    veil_.resize(m.size());
    const float unit = 1.0F / float(m.step());
    team.run(m.rows, [&](int j, int) {
        for (int i = 0; i < m.columns; ++i) {
            const auto at = m.index(i, j);
            veil_[at] = MeshTap(m, x[at] * unit, y[at] * unit).of(m, layout_.open);
        }
    });
}

void Air::draw(const Band& band, float strength) const {
    if (has_far_) draw_list(far_, band, strength, true);
    draw_list(near_, band, strength, false);
}

void Air::draw_list(const DrawList& list, const Band& band, float strength, bool in_sky) const {
    if (strength <= 0) return;
    if (strength >= 1 && !in_sky) return list.draw(band, 1e9F, -1e9F);
    // Seen through something: what was there before shines through.
    const auto size = std::size_t(band.stride) * std::size_t(band.y1 - band.y0);
    thread_local std::vector<float> kept;
    kept.resize(3 * size);
    float* planes[3] = {band.r, band.g, band.b};
    for (std::size_t c = 0; c < 3; ++c)
        std::copy_n(planes[c], size, kept.begin() + std::ptrdiff_t(c * size));
    list.draw(band, 1e9F, -1e9F);
    const Mesh& m = layout_.mesh;
    const float unit = 1.0F / float(m.step());
    for (int y = band.y0; y < band.y1; ++y) {
        for (int x = 0; x < band.width; ++x) {
            const float share =
                strength *
                (in_sky ? MeshTap(m, float(x) * unit, float(y) * unit).of(m, veil_) : 1.0F);
            const auto at = std::size_t((y - band.y0) * band.stride + x);
            for (std::size_t c = 0; c < 3; ++c)
                planes[c][at] = mix(kept[c * size + at], planes[c][at], share);
        }
    }
}

}  // namespace kinora::engines::storyboard
