// stills/flow.cpp: OpenCV's search divides its work by the number of its threads, and what it finds
// depends on how it was divided: so it gets one thread, and we search both ways side by side.
#include "engines/storyboard/stills/flow.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <opencv2/core.hpp>
#include <opencv2/core/ocl.hpp>
#include <opencv2/video/tracking.hpp>
#pragma GCC diagnostic pop

#include <mutex>

namespace kinora::engines::storyboard {
namespace {

cv::Mat grey(const Thumbnail& t) {
    cv::Mat out(t.mesh.rows, t.mesh.columns, CV_8UC1);
    for (int j = 0; j < t.mesh.rows; ++j) {
        for (int i = 0; i < t.mesh.columns; ++i)
            out.at<std::uint8_t>(j, i) =
                std::uint8_t(clamp01(t.luma[t.mesh.index(i, j)]) * 255.0F + 0.5F);
    }
    return out;
}

}  // namespace

Flow find_flow(const Thumbnail& from, const Thumbnail& to, const Flow* guess) {
    static std::once_flag once;
    std::call_once(once, [] {
        cv::setNumThreads(1);
        cv::ocl::setUseOpenCL(false);
    });
    const Mesh& m = from.mesh;
    Flow out{m, Field(m.size()), Field(m.size())};
    if (std::min(m.columns, m.rows) < 32) return out;
    const auto search = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
    search->setFinestScale(0);
    cv::Mat found;
    if (guess != nullptr) {
        found.create(m.rows, m.columns, CV_32FC2);
        for (int j = 0; j < m.rows; ++j) {
            for (int i = 0; i < m.columns; ++i)
                found.at<cv::Vec2f>(j, i) =
                    cv::Vec2f(guess->x[m.index(i, j)], guess->y[m.index(i, j)]) / float(m.step());
        }
    }
    search->calc(grey(from), grey(to), found);
    for (int j = 0; j < m.rows; ++j) {
        for (int i = 0; i < m.columns; ++i) {
            const auto v = found.at<cv::Vec2f>(j, i);
            out.x[m.index(i, j)] = v[0] * float(m.step());
            out.y[m.index(i, j)] = v[1] * float(m.step());
        }
    }
    return out;
}

}  // namespace kinora::engines::storyboard
