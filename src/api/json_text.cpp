#include "api/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <string_view>

namespace kinora::api {
namespace json = boost::json;
namespace {

void write_double(double number, std::string& out) {
    std::array<char, 32> text{};
    // Of numbers that fit the buffer that way; left alone, to_chars writes 1.7e+09, for it is
    // shorter.
    const double size = std::abs(number);
    const bool in_decimal = size == 0 || (size >= 1e-5 && size < 1e17);
    const auto format = in_decimal ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, format).ptr;
    const std::string_view digits(text.data(), static_cast<std::size_t>(end - text.data()));
    out += digits;
    if (digits.find_first_of(".e") == std::string_view::npos) out += ".0";
}

// Most texts have nothing to escape and go out as they are.
void write_string(std::string_view text, std::string& out) {
    const auto is_plain = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    };
    if (!std::all_of(text.begin(), text.end(), is_plain)) {
        out += json::serialize(json::string_view(text.data(), text.size()));
        return;
    }
    out += '"';
    out += text;
    out += '"';
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
        write_string(field.key(), out);
        out += ':';
        write(field.value(), out);
    }
    out += '}';
}

// The depth is that of a parsed body and a few levels of ours: bounded.
void write(const json::value& value, std::string& out) {
    switch (value.kind()) {
        case json::kind::object:
            write(value.get_object(), out);
            return;
        case json::kind::array:
            write(value.get_array(), out);
            return;
        case json::kind::string:
            write_string(value.get_string(), out);
            return;
        case json::kind::double_:
            write_double(value.get_double(), out);
            return;
        default:
            out += json::serialize(value);
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
