#include "http/multipart.hpp"

#include "http/header_value.hpp"

#include <algorithm>

namespace kinora::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kEmptyLine = "\r\n\r\n";

FormEvent event(FormEvent::Kind kind) {
    FormEvent out;
    out.kind = kind;
    return out;
}

// RFC 2046, section 5.1.1.
bool is_boundary(std::string_view text) {
    const auto is_allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
    };
    return !text.empty() && text.back() != ' ' && std::all_of(text.begin(), text.end(), is_allowed);
}

}  // namespace

Result<std::string> boundary_of(std::string_view content_type) {
    const auto value = parse_header_value(content_type);
    if (!value || value->word != "multipart/form-data") {
        return Error(ErrorCode::unsupported_media_type,
                     "The Content-Type must be multipart/form-data with a boundary.");
    }
    const auto* boundary = value->find("boundary");
    if (boundary == nullptr)
        return bad_request("The Content-Type multipart/form-data names no boundary.");
    if (boundary->size() > kBoundaryMax) {
        return bad_request("The boundary of the form is longer than " +
                           std::to_string(kBoundaryMax) + " characters.");
    }
    if (!is_boundary(*boundary) || value->repeats("boundary"))
        return bad_request("The boundary that the Content-Type names is none.");
    return *boundary;
}

// The first boundary may begin the body; with a line end before it, it looks like all others.
MultipartParser::MultipartParser(std::string_view boundary)
    : delimiter_("\r\n--" + std::string(boundary)), buffer_(kLineEnd) {}

void MultipartParser::put(std::string_view piece) {
    buffer_.erase(0, at_);
    at_ = 0;
    if (state_ != State::epilogue) buffer_ += piece;
}

bool MultipartParser::at_delimiter() const {
    return buffer_.compare(at_, delimiter_.size(), delimiter_) == 0;
}

std::size_t MultipartParser::safe_end() const {
    const auto found = buffer_.find(delimiter_, at_);
    if (found != std::string::npos) return found;
    const auto held_back = std::min(delimiter_.size() - 1, buffer_.size() - at_);
    return buffer_.size() - held_back;
}

Result<FormEvent> MultipartParser::next() {
    switch (state_) {
        case State::preamble:
            at_ = safe_end();
            if (!at_delimiter()) return event(FormEvent::Kind::hungry);
            at_ += delimiter_.size();
            state_ = State::boundary;
            return next();
        case State::boundary:
            return read_boundary();
        case State::head:
            return read_head();
        case State::first_data:
        case State::data:
            return read_data();
        case State::epilogue:
            break;
    }
    at_ = buffer_.size();
    return event(FormEvent::Kind::hungry);
}

// What follows a boundary: "--" at the last one, else the end of its line, which stays: a head
// without lines ends at once.
Result<FormEvent> MultipartParser::read_boundary() {
    const auto rest = std::string_view(buffer_).substr(at_);
    if (rest.size() < 2) return event(FormEvent::Kind::hungry);
    if (rest.starts_with("--")) {
        state_ = State::epilogue;
        return event(FormEvent::Kind::end);
    }
    const auto end = rest.find_first_not_of(" \t");
    const bool too_long = std::min(end, rest.size()) > kPartHeadBytesMax;
    if (!too_long && (end == std::string_view::npos || rest.size() < end + 2)) {
        return event(FormEvent::Kind::hungry);
    }
    if (too_long || !rest.substr(end).starts_with(kLineEnd)) {
        return bad_request(
            "A boundary of the form is followed by something other than the end of its line; "
            "lines end with CRLF.");
    }
    if (++parts_ > kPartsMax)
        return bad_request("The form has more than " + std::to_string(kPartsMax) + " parts.");
    at_ += end;
    state_ = State::head;
    return next();
}

Result<FormEvent> MultipartParser::read_head() {
    const auto rest = std::string_view(buffer_).substr(at_);
    const auto end = rest.find(kEmptyLine);
    // Where there is no empty line as yet, the last three bytes may begin one.
    const auto begun = std::min(rest.size(), kEmptyLine.size() - 1);
    if (std::min(end, rest.size() - begun) > kPartHeadBytesMax) {
        return bad_request("The headers of a part of the form are longer than " +
                           std::to_string(kPartHeadBytesMax) + " bytes.");
    }
    if (end == std::string_view::npos) return event(FormEvent::Kind::hungry);
    // From behind the boundary's line end to the last header's; none of either where it is empty.
    const auto lines = end == 0 ? std::string_view() : rest.substr(2, end);
    auto head = parse_part_head(lines);
    if (!head) return head.error();
    // The empty line stays, too: where a part has no content, it begins the next boundary.
    at_ += end + 2;
    state_ = State::first_data;
    auto out = event(FormEvent::Kind::part_begin);
    out.head = std::move(*head);
    return out;
}

FormEvent MultipartParser::read_data() {
    const auto end = safe_end();
    if (end == at_) {
        if (!at_delimiter()) return event(FormEvent::Kind::hungry);
        at_ += delimiter_.size();
        state_ = State::boundary;
        return event(FormEvent::Kind::part_end);
    }
    if (state_ == State::first_data) {
        if (end < at_ + kLineEnd.size()) return event(FormEvent::Kind::hungry);
        at_ += kLineEnd.size();
        state_ = State::data;
        return read_data();
    }
    auto out = event(FormEvent::Kind::data);
    out.data = std::string_view(buffer_).substr(at_, end - at_);
    at_ = end;
    return out;
}

Result<void> MultipartParser::finish() const {
    if (state_ == State::epilogue) return ok();
    if (state_ == State::preamble && parts_ == 0)
        return bad_request(
            "The body has no part: its boundary is not the one that the Content-Type names.");
    return bad_request("The form ends without its last boundary; it may have been cut off.");
}

}  // namespace kinora::http
