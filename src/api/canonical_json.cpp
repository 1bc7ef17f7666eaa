#include "api/canonical_json.hpp"

#include "api/json_text.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <vector>

namespace kinora::api {
namespace json = boost::json;
namespace {

// From here on not every whole number is a double.
constexpr double kExactMax = 9007199254740992.0;

void append(std::string& out, const json::value& value);

void append_object(std::string& out, const json::object& object) {
    std::vector<const json::key_value_pair*> members;
    for (const auto& member : object) {
        if (!member.value().is_null()) members.push_back(&member);
    }
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (const auto* member : members) {
        if (member != members.front()) out += ',';
        out += json::serialize(json::string(member->key()));
        out += ':';
        append(out, member->value());
    }
    out += '}';
}

void append_array(std::string& out, const json::array& array) {
    out += '[';
    for (const auto& item : array) {
        if (&item != &array.front()) out += ',';
        append(out, item);
    }
    out += ']';
}

void append(std::string& out, const json::value& value) {
    if (value.is_object()) return append_object(out, value.get_object());
    if (value.is_array()) return append_array(out, value.get_array());
    if (value.is_double()) {
        const double number = value.get_double();
        if (std::trunc(number) == number && std::abs(number) <= kExactMax) {
            out += std::to_string(static_cast<std::int64_t>(number));
            return;
        }
    }
    out += to_text(value);
}

}  // namespace

std::string to_canonical(const json::object& value) {
    std::string out;
    append_object(out, value);
    return out;
}

}  // namespace kinora::api
