#include "media/decoder/container.hpp"

#include "media/decoder/codec.hpp"
#include "media/decoder/orientation.hpp"
#include "media/decoder/refusal.hpp"

#include <cerrno>
#include <cstdio>
#include <new>

namespace kinora::media::decoder {
namespace {

constexpr int kBufferBytes = 32 << 10;
constexpr int kStreamsMax = 32;

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
    return AVERROR(EACCES);
}

}  // namespace

// Where the next read is, and FFmpeg's buffer before it.
struct Container::Place {
    explicit Place(const Source& from) : source(from) {
        auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
        if (buffer == nullptr) throw std::bad_alloc();
        io = avio_alloc_context(buffer, kBufferBytes, 0, this, read, nullptr, seek);
        if (io == nullptr) {
            av_free(buffer);
            throw std::bad_alloc();
        }
    }
    ~Place() {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    static int read(void* self, std::uint8_t* out, int size_bytes) {
        auto& place = *static_cast<Place*>(self);
        const auto got = place.source.read(place.at, {out, std::size_t(size_bytes)});
        if (got == 0) return AVERROR_EOF;
        if (got < 0) return AVERROR(EIO);
        place.at += got;
        return int(got);
    }
    static std::int64_t seek(void* self, std::int64_t offset, int whence) {
        auto& place = *static_cast<Place*>(self);
        const auto size_bytes = place.source.size_bytes();
        whence &= ~AVSEEK_FORCE;
        if (whence == AVSEEK_SIZE) return size_bytes;
        std::int64_t base = 0;
        if (whence == SEEK_CUR) base = place.at;
        if (whence == SEEK_END) base = size_bytes;
        std::int64_t to = 0;
        if (__builtin_add_overflow(base, offset, &to) || to < 0) return AVERROR(EINVAL);
        place.at = to;
        return to;
    }

    const Source& source;
    std::int64_t at = 0;
    AVIOContext* io = nullptr;
};

Container::Container(const Source& source, Format format)
    : place_(std::make_unique<Place>(source)) {
    const auto* demuxer = av_find_input_format(format == Format::matroska ? "matroska" : "mov");
    if (demuxer == nullptr) refuse();
    file_ = avformat_alloc_context();
    if (file_ == nullptr) throw std::bad_alloc();
    file_->pb = place_->io;
    file_->flags |= AVFMT_FLAG_CUSTOM_IO;
    file_->io_open = refuse_to_open;
    file_->max_streams = kStreamsMax;
    Options options;
    options.set("codec_whitelist", kCodecs);
    options.set("format_whitelist", demuxer->name);
    options.set("protocol_whitelist", "none");
    // Frees the context where it fails; nobody else may then.
    require(avformat_open_input(&file_, nullptr, demuxer, options.get()));
    const int found = avformat_find_stream_info(file_, nullptr);
    if (found < 0) {
        avformat_close_input(&file_);
        require(found);
    }
}

Container::~Container() {
    avformat_close_input(&file_);
}

AVStream* Container::find(AVMediaType kind) const {
    AVStream* best = nullptr;
    for (unsigned i = 0; i < file_->nb_streams; ++i) {
        auto* stream = file_->streams[i];
        const bool cover = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (stream->codecpar->codec_type != kind || cover) continue;
        const bool preferred = (stream->disposition & AV_DISPOSITION_DEFAULT) != 0 &&
                               best != nullptr && (best->disposition & AV_DISPOSITION_DEFAULT) == 0;
        if (best == nullptr || preferred) best = stream;
    }
    return best;
}

void Container::keep_only(const AVStream& stream) {
    for (unsigned i = 0; i < file_->nb_streams; ++i) {
        const bool keep = int(i) == stream.index;
        file_->streams[i]->discard = keep ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

bool Container::read(AVPacket& packet) {
    av_packet_unref(&packet);
    const int done = av_read_frame(file_, &packet);
    if (done == AVERROR(ENOMEM)) require(done);
    return done >= 0;
}

int orientation_of(const AVStream& stream) {
    constexpr std::size_t kMatrixBytes = 9 * sizeof(std::int32_t);
    const std::uint8_t* data = nullptr;
    std::size_t size_bytes = 0;
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
    const auto* found =
        av_packet_side_data_get(stream.codecpar->coded_side_data,
                                stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    if (found != nullptr) {
        data = found->data;
        size_bytes = found->size;
    }
#else
    data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size_bytes);
#endif
    if (data == nullptr || size_bytes < kMatrixBytes) return 1;
    return orientation_of_matrix(reinterpret_cast<const std::int32_t*>(data));
}

}  // namespace kinora::media::decoder
