// engines/storyboard/tools/draw.cpp: kinora-draw, which draws a prompt and shows six of its frames.
#include "engines/storyboard/frames/vec.hpp"
#include "engines/storyboard/own_scene.hpp"
#include "engines/storyboard/scene/json.hpp"
#include "engines/storyboard/storyboard.hpp"
#include "engines/storyboard/tools/sheet.hpp"
#include "engines/storyboard/tools/shot_text.hpp"
#ifdef KINORA_HAVE_WORDS
#include "engines/storyboard/words/compile.hpp"
#endif

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iostream>

int main(int argc, char** argv) {
    using namespace kinora;
    using namespace kinora::engines;
    using namespace kinora::engines::storyboard;
    CLI::App app("Draws a prompt and shows some of its frames.");
    std::string prompt, sheet, pack_path = "build/assets/storyboard.pack",
                               lexicon_path = "build/assets/storyboard.words", ratio = "16:9",
                               style = "claymation";
    std::vector<std::string> shots, then;
    Brief brief;
    int threads = 2, long_side = 1360, columns = 3, rows = 2, cell = 640, only = -1;
    bool print = false, leads_home = false;
    Given given;
    std::optional<OwnScene> own;
    app.add_option("--prompt", prompt, "What to draw");
    app.add_option("--then", then,
                   "A prompt that continues the clip; may be repeated, \"\" goes on as it is");
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
    app.add_flag("--then-home", leads_home, "The last continuation leads back to the start");
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
        if (!then.empty()) {
            given.before.emplace_back(brief.width, brief.height);  // Is not looked at.
            for (std::size_t i = 0; i < then.size(); ++i) {
                const auto& part = i == 0 ? prompt : then[i - 1];
                given.past.push_back({part, brief.seed + i, brief.frame_count, brief.loop && i == 0,
                                      brief.enhancement});
            }
            Brief last = brief;
            last.prompt = then.back(), last.seed += then.size(), last.given = &given;
            last.loop = leads_home;
            if (leads_home) given.opening.push_back(given.before.front().clone());
            own = own_scene(scene, last, *lexicon, pack ? &*pack : nullptr);
        }
    }
#endif
    if (print) std::cout << boost::json::serialize(to_json(scene)) << "\n";
    if (only >= 0) columns = rows = 1;
    const int frame_count = brief.frame_count * (1 + int(then.size()));
    if (only < 0) only = frame_count * 2 / 5;
    Sheet out(brief.width, brief.height, frame_count, columns, rows, cell, only);
    RenderContext context;
    context.threads = threads;
    const auto begin = SheetClock::now();
    Result<RenderReport> report = RenderReport{scene.notes};
    if (own) {
        const auto drawn = draw_clip({&own->timeline, own->style, 0, frame_count, brief.width,
                                      brief.height, brief.fps, own->pack},
                                     out, context);
        if (!drawn) report = drawn.error();
    } else {
        report = draw_scene(scene, brief, pack ? &*pack : nullptr, out, context);
    }
    if (!report) return std::cerr << report.error().message() << "\n", 1;
    for (const auto& note : report->notes) std::cout << "note: " << note << "\n";
    out.report(begin);
    return sheet.empty() || out.write(sheet) ? 0 : 1;
}
