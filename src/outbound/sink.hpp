// outbound/sink.hpp: where the bytes of a file go as they come.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace kinora::outbound {

class Sink {
public:
    virtual ~Sink() = default;
    virtual Result<void> write(std::span<const std::uint8_t> bytes) = 0;
};

class MemorySink final : public Sink {
public:
    Result<void> write(std::span<const std::uint8_t> bytes) override;
    std::vector<std::uint8_t> take() { return std::move(bytes_); }

private:
    std::vector<std::uint8_t> bytes_;
};

// A file that is there after keep() only. A full disk is `unavailable`; other failures throw.
class FileSink final : public Sink {
public:
    // Makes the file, or empties the one that is there.
    explicit FileSink(std::filesystem::path path);
    ~FileSink() override;
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    Result<void> write(std::span<const std::uint8_t> bytes) override;
    Result<void> keep();

private:
    std::filesystem::path path_;
    int descriptor_;
    bool kept_ = false;
};

}  // namespace kinora::outbound
