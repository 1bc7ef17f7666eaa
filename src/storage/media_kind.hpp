// storage/media_kind.hpp: what a file is, by its first bytes and never by its name.
//
// A name and a Content-Type are a stranger's words; these bytes are what a program that opens the
// file goes by. They are looked at closely enough that no page, script or archive passes for a
// picture. Whether the rest is sound only the decoder finds out, in its box.
#pragma once

#include <optional>
#include <string_view>

namespace kinora::storage {

// As much of a file as is looked at.
inline constexpr std::size_t kKindHeadBytes = 4096;

enum class MediaSort { picture, video };

struct FileKind {
    MediaSort sort = MediaSort::picture;
    std::string_view ending;  // One of kMediaTypes: "jpg".
};

// Nothing where the file is none that we take. `head` is the whole file or its first
// kKindHeadBytes.
std::optional<FileKind> kind_of(std::string_view head);

}  // namespace kinora::storage
