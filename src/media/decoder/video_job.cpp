#include "media/decoder/video_job.hpp"

#include "media/decoder/codec.hpp"
#include "media/decoder/container.hpp"
#include "media/decoder/frame_source.hpp"
#include "media/decoder/image_header.hpp"
#include "media/decoder/refusal.hpp"
#include "media/decoder/sound_source.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

namespace kinora::media::decoder {
namespace {

using wire::Reason;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kHeaderBytes = 4096;  // Enough to tell formats apart.

Format video_format(const Source& source) {
    const auto format = read_image_header(source.read_start(kHeaderBytes)).format;
    if (is_image(format)) refuse(Reason::is_picture);
    if (format == Format::sound) refuse(Reason::is_sound);
    if (format == Format::unknown) refuse(Reason::unknown_format);
    return format;
}

const AVStream& find_video(const Container& container) {
    const auto* stream = container.find(AVMEDIA_TYPE_VIDEO);
    if (stream != nullptr) return *stream;
    refuse(container.find(AVMEDIA_TYPE_AUDIO) != nullptr ? Reason::is_sound : Reason::unreadable);
}

void set_name(char (&out)[20], AVCodecID id) {
    const std::string_view name = avcodec_get_name(id);
    std::copy_n(name.begin(), std::min(name.size(), sizeof out - 1), out);
}

std::int64_t duration_ns(const Container& container, const AVStream& stream) {
    if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0) {
        return to_ns(stream.duration, stream.time_base);
    }
    return std::max<std::int64_t>(to_ns(container.file().duration, {1, AV_TIME_BASE}), 0);
}

class Playing {
public:
    Playing(const Source& source, Format format, const VideoJob& job, Outlet& outlet)
        : source_(source),
          format_(format),
          job_(job),
          outlet_(outlet),
          container_(source, format),
          stream_(find_video(container_)),
          orientation_(orientation_of(stream_)),
          cadence_(job.rate) {}

    void say_facts();
    void play();

private:
    // Its frame `count` times, each with its sound.
    void show(const AVFrame& frame, std::int64_t count);
    // Sound that makes no sense ends, and harms no picture.
    void open_sound(std::int64_t start_ns);
    std::span<const float> next_sound(std::int64_t frames);
    void say_sound(std::int64_t until);

    const Source& source_;
    Format format_;
    const VideoJob& job_;
    Outlet& outlet_;
    Container container_;
    const AVStream& stream_;
    int orientation_;
    Cadence cadence_;
    std::optional<PictureMaker> maker_;
    std::unique_ptr<SoundSource> sound_;
    std::int64_t pictures_said_ = 0;
    std::int64_t sound_said_ = 0;
};

void Playing::say_facts() {
    const auto& coded = *stream_.codecpar;
    if (find_codec(coded.codec_id) == nullptr) refuse(Reason::unknown_codec);
    if (coded.width <= 0 || coded.height <= 0) refuse();
    if (std::max(coded.width, coded.height) > job_.side_max) refuse(Reason::too_many_on_a_side);
    if (std::min(coded.width, coded.height) < 16) refuse(Reason::too_small);
    const auto duration = duration_ns(container_, stream_);
    if (duration > job_.seconds_max * kSecond) refuse(Reason::too_long);

    const auto shown =
        shown_size({coded.width, coded.height}, coded.sample_aspect_ratio, orientation_);
    const auto out = fitted(shown, job_.fit);
    maker_.emplace(out, orientation_);
    const auto rate = rate_of(stream_);
    const auto* sound = find_sound(container_);
    wire::Facts facts{};
    facts.width = shown.width;
    facts.height = shown.height;
    facts.out_width = out.width;
    facts.out_height = out.height;
    facts.fps_num = rate.num;
    facts.fps_den = rate.den;
    facts.duration_us = duration / 1000;
    facts.frame_count = stream_.nb_frames > 0 ? stream_.nb_frames
                                              : av_rescale(duration, rate.num, rate.den * kSecond);
    facts.has_sound = sound != nullptr ? 1 : 0;
    set_name(facts.video_codec, coded.codec_id);
    if (sound != nullptr) set_name(facts.sound_codec, sound->codecpar->codec_id);
    outlet_.say(wire::Kind::facts, {bytes_of(facts)});
}

void Playing::play() {
    const bool has_sound = job_.sound && find_sound(container_) != nullptr;
    FrameSource frames(container_, stream_, job_.side_max);
    // The one that is seen until the next one comes.
    auto held = make_frame();
    std::int64_t stay = 0;
    while (const auto* frame = frames.next()) {
        const bool first = held->buf[0] == nullptr;
        if (frames.at_ns() > job_.seconds_max * kSecond) refuse(Reason::too_long);
        if (first && has_sound) open_sound(frames.start_ns());
        if (!first) show(*held, cadence_.show_at(frames.at_ns()));
        av_frame_unref(held.get());
        require(av_frame_ref(held.get(), frame));
        stay = frames.stay_ns();
    }
    if (held->buf[0] == nullptr) refuse();
    show(*held, cadence_.end(std::min(stay, job_.seconds_max * kSecond)));
    outlet_.say(wire::Kind::end);
}

void Playing::show(const AVFrame& frame, std::int64_t count) {
    if (count == 0) return;
    if (frame.width <= 0 || std::max(frame.width, frame.height) > job_.side_max) {
        refuse(Reason::too_many_on_a_side);
    }
    const auto samples = std::as_bytes(maker_->make(frame));
    for (std::int64_t i = 0; i < count; ++i) {
        if (pictures_said_ * job_.rate.den > job_.seconds_max * job_.rate.num) {
            refuse(Reason::too_long);
        }
        say_sound(av_rescale(pictures_said_ + 1, wire::kSoundRate * job_.rate.den, job_.rate.num));
        const wire::Picture head{pictures_said_++, i > 0 ? 1U : 0U};
        if (i == 0) {
            outlet_.say(wire::Kind::picture, {bytes_of(head), samples});
        } else {
            outlet_.say(wire::Kind::picture, {bytes_of(head)});
        }
    }
}

void Playing::open_sound(std::int64_t start_ns) {
    try {
        sound_ = std::make_unique<SoundSource>(source_, format_, start_ns);
    } catch (const Refusal&) {
        sound_.reset();
    }
}

std::span<const float> Playing::next_sound(std::int64_t frames) {
    try {
        return sound_->next(frames);
    } catch (const Refusal&) {
        return {};
    }
}

void Playing::say_sound(std::int64_t until) {
    while (sound_ && sound_said_ < until) {
        const auto most = std::min<std::int64_t>(until - sound_said_, wire::kSoundFramesMax);
        const auto samples = next_sound(most);
        if (samples.empty()) {
            sound_.reset();
            return;
        }
        sound_said_ += std::int64_t(samples.size() / 2);
        outlet_.say(wire::Kind::sound, {std::as_bytes(samples)});
    }
}

}  // namespace

void decode_video(const Source& source, const VideoJob& job, Outlet& outlet) {
    Playing playing(source, video_format(source), job, outlet);
    playing.say_facts();
    playing.play();
}

}  // namespace kinora::media::decoder
