// outbound/curl.hpp: libcurl's handles as owning types, and its error numbers as our errors.
//
// For this room's sources only; no header that other rooms include names these types.
#pragma once

#include "base/error.hpp"

#include <curl/curl.h>
#include <memory>
#include <string>
#include <string_view>

namespace kinora::outbound {

struct FreeHandle {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(char* text) const { curl_free(text); }
};
using EasyPtr = std::unique_ptr<CURL, FreeHandle>;
using CurlUrlPtr = std::unique_ptr<CURLU, FreeHandle>;
using ListPtr = std::unique_ptr<curl_slist, FreeHandle>;
using TextPtr = std::unique_ptr<char, FreeHandle>;

// libcurl frees a CURL and a CURLM, both void, in two ways.
struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using MultiPtr = std::unique_ptr<CURLM, FreeMulti>;

// Each throws std::bad_alloc where memory is out.
EasyPtr make_easy();
MultiPtr make_multi();
CurlUrlPtr make_curl_url();
ListPtr make_list(const std::string& line);
void add_line(ListPtr& list, const std::string& line);

// Throws std::logic_error: every option that we set is one that libcurl has.
void check_option(CURLcode code);
void check_multi(CURLMcode code);

// What a failed transfer means to the caller who named `host`. `said` is libcurl's own sentence,
// for the detail.
Error curl_error(CURLcode code, std::string_view host, const std::string& said);

}  // namespace kinora::outbound
