#include "media/box_reader.hpp"

#include "media/decoder_process.hpp"

#include <string>

namespace kinora::media {
namespace {

using wire::Kind;
using wire::Reason;

Error malformed(std::string message) {
    return {ErrorCode::bad_request, std::move(message), "the decoder refused it"};
}

// The whole text of each refusal; the decoder's is a number.
Error worded(Reason reason, const BoxTerms& terms) {
    switch (reason) {
        case Reason::unreadable:
            return malformed(kNotDecoded);
        case Reason::unknown_format:
            return malformed("The file is in no format that can be read here.");
        case Reason::unknown_codec:
            return malformed("The file uses a codec that cannot be read here.");
        case Reason::is_video:
            return malformed("The file is a video, not a picture.");
        case Reason::is_sound:
            return malformed("The file has sound, but no picture.");
        case Reason::is_picture:
            return malformed("The file is a picture, not a video.");
        case Reason::too_many_bytes:
            return malformed("The file is larger than " + std::to_string(terms.file_bytes_max) +
                             " bytes.");
        case Reason::too_many_pixels:
            return malformed("The file is larger than " + std::to_string(terms.pixels_max) +
                             " pixels.");
        case Reason::too_many_on_a_side:
            return malformed("The file is larger than " + std::to_string(terms.side_max) +
                             " pixels on a side.");
        case Reason::too_small:
            return malformed("The file is smaller than 16 pixels on a side.");
        case Reason::too_long:
            return malformed("The file is longer than " + std::to_string(terms.seconds_max) +
                             " seconds.");
        case Reason::too_much_memory:
            return malformed("The file needs too much memory to decode.");
    }
    return {ErrorCode::bad_request, kNotDecoded, "the decoder gave a reason that there is not"};
}

}  // namespace

Error nonsense(const char* what) {
    return {ErrorCode::bad_request, kNotDecoded, std::string("the decoder said ") + what};
}

Result<wire::Head> BoxReader::read_head() {
    const auto head = read_body<wire::Head>();
    if (!head || head->kind != Kind::refusal) return head;
    if (head->size_bytes != sizeof(wire::Refusal)) return nonsense("a refusal of a wrong size");
    const auto refusal = read_body<wire::Refusal>();
    if (!refusal) return refusal.error();
    return worded(refusal->reason, terms_);
}

Result<void> BoxReader::read_ready() {
    const auto head = read_head();
    if (!head) return head.error();
    if (head->kind != Kind::ready || head->size_bytes != 0) return nonsense("no greeting");
    return ok();
}

Result<Still> BoxReader::read_still() {
    const auto head = read_head();
    if (!head) return head.error();
    if (head->kind != Kind::still) return nonsense("something else than a still");
    const auto shape = read_body<wire::Still>();
    if (!shape) return shape.error();
    if (shape->width < 1 || shape->height < 1) return nonsense("that a picture is empty");
    const auto pixels = std::int64_t(shape->width) * shape->height;
    if (pixels > terms_.pixels_max) return nonsense("that a picture is too large");
    const auto rows_bytes = std::uint64_t(pixels) * 4;
    if (head->size_bytes != sizeof(wire::Still) + rows_bytes) return nonsense("a wrong size");
    Still still{shape->width, shape->height, {}, shape->has_alpha != 0};
    still.rgba.resize(rows_bytes);
    auto read = source_.read(still.rgba);
    if (!read) return read.error();
    return still;
}

}  // namespace kinora::media
