#include "outbound/wording.hpp"

namespace kinora::outbound {

std::string say_size(std::uint64_t size_bytes) {
    for (const std::uint64_t unit : {std::uint64_t{1'000'000}, std::uint64_t{1} << 20}) {
        if (size_bytes >= unit && size_bytes % unit == 0) {
            return std::to_string(size_bytes / unit) + " MB";
        }
    }
    return std::to_string(size_bytes) + " bytes";
}

std::string say_time(Milliseconds time) {
    const auto tenths = (time.count() + 99) / 100;
    auto text = std::to_string(tenths / 10);
    if (tenths < 100 && tenths % 10 != 0) text += '.' + std::to_string(tenths % 10);
    return text + " s";
}

}  // namespace kinora::outbound
