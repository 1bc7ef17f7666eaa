#include "media/video_box_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

namespace kinora::media {
namespace {

using wire::Kind;

constexpr int kPictureSideMin = 16;
constexpr int kChannels = 2;

bool is_side(std::int32_t side, int most) {
    return side >= kPictureSideMin && side <= most && side % 2 == 0;
}

// Letters, digits and what stands between them: a codec's name goes into logs.
bool is_name(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

// Within -1 to 1, also where it is no number.
float bounded(float sample) {
    return std::isnan(sample) ? 0.0F : std::clamp(sample, -1.0F, 1.0F);
}

std::string_view name_in(const char (&field)[20]) {
    return {field, std::size_t(std::find(field, field + sizeof field, '\0') - field)};
}

}  // namespace

static_assert(kSoundRate == wire::kSoundRate);

VideoBoxReader::VideoBoxReader(ByteSource& source, const VideoLimits& limits)
    : reader_(source, {0, 0, limits.side_max, limits.length_max.count()}), limits_(limits) {}

Result<void> VideoBoxReader::start() {
    auto ready = reader_.read_ready();
    if (!ready) return ready;
    return read_facts();
}

Result<void> VideoBoxReader::read_facts() {
    const auto head = reader_.read_head();
    if (!head) return head.error();
    if (head->kind != Kind::facts || head->size_bytes != sizeof(wire::Facts)) {
        return nonsense("no facts");
    }
    const auto said = reader_.read_body<wire::Facts>();
    if (!said) return said.error();
    if (!is_side(said->out_width, limits_.fit_width) ||
        !is_side(said->out_height, limits_.fit_height)) {
        return nonsense("a size of pictures that was not agreed");
    }
    // Pixels that are not square may make it up to eight times as wide.
    const auto shown_max = limits_.side_max * 8;
    if (said->width < 1 || said->height < 1 || said->width > shown_max ||
        said->height > shown_max) {
        return nonsense("that the video has an impossible size");
    }
    const auto longest_us = std::chrono::microseconds(limits_.length_max).count();
    if (said->fps_num < 1 || said->fps_den < 1 || said->duration_us < 0 ||
        said->duration_us > longest_us || said->frame_count < 0) {
        return nonsense("an impossible rate or length");
    }
    const auto video_codec = name_in(said->video_codec), sound_codec = name_in(said->sound_codec);
    if (!is_name(video_codec) || !is_name(sound_codec)) return nonsense("an impossible name");
    width_ = said->out_width;
    height_ = said->out_height;
    facts_.width = said->width;
    facts_.height = said->height;
    facts_.fps = {said->fps_num, said->fps_den};
    facts_.duration = std::chrono::microseconds(said->duration_us);
    facts_.frame_count = said->frame_count;
    facts_.has_sound = said->has_sound != 0;
    facts_.video_codec = video_codec;
    facts_.sound_codec = sound_codec;
    return ok();
}

Result<std::optional<Picture>> VideoBoxReader::next() {
    if (failed_) return *failed_;
    if (ended_) return std::optional<Picture>();
    auto picture = read_next();
    if (!picture) failed_ = picture.error();
    return picture;
}

Result<std::optional<Picture>> VideoBoxReader::read_next() {
    for (;;) {
        const auto head = reader_.read_head();
        if (!head) return head.error();
        if (head->kind == Kind::sound) {
            auto heard = read_sound(head->size_bytes);
            if (!heard) return heard.error();
        } else if (head->kind == Kind::picture) {
            auto seen = read_picture(head->size_bytes);
            if (!seen) return seen.error();
            return std::optional<Picture>(copy_of_last());
        } else if (head->kind == Kind::end && head->size_bytes == 0 && pictures_read_ > 0) {
            ended_ = true;
            return std::optional<Picture>();
        } else {
            return nonsense("something that is no part of a video");
        }
    }
}

Result<void> VideoBoxReader::read_picture(std::uint32_t size_bytes) {
    const auto head = reader_.read_body<wire::Picture>();
    if (!head) return head.error();
    const auto longest = limits_.length_max.count() * limits_.fps.num / limits_.fps.den + 1;
    if (head->index != pictures_read_ || head->index > longest) {
        return nonsense("a picture out of turn");
    }
    ++pictures_read_;
    const auto samples = std::size_t(width_) * std::size_t(height_) * 3 / 2;
    if (head->repeats != 0) {
        const bool fits = size_bytes == sizeof(wire::Picture) && !last_.empty();
        return fits ? ok() : nonsense("to repeat what was not there");
    }
    if (size_bytes != sizeof(wire::Picture) + samples) return nonsense("a picture of another size");
    last_.resize(samples);
    return reader_.read_samples(last_);
}

std::int64_t VideoBoxReader::sound_frames(std::int64_t pictures) const {
    return pictures * wire::kSoundRate * limits_.fps.den / limits_.fps.num + 1;
}

Result<void> VideoBoxReader::read_sound(std::uint32_t size_bytes) {
    constexpr std::uint32_t kFrameBytes = kChannels * sizeof(float);
    const auto frames = size_bytes / kFrameBytes;
    if (!limits_.with_sound || frames == 0 || size_bytes % kFrameBytes != 0 ||
        frames > wire::kSoundFramesMax) {
        return nonsense("sound that was not agreed");
    }
    sound_read_ += frames;
    if (sound_read_ > sound_frames(pictures_read_ + 1)) return nonsense("too much sound");
    const auto before = sound_.samples.size();
    sound_.samples.resize(before + std::size_t(frames) * kChannels);
    auto* at = reinterpret_cast<std::uint8_t*>(sound_.samples.data() + before);
    auto read = reader_.read_samples({at, size_bytes});
    if (!read) return read;
    std::transform(sound_.samples.begin() + std::ptrdiff_t(before), sound_.samples.end(),
                   sound_.samples.begin() + std::ptrdiff_t(before), bounded);
    return ok();
}

Picture VideoBoxReader::copy_of_last() const {
    Picture picture(width_, height_);
    const auto* from = last_.data();
    for (int i = 0; i < 3; ++i) {
        const auto plane = picture.plane(i);
        for (int y = 0; y < plane.height; ++y, from += plane.width) {
            std::memcpy(plane.data + y * plane.stride, from, std::size_t(plane.width));
        }
    }
    return picture;
}

Sound VideoBoxReader::take_sound() {
    return std::exchange(sound_, {});
}

}  // namespace kinora::media
