// Reading a pack: every length and offset is checked once, at open, so that damage is an Error.
#include "engines/storyboard/assets/pack.hpp"

#include "engines/storyboard/assets/pack_format.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <webp/decode.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace kinora::engines::storyboard {

namespace format = pack_format;

namespace {

using Bytes = std::span<const std::uint8_t>;

// A file's bytes, mapped for reading.
class Mapping {
public:
    Mapping() = default;
    explicit Mapping(Bytes bytes) : bytes_(bytes) {}
    Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Mapping& operator=(Mapping&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Mapping() {
        if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
    }
    Bytes bytes() const { return bytes_; }

private:
    Bytes bytes_;
};

struct Blob {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
    std::uint64_t checksum = 0;
};

Error unreadable(const std::filesystem::path& path, const std::string& why) {
    return {ErrorCode::api_error, "The pack of pictures cannot be read.",
            path.string() + ": " + why};
}

Result<Mapping> map_file(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return unreadable(path, std::strerror(errno));
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0) {
        ::close(fd);
        return unreadable(path, "not a file with something in it");
    }
    const auto size = static_cast<std::size_t>(info.st_size);
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
    const int why = errno;
    ::close(fd);
    if (at == MAP_FAILED) return unreadable(path, std::strerror(why));
    return Mapping(Bytes(static_cast<const std::uint8_t*>(at), size));
}

void take_flags(Asset& asset, std::uint16_t flags) {
    asset.legs = (flags & format::kLegs) != 0;
    asset.wings = (flags & format::kWings) != 0;
    asset.flies = (flags & format::kFlies) != 0;
    asset.floats = (flags & format::kFloats) != 0;
    asset.swims = (flags & format::kSwims) != 0;
    asset.glows = (flags & format::kGlows) != 0;
    asset.head = (flags & format::kHead) != 0;
    asset.silhouette = (flags & format::kSilhouette) != 0;
}

bool is_sound(const Asset& asset, const Blob& blob, std::uint64_t blobs_at,
              std::uint64_t file_size) {
    return !asset.key.empty() && asset.kind <= AssetKind::symbol && asset.width >= 1 &&
           asset.height >= 1 && asset.width <= format::kMaxSide &&
           asset.height <= format::kMaxSide && std::isfinite(asset.height_m) &&
           asset.height_m > 0 && std::isfinite(asset.ground) && blob.offset >= blobs_at &&
           blob.offset <= file_size && blob.size <= file_size - blob.offset;
}

void take_record(format::Reader& reader, Asset& asset, Blob& blob) {
    asset.key = reader.take_text();
    asset.name = reader.take_text();
    asset.tags = reader.take_text();
    asset.kind = static_cast<AssetKind>(reader.take<std::uint8_t>());
    asset.facing = reader.take<std::int8_t>();
    take_flags(asset, reader.take<std::uint16_t>());
    asset.width = reader.take<std::uint16_t>();
    asset.height = reader.take<std::uint16_t>();
    asset.height_m = reader.take<float>();
    asset.ground = reader.take<float>();
    const auto wheels = reader.take<std::uint8_t>();
    for (int i = 0; i < wheels && reader.good(); ++i) {
        const auto x = reader.take<float>();
        const auto y = reader.take<float>();
        asset.wheels.push_back({x, y, reader.take<float>()});
    }
    blob.offset = reader.take<std::uint64_t>();
    blob.size = reader.take<std::uint32_t>();
    blob.checksum = reader.take<std::uint64_t>();
}

}  // namespace

struct Pack::File {
    Mapping mapping;
    std::vector<Asset> assets;  // In the order of their keys.
    std::vector<Blob> blobs;    // blobs[i] belongs to assets[i].
};

Pack::Pack(std::unique_ptr<File> file) : file_(std::move(file)) {}
Pack::Pack(Pack&&) noexcept = default;
Pack& Pack::operator=(Pack&&) noexcept = default;
Pack::~Pack() = default;

Result<Pack> Pack::open(const std::filesystem::path& path) {
    auto mapping = map_file(path);
    if (!mapping) return mapping.error();
    auto file = std::make_unique<File>();
    file->mapping = std::move(*mapping);
    const auto bytes = file->mapping.bytes();

    if (bytes.size() < format::kHeaderBytes ||
        std::memcmp(bytes.data(), format::kMagic.data(), format::kMagic.size()) != 0) {
        return unreadable(path, "not a pack");
    }
    format::Reader header(bytes.subspan(format::kMagic.size()));
    const auto version = header.take<std::uint32_t>();
    const auto count = header.take<std::uint32_t>();
    const auto index_size = header.take<std::uint64_t>();
    const auto index_checksum = header.take<std::uint64_t>();
    const auto file_size = header.take<std::uint64_t>();
    if (version != format::kVersion) return unreadable(path, "of another version");
    if (file_size != bytes.size()) return unreadable(path, "cut short");
    if (count > format::kMaxAssets || index_size > bytes.size() - format::kHeaderBytes) {
        return unreadable(path, "its header is damaged");
    }
    const auto index = bytes.subspan(format::kHeaderBytes, index_size);
    if (format::checksum(index) != index_checksum) return unreadable(path, "its index is damaged");

    format::Reader reader(index);
    file->assets.resize(count);
    file->blobs.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        take_record(reader, file->assets[i], file->blobs[i]);
        const bool rises = i == 0 || file->assets[i - 1].key < file->assets[i].key;
        if (!reader.good() || !rises ||
            !is_sound(file->assets[i], file->blobs[i], format::kHeaderBytes + index_size,
                      file_size)) {
            return unreadable(path, "its index is damaged");
        }
    }
    return Pack(std::move(file));
}

const Asset* Pack::find(std::string_view key) const {
    const auto at = std::ranges::lower_bound(file_->assets, key, {}, &Asset::key);
    return at == file_->assets.end() || at->key != key ? nullptr : &*at;
}

std::span<const Asset> Pack::assets() const {
    return file_->assets;
}

Result<Image> Pack::decode(std::string_view key, int height_px) const {
    const Asset* asset = find(key);
    if (asset == nullptr) {
        return Error(ErrorCode::not_found, "There is no such picture.", std::string(key));
    }
    const auto& blob = file_->blobs[static_cast<std::size_t>(asset - file_->assets.data())];
    const auto bytes = file_->mapping.bytes().subspan(blob.offset, blob.size);
    const Error damaged(ErrorCode::api_error, "A picture is damaged.", asset->key);
    if (format::checksum(bytes) != blob.checksum) return damaged;

    Image image;
    image.height = height_px <= 0 ? asset->height : std::min(height_px, format::kMaxSide);
    const double ratio = static_cast<double>(asset->width) / asset->height;
    image.width =
        std::clamp(static_cast<int>(std::lround(image.height * ratio)), 1, 4 * format::kMaxSide);
    image.rgba.resize(static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height) * 4);

    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return damaged;
    config.options.use_scaling = image.width != asset->width || image.height != asset->height;
    config.options.scaled_width = image.width;
    config.options.scaled_height = image.height;
    config.output.colorspace = MODE_rgbA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = image.rgba.data();
    config.output.u.RGBA.stride = image.width * 4;
    config.output.u.RGBA.size = image.rgba.size();
    if (WebPDecode(bytes.data(), bytes.size(), &config) != VP8_STATUS_OK) return damaged;
    return image;
}

}  // namespace kinora::engines::storyboard
