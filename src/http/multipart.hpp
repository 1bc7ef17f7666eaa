// http/multipart.hpp: a form with files (multipart/form-data) taken apart as it comes.
//
// RFC 7578 on the grammar of RFC 2046. Pieces may end anywhere: the events are the same. Held are
// the present piece and a part's headers, never a part. Line ends are CRLF and nothing else; what
// stands before the first boundary and after the last one is skipped.
#pragma once

#include "http/part_head.hpp"

namespace kinora::http {

inline constexpr std::size_t kBoundaryMax = 70;
inline constexpr std::size_t kPartHeadBytesMax = 8 * 1024;
inline constexpr std::size_t kPartsMax = 16;

// The boundary that a Content-Type names. Fails with unsupported_media_type where it is no form
// with files, and bad_request where the boundary is missing or none.
Result<std::string> boundary_of(std::string_view content_type);

struct FormEvent {
    enum class Kind {
        hungry,      // Nothing more before the next piece.
        part_begin,  // `head` says whose.
        data,        // Of that part; not empty.
        part_end,
        end,  // The last boundary; what follows it does not matter.
    };
    Kind kind = Kind::hungry;
    PartHead head;
    std::string_view data;  // Until the parser is called again.
};

class MultipartParser {
public:
    explicit MultipartParser(std::string_view boundary);

    // The next piece of the body, after next() was hungry.
    void put(std::string_view piece);
    // What comes next. Fails with bad_request and says what is wrong; nothing comes after that.
    Result<FormEvent> next();
    // Whether the form was whole, when the body has ended.
    Result<void> finish() const;

private:
    enum class State { preamble, boundary, head, first_data, data, epilogue };
    FormEvent skip_preamble();
    Result<FormEvent> read_boundary();
    Result<FormEvent> read_head();
    FormEvent read_data();
    // Where the next delimiter begins, or what can be no part of one ends.
    std::size_t safe_end() const;
    bool at_delimiter() const;

    const std::string delimiter_;  // "\r\n--" and the boundary.
    std::string buffer_;
    std::size_t at_ = 0;  // What lies before it in the buffer is used up.
    State state_ = State::preamble;
    std::size_t parts_ = 0;
};

}  // namespace kinora::http
