// What the lexicon's key=value pairs mean.
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/words/columns.hpp"

#include <map>

namespace kinora::engines::storyboard {

namespace {

Role role_of(std::string_view key, std::string_view value) {
    static const std::map<std::string_view, Role> kRoles{
        {"prep=in", Role::in},           {"prep=at", Role::at},
        {"prep=through", Role::through}, {"prep=to", Role::to},
        {"prep=with", Role::with},       {"prep=of", Role::of},
        {"prep=without", Role::without}, {"det=no", Role::no},
        {"not=not", Role::negation},     {"prep=for", Role::aside},
        {"prep=as", Role::clause},       {"det=a", Role::indefinite},
        {"det=the", Role::definite},     {"and=and", Role::conjunction},
        {"then=then", Role::then},       {"morph=into", Role::morph},
        {"pronoun=it", Role::pronoun},   {"ignore=frame", Role::frame},
        {"stop=1", Role::stop}};
    const auto at = kRoles.find(std::string(key) + "=" + std::string(value));
    if (at == kRoles.end()) throw Damaged{"no such meaning: " + std::string(key)};
    return at->second;
}

Rgb color_of(std::string_view text) {
    if (text.size() != 7) throw Damaged{"not a colour: " + std::string(text)};
    const auto part = [text](std::size_t at) {
        return number<std::uint8_t>(text.substr(at, 2), 16);
    };
    return {part(1), part(3), part(5)};
}

void set_meaning(Meaning& meaning, std::string_view key, std::string_view value) {
    if (key == "setting")
        meaning.setting = value_of<Setting>(value, setting_names());
    else if (key == "soft")
        meaning.soft = value_of<Setting>(value, setting_names());
    else if (key == "time")
        meaning.time = value_of<TimeOfDay>(value, time_names());
    else if (key == "weather")
        meaning.weather = value_of<Weather>(value, weather_names());
    else if (key == "effect")
        meaning.effect = value_of<Effect>(value, effect_names());
    else if (key == "palette")
        meaning.palette = value_of<Palette>(value, palette_names());
    else if (key == "style")
        meaning.style = value_of<Style>(value, style_names());
    else if (key == "camera")
        meaning.camera = value_of<CameraMove>(value, camera_names());
    else if (key == "relation")
        meaning.relation = value_of<Relation>(value, relation_names());
    else if (key == "color")
        meaning.color = color_of(value);
    else if (key == "count")
        meaning.count = number<int>(value);
    else if (key == "size")
        meaning.size = number<double>(value);
    else if (key == "direction")
        meaning.direction = number<int>(value);
    else if (key == "worn")
        meaning.worn = true;
    else if (key == "near")
        meaning.near = true;
    else
        meaning.role = role_of(key, value);
}

}  // namespace

Meaning read_meaning(std::string_view line) {
    Meaning meaning;
    for (const auto pair : split(line, ' ')) {
        const auto at = pair.find('=');
        if (at == std::string_view::npos) throw Damaged{"not a meaning: " + std::string(line)};
        set_meaning(meaning, pair.substr(0, at), pair.substr(at + 1));
    }
    return meaning;
}

}  // namespace kinora::engines::storyboard
