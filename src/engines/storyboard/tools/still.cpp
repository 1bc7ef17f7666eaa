// engines/storyboard/tools/still.cpp: kinora-still, which makes a clip of pictures and shows some
// of its frames.
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/stills/stills.hpp"
#include "engines/storyboard/tools/sheet.hpp"
#include "engines/storyboard/tools/shot_text.hpp"
#include "media/video_reader.hpp"
#include "media/video_writer.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

namespace {

using namespace kinora;
using namespace kinora::engines;
using namespace kinora::engines::storyboard;

// Any picture that FFmpeg reads, by way of its program: this is a tool for looking, not a server.
StillPicture read_picture(const std::string& path, int width, int height) {
    const std::string command = "ffmpeg -loglevel error -i '" + path +
                                "' -frames:v 1 -pix_fmt rgb24 -f image2pipe "
                                "-c:v ppm -";
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return {};
    int w = 0, h = 0, most = 0;
    StillPicture out;
    if (std::fscanf(pipe, "P6 %d %d %d", &w, &h, &most) == 3 && std::fgetc(pipe) != EOF) {
        std::vector<std::uint8_t> rgb(std::size_t(w) * std::size_t(h) * 3);
        if (std::fread(rgb.data(), 1, rgb.size(), pipe) == rgb.size())
            out = cover_and_crop({rgb.data(), w, h, 3, std::ptrdiff_t(w) * 3}, width, height);
    }
    ::pclose(pipe);
    return out;
}

// The last pictures of a clip.
std::vector<media::Picture> read_end(const std::string& path, std::size_t most) {
    std::vector<media::Picture> out;
    auto reader = media::VideoReader::open(path);
    while (reader) {
        auto frame = (*reader)->next();
        if (!frame || !*frame) break;
        if (out.size() == most) out.erase(out.begin());
        out.push_back(std::move((*frame)->picture));
    }
    return out;
}

// A contact sheet, and the clip itself where it is wanted.
class Show final : public FrameSink {
public:
    Show(Sheet& sheet, media::VideoWriter* writer) : sheet_(sheet), writer_(writer) {}
    Result<void> add(const media::Picture& picture) override {
        const auto kept = sheet_.add(picture);
        if (!kept || writer_ == nullptr) return kept;
        return writer_->add(picture);
    }

private:
    Sheet& sheet_;
    media::VideoWriter* writer_;
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Makes a clip of pictures and shows some of its frames.");
    std::string start, end, before, shot, sheet, video, style = "claymation";
    StillsBrief brief;
    int width = 1360, height = 752, threads = 2, columns = 3, rows = 2, cell = 640;
    app.add_option("--start", start, "The first frame"), app.add_option("--end", end, "The last");
    app.add_option("--before", before, "A clip to go on from");
    app.add_option("--shot", shot, "Words of the mood: \"push_in rain night\"");
    app.add_option("--style", style), app.add_option("--sheet", sheet, "Contact sheet (PNG)");
    app.add_option("--video", video, "Where the clip goes (MP4)");
    app.add_option("--width", width), app.add_option("--height", height);
    app.add_option("--frames", brief.frame_count), app.add_option("--fps", brief.fps),
        app.add_option("--seed", brief.seed), app.add_option("--threads", threads);
    app.add_option("--columns", columns), app.add_option("--rows", rows),
        app.add_option("--cell", cell);
    app.add_flag("--loop", brief.loop);
    CLI11_PARSE(app, argc, argv);

    StillPicture first, last;
    std::vector<media::Picture> clip;
    if (!before.empty()) {
        clip = read_end(before, 12);
        if (clip.empty()) return std::cerr << "no pictures in " << before << "\n", 1;
        width = clip.back().width(), height = clip.back().height();
        brief.before = clip;
    }
    if (!start.empty()) first = read_picture(start, width, height), brief.start = &first;
    if (!end.empty()) last = read_picture(end, width, height), brief.end = &last;
    brief.mood = read_shot(shot);
    for (int i = 0; i <= int(Style::vintage_film); ++i) {
        if (name_of(Style(i)) == style) brief.style = Style(i);
    }
    std::unique_ptr<media::VideoWriter> writer;
    if (!video.empty()) {
        media::VideoSettings settings{width, height, brief.fps};
        if (brief.loop) settings.fine_from = brief.frame_count - brief.fps;
        auto opened = media::VideoWriter::open(video, settings);
        if (!opened) return std::cerr << opened.error().message() << "\n", 1;
        writer = std::move(*opened);
    }
    Sheet out(width, height, brief.frame_count, columns, rows, cell);
    Show show(out, writer.get());
    RenderContext context;
    context.threads = threads;
    const auto begin = SheetClock::now();
    const auto report = draw_stills(brief, show, context);
    if (!report) return std::cerr << report.error().message() << "\n", 1;
    for (const auto& note : report->notes) std::cout << "note: " << note << "\n";
    out.report(begin);
    if (writer) {
        const auto done = writer->finish();
        if (!done) return std::cerr << done.error().message() << "\n", 1;
        std::cout << "with encoding " << ms(begin, SheetClock::now()) / 1000 << " s\n";
    }
    return sheet.empty() || out.write(sheet) ? 0 : 1;
}
