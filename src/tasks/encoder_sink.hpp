// tasks/encoder_sink.hpp: where an engine's frames become packets.
//
// For this room's sources only.
#pragma once

#include "engines/engine.hpp"
#include "media/sound.hpp"
#include "media/video_writer.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace kinora::tasks {

// Encodes each frame on a thread of its own while the engine draws the next ones, and keeps one of
// them for the thumbnail. At most kFramesAhead pictures wait.
class EncoderSink final : public engines::FrameSink {
public:
    // `frame_done` is called after each frame, from the adding thread, with the number added so
    // far. Both references outlive this.
    EncoderSink(media::VideoWriter& writer, int poster_frame, std::stop_token stop,
                const std::function<void(int)>& frame_done);
    ~EncoderSink() override { (void)close(); }
    EncoderSink(const EncoderSink&) = delete;

    Result<void> add(const media::Picture& picture) override;
    // Sound of the frames that are added next or were last, as VideoWriter::add_sound takes it.
    Result<void> add_sound(media::Sound sound);
    // Waits until all that was added is encoded. To be called before the writer is finished.
    Result<void> close();

    // Of a frame that is still to come.
    void set_poster_frame(int frame) { poster_frame_ = frame; }
    int count() const { return count_; }
    const media::Picture& poster() const { return poster_; }

private:
    static constexpr std::size_t kFramesAhead = 4;

    struct Piece {
        media::Picture picture;  // Empty where it is sound.
        media::Sound sound;
    };

    Result<void> push(Piece piece);
    void encode();
    Result<void> encode_one(const Piece& piece);

    media::VideoWriter& writer_;
    int poster_frame_;
    std::stop_token stop_;
    const std::function<void(int)>& frame_done_;
    int count_ = 0;
    media::Picture poster_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Piece> waiting_;
    std::optional<Error> failure_;
    bool closed_ = false;
    std::thread thread_;
};

}  // namespace kinora::tasks
