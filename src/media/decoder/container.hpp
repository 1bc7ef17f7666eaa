// media/decoder/container.hpp: the boxes around the pictures: MP4, MOV, WebM, Matroska.
//
// Read through the one descriptor that we have. What a file says of other files, addresses or
// playlists leads nowhere.
#pragma once

#include "media/decoder/image_header.hpp"
#include "media/decoder/source.hpp"
#include "media/ffmpeg.hpp"

#include <memory>

namespace kinora::media::decoder {

class Container {
public:
    // `source` outlives it. Refuses what is no such file.
    Container(const Source& source, Format format);
    ~Container();
    Container(const Container&) = delete;
    Container& operator=(const Container&) = delete;

    // The stream that a player would choose, or nullptr. A cover picture is no video.
    AVStream* find(AVMediaType kind) const;
    const AVFormatContext& file() const { return *file_; }

    // Drops all packets but those of `stream`.
    void keep_only(const AVStream& stream);
    // The next packet; false at the end, or where the rest makes no sense.
    bool read(AVPacket& packet);

private:
    struct Place;
    std::unique_ptr<Place> place_;
    AVFormatContext* file_ = nullptr;
};

// How the stream's pictures are put upright.
int orientation_of(const AVStream& stream);

}  // namespace kinora::media::decoder
