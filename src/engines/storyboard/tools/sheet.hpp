// engines/storyboard/tools/sheet.hpp: a contact sheet of a clip, and how much changes in it.
#pragma once

#include "engines/engine.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

namespace kinora::engines::storyboard {

using SheetClock = std::chrono::steady_clock;

inline double ms(SheetClock::time_point from, SheetClock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

// Keeps some frames, shrunk, in one RGB picture; sums all up, so that two runs can be compared.
class Sheet final : public FrameSink {
public:
    // `only` is the frame of a sheet of one picture.
    Sheet(int width, int height, int frames, int columns, int rows, int cell_width, int only = -1)
        : frames_(frames),
          only_(only),
          columns_(columns),
          rows_(rows),
          cell_w_(cell_width),
          cell_h_(std::max(1, cell_width * height / width)),
          rgb_(std::size_t(columns * rows * cell_w_) * std::size_t(cell_h_) * 3) {}

    Result<void> add(const media::Picture& picture) override {
        const auto now = SheetClock::now();
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

    void report(SheetClock::time_point begin) const {
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
    SheetClock::time_point first_{}, last_{};
    double slowest_ = 0, change_ = 0;
    std::uint64_t sum_ = 0xcbf29ce484222325ULL;
};

}  // namespace kinora::engines::storyboard
