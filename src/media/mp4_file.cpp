#include "media/mp4_file.hpp"

#include "media/durable_file.hpp"

namespace kinora::media {

Mp4File::~Mp4File() {
    output_.reset();
    if (state_ != State::open && state_ != State::broken) return;
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

Result<void> Mp4File::create() {
    AVFormatContext* made = nullptr;
    const auto url = file_url(path_.string());
    int done = avformat_alloc_output_context2(&made, nullptr, "mp4", url.c_str());
    if (done < 0) return ffmpeg_error(done, kVideoNotWritten, "make an MP4 muxer");
    output_.reset(made);
    // No dates and no version numbers: the same pictures give the same bytes.
    output_->flags |= AVFMT_FLAG_BITEXACT;
    done = avio_open(&output_->pb, url.c_str(), AVIO_FLAG_WRITE);
    if (done < 0) return ffmpeg_error(done, kVideoNotWritten, "create the file");
    state_ = State::open;
    return ok();
}

AVStream* Mp4File::add_stream() {
    auto* stream = avformat_new_stream(output_.get(), nullptr);
    if (stream == nullptr) throw std::bad_alloc();
    return stream;
}

Result<void> Mp4File::begin(int ticks) {
    Options options;
    options.set("movflags", "+faststart");
    options.set("video_track_timescale", ticks);
    // The edit list and the file's duration are in this one; it is thousandths by default.
    options.set("movie_timescale", ticks);
    const int done = avformat_write_header(output_.get(), options.get());
    if (done < 0) return broken(ffmpeg_error(done, kVideoNotWritten, "write the header"));
    return ok();
}

Result<void> Mp4File::write(AVPacket& packet, const AVStream& to, AVRational from) {
    av_packet_rescale_ts(&packet, from, to.time_base);
    packet.stream_index = to.index;
    int done = av_interleaved_write_frame(output_.get(), &packet);
    if (done >= 0) done = output_->pb->error;
    if (done < 0) return broken(ffmpeg_error(done, kVideoNotWritten, "write a packet"));
    return ok();
}

Result<void> Mp4File::finish() {
    auto closed = end_file();
    if (!closed) return broken(closed.error());
    auto synced = sync_to_disk(path_, kVideoNotWritten);
    if (!synced) return broken(synced.error());
    state_ = State::whole;
    return ok();
}

Result<void> Mp4File::end_file() {
    int done = av_write_trailer(output_.get());
    if (done >= 0) done = output_->pb->error;
    if (done < 0) return ffmpeg_error(done, kVideoNotWritten, "write the index");
    done = avio_closep(&output_->pb);
    if (done < 0) return ffmpeg_error(done, kVideoNotWritten, "close the file");
    return ok();
}

Error Mp4File::broken(Error error) {
    state_ = State::broken;
    return error;
}

}  // namespace kinora::media
