#include "media/decoder/still_job.hpp"

#include "media/decoder/codec.hpp"
#include "media/decoder/colors.hpp"
#include "media/decoder/container.hpp"
#include "media/decoder/image_header.hpp"
#include "media/decoder/orientation.hpp"
#include "media/decoder/refusal.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kinora::media::decoder {
namespace {

using wire::Reason;

AVCodecID codec_of(Format format) {
    switch (format) {
        case Format::png:
            return AV_CODEC_ID_PNG;
        case Format::jpeg:
            return AV_CODEC_ID_MJPEG;
        case Format::webp:
            return AV_CODEC_ID_WEBP;
        case Format::gif:
            return AV_CODEC_ID_GIF;
        case Format::bmp:
            return AV_CODEC_ID_BMP;
        default:
            return AV_CODEC_ID_NONE;
    }
}

// Whether `codec` has given a picture after that packet, or the end.
bool decode(AVCodecContext& codec, const AVPacket* packet, AVFrame& frame) {
    const int sent = avcodec_send_packet(&codec, packet);
    if (sent == AVERROR(ENOMEM)) require(sent);
    const int received = avcodec_receive_frame(&codec, &frame);
    if (received == AVERROR(ENOMEM)) require(received);
    return received >= 0;
}

// These formats are one packet from end to end.
FramePtr decode_whole(const std::vector<std::uint8_t>& bytes, Format format, const StillJob& job) {
    const auto* codec = find_codec(codec_of(format));
    if (codec == nullptr) refuse(Reason::unknown_codec);
    const auto context = open_codec(*codec, nullptr, job.pixels_max);
    const auto packet = make_packet();
    require(av_new_packet(packet.get(), int(bytes.size())));
    std::memcpy(packet->data, bytes.data(), bytes.size());
    packet->flags |= AV_PKT_FLAG_KEY;
    auto frame = make_frame();
    if (!decode(*context, packet.get(), *frame) && !decode(*context, nullptr, *frame)) refuse();
    return frame;
}

// The first picture that comes out of the boxes.
FramePtr decode_boxed(const Source& source, const StillJob& job, int& orientation) {
    Container container(source, Format::iso_image);
    const auto* stream = container.find(AVMEDIA_TYPE_VIDEO);
    if (stream == nullptr) refuse();
    const auto& coded = *stream->codecpar;
    if (std::int64_t(coded.width) * coded.height > job.pixels_max) refuse(Reason::too_many_pixels);
    const auto* codec = find_codec(coded.codec_id);
    if (codec == nullptr) refuse(Reason::unknown_codec);
    const auto context = open_codec(*codec, &coded, job.pixels_max);
    container.keep_only(*stream);
    orientation = orientation_of(*stream);
    const auto packet = make_packet();
    auto frame = make_frame();
    while (container.read(*packet)) {
        if (packet->stream_index != stream->index) continue;
        if (decode(*context, packet.get(), *frame)) return frame;
    }
    if (!decode(*context, nullptr, *frame)) refuse();
    return frame;
}

// One side first: both together may be more than a number can hold.
bool is_too_large(const ImageHeader& header, std::int64_t pixels_max) {
    if (header.width <= 0 || header.height <= 0) return false;
    return header.width > pixels_max || header.height > pixels_max / header.width;
}

[[noreturn]] void refuse_what_is_no_image(const Source& source, Format format) {
    if (format == Format::unknown) refuse(Reason::unknown_format);
    if (format == Format::sound) refuse(Reason::is_sound);
    const Container container(source, format);
    if (container.find(AVMEDIA_TYPE_VIDEO) != nullptr) refuse(Reason::is_video);
    refuse(container.find(AVMEDIA_TYPE_AUDIO) != nullptr ? Reason::is_sound : Reason::unreadable);
}

Rgba scale(Rgba full, const StillJob& job, bool swapped) {
    if (job.cover_width <= 0 || job.cover_height <= 0) return full;
    const int across = swapped ? job.cover_height : job.cover_width;
    const int down = swapped ? job.cover_width : job.cover_height;
    const double factor = std::max(double(across) / full.width, double(down) / full.height);
    if (factor >= 1) return full;
    return shrink(full, std::clamp(int(std::lround(full.width * factor)), 1, full.width),
                  std::clamp(int(std::lround(full.height * factor)), 1, full.height));
}

Rgba upright(Rgba lying, int orientation) {
    if (orientation == 1) return lying;
    const bool swapped = swaps_sides(orientation);
    Rgba result{swapped ? lying.height : lying.width, swapped ? lying.width : lying.height, {}};
    result.bytes.resize(lying.bytes.size());
    put_upright({lying.bytes.data(), lying.width * 4, lying.width, lying.height},
                {result.bytes.data(), result.width * 4, result.width, result.height}, 4,
                orientation);
    return result;
}

bool shows_alpha(const Rgba& rgba) {
    for (std::size_t i = 3; i < rgba.bytes.size(); i += 4) {
        if (rgba.bytes[i] != 255) return true;
    }
    return false;
}

}  // namespace

void decode_still(const Source& source, const StillJob& job, Outlet& outlet) {
    if (source.size_bytes() > job.file_bytes_max) refuse(Reason::too_many_bytes);
    auto bytes = source.read_start(job.file_bytes_max);
    const auto header = read_image_header(bytes);
    if (!is_image(header.format)) refuse_what_is_no_image(source, header.format);
    if (is_too_large(header, job.pixels_max)) refuse(Reason::too_many_pixels);

    int orientation = header.orientation;
    auto frame = header.format == Format::iso_image ? decode_boxed(source, job, orientation)
                                                    : decode_whole(bytes, header.format, job);
    bytes = {};
    if (frame->width <= 0 || frame->height <= 0) refuse();
    auto full = to_rgba(*frame, Untagged::picture);
    frame.reset();
    const auto picture =
        upright(scale(std::move(full), job, swaps_sides(orientation)), orientation);
    const wire::Still head{picture.width, picture.height, std::uint32_t(shows_alpha(picture))};
    outlet.say(wire::Kind::still,
               {decoder::bytes_of(head), std::as_bytes(std::span(picture.bytes))});
}

}  // namespace kinora::media::decoder
