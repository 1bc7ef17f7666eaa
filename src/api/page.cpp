#include "api/page.hpp"

#include "api/fields.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <boost/url/parse_query.hpp>
#include <charconv>
#include <optional>

namespace kinora::api {
namespace {

constexpr std::int64_t kLimitMax = 100;
constexpr std::int64_t kOffsetMax = 1'000'000'000;

Result<std::size_t> read_whole(std::string_view name, const std::string& text, std::int64_t min,
                               std::int64_t max) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, value);
    if (failed != std::errc() || stop != end || value < min || value > max) {
        return field_error(name, "must be a whole number from " + std::to_string(min) + " to " +
                                     std::to_string(max) + ".");
    }
    return static_cast<std::size_t>(value);
}

// What a database takes for text.
bool is_text(std::string_view bytes) {
    return http::is_utf8(bytes) && bytes.find('\0') == std::string_view::npos;
}

Result<void> read_ordering(std::string_view text, Page& page,
                           std::initializer_list<std::string_view> orderings) {
    page.descending = text.front() == '-';
    if (page.descending) text.remove_prefix(1);
    page.ordering = text;
    if (std::find(orderings.begin(), orderings.end(), text) != orderings.end()) return ok();
    std::string known;
    for (const auto name : orderings)
        known += (known.empty() ? "`" : ", `") + std::string(name) + '`';
    return field_error("ordering",
                       "must be one of " + known + ", with `-` before it to sort downwards.");
}

}  // namespace

Result<Page> read_page(std::string_view query, std::initializer_list<std::string_view> orderings) {
    Page page;
    page.ordering = *orderings.begin();
    const auto parameters = boost::urls::parse_query(query);
    if (!parameters) {
        return Error(ErrorCode::bad_request, "The query of the request is not percent-encoded.");
    }
    for (const auto& parameter : *parameters) {
        const auto name = parameter.key.decode(), text = parameter.value.decode();
        if (text.empty()) continue;
        if (!is_text(text)) return field_error(name, "must be text in UTF-8, without a NUL.");
        if (name == "limit") {
            const auto limit = read_whole(name, text, 1, kLimitMax);
            if (!limit) return limit.error();
            page.limit = *limit;
        } else if (name == "offset") {
            const auto offset = read_whole(name, text, 0, kOffsetMax);
            if (!offset) return offset.error();
            page.offset = *offset;
        } else if (name == "ordering") {
            const auto known = read_ordering(text, page, orderings);
            if (!known) return known.error();
        }
    }
    return page;
}

Result<storage::Slice> read_slice(std::string_view query, std::string_view field) {
    const auto upwards = std::string(field), downwards = '-' + upwards;
    const auto page = read_page(query, {downwards, upwards});
    if (!page) return page.error();
    return storage::Slice{static_cast<int>(page->limit), static_cast<int>(page->offset),
                          page->descending || page->ordering.starts_with('-')};
}

std::string query_value(std::string_view query, std::string_view name) {
    const auto parameters = boost::urls::parse_query(query);
    if (!parameters) return {};
    for (const auto& parameter : *parameters) {
        if (parameter.key.decode() == name) return parameter.value.decode();
    }
    return {};
}

}  // namespace kinora::api
