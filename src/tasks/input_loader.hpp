// tasks/input_loader.hpp: from what a task names to decoded pictures and open files, at the worker.
//
// What strangers named is fetched through outbound's rules, and opened in media's box alone. Errors
// name the field and the reason.
#pragma once

#include "engines/engine.hpp"
#include "media/decoder_box.hpp"
#include "outbound/fetcher.hpp"
#include "storage/media_folder.hpp"
#include "tasks/brief.hpp"
#include "tasks/extend.hpp"

#include <stop_token>

namespace kinora::tasks {

// An error about an input, worded for the caller; those that are not about it stay as they are.
Error about(const std::string& field, const Error& error);

class InputLoader {
public:
    // Both references must outlive this.
    InputLoader(const storage::MediaFolder& media, const outbound::Fetcher& fetcher,
                media::DecoderBox box)
        : media_(media), fetcher_(fetcher), box_(std::move(box)) {}

    // Who asks: names its passing files, which another attempt removes where this one dies.
    struct Errand {
        TaskId task;
        int attempt = 0;
        std::stop_token stop;
    };

    // The start and end pictures. Sets the brief's size where it follows the start image. Blocks.
    // Fails with `bad_request` where an input cannot be fetched or decoded, `cancelled` on a stop,
    // `unavailable` where the disk is full.
    Result<engines::Given> load_pictures(const Inputs& inputs, engines::Brief& brief,
                                         const Errand& errand) const;
    // The clip to extend; `inputs` has one. Blocks; fails as the former.
    Result<ExtensionSource> load_video(const Inputs& inputs, const Errand& errand) const;

    const media::DecoderBox& box() const { return box_; }

private:
    enum class Wanted { picture, video };
    Result<media::InputFile> open(const Input& input, Wanted wanted, const Errand& errand) const;
    Result<media::InputFile> fetch(const Input& input, Wanted wanted, const Errand& errand) const;

    const storage::MediaFolder& media_;
    const outbound::Fetcher& fetcher_;
    const media::DecoderBox box_;
};

}  // namespace kinora::tasks
