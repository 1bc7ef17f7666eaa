// engines/storyboard/scene/scene.hpp: what is to be seen, in words of the stage and not of pixels.
//
// words/ makes a Scene out of a prompt; layers/ and frames/ draw it. Everything here is plain data:
// it can be compared, printed as JSON and tested without drawing anything.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kinora::engines::storyboard {

enum class Setting {
    sky,
    space,
    moon,
    sea,
    underwater,
    beach,
    lake,
    river,
    waterfall,
    meadow,
    garden,
    park,
    forest,
    jungle,
    snowy_forest,
    snowfield,
    mountains,
    desert,
    canyon,
    volcano,
    farm,
    village,
    city_street,
    skyline,
    road,
    bridge,
    castle,
    ruins,
    harbor,
    room,
    kitchen,
    office,
    library,
    classroom,
    stage,
    stadium,
    cave,
    abstract,
};
enum class TimeOfDay { day, golden_hour, dusk, night, storm };
enum class Weather { clear, cloudy, rain, snow, fog, wind, lightning, aurora };
// Things in the air that are no weather; a shot may have several.
enum class Effect {
    fire,
    smoke,
    sparks,
    petals,
    leaves,
    bubbles,
    fireflies,
    confetti,
    dust,
    stars,
    fireworks
};
enum class Style {
    claymation,  // The look that the engine has by itself.
    cinematic,
    noir,
    black_and_white,
    watercolor,
    oil,
    pixel_art,
    paper_cutout,
    anime,
    sketch,
    cyberpunk,
    vintage_film,
};
enum class CameraMove {
    drift,  // Nobody named one: a slow push with a little sideways, so that the parallax shows.
    fixed,
    pan_left,
    pan_right,
    tilt_up,
    tilt_down,
    zoom_in,
    zoom_out,
    push_in,
    pull_out,
    crane_up,
    crane_down,
    orbit,
    tracking,
    aerial,
    handheld,
    dolly_zoom,
};
enum class Motion {
    idle,
    walk,
    run,
    jump,
    fly,
    hover,
    swim,
    float_,
    drive,
    sail,
    fall,
    rise,
    dance,
    sit,
    sleep,
    eat,
    play_instrument,
    kick,
    wave,
    ride,
    spin,
    bounce,
    roll,
    swing,
    climb,
    fight,
    read,
    cook,
    look,
    glow,
    burn,
    grow,
    explode,
    erupt,
    talk,
};
// Motions that lead from one place to another.
constexpr bool goes_somewhere(Motion m) {
    return m == Motion::walk || m == Motion::run || m == Motion::drive || m == Motion::sail ||
           m == Motion::ride || m == Motion::roll || m == Motion::swim || m == Motion::fly;
}
enum class Transition { cut, dissolve, morph, fly_through };
enum class Palette { natural, warm, cool, neon, pastel, muted, vivid, gloomy };

// How a thing is drawn.
enum class Form {
    sprite,      // A picture of the asset pack, lit anew.
    biped,       // The human puppet; `asset` names its role ("astronaut", "chef", "child").
    quadruped,   // The animal puppet; `asset` names the kind ("bear", "lion").
    silhouette,  // A one-colour shape of the pack, against the light.
};

// Whether a subject is there, in a shot that changes the one before it.
enum class Presence {
    there,
    comes,     // Walks, flies or drives into view.
    appears,   // Grows where it stands: what does not move by itself.
    passes,    // Comes from one side and leaves on the other; gone then.
    goes,      // Out of view, in its own way.
    vanishes,  // Where it stands.
};

// Not there any more, once the shot is over.
constexpr bool is_gone(Presence p) {
    return p == Presence::passes || p == Presence::goes || p == Presence::vanishes;
}

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;
    friend bool operator==(const Rgb&, const Rgb&) = default;
};

enum class Relation {
    none,
    left_of,
    right_of,
    on,
    under,
    behind,
    in_front_of,
    next_to,
    above,
    riding,
    holding,
    inside,
    around
};

struct Subject {
    std::string word;  // As the caller wrote it: "red cars".
    Form form = Form::sprite;
    std::string
        asset;      // Key into the asset pack ("fluent:automobile"), or the puppet's role or kind.
    int count = 1;  // 1..24.
    std::optional<Rgb> color;  // Wanted colour of its main part; none: its own.
    double height_m = 1.0;     // True height of one, in metres, with "tiny" and "giant" counted in.
    Motion motion = Motion::idle;
    int direction = 1;      // 1: faces and moves to the right, -1: to the left.
    bool airborne = false;  // Not on the ground: flies, floats or hangs.
    bool main = false;      // What the shot is about; nothing may hide it. At least one, if any.
    // Where it wants to stand; layers/ may shift it to keep the main subject free.
    double x = 0.0;      // -1 left edge, 0 centre, 1 right edge.
    double depth = 0.3;  // 0 nearest, 1 at the horizon.
    Relation relation = Relation::none;
    int related_to = -1;  // Index into Shot::subjects; -1: none.
    Presence presence = Presence::there;
    friend bool operator==(const Subject&, const Subject&) = default;
};

struct Shot {
    Setting setting = Setting::meadow;
    TimeOfDay time = TimeOfDay::day;
    Weather weather = Weather::clear;
    std::vector<Effect> effects;
    Palette palette = Palette::natural;
    CameraMove camera = CameraMove::drift;
    std::vector<Subject> subjects;      // At most 12.
    double share = 1.0;                 // Of the clip's time; the shares of a scene add up to 1.
    Transition into = Transition::cut;  // How this shot begins; that of the first does not count.
    // The shot before goes on, and this is how it is from now on: the same subjects in the same
    // order, then those that come; who has gone keeps its place in the list.
    bool changes = false;
    friend bool operator==(const Shot&, const Shot&) = default;
};

struct Scene {
    std::vector<Shot> shots;  // 1 to 3.
    Style style = Style::claymation;
    std::vector<std::string> notes;  // Plain sentences for the caller: what could not be drawn.
    friend bool operator==(const Scene&, const Scene&) = default;
};

}  // namespace kinora::engines::storyboard
