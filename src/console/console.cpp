#include "console/console.hpp"

#include "base/ensure.hpp"
#include "base/text.hpp"
#include "http/header_value.hpp"

#include <algorithm>

namespace kinora::console {
namespace {

// Scripts, styles, pictures and calls of this server's own, and nothing else. Pictures and clips
// that a user has just chosen are blobs of the page's own.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// The component that draws the API reference makes style elements as it goes; scripts stay as
// strict.
constexpr std::string_view kReferencePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::string_view kDocument = "/index.html";
constexpr std::string_view kReference = "/reference.html";

// Whether an Accept-Encoding takes gzip: it is named, or all are, and not with a weight of 0 (RFC
// 9110, section 12.5.3).
bool takes_gzip(std::string_view accepted) {
    while (!accepted.empty()) {
        const auto end = accepted.find(',');
        const auto value = http::parse_header_value(trim(accepted.substr(0, end)));
        accepted.remove_prefix(end == std::string_view::npos ? accepted.size() : end + 1);
        if (!value || (value->word != "gzip" && value->word != "*")) continue;
        const auto* weight = value->find("q");
        return weight == nullptr || weight->find_first_not_of("0.") != std::string::npos;
    }
    return false;
}

const PageFile* find(std::string_view path) {
    const auto files = page_files();
    const auto found = std::ranges::lower_bound(files, path, {}, &PageFile::path);
    return found != files.end() && found->path == path ? &*found : nullptr;
}

// What keeps a document to itself.
void guard(http::Response& response, const PageFile& document) {
    response.set("Content-Security-Policy",
                 std::string(document.path == kReference ? kReferencePolicy : kPolicy));
    response.set("Referrer-Policy", "same-origin");
    response.set("Cross-Origin-Opener-Policy", "same-origin");
    response.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}

http::Response answer(const http::Request& request, const PageFile& file) {
    http::Response response;
    const bool packs = !file.gzip.empty() && takes_gzip(request.header("Accept-Encoding"));
    // Two representations, so two tags (RFC 9110, section 8.8.3).
    const auto tag = '"' + std::string(file.tag) + (packs ? "-gzip\"" : "\"");
    const auto known = request.header("If-None-Match");
    const bool is_known = known == "*" || known.find(tag) != std::string_view::npos;
    if (is_known) {
        response = http::Response::empty(304);
    } else {
        const auto bytes = packs ? file.gzip : file.plain;
        response.body = std::string(bytes.data(), bytes.size());
        response.content_type = file.content_type;
        if (packs) response.set("Content-Encoding", "gzip");
    }
    if (!file.gzip.empty()) response.set("Vary", "Accept-Encoding");
    response.set("ETag", tag);
    response.set("Cache-Control",
                 file.is_named_by_content ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.content_type.starts_with("text/html")) guard(response, file);
    return response;
}

void add(http::Router& router, std::string pattern, const PageFile& file) {
    router.add({http::Method::get, std::move(pattern),
                [&file](http::Request& request) -> Async<http::Response> {
                    co_return answer(request, file);
                },
                0});
}

}  // namespace

void add_routes(http::Router& router) {
    for (const auto& file : page_files()) {
        if (file.path != kDocument && file.path != kReference) {
            add(router, std::string(file.path), file);
        }
    }
    const auto* document = find(kDocument);
    const auto* reference = find(kReference);
    ensure(document != nullptr && reference != nullptr, "the console has its two documents");
    add(router, "/reference", *reference);
    for (const auto* page :
         {"/", "/login", "/register", "/forgot", "/setup", "/verify", "/account", "/services",
          "/services/{}", "/documents/{}", "/support", "/keys", "/usage", "/deliveries", "/guides",
          "/guides/{}", "/admin", "/admin/{}", "/admin/{}/{}"}) {
        add(router, page, *document);
    }
}

std::optional<http::Response> no_such_page(const http::Request& request) {
    const bool looks = request.method == http::Method::get || request.method == http::Method::head;
    const auto* document = find(kDocument);
    // `*/*` is what programs send that do not care: they get the error of the API.
    if (!looks || document == nullptr ||
        request.header("Accept").find("text/html") == std::string_view::npos) {
        return std::nullopt;
    }
    http::Response response;
    response.status = 404;
    response.body = std::string(document->plain.data(), document->plain.size());
    response.content_type = document->content_type;
    response.set("Cache-Control", "no-store");
    guard(response, *document);
    return response;
}

}  // namespace kinora::console
