#include "outbound/head.hpp"

#include "base/text.hpp"

#include <boost/algorithm/string/predicate.hpp>

#include <charconv>

namespace kinora::outbound {
namespace {

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

}  // namespace

bool Head::is_redirect() const {
    return status_ == 301 || status_ == 302 || status_ == 303 || status_ == 307 || status_ == 308;
}

void Head::add_line(std::string_view line) {
    if (whole_) return;
    line = trim(line, " \t\r\n");
    if (line.starts_with("HTTP/")) {
        *this = Head();
        const auto after = trim(line.substr(std::min(line.find(' '), line.size())), " \t\r\n");
        status_ = number_in<int>(after.substr(0, after.find(' '))).value_or(0);
    } else if (line.empty()) {
        whole_ = status_ >= 200;
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        add_field(line.substr(0, colon), trim(line.substr(colon + 1), " \t\r\n"));
    }
}

void Head::add_field(std::string_view name, std::string_view value) {
    const auto is = [name](std::string_view other) { return boost::iequals(name, other); };
    if (is("Content-Type")) {
        content_type_ = value;
    } else if (is("Location")) {
        if (location_.empty()) location_ = value;
    } else if (is("Content-Length")) {
        content_length_ = number_in<std::uint64_t>(value);
    } else if (is("Content-Encoding") || is("Transfer-Encoding")) {
        const bool plain = boost::iequals(value, "identity") || boost::iequals(value, "chunked");
        if (!plain && !value.empty()) coding_ = value;
    }
}

}  // namespace kinora::outbound
