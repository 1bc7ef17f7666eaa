// engines/storyboard/tools/shot_text.cpp: words separated by spaces, subjects by bars.
#include "engines/storyboard/tools/shot_text.hpp"

#include "engines/storyboard/scene/json.hpp"

#include <sstream>

namespace kinora::engines::storyboard {
namespace {

template <class E>
bool read(E last, std::string_view word, E& to) {
    for (int i = 0; i <= int(last); ++i) {
        if (name_of(E(i)) != word) continue;
        to = E(i);
        return true;
    }
    return false;
}

void read_subject_word(const std::string& word, Subject& s) {
    auto value = [&](std::size_t from) { return std::stod(word.substr(from)); };
    if (read(Motion::talk, word, s.motion) || read(Relation::around, word, s.relation)) return;
    if (word.starts_with("h="))
        s.height_m = value(2);
    else if (word.starts_with("n="))
        s.count = int(value(2));
    else if (word.starts_with("x="))
        s.x = value(2);
    else if (word.starts_with("z="))
        s.depth = value(2);
    else if (word.starts_with("to="))
        s.related_to = int(value(3));
    else if (word.starts_with("#") && word.size() == 7) {
        const int hex = std::stoi(word.substr(1), nullptr, 16);
        s.color =
            Rgb{std::uint8_t(hex >> 16), std::uint8_t(hex >> 8 & 255), std::uint8_t(hex & 255)};
    } else if (word == "main")
        s.main = true;
    else if (word == "air")
        s.airborne = true;
    else if (word == "left")
        s.direction = -1;
}

}  // namespace

Shot read_shot(const std::string& text) {
    Shot shot;
    std::istringstream parts(text);
    std::string part;
    for (int n = 0; std::getline(parts, part, '|'); ++n) {
        std::istringstream words(part);
        std::string word;
        if (n == 0) {
            Effect effect{};
            while (words >> word) {
                if (read(Setting::abstract, word, shot.setting) ||
                    read(TimeOfDay::storm, word, shot.time) ||
                    read(Weather::aurora, word, shot.weather) ||
                    read(Palette::gloomy, word, shot.palette) ||
                    read(CameraMove::dolly_zoom, word, shot.camera))
                    continue;
                if (read(Effect::fireworks, word, effect)) shot.effects.push_back(effect);
            }
            continue;
        }
        Subject s;
        words >> s.asset;
        if (s.asset.starts_with("biped:"))
            s.form = Form::biped, s.asset = s.asset.substr(6), s.height_m = 1.7;
        if (s.asset.starts_with("quad:")) s.form = Form::quadruped, s.asset = s.asset.substr(5);
        if (s.asset.starts_with("game:")) s.form = Form::silhouette;
        while (words >> word) read_subject_word(word, s);
        shot.subjects.push_back(s);
    }
    return shot;
}

}  // namespace kinora::engines::storyboard
