// media/video_box_reader.hpp: pictures and sound out of what a decoder says of a video.
//
// For this room's sources only; as box_reader.hpp, it believes nothing.
#pragma once

#include "base/result.hpp"
#include "media/box_reader.hpp"
#include "media/boxed_video.hpp"
#include "media/byte_source.hpp"
#include "media/picture.hpp"
#include "media/sound.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kinora::media {

class VideoBoxReader {
public:
    // `source` outlives it.
    VideoBoxReader(ByteSource& source, const VideoLimits& limits);

    // Reads the greeting and the facts; before anything else.
    Result<void> start();
    const SourceFacts& facts() const { return facts_; }
    int width() const { return width_; }
    int height() const { return height_; }

    // As BoxedVideo's. After the end or an Error the answer stays the same.
    Result<std::optional<Picture>> next();
    Sound take_sound();

private:
    Result<void> read_facts();
    Result<std::optional<Picture>> read_next();
    Result<void> read_picture(std::uint32_t size_bytes);
    Result<void> read_sound(std::uint32_t size_bytes);
    Picture copy_of_last() const;
    // How many frames of sound `pictures` of them last.
    std::int64_t sound_frames(std::int64_t pictures) const;

    BoxReader reader_;
    VideoLimits limits_;
    SourceFacts facts_;
    int width_ = 0;
    int height_ = 0;
    std::int64_t pictures_read_ = 0;
    std::int64_t sound_read_ = 0;
    std::vector<std::uint8_t> last_;  // The picture before, for one that repeats it.
    Sound sound_;
    bool ended_ = false;
    std::optional<Error> failed_;
};

}  // namespace kinora::media
