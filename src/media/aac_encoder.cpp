#include "media/aac_encoder.hpp"

#include "media/sound.hpp"

#include <algorithm>

namespace kinora::media {
namespace {

constexpr const char* kCannotEncodeSound = "The sound could not be encoded.";
constexpr int kChannels = 2;
constexpr std::int64_t kBitsPerSecond = 160'000;

}  // namespace

Result<AacEncoder> AacEncoder::open() {
    const auto* codec = avcodec_find_encoder_by_name("aac");
    if (codec == nullptr) {
        return Error(ErrorCode::api_error, kCannotEncodeSound, "this build of FFmpeg has no aac");
    }
    auto context = make_codec_context(codec);
    context->sample_fmt = AV_SAMPLE_FMT_FLTP;
    context->sample_rate = kSoundRate;
    av_channel_layout_default(&context->ch_layout, kChannels);
    context->time_base = {1, kSoundRate};
    context->bit_rate = kBitsPerSecond;
    context->thread_count = 1;
    // MP4 keeps the codec's settings in its index; and no version numbers in the stream.
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    const int opened = avcodec_open2(context.get(), codec, nullptr);
    if (opened < 0) return ffmpeg_error(opened, kCannotEncodeSound, "open aac");
    return AacEncoder(std::move(context));
}

Result<bool> AacEncoder::receive(AVPacket& packet) {
    for (;;) {
        const int received = avcodec_receive_packet(context_.get(), &packet);
        if (received >= 0) return true;
        if (received == AVERROR_EOF) return false;
        if (received != AVERROR(EAGAIN)) {
            return ffmpeg_error(received, kCannotEncodeSound, "take a packet of sound");
        }
        const auto fed = feed();
        if (!fed || !*fed) return fed;
    }
}

Result<bool> AacEncoder::feed() {
    const int have = int(waiting_.size()) / kChannels;
    const int frames = std::min(have, context_->frame_size);
    if (flushed_ || (!ended_ && frames < context_->frame_size)) return false;
    const bool last = frames == 0;
    if (last) {
        flushed_ = true;
    } else {
        fill_frame(frames);
    }
    const int sent = avcodec_send_frame(context_.get(), last ? nullptr : frame_.get());
    av_frame_unref(frame_.get());
    if (sent < 0) return ffmpeg_error(sent, kCannotEncodeSound, "encode sound");
    return true;
}

void AacEncoder::fill_frame(int frames) {
    frame_->nb_samples = frames;
    frame_->format = context_->sample_fmt;
    frame_->sample_rate = kSoundRate;
    if (av_channel_layout_copy(&frame_->ch_layout, &context_->ch_layout) < 0 ||
        av_frame_get_buffer(frame_.get(), 0) < 0) {
        throw std::bad_alloc();
    }
    for (int channel = 0; channel < kChannels; ++channel) {
        auto* plane = reinterpret_cast<float*>(frame_->extended_data[channel]);
        for (int i = 0; i < frames; ++i) plane[i] = waiting_[std::size_t(i * kChannels + channel)];
    }
    frame_->pts = fed_;
    fed_ += frames;
    waiting_.erase(waiting_.begin(), waiting_.begin() + std::ptrdiff_t(frames) * kChannels);
}

}  // namespace kinora::media
