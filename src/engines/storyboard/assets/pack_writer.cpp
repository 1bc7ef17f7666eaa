#include "engines/storyboard/assets/pack_writer.hpp"

#include "engines/storyboard/assets/pack_format.hpp"

#include <webp/encode.h>

#include <algorithm>
#include <fstream>

namespace kinora::engines::storyboard {

namespace format = pack_format;

namespace {

std::uint16_t flags_of(const Asset& asset) {
    const auto bit = [](bool set, int flag) { return set ? flag : 0; };
    return static_cast<std::uint16_t>(
        bit(asset.legs, format::kLegs) | bit(asset.wings, format::kWings) |
        bit(asset.flies, format::kFlies) | bit(asset.floats, format::kFloats) |
        bit(asset.swims, format::kSwims) | bit(asset.glows, format::kGlows) |
        bit(asset.head, format::kHead) | bit(asset.silhouette, format::kSilhouette));
}

void put_record(format::Writer& writer, const PackedAsset& packed, std::uint64_t offset) {
    const auto& asset = packed.asset;
    writer.put_text(asset.key);
    writer.put_text(asset.name);
    writer.put_text(asset.tags);
    writer.put(static_cast<std::uint8_t>(asset.kind));
    writer.put(static_cast<std::int8_t>(asset.facing));
    writer.put(flags_of(asset));
    writer.put(static_cast<std::uint16_t>(asset.width));
    writer.put(static_cast<std::uint16_t>(asset.height));
    writer.put(static_cast<float>(asset.height_m));
    writer.put(static_cast<float>(asset.ground));
    writer.put(static_cast<std::uint8_t>(asset.wheels.size()));
    for (const auto& wheel : asset.wheels) {
        writer.put(wheel.x);
        writer.put(wheel.y);
        writer.put(wheel.radius);
    }
    writer.put(offset);
    writer.put(static_cast<std::uint32_t>(packed.webp.size()));
    writer.put(format::checksum(packed.webp));
}

std::string make_index(const std::vector<PackedAsset>& assets, std::uint64_t blobs_at) {
    format::Writer index;
    for (const auto& packed : assets) {
        put_record(index, packed, blobs_at);
        blobs_at += packed.webp.size();
    }
    return index.bytes();
}

}  // namespace

std::vector<std::uint8_t> encode_webp(int width, int height, std::span<const std::uint8_t> rgba) {
    std::uint8_t* out = nullptr;
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter memory;
    if (WebPConfigInit(&config) == 0 || WebPPictureInit(&picture) == 0) return {};
    config.quality = 88;
    config.method = 3;
    picture.width = width;
    picture.height = height;
    picture.use_argb = 1;
    WebPMemoryWriterInit(&memory);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &memory;
    const bool done = WebPPictureImportRGBA(&picture, rgba.data(), width * 4) != 0 &&
                      WebPEncode(&config, &picture) != 0;
    WebPPictureFree(&picture);
    out = memory.mem;
    std::vector<std::uint8_t> bytes;
    if (done) bytes.assign(out, out + memory.size);
    WebPMemoryWriterClear(&memory);
    return bytes;
}

Result<void> write_pack(const std::filesystem::path& path, std::vector<PackedAsset> assets) {
    std::ranges::sort(assets, {}, [](const PackedAsset& packed) -> const std::string& {
        return packed.asset.key;
    });
    // The index has the same length whatever the offsets are.
    const auto index_size = make_index(assets, 0).size();
    const auto index = make_index(assets, format::kHeaderBytes + index_size);
    std::uint64_t file_size = format::kHeaderBytes + index_size;
    for (const auto& packed : assets) file_size += packed.webp.size();

    format::Writer header;
    header.put(format::kVersion);
    header.put(static_cast<std::uint32_t>(assets.size()));
    header.put(static_cast<std::uint64_t>(index_size));
    header.put(
        format::checksum({reinterpret_cast<const std::uint8_t*>(index.data()), index.size()}));
    header.put(file_size);

    auto part = path;
    part += ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << format::kMagic << header.bytes() << index;
    for (const auto& packed : assets) {
        out.write(reinterpret_cast<const char*>(packed.webp.data()),
                  static_cast<std::streamsize>(packed.webp.size()));
    }
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(part, path, error);
    if (!out || error) {
        const Error failed(ErrorCode::api_error, "The pack cannot be written.", path.string());
        std::filesystem::remove(part, error);
        return failed;
    }
    return ok();
}

}  // namespace kinora::engines::storyboard
