#include "media/splice.hpp"

#include "media/input.hpp"
#include "media/mp4_file.hpp"

#include <algorithm>
#include <cstring>

namespace kinora::media {
namespace {

bool same_bytes(const AVCodecParameters& one, const AVCodecParameters& other) {
    return one.extradata_size == other.extradata_size && one.extradata_size > 0 &&
           std::memcmp(one.extradata, other.extradata, std::size_t(one.extradata_size)) == 0;
}

bool same(AVRational one, AVRational other) {
    return one.num == other.num && one.den == other.den;
}

// The decoder goes from one to the other without hearing of it: same parameter sets, same clock.
bool go_together(const AVStream& one, const AVStream& other) {
    const auto& a = *one.codecpar;
    const auto& b = *other.codecpar;
    return a.codec_id == AV_CODEC_ID_H264 && b.codec_id == AV_CODEC_ID_H264 && a.width == b.width &&
           a.height == b.height && same_bytes(a, b) && same(one.time_base, other.time_base) &&
           same(one.avg_frame_rate, other.avg_frame_rate);
}

class Splicer {
public:
    Splicer(Input first, Input second, const std::filesystem::path& out)
        : first_(std::move(first)),
          second_(std::move(second)),
          file_(out),
          frame_ticks_(
              av_rescale_q(1, av_inv_q(first_.stream->avg_frame_rate), first_.stream->time_base)) {}

    Result<std::optional<VideoFacts>> run();

private:
    enum class Fit { yes, no };

    Result<void> start();
    Result<AVStream*> add_copy_of(const AVStream& stream);
    Result<Fit> copy(Input& from, const AVStream* sound);
    bool place(AVPacket& packet);
    VideoFacts facts() const;

    Input first_;
    Input second_;
    Mp4File file_;
    const AVStream* first_sound_ = nullptr;
    const AVStream* video_out_ = nullptr;  // The file's.
    const AVStream* sound_out_ = nullptr;
    PacketPtr packet_ = make_packet();
    std::int64_t frame_ticks_;
    std::int64_t offset_ = 0;  // Of the clip that is copied, in ticks of the video's clock.
    std::int64_t end_ = 0;     // Of what was copied.
    std::int64_t last_dts_ = 0;
    std::int64_t frame_count_ = 0;
};

Result<AVStream*> Splicer::add_copy_of(const AVStream& stream) {
    auto* copy = file_.add_stream();
    const int done = avcodec_parameters_copy(copy->codecpar, stream.codecpar);
    if (done < 0) {
        return file_.broken(ffmpeg_error(done, kVideoNotWritten, "describe the stream"));
    }
    copy->codecpar->codec_tag = 0;  // The muxer's own choice, as with what the writer makes.
    copy->time_base = stream.time_base;
    copy->avg_frame_rate = stream.avg_frame_rate;
    return copy;
}

Result<void> Splicer::start() {
    auto created = file_.create();
    if (!created) return created;
    const auto video = add_copy_of(*first_.stream);
    if (!video) return video.error();
    video_out_ = *video;
    const auto& file = *first_.file;
    for (unsigned i = 0; i < file.nb_streams && first_sound_ == nullptr; ++i) {
        if (file.streams[i]->codecpar->codec_type != AVMEDIA_TYPE_AUDIO) continue;
        first_sound_ = file.streams[i];
        const auto sound = add_copy_of(*first_sound_);
        if (!sound) return sound.error();
        sound_out_ = *sound;
    }
    return file_.begin(first_.stream->time_base.den);
}

// All packets of a clip, the video's moved to where the one before has ended.
Result<Splicer::Fit> Splicer::copy(Input& from, const AVStream* sound) {
    offset_ = end_;
    for (;;) {
        const int done = av_read_frame(from.file.get(), packet_.get());
        if (done == AVERROR_EOF) return Fit::yes;
        if (done < 0) return file_.broken(ffmpeg_error(done, kCannotRead, "read a packet"));
        Result<void> written = ok();
        if (packet_->stream_index == from.stream->index) {
            if (!place(*packet_)) return Fit::no;
            written = file_.write(*packet_, *video_out_, from.stream->time_base);
        } else if (sound != nullptr && packet_->stream_index == sound->index) {
            packet_->pos = -1;
            written = file_.write(*packet_, *sound_out_, sound->time_base);
        }
        av_packet_unref(packet_.get());
        if (!written) return written.error();
    }
}

// Frames are decoded one a tick of the frame clock, across the joint as well: a clip of one or two
// frames says that it needs no head start for reordering, and gets the one of the clip before it.
bool Splicer::place(AVPacket& packet) {
    packet.pts += offset_;
    packet.dts = offset_ == 0 ? packet.dts : last_dts_ + frame_ticks_;
    packet.duration = frame_ticks_;
    packet.pos = -1;
    if (packet.pts < packet.dts) return false;  // The first one had no head start.
    last_dts_ = packet.dts;
    end_ = std::max(end_, packet.pts + frame_ticks_);
    ++frame_count_;
    return true;
}

VideoFacts Splicer::facts() const {
    VideoFacts facts;
    facts.width = first_.stream->codecpar->width;
    facts.height = first_.stream->codecpar->height;
    facts.fps = av_q2d(first_.stream->avg_frame_rate);
    facts.frame_count = frame_count_;
    facts.duration = std::chrono::microseconds(
        av_rescale_q(end_, first_.stream->time_base, AVRational{1, AV_TIME_BASE}));
    return facts;
}

Result<std::optional<VideoFacts>> Splicer::run() {
    if (!go_together(*first_.stream, *second_.stream)) return std::optional<VideoFacts>();
    auto started = start();
    if (!started) return started.error();
    const auto one = copy(first_, first_sound_);
    if (!one) return one.error();
    if (*one == Fit::no) return std::optional<VideoFacts>();
    const auto other = copy(second_, nullptr);
    if (!other) return other.error();
    if (*other == Fit::no) return std::optional<VideoFacts>();
    auto finished = file_.finish();
    if (!finished) return finished.error();
    return std::optional<VideoFacts>(facts());
}

}  // namespace

Result<std::optional<VideoFacts>> append_clip(const std::filesystem::path& first,
                                              const std::filesystem::path& second,
                                              const std::filesystem::path& out) {
    auto one = open_input(first);
    if (!one) return one.error();
    auto other = open_input(second);
    if (!other) return other.error();
    return Splicer(std::move(*one), std::move(*other), out).run();
}

}  // namespace kinora::media
