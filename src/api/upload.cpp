#include "api/upload.hpp"

#include "api/fields.hpp"

namespace kinora::api {
namespace {

constexpr std::string_view kFilePart = "file";
// How often an upload that goes on and on is asked whether there is still room.
constexpr std::uint64_t kRoomEveryBytes = 16'000'000;

Error useless() {
    return field_error(kFilePart,
                       "is no picture or video that can be used; send PNG, JPEG, WebP, GIF, BMP, "
                       "AVIF, HEIC, MP4, MOV, WebM or Matroska.");
}

Error too_large(const storage::FileKind& kind, std::uint64_t bytes_max) {
    const std::string what = kind.sort == storage::MediaSort::picture ? "picture" : "video";
    return {ErrorCode::too_large, '`' + std::string(kFilePart) + "` is too large; a " + what +
                                      " may have " + std::to_string(bytes_max) + " bytes."};
}

}  // namespace

Async<Result<void>> Upload::receive(http::Request& request) {
    const auto boundary = http::boundary_of(request.header("Content-Type"));
    if (!boundary) co_return boundary.error();
    http::MultipartParser parser(*boundary);
    for (;;) {
        const auto piece = co_await request.body_piece();
        if (!piece) co_return piece.error();
        if (piece->empty()) break;
        parser.put(*piece);
        const auto taken = co_await take_events(parser);
        if (!taken) co_return taken.error();
    }
    const auto whole = parser.finish();
    if (!whole) co_return whole.error();
    if (!file_) co_return field_error(kFilePart, "is missing from the form.");
    co_return ok();
}

Async<Result<void>> Upload::take_events(http::MultipartParser& parser) {
    using Kind = http::FormEvent::Kind;
    for (;;) {
        const auto event = parser.next();
        if (!event) co_return event.error();
        if (event->kind == Kind::hungry) co_return ok();
        if (event->kind == Kind::part_begin) {
            in_file_ = event->head.name == kFilePart;
            if (in_file_ && file_) co_return field_error(kFilePart, "is there twice; send one.");
        }
        if (!in_file_) continue;  // Other fields mean nothing here.
        Result<void> taken;
        if (event->kind == Kind::data) taken = co_await take(event->data);
        if (event->kind == Kind::part_end && !file_) taken = co_await begin();
        if (!taken) co_return taken.error();
    }
}

Async<Result<void>> Upload::take(std::string_view bytes) {
    if (file_) co_return co_await write(bytes);
    head_ += bytes;
    if (head_.size() < storage::kKindHeadBytes) co_return ok();
    co_return co_await begin();
}

Async<Result<void>> Upload::begin() {
    if (head_.empty()) co_return field_error(kFilePart, "is empty.");
    const auto kind = storage::kind_of(std::string_view(head_).substr(0, storage::kKindHeadBytes));
    if (!kind) co_return useless();
    kind_ = *kind;
    auto open = [this] { return media_.receive(random_); };
    auto file = co_await pool_.run(std::move(open));
    if (!file) co_return file.error();
    file_.emplace(std::move(*file));
    const auto head = std::exchange(head_, {});
    co_return co_await write(head);
}

Async<Result<void>> Upload::write(std::string_view bytes) {
    const auto bytes_max = kind_.sort == storage::MediaSort::picture ? limits_.image_bytes_max
                                                                     : limits_.video_bytes_max;
    const auto after = file_->size_bytes() + bytes.size();
    if (after > bytes_max) co_return too_large(kind_, bytes_max);
    auto write = [this, bytes, after]() -> Result<void> {
        if (after > room_for_bytes_) {
            const auto room = room_.check();
            if (!room) return room.error();
            room_for_bytes_ = after + kRoomEveryBytes;
        }
        return file_->write(bytes);
    };
    co_return co_await pool_.run(std::move(write));
}

}  // namespace kinora::api
