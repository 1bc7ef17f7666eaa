// media/probe.cpp: what a file says of itself.
#include "media/input.hpp"
#include "media/mp4_boxes.hpp"
#include "media/video_reader.hpp"

namespace kinora::media {
namespace {

std::string text(const char* name) {
    return name == nullptr ? "unknown" : name;
}

}  // namespace

Result<VideoStreamFacts> probe(const std::filesystem::path& path) {
    const auto input = open_input(path);
    if (!input) return input.error();
    const auto& coded = *input->stream->codecpar;
    VideoStreamFacts facts;
    facts.video = video_facts(*input);
    facts.codec = text(avcodec_get_name(coded.codec_id));
    facts.profile = text(avcodec_profile_name(coded.codec_id, coded.profile));
    facts.pixel_format = text(av_get_pix_fmt_name(AVPixelFormat(coded.format)));
    facts.color_space = text(av_color_space_name(coded.color_space));
    facts.color_primaries = text(av_color_primaries_name(coded.color_primaries));
    facts.color_transfer = text(av_color_transfer_name(coded.color_trc));
    facts.color_range = text(av_color_range_name(coded.color_range));
    facts.index_first = index_is_first(outer_boxes(path));
    return facts;
}

}  // namespace kinora::media
