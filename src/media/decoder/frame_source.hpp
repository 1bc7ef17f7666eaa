// media/decoder/frame_source.hpp: the frames of a video, in order, each with a time after the last
// one's.
#pragma once

#include "media/decoder/container.hpp"

#include <cstdint>

namespace kinora::media::decoder {

class FrameSource {
public:
    // `container` outlives it; packets of other streams are dropped.
    FrameSource(Container& container, const AVStream& stream, int side_max);

    // The next one, or nullptr at the end. It is good until the next call.
    const AVFrame* next();
    // When the frame is to be seen, after the first one; rises whatever the file says.
    std::int64_t at_ns() const { return at_ns_; }
    // How long it stays, as far as the file or its rate tells.
    std::int64_t stay_ns() const { return stay_ns_; }
    // When the first one is to be seen on the file's own clock.
    std::int64_t start_ns() const { return start_ns_; }

private:
    bool feed();
    void set_times();

    Container& container_;
    const AVStream& stream_;
    CodecContextPtr codec_;
    PacketPtr packet_ = make_packet();
    FramePtr frame_ = make_frame();
    bool at_end_ = false;
    bool has_first_ = false;
    std::int64_t usual_ns_;
    std::int64_t start_ns_ = 0;
    std::int64_t at_ns_ = 0;
    std::int64_t stay_ns_ = 0;
};

// The rate that a stream says it has, or 25 where it says none that makes sense.
AVRational rate_of(const AVStream& stream);

// `time` of a stream in nanoseconds, within some thirty years.
std::int64_t to_ns(std::int64_t time, AVRational base);

}  // namespace kinora::media::decoder
