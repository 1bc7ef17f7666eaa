// http/head.cpp: writes the head of an answer in one string.
#include "http/head.hpp"

#include "http/authority.hpp"
#include "http/cors.hpp"
#include "http/http_date.hpp"

#include <boost/beast/http/status.hpp>

namespace kinora::http {
namespace {

struct SizeOf {
    std::uint64_t operator()(const std::string& text) const { return text.size(); }
    std::uint64_t operator()(const std::shared_ptr<OwnedFile>& file) const {
        return file ? file->get().size_bytes : 0;
    }
    std::uint64_t operator()(const std::shared_ptr<BodyStream>&) const { return 0; }
};

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_checked(std::string& out, std::string_view name, std::string_view value) {
    if (!is_token(name)) return;
    out.append(name).append(": ");
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back((byte < 0x20 && c != '\t') || byte == 0x7f ? ' ' : c);
    }
    out.append("\r\n");
}

void append_length(std::string& out, const Response& response) {
    if (response.status == 304 && !response.content_length) return;
    if (response.status == 204 || response.status < 200) return;
    if (is_stream(response)) return;
    append_line(out, "Content-Length",
                std::to_string(response.content_length.value_or(body_size(response))));
}

}  // namespace

bool is_stream(const Response& response) {
    return std::holds_alternative<std::shared_ptr<BodyStream>>(response.body);
}

std::uint64_t body_size(const Response& response) {
    return std::visit(SizeOf{}, response.body);
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

std::string render_head(const Response& response, const HeadFacts& facts) {
    namespace beast = boost::beast::http;
    const auto reason =
        beast::obsolete_reason(beast::int_to_status(static_cast<unsigned>(response.status)));
    std::string out;
    out.reserve(640);
    out.append(kHeadStart).append(std::to_string(response.status)).append(" ");
    out.append(reason.data(), reason.size());
    out.append("\r\nServer: Kinora\r\n");
    append_line(out, "Date", cached_date(facts.now));
    append_line(out, "X-Trace-Id", facts.trace_id.str());
    out.append("X-Content-Type-Options: nosniff\r\n");
    if (!response.content_type.empty()) append_checked(out, "Content-Type", response.content_type);
    append_length(out, response);
    for (const auto& [name, value] : response.headers) append_checked(out, name, value);
    if (facts.origins == Origins::any) out.append(open_origin_lines());
    if (facts.chunked) out.append("Transfer-Encoding: chunked\r\n");
    if (facts.close) out.append("Connection: close\r\n");
    if (facts.confirm_keep) out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
    return out;
}

}  // namespace kinora::http
