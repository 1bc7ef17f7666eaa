// media/box_reader.hpp: makes sense of what a decoder says, and believes none of it.
//
// A decoder that was taken over can say anything. What is not the next thing that a sound one
// would say, or is larger than agreed, is an Error; no size that it names is made room for before
// it was compared.
#pragma once

#include "base/result.hpp"
#include "media/box_wire.hpp"
#include "media/byte_source.hpp"
#include "media/still.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kinora::media {

// What refusals speak of.
struct BoxTerms {
    std::int64_t pixels_max;
    std::int64_t file_bytes_max;
    int side_max;
    std::int64_t seconds_max;
};

class BoxReader {
public:
    // `source` outlives it.
    BoxReader(ByteSource& source, const BoxTerms& terms) : source_(source), terms_(terms) {}

    // Each of these takes the next message, or fails.
    Result<void> read_ready();
    Result<Still> read_still();

    // The head of the next one that is no refusal; a refusal is an Error.
    Result<wire::Head> read_head();
    template <class T>
    Result<T> read_body() {
        T value{};
        auto read = source_.read({reinterpret_cast<std::uint8_t*>(&value), sizeof(T)});
        if (!read) return read.error();
        return value;
    }
    Result<void> read_samples(std::span<std::uint8_t> out) { return source_.read(out); }

private:
    ByteSource& source_;
    BoxTerms terms_;
};

// For what a sound decoder does not say.
Error nonsense(const char* what);

}  // namespace kinora::media
