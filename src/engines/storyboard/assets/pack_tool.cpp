// engines/storyboard/assets/pack_tool.cpp: draws the chosen vector pictures and packs them. Build
// time only.
//
//     kinora-pack DRAWINGS_FOLDER OUT_FILE
//
// The folder holds manifest.tsv, written by scripts/assets.d/pick.mjs, one picture a line:
// key, name, tags, kind, facing, flags, height in metres, wheels, cuts, file, other file (may be
// empty). Positions are fractions of the drawing's whole box. The other file is drawn where librsvg
// refuses the first: it lacks some filters that a few drawings use.
#include "engines/storyboard/assets/pack_writer.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <thread>

namespace {

using namespace kinora::engines::storyboard;

constexpr int kHeight = 448;  // Pixels of the whole drawing, before it is cut to what is visible.
constexpr int kMaxWidth = 1344;  // Wider drawings are drawn smaller.
constexpr int kVisible = 8;      // Fainter alpha than this is not part of a thing's outline.

struct Drawing {
    Asset asset;
    std::vector<std::array<double, 4>> cuts;  // Left, top, right, bottom: taken out.
    std::string file, other_file;
};

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == by) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

std::vector<double> numbers(const std::string& text) {
    std::vector<double> values;
    for (const auto& part : split(text, ',')) values.push_back(std::atof(part.c_str()));
    return values;
}

// False where the line is none of ours.
bool read_line(const std::string& line, Drawing& drawing) {
    const auto parts = split(line, '\t');
    if (parts.size() != 11) return false;
    auto& asset = drawing.asset;
    asset.key = parts[0];
    asset.name = parts[1];
    asset.tags = parts[2];
    asset.kind = static_cast<AssetKind>(std::atoi(parts[3].c_str()));
    asset.facing = std::atoi(parts[4].c_str());
    const auto has = [&flags = parts[5]](char c) { return flags.find(c) != std::string::npos; };
    asset.legs = has('l');
    asset.wings = has('w');
    asset.flies = has('y');
    asset.floats = has('f');
    asset.swims = has('s');
    asset.glows = has('g');
    asset.head = has('h');
    asset.silhouette = has('o');
    asset.height_m = std::atof(parts[6].c_str());
    for (const auto& wheel : split(parts[7], ';')) {
        const auto at = numbers(wheel);
        if (at.size() != 3) continue;
        asset.wheels.push_back(
            {static_cast<float>(at[0]), static_cast<float>(at[1]), static_cast<float>(at[2])});
    }
    for (const auto& cut : split(parts[8], ';')) {
        const auto at = numbers(cut);
        if (at.size() == 4) drawing.cuts.push_back({at[0], at[1], at[2], at[3]});
    }
    drawing.file = parts[9];
    drawing.other_file = parts[10];
    return true;
}

// An RGBA picture, not premultiplied.
struct Canvas {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
    std::uint8_t* at(int x, int y) {
        return rgba.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                  static_cast<std::size_t>(x));
    }
};

// Empty where librsvg cannot draw it.
Canvas draw_svg(const std::string& svg) {
    GError* error = nullptr;
    RsvgHandle* handle =
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error);
    if (handle == nullptr) {
        g_clear_error(&error);
        return {};
    }
    gdouble w = 0;
    gdouble h = 0;
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &w, &h) == 0 || h <= 0) w = h = 1;
    Canvas canvas;
    canvas.height = kHeight;
    canvas.width = std::max(1, static_cast<int>(kHeight * w / h + 0.5));
    if (canvas.width > kMaxWidth) {
        canvas.height = std::max(1, canvas.height * kMaxWidth / canvas.width);
        canvas.width = kMaxWidth;
    }
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, canvas.width, canvas.height);
    cairo_t* cairo = cairo_create(surface);
    const RsvgRectangle view{0, 0, static_cast<double>(canvas.width),
                             static_cast<double>(canvas.height)};
    const bool drawn = rsvg_handle_render_document(handle, cairo, &view, &error) != 0;
    g_clear_error(&error);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    if (drawn) {
        canvas.rgba.resize(static_cast<std::size_t>(canvas.width) *
                           static_cast<std::size_t>(canvas.height) * 4);
        const unsigned char* pixels = cairo_image_surface_get_data(surface);
        const int stride = cairo_image_surface_get_stride(surface);
        for (int y = 0; y < canvas.height; ++y) {
            for (int x = 0; x < canvas.width; ++x) {
                const unsigned char* bgra =
                    pixels + static_cast<std::ptrdiff_t>(y) * stride + 4 * x;
                const int alpha = bgra[3];
                auto* out = canvas.at(x, y);
                for (int c = 0; c < 3; ++c) {
                    const int value = alpha == 0 ? 0 : (bgra[2 - c] * 255 + alpha / 2) / alpha;
                    out[c] = static_cast<std::uint8_t>(std::min(value, 255));
                }
                out[3] = static_cast<std::uint8_t>(alpha);
            }
        }
    }
    cairo_surface_destroy(surface);
    g_object_unref(handle);
    return canvas;
}

