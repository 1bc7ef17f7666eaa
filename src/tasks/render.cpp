#include "tasks/render.hpp"

#include "base/ensure.hpp"
#include "tasks/encoder_sink.hpp"

#include <algorithm>

namespace kinora::tasks {

media::VideoSettings clip_settings(const engines::Brief& brief) {
    media::VideoSettings settings;
    settings.width = brief.width;
    settings.height = brief.height;
    settings.fps = brief.fps;
    // One thread of x264 and not several: with more its output is not always the same, byte for
    // byte, for the same pictures (seen with x264 0.164, where the pictures come at an uneven
    // pace).
    settings.threads = 1;
    // The last frame of these is looked at closely: beside the first one, beside a picture.
    if (brief.loop || (brief.given != nullptr && brief.given->end))
        settings.fine_from = brief.frame_count - std::min(brief.frame_count, brief.fps);
    return settings;
}

Result<RenderedClip> render_clip(engines::Engine& engine, const engines::Brief& brief,
                                 const media::VideoSettings& settings, const RenderPaths& paths,
                                 int threads, std::stop_token stop,
                                 const std::function<void(int)>& frame_done) {
    auto writer = media::VideoWriter::open(paths.video, settings);
    if (!writer) return writer.error();

    EncoderSink sink(**writer, brief.frame_count / 2, stop, frame_done);
    auto report = engine.render(brief, sink, {stop, threads});
    const auto encoded = sink.close();
    if (!report) return report.error();
    if (!encoded) return encoded.error();
    ensure(sink.count() == brief.frame_count, "an engine drew another number of frames");

    auto facts = (*writer)->finish();
    if (!facts) return facts.error();
    auto poster = media::write_jpeg(paths.thumbnail, sink.poster(), kThumbnailQuality);
    if (!poster) return poster.error();
    return RenderedClip{*facts, std::move(report->notes)};
}

}  // namespace kinora::tasks
