#include "tasks/encoder_sink.hpp"

namespace kinora::tasks {

EncoderSink::EncoderSink(media::VideoWriter& writer, int poster_frame, std::stop_token stop,
                         const std::function<void(int)>& frame_done)
    : writer_(writer),
      poster_frame_(poster_frame),
      stop_(std::move(stop)),
      frame_done_(frame_done),
      thread_([this] { encode(); }) {}

Result<void> EncoderSink::add(const media::Picture& picture) {
    if (stop_.stop_requested()) return Error(ErrorCode::cancelled, "The work was stopped.");
    if (count_ == poster_frame_) poster_ = picture.clone();
    const auto pushed = push({picture.clone(), {}});
    if (!pushed) return pushed;
    frame_done_(++count_);
    return ok();
}

Result<void> EncoderSink::add_sound(media::Sound sound) {
    if (sound.empty()) return ok();
    return push({{}, std::move(sound)});
}

Result<void> EncoderSink::push(Piece piece) {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return failure_ || waiting_.size() < kFramesAhead; });
        if (failure_) return *failure_;
        waiting_.push_back(std::move(piece));
    }
    changed_.notify_all();
    return ok();
}

Result<void> EncoderSink::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (failure_) return *failure_;
    return ok();
}

void EncoderSink::encode() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const auto piece = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        changed_.notify_all();
        // Who stops the work does not want the rest.
        const auto added = stop_.stop_requested() ? ok() : encode_one(piece);
        lock.lock();
        if (!added) {
            failure_ = added.error();
            changed_.notify_all();
            return;
        }
    }
}

// A thread is a fence of its own: what escapes becomes the render's failure.
Result<void> EncoderSink::encode_one(const Piece& piece) {
    try {
        return piece.picture.empty() ? writer_.add_sound(piece.sound.samples)
                                     : writer_.add(piece.picture);
    } catch (const std::exception& error) {
        return Error(ErrorCode::api_error, "The video could not be encoded.", error.what());
    }
}

}  // namespace kinora::tasks
