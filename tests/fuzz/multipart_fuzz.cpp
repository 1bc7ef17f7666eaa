// tests/fuzz/multipart_fuzz.cpp: forms with files, whole and in pieces.
//
// The first byte says how large the pieces are, the first line is the Content-Type, the rest the
// body.
#include "base/ensure.hpp"
#include "http/multipart.hpp"

#include <algorithm>

using namespace kinora;

namespace {

// All that came of a form, in one text.
std::string read(std::string_view boundary, std::string_view body, std::size_t piece_bytes) {
    http::MultipartParser parser(boundary);
    std::string all;
    for (; !body.empty(); body.remove_prefix(std::min(piece_bytes, body.size()))) {
        parser.put(body.substr(0, piece_bytes));
        for (;;) {
            const auto event = parser.next();
            if (!event) {
                ensure(event.error().code() == ErrorCode::bad_request, "a form is its sender's");
                ensure(!event.error().message().empty(), "a refusal says what to change");
                return all + "refused: " + event.error().message();
            }
            using Kind = http::FormEvent::Kind;
            if (event->kind == Kind::hungry) break;
            if (event->kind == Kind::part_begin) {
                ensure(!event->head.name.empty(), "a part has a name");
                all += "part " + event->head.name + ' ' + event->head.filename.value_or("-") + ' ' +
                       event->head.content_type + ": ";
            }
            if (event->kind == Kind::data) {
                ensure(!event->data.empty(), "data are some");
                all += event->data;
            }
            if (event->kind == Kind::part_end) all += "|";
            if (event->kind == Kind::end) all += "end";
        }
    }
    return all + (parser.finish() ? "whole" : "cut");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto line = std::min(text.find('\n'), text.size());
    const auto boundary = http::boundary_of(text.substr(0, line));
    if (!boundary) {
        ensure(!boundary.error().message().empty(), "a refusal says what to change");
        return 0;
    }
    ensure(!boundary->empty() && boundary->size() <= http::kBoundaryMax, "a boundary has a limit");
    const auto body = text.substr(std::min(line + 1, text.size()));
    const auto whole = read(*boundary, body, SIZE_MAX);
    ensure(read(*boundary, body, 1) == whole, "bytes by themselves are the same form");
    ensure(read(*boundary, body, 1 + data[0] % 40) == whole, "pieces are the same form");
    return 0;
}
