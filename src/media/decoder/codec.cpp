#include "media/decoder/codec.hpp"

#include "media/decoder/refusal.hpp"

#include <string_view>

namespace kinora::media::decoder {
namespace {

bool is_allowed(std::string_view name) {
    for (std::string_view rest = kCodecs; !rest.empty();) {
        const auto comma = rest.find(',');
        if (rest.substr(0, comma) == name) return true;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return false;
}

}  // namespace

const AVCodec* find_codec(AVCodecID id) {
    void* place = nullptr;
    while (const auto* codec = av_codec_iterate(&place)) {
        if (codec->id == id && av_codec_is_decoder(codec) != 0 && is_allowed(codec->name)) {
            return codec;
        }
    }
    return nullptr;
}

CodecContextPtr open_codec(const AVCodec& codec, const AVCodecParameters* parameters,
                           std::int64_t pixels_max) {
    auto context = make_codec_context(&codec);
    if (parameters != nullptr) require(avcodec_parameters_to_context(context.get(), parameters));
    context->thread_count = 1;
    context->max_pixels = pixels_max;
    require(avcodec_open2(context.get(), &codec, nullptr));
    return context;
}

}  // namespace kinora::media::decoder
