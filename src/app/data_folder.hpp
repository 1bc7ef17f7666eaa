// app/data_folder.hpp: the folder that a server calls its own.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <string>

namespace kinora::app {

// Held by one server at a time; the kernel lets go when the process ends, however it ends.
class DataFolder {
public:
    // Makes the folder where it is missing. Fails with a sentence for the operator: no permission,
    // a file in the way, another server uses it.
    static Result<DataFolder> open(const std::filesystem::path& path, Random& random);
    ~DataFolder();
    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&&) = delete;

    const std::filesystem::path& path() const { return path_; }
    // Names this server in leases, the same at every start.
    const std::string& node_id() const { return node_id_; }

private:
    DataFolder(std::filesystem::path path, int lock, std::string node_id)
        : path_(std::move(path)), lock_(lock), node_id_(std::move(node_id)) {}

    std::filesystem::path path_;
    int lock_ = -1;
    std::string node_id_;
};

}  // namespace kinora::app
