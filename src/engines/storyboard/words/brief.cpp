#include "engines/storyboard/words/brief.hpp"

#include "engines/storyboard/scene/json.hpp"

#include <boost/json/object.hpp>

#include <cstdio>

namespace kinora::engines::storyboard {

namespace {

std::string with(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=" + std::string(value);
}

std::string line_of(const Subject& subject) {
    std::string line = "- ";
    if (subject.count != 1) line += std::to_string(subject.count) + " ";
    if (subject.form == Form::biped || subject.form == Form::quadruped)
        line += std::string(name_of(subject.form)) + ":";
    line += subject.asset;
    if (subject.relation != Relation::none) {
        line += " " + std::string(name_of(subject.relation)) + " #" +
                std::to_string(subject.related_to);
    }
    if (subject.motion != Motion::idle) line += with("motion", name_of(subject.motion));
    if (subject.color) {
        char text[8];
        std::snprintf(text, sizeof(text), "#%02x%02x%02x", subject.color->r, subject.color->g,
                      subject.color->b);
        line += with("color", text);
    }
    char height[16];
    std::snprintf(height, sizeof(height), "%.3g", subject.height_m);
    line += with("h", height);
    if (subject.airborne) line += " air";
    if (subject.direction < 0) line += " left";
    if (subject.main) line += " main";
    if (subject.presence != Presence::there) line += " " + std::string(name_of(subject.presence));
    return line;
}

}  // namespace

std::string to_brief(const Scene& scene) {
    std::string text;
    if (scene.style != Style::claymation)
        text += "style=" + std::string(name_of(scene.style)) + "\n";
    for (std::size_t i = 0; i < scene.shots.size(); ++i) {
        const auto& shot = scene.shots[i];
        text += "shot " + std::string(name_of(shot.setting));
        if (shot.time != TimeOfDay::day) text += " " + std::string(name_of(shot.time));
        if (shot.weather != Weather::clear) text += " " + std::string(name_of(shot.weather));
        for (const auto effect : shot.effects) text += with("effect", name_of(effect));
        if (shot.camera != CameraMove::drift) text += with("camera", name_of(shot.camera));
        if (shot.palette != Palette::natural) text += with("palette", name_of(shot.palette));
        if (shot.changes)
            text += " changes";
        else if (i > 0)
            text += with("into", name_of(shot.into));
        text += "\n";
        for (const auto& subject : shot.subjects) text += line_of(subject) + "\n";
    }
    for (const auto& note : scene.notes) text += "! " + note + "\n";
    return text;
}

std::vector<std::string> split_parts(std::string_view text) {
    constexpr std::string_view joint = " >> ";
    std::vector<std::string> parts;
    for (auto end = text.find(joint); end != std::string_view::npos; end = text.find(joint)) {
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end + joint.size());
    }
    parts.emplace_back(text);
    return parts;
}

}  // namespace kinora::engines::storyboard
