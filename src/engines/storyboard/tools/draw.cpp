// engines/storyboard/tools/draw.cpp: kinora-draw, which draws a prompt and shows six of its frames.
#include "engines/storyboard/frames/vec.hpp"
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/storyboard.hpp"
#include "engines/storyboard/tools/shot_text.hpp"
#ifdef KINORA_HAVE_WORDS
#include "engines/storyboard/words/compile.hpp"
#endif

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>

namespace {

using namespace kinora;
using namespace kinora::engines;
using Clock = std::chrono::steady_clock;

double ms(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

// Keeps some frames, shrunk, in one RGB picture; sums all up, so that two runs can be compared.
class Sheet final : public FrameSink {
public:
    // `only` is the frame of a sheet of one picture.
    Sheet(int width, int height, int frames, int columns, int rows, int cell_width, int only)
        : frames_(frames),
          only_(only),
          columns_(columns),
          rows_(rows),
          cell_w_(cell_width),
          cell_h_(std::max(1, cell_width * height / width)),
          rgb_(std::size_t(columns * rows * cell_w_) * std::size_t(cell_h_) * 3) {}

    Result<void> add(const media::Picture& picture) override {
        const auto now = Clock::now();
        if (count_ == 0) first_ = now;
        if (count_ > 0) slowest_ = std::max(slowest_, ms(last_, now));
        last_ = now;
        for (int i = 0; i < 3; ++i) {
            const auto plane = picture.plane(i);
            for (int y = 0; y < plane.height; ++y) {
                for (int x = 0; x < plane.width; ++x)
                    sum_ = (sum_ ^ plane.data[y * plane.stride + x]) * 0x100000001b3ULL;
                if (i == 0 && !kept_.empty()) {
                    for (int x = 0; x < plane.width; x += 3)
                        change_ += std::abs(int(plane.data[y * plane.stride + x]) -
                                            int(kept_[std::size_t(y * plane.width + x)]));
                }
            }
        }
        const auto luma = picture.plane(0);
        const double scale = 3.0 / (double(luma.width) * luma.height);
        if (count_ > 0) changes_.push_back(change_ * scale);
        change_ = 0;
        if (count_ == 0) {
            start_.resize(std::size_t(luma.width) * std::size_t(luma.height));
            for (int y = 0; y < luma.height; ++y)
                std::copy_n(luma.data + y * luma.stride, luma.width,
                            start_.begin() + std::ptrdiff_t(y) * luma.width);
        }
        kept_.resize(std::size_t(luma.width) * std::size_t(luma.height));
        for (int y = 0; y < luma.height; ++y)
            std::copy_n(luma.data + y * luma.stride, luma.width,
                        kept_.begin() + std::ptrdiff_t(y) * luma.width);
        const int cells = columns_ * rows_;
        for (int c = 0; c < cells; ++c) {
            const int wanted = cells == 1 ? only_ : c * (frames_ - 1) / (cells - 1);
            if (wanted == count_) keep(picture, c % columns_ * cell_w_, c / columns_ * cell_h_);
        }
        ++count_;
        return ok();
    }

    void report(Clock::time_point begin) const {
        double mean = 0, most = 0;
        for (const double c : changes_)
            mean += c / double(std::max<std::size_t>(1, changes_.size())), most = std::max(most, c);
        double seam = 0;
        for (std::size_t i = 0; i < kept_.size(); i += 3)
            seam += std::abs(int(kept_[i]) - int(start_[i]));
        std::printf(
            "set-up and first frame %.0f ms, then %.1f ms a frame (slowest %.1f), whole %.2f s\n",
            ms(begin, first_), ms(first_, last_) / std::max(1, count_ - 1), slowest_,
            ms(begin, last_) / 1000);
        std::printf(
            "processor time %.2f s; change a frame: mean %.2f, most %.2f, seam %.2f; sum %016llx\n",
            double(std::clock()) / CLOCKS_PER_SEC, mean, most, seam * 3.0 / double(kept_.size()),
            static_cast<unsigned long long>(sum_));
    }

    bool write(const std::string& path) const {
        const std::string ppm = path + ".ppm";
        std::ofstream out(ppm, std::ios::binary);
        out << "P6\n" << columns_ * cell_w_ << " " << rows_ * cell_h_ << "\n255\n";
        out.write(reinterpret_cast<const char*>(rgb_.data()), std::streamsize(rgb_.size()));
        out.close();
        const std::string command =
            "ffmpeg -loglevel error -y -i '" + ppm + "' '" + path + "' && rm -f '" + ppm + "'";
        return std::system(command.c_str()) == 0;
    }

private:
    void keep(const media::Picture& picture, int x0, int y0) {
        const auto luma = picture.plane(0), cb = picture.plane(1), cr = picture.plane(2);
        const double sx = double(luma.width) / cell_w_, sy = double(luma.height) / cell_h_;
        for (int y = 0; y < cell_h_; ++y) {
            for (int x = 0; x < cell_w_; ++x) {
                double l = 0;
                int n = 0;
                const int ya = int(y * sy), yb = std::max(ya + 1, int((y + 1) * sy)),
                          xa = int(x * sx), xb = std::max(xa + 1, int((x + 1) * sx));
                for (int v = ya; v < std::min(yb, luma.height); ++v) {
                    for (int u = xa; u < std::min(xb, luma.width); ++u)
                        l += luma.data[v * luma.stride + u], ++n;
                }
                l = (l / std::max(1, n) - 16) * 255 / 219;
                const auto c = std::ptrdiff_t(std::min(cb.height - 1, (ya + yb) / 4)) * cb.stride +
                               std::min(cb.width - 1, (xa + xb) / 4);
                const double b = (cb.data[c] - 128) / 112.0 * 127.5,
                             r = (cr.data[c] - 128) / 112.0 * 127.5;
                auto* to = &rgb_[(std::size_t(y + y0) * std::size_t(columns_ * cell_w_) +
                                  std::size_t(x + x0)) *
                                 3];
                auto put = [](double v) { return std::uint8_t(std::clamp(v + 0.5, 0.0, 255.0)); };
                to[0] = put(l + 1.5748 * r), to[1] = put(l - 0.1873 * b - 0.4681 * r),
                to[2] = put(l + 1.8556 * b);
            }
        }
    }

    int frames_, only_, columns_, rows_, cell_w_, cell_h_, count_ = 0;
    std::vector<std::uint8_t> rgb_, kept_, start_;
    std::vector<double> changes_;
    Clock::time_point first_{}, last_{};
    double slowest_ = 0, change_ = 0;
    std::uint64_t sum_ = 0xcbf29ce484222325ULL;
};

}  // namespace

int main(int argc, char** argv) {
    using namespace kinora::engines::storyboard;
    CLI::App app("Draws a prompt and shows some of its frames.");
    std::string prompt, sheet, pack_path = "build/assets/storyboard.pack",
                               lexicon_path = "build/assets/storyboard.words", ratio = "16:9",
                               style = "claymation";
    std::vector<std::string> shots;
    Brief brief;
    int threads = 2, long_side = 1360, columns = 3, rows = 2, cell = 640, only = -1;
    bool print = false;
    app.add_option("--prompt", prompt, "What to draw");
    app.add_option("--shot", shots, "A shot written by hand, instead of a prompt; may be repeated");
    app.add_option("--style", style, "Style of shots written by hand");
    app.add_option("--sheet", sheet, "Where the contact sheet goes (PNG)");
    app.add_option("--pack", pack_path), app.add_option("--lexicon", lexicon_path);
    app.add_option("--seed", brief.seed), app.add_option("--ratio", ratio),
        app.add_option("--frames", brief.frame_count), app.add_option("--fps", brief.fps);
    app.add_option("--threads", threads), app.add_option("--long-side", long_side);
    app.add_option("--columns", columns), app.add_option("--rows", rows),
        app.add_option("--cell", cell, "Width of one picture of the sheet");
    app.add_option("--frame", only, "Show this frame alone");
    app.add_flag("--loop", brief.loop), app.add_flag("--enhance,!--no-enhance", brief.enhancement),
        app.add_flag("--json", print, "Print the scene");
    CLI11_PARSE(app, argc, argv);

    const auto colon = ratio.find(':');
    const double aspect = std::stod(ratio.substr(0, colon)) / std::stod(ratio.substr(colon + 1));
    const double area = double(long_side) * long_side * 9 / 16;
    brief.width = int(std::sqrt(area * aspect) / 16 + 0.5) * 16,
    brief.height = int(std::sqrt(area / aspect) / 16 + 0.5) * 16;
    if (ratio == "16:9") brief.width = long_side, brief.height = long_side * 752 / 1360 / 2 * 2;
    auto pack = Pack::open(pack_path);
    if (!pack) std::cerr << pack.error().message() << "\n";
    Scene scene;
    for (const auto& text : shots) {
        Shot shot = read_shot(text);
        shot.share = 1.0 / double(shots.size()), shot.into = Transition::dissolve;
        scene.shots.push_back(std::move(shot));
    }
    for (int i = 0; i <= int(Style::vintage_film); ++i) {
        if (name_of(Style(i)) == style) scene.style = Style(i);
    }
#ifdef KINORA_HAVE_WORDS
    if (shots.empty()) {
        const auto lexicon = Lexicon::open(lexicon_path);
        if (!lexicon) return std::cerr << lexicon.error().message() << "\n", 1;
        scene = compile({prompt, brief.enhancement, brief.seed, aspect}, *lexicon);
    }
#endif
    if (print) std::cout << boost::json::serialize(to_json(scene)) << "\n";
    if (only >= 0) columns = rows = 1;
    if (only < 0) only = brief.frame_count * 2 / 5;
    Sheet out(brief.width, brief.height, brief.frame_count, columns, rows, cell, only);
    RenderContext context;
    context.threads = threads;
    const auto begin = Clock::now();
    const auto report = draw_scene(scene, brief, pack ? &*pack : nullptr, out, context);
    if (!report) return std::cerr << report.error().message() << "\n", 1;
    for (const auto& note : report->notes) std::cout << "note: " << note << "\n";
    out.report(begin);
    return sheet.empty() || out.write(sheet) ? 0 : 1;
}
