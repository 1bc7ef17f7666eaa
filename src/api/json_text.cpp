#include "api/json_text.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <string_view>

namespace kinora::api {
namespace json = boost::json;
namespace {

void write_double(double number, std::string& out) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    const std::string_view digits(text.data(), static_cast<std::size_t>(end - text.data()));
    out += digits;
    if (digits.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void write(const json::value& value, std::string& out);

void write(const json::array& items, std::string& out) {
    out += '[';
    for (const auto& item : items) {
        if (&item != items.data()) out += ',';
        write(item, out);
    }
    out += ']';
}

void write(const json::object& fields, std::string& out) {
    out += '{';
    for (const auto& field : fields) {
        if (&field != fields.begin()) out += ',';
        out += json::serialize(field.key());
        out += ':';
        write(field.value(), out);
    }
    out += '}';
}

// The depth is that of a parsed body and a few levels of ours: bounded.
void write(const json::value& value, std::string& out) {
    switch (value.kind()) {
        case json::kind::object: write(value.get_object(), out); return;
        case json::kind::array: write(value.get_array(), out); return;
        case json::kind::double_: write_double(value.get_double(), out); return;
        default: out += json::serialize(value);
    }
}

}  // namespace

std::string to_text(const json::value& value) {
    std::string out;
    out.reserve(1024);
    write(value, out);
    return out;
}

}  // namespace kinora::api