void cut_out(Canvas& canvas, const std::array<double, 4>& box) {
    const auto pixel = [](double fraction, int size) {
        return std::clamp(static_cast<int>(fraction * size + 0.5), 0, size);
    };
    for (int y = pixel(box[1], canvas.height); y < pixel(box[3], canvas.height); ++y) {
        for (int x = pixel(box[0], canvas.width); x < pixel(box[2], canvas.width); ++x) {
            canvas.at(x, y)[3] = 0;
        }
    }
}

// Keeps the visible box, and moves the asset's positions into it. False where nothing is visible.
bool trim(Canvas& canvas, Asset& asset) {
    int left = canvas.width, top = canvas.height, right = -1, bottom = -1;
    for (int y = 0; y < canvas.height; ++y) {
        for (int x = 0; x < canvas.width; ++x) {
            if (canvas.at(x, y)[3] <= kVisible) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    if (right < left) return false;
    Canvas out;
    out.width = right - left + 1;
    out.height = bottom - top + 1;
    for (int y = top; y <= bottom; ++y) {
        out.rgba.insert(out.rgba.end(), canvas.at(left, y), canvas.at(right, y) + 4);
    }
    for (auto& wheel : asset.wheels) {
        wheel.x = (wheel.x * static_cast<float>(canvas.width) - static_cast<float>(left)) /
                  static_cast<float>(out.width);
        wheel.y = (wheel.y * static_cast<float>(canvas.height) - static_cast<float>(top)) /
                  static_cast<float>(out.height);
        wheel.radius =
            wheel.radius * static_cast<float>(canvas.height) / static_cast<float>(out.height);
    }
    canvas = std::move(out);
    asset.width = canvas.width;
    asset.height = canvas.height;
    return true;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// No bytes where neither file can be drawn.
PackedAsset draw(const std::filesystem::path& folder, const Drawing& drawing) {
    PackedAsset packed{drawing.asset, {}};
    for (const auto& file : {drawing.file, drawing.other_file}) {
        if (file.empty()) continue;
        auto canvas = draw_svg(read_file(folder / file));
        if (canvas.rgba.empty()) continue;
        for (const auto& box : drawing.cuts) cut_out(canvas, box);
        if (!trim(canvas, packed.asset)) continue;
        packed.webp = encode_webp(canvas.width, canvas.height, canvas.rgba);
        if (!packed.webp.empty()) break;
    }
    return packed;
}

std::vector<PackedAsset> draw_all(const std::filesystem::path& folder,
                                  const std::vector<Drawing>& drawings) {
    std::vector<PackedAsset> packed(drawings.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (auto i = next++; i < drawings.size(); i = next++)
            packed[i] = draw(folder, drawings[i]);
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
    work();
    for (auto& thread : threads) thread.join();
    return packed;
}

int run(const std::filesystem::path& folder, const std::filesystem::path& out) {
    std::vector<Drawing> drawings;
    std::ifstream manifest(folder / "manifest.tsv");
    for (std::string line; std::getline(manifest, line);) {
        Drawing drawing;
        if (read_line(line, drawing)) drawings.push_back(std::move(drawing));
    }
    auto packed = draw_all(folder, drawings);
    std::size_t failed = 0;
    std::erase_if(packed, [&failed](const PackedAsset& one) {
        if (!one.webp.empty()) return false;
        std::fprintf(stderr, "kinora-pack: %s cannot be drawn and is left out\n",
                     one.asset.key.c_str());
        ++failed;
        return true;
    });
    // A handful may depend on the release of librsvg; more than that is a broken installation.
    if (packed.empty() || failed * 20 > drawings.size()) {
        std::fprintf(stderr, "kinora-pack: %zu of %zu pictures failed\n", failed, drawings.size());
        return 1;
    }
    const auto written = write_pack(out, std::move(packed));
    if (!written) {
        std::fprintf(stderr, "kinora-pack: %s\n", written.error().detail().c_str());
        return 1;
    }
    std::printf("%zu pictures\n", drawings.size() - failed);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: kinora-pack DRAWINGS_FOLDER OUT_FILE\n");
        return 2;
    }
    // librsvg takes surfaces of megabytes for every group that it draws. Given back to the kernel
    // each time and cleared anew, they would be half of all the time.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
    return run(argv[1], argv[2]);
}
