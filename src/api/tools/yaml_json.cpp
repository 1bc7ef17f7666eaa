#include "api/tools/yaml_json.hpp"

#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <regex>
#include <stdexcept>

namespace kinora::api {
namespace json = boost::json;
namespace {

[[noreturn]] void fail(const YAML::Mark& mark, const std::string& what) {
    throw std::runtime_error("line " + std::to_string(mark.line + 1) + ": " + what);
}

json::value whole_number(const std::string& digits, int base, const YAML::Mark& mark) {
    errno = 0;
    const auto value = std::strtoll(digits.c_str(), nullptr, base);
    if (errno != 0) fail(mark, "the number " + digits + " is too large");
    return value;
}

// Only after the core schema's own expressions.
json::value typed(const std::string& text, const YAML::Mark& mark) {
    static const std::regex null("|~|null|Null|NULL"), yes("true|True|TRUE"),
        no("false|False|FALSE"), whole("[-+]?[0-9]+"), octal("0o[0-7]+"), hex("0x[0-9a-fA-F]+"),
        fraction(R"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)"),
        none(R"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))");
    if (std::regex_match(text, null)) return nullptr;
    if (std::regex_match(text, yes)) return true;
    if (std::regex_match(text, no)) return false;
    if (std::regex_match(text, whole)) return whole_number(text, 10, mark);
    if (std::regex_match(text, octal)) return whole_number(text.substr(2), 8, mark);
    if (std::regex_match(text, hex)) return whole_number(text.substr(2), 16, mark);
    if (std::regex_match(text, none)) fail(mark, "JSON has no number " + text);
    if (!std::regex_match(text, fraction)) return json::string(text);
    const auto value = std::strtod(text.c_str(), nullptr);
    if (!std::isfinite(value)) fail(mark, "the number " + text + " is too large");
    return value;
}

json::value convert(const YAML::Node& node);

json::value object_of(const YAML::Node& node) {
    json::object object;
    for (const auto& field : node) {
        if (!field.first.IsScalar()) fail(field.first.Mark(), "a key must be a text");
        const auto& key = field.first.Scalar();
        if (object.contains(key)) fail(field.first.Mark(), "the key `" + key + "` comes twice");
        object[key] = convert(field.second);
    }
    return object;
}

json::value convert(const YAML::Node& node) {
    // "?" is a plain scalar or a collection without a tag, "!" a scalar that is not plain.
    const auto& tag = node.Tag();
    if (!tag.empty() && tag != "?" && tag != "!") fail(node.Mark(), "the tag " + tag);
    switch (node.Type()) {
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            return nullptr;
        case YAML::NodeType::Scalar:
            if (tag == "!") return json::string(node.Scalar());
            return typed(node.Scalar(), node.Mark());
        case YAML::NodeType::Sequence: {
            json::array items;
            for (const auto& item : node) items.push_back(convert(item));
            return items;
        }
        case YAML::NodeType::Map:
            return object_of(node);
    }
    return nullptr;
}

}  // namespace

json::value json_of_yaml(const std::string& yaml) {
    try {
        const auto documents = YAML::LoadAll(yaml);
        if (documents.size() != 1) throw std::runtime_error("it must hold one document");
        return convert(documents.front());
    } catch (const YAML::Exception& problem) {
        throw std::runtime_error(problem.what());
    }
}

}  // namespace kinora::api
