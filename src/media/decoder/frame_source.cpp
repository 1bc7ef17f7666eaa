#include "media/decoder/frame_source.hpp"

#include "media/decoder/codec.hpp"
#include "media/decoder/refusal.hpp"

#include <algorithm>
#include <cstring>

namespace kinora::media::decoder {
namespace {

constexpr AVRational kNanosecond{1, 1'000'000'000};
constexpr std::int64_t kTimeMax = 1'000'000'000'000'000'000;

bool makes_sense(AVRational rate) {
    return rate.num > 0 && rate.den > 0 && av_q2d(rate) >= 0.01 && av_q2d(rate) <= 1000;
}

std::int64_t duration_of(const AVFrame& frame) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
    return frame.duration;
#else
    return frame.pkt_duration;
#endif
}

// Transparent VP8 and VP9 hold their alpha beside the stream, where only libvpx looks.
const AVCodec* codec_for(const AVStream& stream) {
    const auto id = stream.codecpar->codec_id;
    const auto* mode = av_dict_get(stream.metadata, "alpha_mode", nullptr, 0);
    if (mode != nullptr && std::strcmp(mode->value, "1") == 0) {
        const char* name = id == AV_CODEC_ID_VP9 ? "libvpx-vp9" : "libvpx";
        const auto* codec = avcodec_find_decoder_by_name(name);
        if (codec != nullptr && codec->id == id) return codec;
    }
    return find_codec(id);
}

}  // namespace

AVRational rate_of(const AVStream& stream) {
    if (makes_sense(stream.avg_frame_rate)) return stream.avg_frame_rate;
    if (makes_sense(stream.r_frame_rate)) return stream.r_frame_rate;
    return {25, 1};
}

std::int64_t to_ns(std::int64_t time, AVRational base) {
    if (time == AV_NOPTS_VALUE || base.num <= 0 || base.den <= 0) return 0;
    const double rough = double(time) * av_q2d(base) * 1e9;
    if (rough > double(kTimeMax)) return kTimeMax;
    if (rough < -double(kTimeMax)) return -kTimeMax;
    return av_rescale_q(time, base, kNanosecond);
}

FrameSource::FrameSource(Container& container, const AVStream& stream, int side_max)
    : container_(container),
      stream_(stream),
      usual_ns_(av_rescale_q(1, av_inv_q(rate_of(stream)), kNanosecond)) {
    const auto* codec = codec_for(stream);
    if (codec == nullptr) refuse(wire::Reason::unknown_codec);
    codec_ = open_codec(*codec, stream.codecpar, std::int64_t(side_max) * side_max);
    codec_->pkt_timebase = stream.time_base;
    container_.keep_only(stream);
}

const AVFrame* FrameSource::next() {
    for (;;) {
        av_frame_unref(frame_.get());
        const int done = avcodec_receive_frame(codec_.get(), frame_.get());
        if (done >= 0) {
            set_times();
            return frame_.get();
        }
        if (done == AVERROR_EOF) return nullptr;
        if (done == AVERROR(ENOMEM)) require(done);
        // A frame that is broken is left out; so is a packet.
        if (!feed() && done != AVERROR(EAGAIN)) return nullptr;
    }
}

// Gives the decoder one more packet, or once the end; false where it had that.
bool FrameSource::feed() {
    if (at_end_) return false;
    do {
        at_end_ = !container_.read(*packet_);
    } while (!at_end_ && packet_->stream_index != stream_.index);
    const int sent = avcodec_send_packet(codec_.get(), at_end_ ? nullptr : packet_.get());
    if (sent == AVERROR(ENOMEM)) require(sent);
    return true;
}

void FrameSource::set_times() {
    const auto stamp = frame_->best_effort_timestamp;
    const bool stamped = stamp != AV_NOPTS_VALUE;
    const auto told = to_ns(stamp, stream_.time_base);
    if (!has_first_) {
        has_first_ = true;
        start_ns_ = told;
        at_ns_ = 0;
    } else {
        const auto at = told - start_ns_;
        at_ns_ = stamped && at > at_ns_ ? at : at_ns_ + usual_ns_;
    }
    const auto stay = to_ns(duration_of(*frame_), stream_.time_base);
    stay_ns_ = stay > 0 ? stay : usual_ns_;
}

}  // namespace kinora::media::decoder
