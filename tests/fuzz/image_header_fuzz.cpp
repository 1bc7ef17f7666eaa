// tests/fuzz/image_header_fuzz.cpp: files of any kind, by their first bytes.
#include "base/ensure.hpp"
#include "media/decoder/image_header.hpp"

using namespace kinora;
using namespace kinora::media::decoder;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto header = read_image_header({data, size});
    ensure(header.orientation >= 1 && header.orientation <= 8, "there are eight ways up");
    ensure(is_image(header.format) || (header.width == 0 && header.height == 0),
           "only images have a size");
    return 0;
}
