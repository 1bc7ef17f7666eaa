// media/input.cpp: opens a file and finds the video in it.
#include "media/input.hpp"

#include <algorithm>

namespace kinora::media {

Result<Input> open_input(const std::filesystem::path& path) {
    silence_ffmpeg();
    Input input;
    AVFormatContext* opened = nullptr;
    const auto url = file_url(path.string());
    int done = avformat_open_input(&opened, url.c_str(), nullptr, nullptr);
    if (done < 0) return ffmpeg_error(done, kCannotRead, "open the file");
    input.file.reset(opened);
    done = avformat_find_stream_info(opened, nullptr);
    if (done < 0) return ffmpeg_error(done, kCannotRead, "read the streams");
    const int index = av_find_best_stream(opened, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0) return ffmpeg_error(index, kCannotRead, "find a video stream");
    input.stream = opened->streams[index];
    return input;
}

VideoFacts video_facts(const Input& input) {
    const auto& stream = *input.stream;
    VideoFacts facts;
    facts.width = stream.codecpar->width;
    facts.height = stream.codecpar->height;
    const auto rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
    facts.fps = rate.den > 0 ? av_q2d(rate) : 0;
    facts.frame_count = stream.nb_frames;
    const AVRational microsecond{1, AV_TIME_BASE};
    const auto duration = stream.duration != AV_NOPTS_VALUE
                              ? av_rescale_q(stream.duration, stream.time_base, microsecond)
                              : std::max<std::int64_t>(input.file->duration, 0);
    facts.duration = std::chrono::microseconds(duration);
    return facts;
}

}  // namespace kinora::media
