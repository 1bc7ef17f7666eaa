// tasks/inputs.hpp: the pictures and the clip that a task starts from, as they lie in its row.
#pragma once

#include "engines/engine.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kinora::tasks {

inline constexpr std::uint64_t kImageBytesMax = 25'000'000;
inline constexpr std::uint64_t kVideoBytesMax = 200'000'000;

// What the API calls them; errors begin with these.
inline constexpr const char* kStartImage = "start_image_url";
inline constexpr const char* kEndImage = "end_image_url";
inline constexpr const char* kVideoUrl = "video_url";
inline constexpr const char* kVideoId = "video_id";

inline constexpr const char* kSamePicture =
    "It is the same picture as `start_image_url`; name another one, or leave it out.";

struct Input {
    enum class Kind {
        url,   // Somebody else's: to be fetched, and to be opened in the box.
        file,  // In the media folder, but a stranger's: to be opened in the box.
        clip,  // In the media folder, and made by us.
    };
    std::string field;  // One of the names above.
    Kind kind = Kind::url;
    std::string place;  // The URL, or the file's name.
    friend bool operator==(const Input&, const Input&) = default;
};

struct Inputs {
    std::optional<Input> start;  // The first frame.
    std::optional<Input> end;    // The last frame.
    std::optional<Input> video;  // The clip to extend; then there is no start.
    bool own_size = false;       // The clip gets the start image's ratio.
    // How `video` came about, where it is a clip of ours that was drawn of words alone.
    std::vector<engines::PastPart> past;

    bool any() const { return start || end || video; }
    friend bool operator==(const Inputs&, const Inputs&) = default;
};

}  // namespace kinora::tasks
