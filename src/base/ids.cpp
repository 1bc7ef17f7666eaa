#include "base/ids.hpp"

namespace kinora {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_dash_position(std::size_t i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
}

}  // namespace

Uuid Uuid::make(Random& random) {
    Uuid uuid;
    random.fill(uuid.bytes_);
    uuid.bytes_[6] = (uuid.bytes_[6] & std::byte{0x0f}) | std::byte{0x40};  // Version 4.
    uuid.bytes_[8] = (uuid.bytes_[8] & std::byte{0x3f}) | std::byte{0x80};  // Variant of RFC 9562.
    return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash_position(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int value = hex_value(text[i]);
        if (value < 0) return std::nullopt;
        auto& byte = uuid.bytes_[nibble / 2];
        byte = (byte << 4) | static_cast<std::byte>(value);
        ++nibble;
    }
    return uuid;
}

std::string Uuid::str() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (const auto byte : bytes_) {
        if (is_dash_position(at)) ++at;
        const auto value = std::to_integer<std::size_t>(byte);
        text[at++] = kDigits[value >> 4];
        text[at++] = kDigits[value & 0xf];
    }
    return text;
}

}  // namespace kinora
