// media/decoder_process.hpp: one running decoder, watched over; it ends with its owner at the
// latest.
//
// For this room's sources only.
#pragma once

#include "base/result.hpp"
#include "media/byte_source.hpp"
#include "media/decoder_box.hpp"
#include "media/descriptor.hpp"
#include "media/input_file.hpp"

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace kinora::media {

inline constexpr const char* kNotDecoded = "The file could not be decoded.";

struct DecoderJob {
    const char* name;
    std::vector<std::int64_t> numbers;
};

// A decoder that ends before its first word has read nothing of the file: it is started once more.
// The kernel kills the decoder when the thread that called start() ends.
class DecoderProcess final : public ByteSource {
public:
    // `patience` is for all the time that read() waits; the caller's own is not counted.
    static Result<std::unique_ptr<DecoderProcess>> start(const DecoderBox& box,
                                                         const InputFile& file,
                                                         const DecoderJob& job,
                                                         std::chrono::milliseconds patience,
                                                         std::stop_token stop);
    ~DecoderProcess() override { reap(); }
    DecoderProcess(const DecoderProcess&) = delete;
    DecoderProcess& operator=(const DecoderProcess&) = delete;

    // A decoder that died, took too long or was stopped is an Error now and ever after.
    Result<void> read(std::span<std::uint8_t> out) override;

private:
    DecoderProcess(const DecoderBox& box, const DecoderJob& job, Descriptor input, Descriptor wake,
                   std::chrono::milliseconds patience, std::stop_token stop);

    Result<void> spawn();
    // Returns when there may be something to read.
    Result<void> wait();
    // The pipe has ended: what that means.
    Error judge_end();
    Error fail(Error error);
    // Kills the child where it still runs; its status the first time, then nothing.
    std::optional<int> reap();

    const DecoderBox box_;
    const DecoderJob job_;
    const Descriptor input_;
    pid_t child_ = -1;
    int starts_ = 0;
    Descriptor output_;
    Descriptor wake_;  // An eventfd: readable once `stop_` was asked to.
    std::chrono::nanoseconds patience_;
    std::stop_token stop_;
    std::optional<std::stop_callback<std::function<void()>>> on_stop_;
    bool has_spoken_ = false;
    std::optional<Error> failed_;
};

}  // namespace kinora::media
