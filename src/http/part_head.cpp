#include "http/part_head.hpp"

#include "http/authority.hpp"
#include "http/header_value.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>

namespace kinora::http {
namespace {

bool is_named(std::string_view name, std::string_view wanted) {
    return boost::beast::iequals({name.data(), name.size()}, {wanted.data(), wanted.size()});
}

// Line ends stand at ends of lines alone, and other control characters nowhere.
bool is_clean(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

class Reader {
public:
    Result<void> take(std::string_view name, std::string_view value) {
        if (is_named(name, "Content-Disposition")) return take_disposition(value);
        if (is_named(name, "Content-Type")) head_.content_type = value;
        if (!is_named(name, "Content-Transfer-Encoding")) return ok();
        for (const auto* plain : {"binary", "8bit", "7bit"}) {
            if (is_named(value, plain)) return ok();
        }
        return bad_request("A part of the form is sent in " + std::string(value) +
                           "; send its bytes as they are.");
    }
    Result<PartHead> finish() {
        if (head_.name.empty()) {
            return bad_request(
                "A part of the form has no name; it needs a header such as "
                "Content-Disposition: form-data; name=\"file\".");
        }
        return std::move(head_);
    }

private:
    Result<void> take_disposition(std::string_view text) {
        const auto value = parse_header_value(text);
        if (!value || value->word != "form-data")
            return bad_request("The Content-Disposition of a part of the form is not form-data.");
        if (disposed_ || value->repeats("name") || value->repeats("filename"))
            return bad_request("A part of the form is named twice.");
        disposed_ = true;
        if (const auto* name = value->find("name")) head_.name = *name;
        if (const auto* filename = value->find("filename")) head_.filename = *filename;
        return ok();
    }

    PartHead head_;
    bool disposed_ = false;
};

}  // namespace

Result<PartHead> parse_part_head(std::string_view lines) {
    Reader reader;
    while (!lines.empty()) {
        const auto end = std::min(lines.find("\r\n"), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 2, lines.size()));
        const auto colon = std::min(line.find(':'), line.size());
        const auto name = line.substr(0, colon);
        auto value = line.substr(std::min(colon + 1, line.size()));
        if (colon == line.size() || !is_token(name) || !is_clean(value))
            return bad_request("A part of the form has a header line that is not \"Name: value\".");
        value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
        value = value.substr(0, value.find_last_not_of(" \t") + 1);
        const auto taken = reader.take(name, value);
        if (!taken) return taken.error();
    }
    return reader.finish();
}

}  // namespace kinora::http
