// http/files.cpp: decides which bytes of a file go out.
#include "http/files.hpp"

#include "base/text.hpp"
#include "http/http_date.hpp"
#include "http/range.hpp"

#include <algorithm>

namespace kinora::http {
namespace {

bool is_weak(std::string_view tag) {
    return tag.substr(0, 2) == "W/";
}
std::string_view opaque(std::string_view tag) {
    return is_weak(tag) ? tag.substr(2) : tag;
}

enum class Compare { weak, strong };

bool same_tag(std::string_view one, std::string_view other, Compare how) {
    if (how == Compare::strong && (is_weak(one) || is_weak(other))) return false;
    return opaque(one) == opaque(other);
}

// Whether `list` is "*" or names `tag`. A quoted tag may hold commas.
bool lists_tag(std::string_view list, std::string_view tag, Compare how) {
    list = trim(list);
    if (list == "*") return true;
    if (tag.empty()) return false;
    while (!list.empty()) {
        const auto open = list.find('"');
        if (open == std::string_view::npos) return false;
        const auto close = list.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        const bool weak = open >= 2 && list.substr(open - 2, 2) == "W/";
        const auto begin = weak ? open - 2 : open;
        if (same_tag(list.substr(begin, close + 1 - begin), tag, how)) return true;
        list.remove_prefix(close + 1);
    }
    return false;
}

using Modified = std::optional<Seconds>;

bool precondition_fails(const Request& request, const std::string& tag, const Modified& modified) {
    const auto match = request.header("If-Match");
    if (!match.empty()) return !lists_tag(match, tag, Compare::strong);
    const auto since = parse_date(request.header("If-Unmodified-Since"));
    return since && modified && *modified > *since;
}

bool is_unchanged(const Request& request, const std::string& tag, const Modified& modified) {
    const auto none = request.header("If-None-Match");
    if (!none.empty()) return lists_tag(none, tag, Compare::weak);
    const auto since = parse_date(request.header("If-Modified-Since"));
    return since && modified && *modified <= *since;
}

// If-Range: the range holds only for the file that the client has a part of.
bool range_applies(const Request& request, const std::string& tag, const Modified& modified) {
    const auto condition = trim(request.header("If-Range"));
    if (condition.empty()) return true;
    if (condition.front() == '"' || is_weak(condition)) {
        return !tag.empty() && same_tag(condition, tag, Compare::strong);
    }
    const auto date = parse_date(condition);
    return date && modified && *date == *modified;
}

std::string quoted(std::string tag) {
    if (tag.empty() || tag.front() == '"' || is_weak(tag)) return tag;
    return '"' + std::move(tag) + '"';
}

void set_validators(Response& response, const FileFacts& facts, const std::string& tag,
                    const Modified& modified) {
    if (!tag.empty()) response.set("ETag", tag);
    if (modified) response.set("Last-Modified", format_date(*modified));
    if (!facts.cache_control.empty()) response.set("Cache-Control", facts.cache_control);
}

std::string content_range(const Range& range, std::uint64_t size_bytes) {
    const auto last = range.offset + range.size_bytes - 1;
    return "bytes " + std::to_string(range.offset) + "-" + std::to_string(last) + "/" +
           std::to_string(size_bytes);
}

}  // namespace

Response serve_file(const Request& request, int descriptor, FileFacts facts) {
    // Closes the descriptor on every way out that sends none of it.
    auto file = std::make_shared<OwnedFile>(FileBody{descriptor, 0, facts.size_bytes});
    const auto tag = quoted(facts.etag);
    Modified modified;
    if (facts.modified) modified = std::chrono::floor<std::chrono::seconds>(*facts.modified);

    if (precondition_fails(request, tag, modified)) return Response::empty(412);
    if (is_unchanged(request, tag, modified)) {
        auto response = Response::empty(304);
        set_validators(response, facts, tag, modified);
        return response;
    }
    // Range means something for GET alone (RFC 9110, section 14.2).
    Range range;
    if (request.method == Method::get && range_applies(request, tag, modified)) {
        range = choose_range(request.header("Range"), facts.size_bytes);
    }
    if (range.kind == Range::Kind::outside) {
        auto response = Response::empty(416);
        response.set("Content-Range", "bytes */" + std::to_string(facts.size_bytes));
        return response;
    }
    const bool is_part = range.kind == Range::Kind::part;
    if (!is_part) range = {Range::Kind::whole, 0, facts.size_bytes};
    auto response = Response::empty(is_part ? 206 : 200);
    response.content_type = facts.content_type;
    response.set("Accept-Ranges", "bytes");
    set_validators(response, facts, tag, modified);
    if (is_part) response.set("Content-Range", content_range(range, facts.size_bytes));
    response.content_length = range.size_bytes;
    if (request.method != Method::head) {
        file->send_part(range.offset, range.size_bytes);
        response.body = std::move(file);
    }
    return response;
}

}  // namespace kinora::http
