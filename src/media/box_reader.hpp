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

    Result<void> read_ready();
    Result<Still> read_still();

private:
    Result<wire::Head> read_head();
    template <class T>
    Result<T> read_body();
    Error refused();
    static Error nonsense(const char* what);

    ByteSource& source_;
    BoxTerms terms_;
};

}  // namespace kinora::media
