// frames/shot_painter.hpp: draws one shot: everything that stays is made once, the rest frame by
// frame.
#pragma once

#include "engines/storyboard/frames/atmosphere.hpp"
#include "engines/storyboard/frames/figure_cel.hpp"
#include "engines/storyboard/frames/frame_buffer.hpp"
#include "engines/storyboard/frames/interior.hpp"
#include "engines/storyboard/frames/relief.hpp"
#include "engines/storyboard/frames/scenery.hpp"
#include "engines/storyboard/layers/acts.hpp"
#include "engines/storyboard/layers/camera.hpp"
#include "engines/storyboard/layers/cast.hpp"

#include <memory>

namespace kinora::engines::storyboard {

// A shot that changes the one before, from a moment on.
struct ShotChange {
    float since = 0;  // Seconds.
    Shot shot;
};

struct ShotOrder {
    const Noise* noise = nullptr;
    const Pack* pack = nullptr;  // Null: puppets and settings only.
    int width = 1360, height = 752;
    float seconds = 5;  // What its motion is planned for.
    float until = 0;    // When it is seen last, where that is later; seconds.
    bool loop = false;
    std::uint32_t seed = 0;
    std::uint32_t clip_seed = 0;  // The same in all shots of a clip.
    bool coarse = false;          // The style leaves nothing of what is finer than a few pixels.
    // From the one to the other, seconds, it comes back to how it was before its start, so that its
    // start may follow; -1: it does not.
    float returns = -1, closes = -1;
    std::vector<ShotChange> changes;  // By time; of who acts and of the camera, not of the light.
};

// How a shot is seen while one leads to the next.
struct Passage {
    float zoom = 1;   // Of the whole view, about its middle; 1 or more.
    float main = 1;   // Size of the main subject beside its own.
    float spark = 0;  // Light about the main subject, 0..1.
};

class ShotPainter {
public:
    ShotPainter(const Shot& shot, const ShotOrder& order, Team& team);
    ShotPainter(const ShotPainter&) = delete;
    ShotPainter& operator=(const ShotPainter&) = delete;

    // How the eye travels in a shot, and whether walls stand about; nothing is drawn for that.
    struct Going {
        Travel travel;
        bool indoors = false;
    };
    static Going going_of(const Shot& shot, const ShotOrder& order);

    // Light of the frame at `seconds` into the shot.
    void draw(float seconds, FrameBuffer& buffer, Team& team, const Passage& passage = {});
    Lens lens(float seconds) const;

private:
    void make_tables();
    bool holds_small_things() const;
    bool is_autumn() const;
    void bake_actors(Team& team);
    void prepare(const Clock& clock, Team& team);
    View view_at(const Clock& clock) const;
    Stance stance_at(const Actor& actor, const Clock& clock) const;
    float returned(const Clock& clock) const;
    Clock before_start(const Clock& clock) const;
    void add_sparkle(const AirView& air, const Clock& clock);
    void add_props(const View& view, const Clock& clock);
    void add_actor(std::size_t index, const Clock& clock, const View& view, Team& team);
    void add_sprite(const Actor& actor, const Art& art, const Stance& stance, Placement place,
                    float px_per_unit, const Clock& clock);
    void add_exhaust(const Actor& actor, const Art& art, Placement& place, const Clock& clock);
    void add_figure(std::size_t index, const Stance& stance, Placement place, float px_per_unit,
                    const Clock& clock, Team& team);
    void add_breath(const Actor& actor, const Placement& place, const Clock& clock);
    void add_flames(const Actor& actor, const Placement& place, const Clock& clock);
    void add_contact(const Actor& actor, const Stance& stance, const View& view);
    void add_backdrop(const View& view, const Clock& clock);
    void set_ground(const View& view, const Clock& clock);
    void set_water(const View& view, const Clock& clock, Team& team);
    void draw_band(const Band& band) const;
    float fog_at(float z) const;
    float floor_at(float x, float z) const;

    void enact(const Shot& shot);
    bool turns_camera() const;
    bool widens_view() const;

    Shot shot_;  // As it is staged, with who comes later.
    const ShotOrder order_;
    Mood mood_;
    Plan plan_;
    CastPlan cast_;
    CameraPlan camera_;
    EyeLevel eye_{};
    Sprite ground_, path_;
    Backdrop backdrop_;
    InteriorSet interior_;
    WallColumns columns_;
    Scenery scenery_;
    std::unique_ptr<Atmosphere> atmosphere_;
    std::vector<Art> art_;               // By subject; and mirrored ones behind them.
    std::vector<int> art_of_;            // By actor.
    std::vector<CelPainter::Cel> cels_;  // By actor.
    CelPainter cel_painter_;

    // Tables of the sky and the water.
    std::vector<float> gradient_, glow_, water_sky_, crest_, fog_row_, depth_;
    // Of the frame being drawn.
    DrawList list_;
    View view_{};
    Passage passage_;
    SkyArgs sky_args_{};
    GroundArgs ground_args_{};
    WaterArgs water_args_{};
    WallArgs wall_args_{};
    std::vector<Texels> ground_levels_, path_levels_, wall_levels_[2];
    const Texels* wall_chains_[2] = {};
};

}  // namespace kinora::engines::storyboard
