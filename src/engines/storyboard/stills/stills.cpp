// stills/stills.cpp: each frame is looked up, gets its weather, its look and its light.
#include "engines/storyboard/stills/stills.hpp"

#include "engines/storyboard/frames/style.hpp"
#include "engines/storyboard/stills/air.hpp"
#include "engines/storyboard/stills/take.hpp"
#include "engines/storyboard/stills/tint.hpp"

namespace kinora::engines::storyboard {
namespace {

struct Size {
    int width = 0, height = 0;
    friend bool operator==(const Size&, const Size&) = default;
};

// The one size of all the pictures, or nothing.
Result<Size> size_of(const StillsBrief& brief) {
    std::vector<Size> sizes;
    for (const StillPicture* still : {brief.start, brief.end}) {
        if (still == nullptr) continue;
        const auto bytes = std::size_t(still->width) * std::size_t(still->height) * 3;
        if (still->rgb.size() != bytes)
            return Error(ErrorCode::api_error, "A picture is incomplete.", "size of its bytes");
        sizes.push_back({still->width, still->height});
    }
    for (const auto& picture : brief.before) sizes.push_back({picture.width(), picture.height()});
    for (const auto& picture : brief.after) sizes.push_back({picture.width(), picture.height()});
    if (sizes.empty())
        return Error(ErrorCode::api_error, "There is no picture.", "stills without pictures");
    for (const auto& size : sizes) {
        const bool fits = size.width % 2 == 0 && size.height % 2 == 0 && size.width >= 16 &&
                          size.height >= 16 && size.width <= 4096 && size.height <= 4096;
        if (!fits || size != sizes.front())
            return Error(ErrorCode::api_error, "The pictures differ in size.", "stills' sizes");
    }
    return sizes.front();
}

class Film {
public:
    Film(const StillsBrief& brief, Size size, FrameSink& sink, const RenderContext& context)
        : brief_(brief),
          sink_(sink),
          context_(context),
          team_(std::clamp(context.threads, 1, 64)),
          buffer_(size.width, size.height, team_.size()),
          plain_(2, 2),
          picture_(size.width, size.height),
          // A clip that goes on has its style already.
          style_kind_(brief.before.empty() ? brief.style : Style::claymation),
          style_(style_kind_, size.width, size.height),
          take_(make_take(brief, team_)),
          air_(brief.mood, take_->layout(), float(brief.frame_count) / float(brief.fps),
               brief.loop && brief.before.empty(),
               hash(std::uint32_t(brief.seed) ^ hash(std::uint32_t(brief.seed >> 32))) & 0xffffffU,
               team_),
          tint_(tint_for(brief.before.empty() ? brief.mood : continued(brief.mood), style_kind_,
                         take_->layout().brightness)) {}

    Result<RenderReport> draw() {
        for (int f = 0; f < brief_.frame_count; ++f) {
            if (context_.stop.stop_requested())
                return Error(ErrorCode::cancelled, "The render was stopped.");
            draw_frame(f);
            const auto added = sink_.add(picture_);
            if (!added) return added.error();
        }
        RenderReport report;
        report.notes = take_->notes;
        return report;
    }

private:
    // What a clip was made with is in its pictures: only a change of weather tints it again.
    static Shot continued(Shot mood) {
        mood.palette = Palette::natural;
        return mood;
    }

    void draw_frame(int f) {
        const float ease = take_->ease(f);
        take_->at(f, frame_, team_);
        const bool flies = air_.any() && ease > 0;
        if (flies)
            air_.prepare(float(f) / float(brief_.fps), frame_.eye, frame_.look_x, frame_.look_y,
                         team_);
        const WarpArgs args = frame_.fields.args(frame_.from, frame_.to);
        // The threshold keeps light out of the bloom, which nobody looks at here.
        buffer_.paint(team_, 100.0F, [&](const Band& band) {
            stills_kernels().warp(args, band);
            if (flies) air_.draw(band, ease);
        });
        if (style_kind_ != Style::claymation && ease > 0) {
            if (ease < 1) plain_ = buffer_.planes();
            style_.filter(buffer_.planes(), team_, std::uint32_t(f));
            if (ease < 1) buffer_.blend(team_, plain_, 1.0F - ease);
        }
        develop(ease, flies ? air_.flash() : 0.0F);
    }

    void develop(float ease, float flash) {
        const Tint tint = tint_.eased(ease);
        const auto& planes = buffer_.planes();
        DevelopArgs a{};
        a.r = planes.r.data(), a.g = planes.g.data(), a.b = planes.b.data();
        a.stride = planes.stride, a.width = picture_.width(), a.height = picture_.height();
        a.gain = (tint.gain * (frame_.gain * (1.0F + 0.6F * ease * flash))).color();
        a.saturation = tint.saturation, a.contrast = tint.contrast;
        a.tone_dark = tint.dark.color(), a.tone_light = tint.light.color();
        const auto luma = picture_.plane(0), cb = picture_.plane(1), cr = picture_.plane(2);
        a.luma = luma.data, a.cb = cb.data, a.cr = cr.data;
        a.luma_stride = luma.stride, a.chroma_stride = cb.stride;
        const int rows = 32, height = picture_.height();
        team_.run((height + rows - 1) / rows, [&](int block, int) {
            stills_kernels().develop(a, block * rows, std::min(height, block * rows + rows));
        });
    }

    const StillsBrief& brief_;
    FrameSink& sink_;
    const RenderContext& context_;
    Team team_;
    FrameBuffer buffer_;
    LightPlanes plain_;
    media::Picture picture_;
    Style style_kind_;
    StyleFilter style_;
    std::unique_ptr<Take> take_;
    Air air_;
    Tint tint_;
    TakeFrame frame_;
};

}  // namespace

Result<RenderReport> draw_stills(const StillsBrief& brief, FrameSink& sink,
                                 const RenderContext& context) {
    const auto size = size_of(brief);
    if (!size) return size.error();
    Film film(brief, *size, sink, context);
    return film.draw();
}

}  // namespace kinora::engines::storyboard
