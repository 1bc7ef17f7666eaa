// outbound/head.hpp: the few things of an answer's head that are used here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kinora::outbound {

class Head {
public:
    // Takes one line as it came, line end included. Heads of interim answers (1xx) are forgotten,
    // trailers ignored.
    void add_line(std::string_view line);

    bool is_whole() const { return whole_; }  // The empty line has been seen.
    int status() const { return status_; }
    bool is_success() const { return status_ >= 200 && status_ <= 299; }
    bool is_redirect() const;

    const std::string& content_type() const { return content_type_; }
    const std::string& location() const { return location_; }  // Empty where there is none.
    std::optional<std::uint64_t> content_length() const { return content_length_; }
    // A compression that nobody asked for, from Content-Encoding or Transfer-Encoding; or empty.
    const std::string& coding() const { return coding_; }

private:
    void add_field(std::string_view name, std::string_view value);

    bool whole_ = false;
    int status_ = 0;
    std::string content_type_;
    std::string location_;
    std::optional<std::uint64_t> content_length_;
    std::string coding_;
};

}  // namespace kinora::outbound
