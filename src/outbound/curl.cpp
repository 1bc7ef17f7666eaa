// outbound/curl.cpp: the one place where CURLcodes are read.
#include "outbound/curl.hpp"

#include <mutex>
#include <new>
#include <stdexcept>

namespace kinora::outbound {
namespace {

template <class Pointer>
Pointer made(Pointer pointer) {
    if (!pointer) throw std::bad_alloc();
    return pointer;
}

void init_curl() {
    static std::once_flag once;
    std::call_once(once, [] { check_option(curl_global_init(CURL_GLOBAL_DEFAULT)); });
}

}  // namespace

EasyPtr make_easy() {
    init_curl();
    return made(EasyPtr(curl_easy_init()));
}
MultiPtr make_multi() {
    init_curl();
    return made(MultiPtr(curl_multi_init()));
}
CurlUrlPtr make_curl_url() {
    init_curl();
    return made(CurlUrlPtr(curl_url()));
}
ListPtr make_list(const std::string& line) {
    return made(ListPtr(curl_slist_append(nullptr, line.c_str())));
}
void add_line(ListPtr& list, const std::string& line) {
    if (curl_slist_append(list.get(), line.c_str()) == nullptr) throw std::bad_alloc();
}

void check_option(CURLcode code) {
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLE_OK) throw std::logic_error(curl_easy_strerror(code));
}

void check_multi(CURLMcode code) {
    if (code == CURLM_OUT_OF_MEMORY) throw std::bad_alloc();
    if (code != CURLM_OK) throw std::runtime_error(curl_multi_strerror(code));
}

Error curl_error(CURLcode code, std::string_view host, const std::string& said) {
    const std::string name(host);
    const auto bad = [&](std::string message) {
        return Error(ErrorCode::bad_request, std::move(message),
                     std::string(curl_easy_strerror(code)) + ": " + said);
    };
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return bad(name + " could not be found.");
        case CURLE_COULDNT_CONNECT:
            return bad("The server at " + name + " could not be reached.");
        case CURLE_OPERATION_TIMEDOUT:
            return bad("The server at " + name + " did not answer in time.");
        case CURLE_PEER_FAILED_VERIFICATION:
            return bad("The server at " + name + " has no valid certificate for that name.");
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CIPHER:
        case CURLE_USE_SSL_FAILED:
            return bad("The server at " + name + " does not speak TLS as https needs it.");
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return bad("The server at " + name +
                       " closed the connection before the end of its answer.");
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_BAD_CONTENT_ENCODING:
            return bad("The server at " + name + " did not answer as HTTP does.");
        case CURLE_FAILED_INIT:
        case CURLE_NOT_BUILT_IN:
        case CURLE_BAD_FUNCTION_ARGUMENT:
        case CURLE_WRITE_ERROR:
        case CURLE_ABORTED_BY_CALLBACK:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ENGINE_INITFAILED:
            return {ErrorCode::api_error, "The file could not be fetched.",
                    std::string(curl_easy_strerror(code)) + ": " + said};
        default:
            // What is left has its reason in what the server sent. Among them is
            // CURLE_OUT_OF_MEMORY, which older libcurls say of a header line that is too long.
            return bad("The server at " + name + " sent an answer that cannot be read.");
    }
}

}  // namespace kinora::outbound
