// tasks/intake.hpp: the inputs that a call names, judged before its task is written.
//
// Nothing is fetched here. `data:` URLs become files of the media folder, and URLs of such files
// become their names, so neither ever leaves this machine.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "storage/media_folder.hpp"
#include "tasks/inputs.hpp"

#include <string>
#include <vector>

namespace kinora::tasks {

// The fields as they were sent; an empty one is absent.
struct NamedInputs {
    std::string start_image_url;
    std::string end_image_url;
    std::string video_url;

    bool any() const {
        return !start_image_url.empty() || !end_image_url.empty() || !video_url.empty();
    }
};

struct SavedFile {
    std::string name;
    std::uint64_t size_bytes = 0;
};
struct Intake {
    Inputs inputs;                 // Without own_size; files of clips are Kind::file as yet.
    std::vector<SavedFile> saved;  // What the call brought with it.
};

// Blocks, to decode `data:` URLs and to write their files: for a thread of a pool. `base_url` is
// how the caller reached this server. Fails with `bad_request` and the name of a field, or with
// `unavailable` where the disk is full; nothing is saved then. Safe from any thread.
Result<Intake> take_in(const NamedInputs& named, std::string_view base_url,
                       const storage::MediaFolder& media, Random& random);

}  // namespace kinora::tasks
