// media/mp4_file.hpp: packets into an MP4 file that is whole or not there.
//
// For this room's sources only.
#pragma once

#include "base/result.hpp"
#include "media/ffmpeg.hpp"

#include <filesystem>

namespace kinora::media {

inline constexpr const char* kVideoNotWritten = "The video could not be written.";

class Mp4File {
public:
    explicit Mp4File(std::filesystem::path path) : path_(std::move(path)) {}
    ~Mp4File();
    Mp4File(const Mp4File&) = delete;
    Mp4File& operator=(const Mp4File&) = delete;

    // In this order: create, a stream for each track, begin, packets, finish.
    Result<void> create();
    AVStream* add_stream();  // The file's.
    // `ticks` a second are the clock of the video track and of the file as a whole.
    Result<void> begin(int ticks);
    // Takes what the packet refers to. Its times are in `from`.
    Result<void> write(AVPacket& packet, const AVStream& to, AVRational from);
    // Writes the index before the frames, and syncs the file to disk.
    Result<void> finish();

    bool is_open() const { return state_ == State::open; }
    // Remembers that the file can never be whole any more.
    Error broken(Error error);

private:
    enum class State { unmade, open, broken, whole };

    Result<void> end_file();

    std::filesystem::path path_;
    OutputPtr output_;
    State state_ = State::unmade;
};

}  // namespace kinora::media
