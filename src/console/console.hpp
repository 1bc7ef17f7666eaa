// console/console.hpp: the web page, out of the program itself.
#pragma once

#include "http/router.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace kinora::console {

// A file of the page as it was built. The bytes are part of the program and live as long as it
// does.
struct PageFile {
    std::string_view path;  // As it is asked for, such as "/console/main-1a2b3c.js".
    std::string_view content_type;
    std::string_view tag;  // Of the content: hexadecimal.
    std::span<const char> plain;
    std::span<const char> gzip;        // Empty where packing it does not pay.
    bool is_named_by_content = false;  // May be kept for ever.
};

// All files, sorted by path. The build writes this (console/embed.mjs).
std::span<const PageFile> page_files();

// GET of every file, and of the addresses that the page itself routes: they all get its document,
// which shows what the address says, or that there is no such page. The handlers have no state.
void add_routes(http::Router& router);

// For a path that nothing knows: the page's document, which says so, with status 404, to who asks
// for HTML as browsers do that open an address. Nothing for everybody else.
std::optional<http::Response> no_such_page(const http::Request& request);

}  // namespace kinora::console
