// http/message.cpp: the ready-made shapes of a response.
#include "http/message.hpp"

#include <unistd.h>
#include <boost/json/serialize.hpp>

namespace kinora::http {

OwnedFile::~OwnedFile() {
    if (file_.descriptor >= 0) ::close(file_.descriptor);
}

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

Response Response::json(int status, const boost::json::value& value) {
    return json_text(status, boost::json::serialize(value));
}

Response Response::json_text(int status, std::string text) {
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = std::move(text);
    return response;
}

Response Response::empty(int status) {
    Response response;
    response.status = status;
    return response;
}

}  // namespace kinora::http
