#include "media/decoder/sound_source.hpp"

#include "media/decoder/codec.hpp"
#include "media/decoder/frame_source.hpp"
#include "media/decoder/refusal.hpp"

#include <algorithm>

namespace kinora::media::decoder {
namespace {

constexpr int kChannels = 2;
constexpr int kRate = wire::kSoundRate;
constexpr int kRateMax = 768'000;
// Shorter gaps are the rounding of timestamps.
constexpr std::int64_t kGapMin = kRate / 20;

}  // namespace

const AVStream* find_sound(const Container& container) {
    const auto* stream = container.find(AVMEDIA_TYPE_AUDIO);
    if (stream == nullptr || find_codec(stream->codecpar->codec_id) == nullptr) return nullptr;
    return stream;
}

SoundSource::SoundSource(const Source& source, Format format, std::int64_t start_ns)
    : container_(source, format), start_ns_(start_ns) {
    stream_ = find_sound(container_);
    if (stream_ == nullptr) refuse();
    codec_ = open_codec(*find_codec(stream_->codecpar->codec_id), stream_->codecpar, 1);
    codec_->pkt_timebase = stream_->time_base;
    container_.keep_only(*stream_);
}

SoundSource::~SoundSource() {
    av_channel_layout_uninit(&from_layout_);
}

std::span<const float> SoundSource::next(std::int64_t frames) {
    while (silence_ == 0 && ready_.empty()) {
        if (!decode_more()) return {};
    }
    if (silence_ > 0) {
        const auto quiet = std::min(silence_, frames);
        silence_ -= quiet;
        given_.assign(std::size_t(quiet) * kChannels, 0.0F);
        return given_;
    }
    const auto count = std::min(ready_.size(), std::size_t(frames) * kChannels);
    given_.assign(ready_.begin(), ready_.begin() + std::ptrdiff_t(count));
    ready_.erase(ready_.begin(), ready_.begin() + std::ptrdiff_t(count));
    return given_;
}

// One frame more, or packets until there is one; false at the end.
bool SoundSource::decode_more() {
    for (;;) {
        av_frame_unref(frame_.get());
        const int done = avcodec_receive_frame(codec_.get(), frame_.get());
        if (done >= 0) {
            take(*frame_);
            return true;
        }
        if (done == AVERROR(ENOMEM)) require(done);
        if (done == AVERROR_EOF || at_end_) return false;
        do {
            at_end_ = !container_.read(*packet_);
        } while (!at_end_ && packet_->stream_index != stream_->index);
        avcodec_send_packet(codec_.get(), at_end_ ? nullptr : packet_.get());
    }
}

void SoundSource::take(const AVFrame& frame) {
    if (frame.nb_samples <= 0 || frame.sample_rate <= 0 || frame.sample_rate > kRateMax) return;
    prepare(frame);
    keep_time(frame);
    const auto most = swr_get_out_samples(resampler_.get(), frame.nb_samples);
    require(most);
    std::vector<float> made(std::size_t(most) * kChannels);
    auto* out = reinterpret_cast<std::uint8_t*>(made.data());
    const int got =
        swr_convert(resampler_.get(), &out, most,
                    const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
    require(got);
    // What comes before the first picture is not heard.
    const auto early = std::clamp<std::int64_t>(-made_, 0, got);
    made_ += got;
    ready_.insert(ready_.end(), made.begin() + early * kChannels,
                  made.begin() + std::ptrdiff_t(got) * kChannels);
}

void SoundSource::prepare(const AVFrame& frame) {
    if (resampler_ && from_format_ == frame.format && from_rate_ == frame.sample_rate &&
        av_channel_layout_compare(&from_layout_, &frame.ch_layout) == 0) {
        return;
    }
    av_channel_layout_uninit(&from_layout_);
    require(av_channel_layout_copy(&from_layout_, &frame.ch_layout));
    from_format_ = frame.format;
    from_rate_ = frame.sample_rate;
    AVChannelLayout heard{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(&heard, frame.ch_layout.nb_channels);
    } else {
        require(av_channel_layout_copy(&heard, &frame.ch_layout));
    }
    AVChannelLayout stereo{};
    av_channel_layout_default(&stereo, kChannels);
    SwrContext* made = nullptr;
    const int done =
        swr_alloc_set_opts2(&made, &stereo, AV_SAMPLE_FMT_FLT, kRate, &heard,
                            AVSampleFormat(frame.format), frame.sample_rate, 0, nullptr);
    resampler_.reset(made);
    av_channel_layout_uninit(&heard);
    require(done);
    require(swr_init(made));
}

// Puts silence where the file's clock runs ahead of the samples that there were.
void SoundSource::keep_time(const AVFrame& frame) {
    if (frame.best_effort_timestamp == AV_NOPTS_VALUE) return;
    const auto told = to_ns(frame.best_effort_timestamp, stream_->time_base) - start_ns_;
    const auto at = av_rescale(told, kRate, 1'000'000'000);
    if (!has_first_) {
        has_first_ = true;
        made_ = std::min<std::int64_t>(at, 0);
    }
    const auto gap = at - made_ - swr_get_delay(resampler_.get(), kRate);
    if (gap < kGapMin && !(made_ == 0 && gap > 0)) return;
    silence_ += gap;
    made_ += gap;
}

}  // namespace kinora::media::decoder
