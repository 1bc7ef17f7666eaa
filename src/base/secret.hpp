// base/secret.hpp: a value that no log line can show.
#pragma once

#include <utility>

namespace kinora {

// Has no operator<<, no formatter and no conversion; reveal() is the one way in, easy to grep.
template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    const T& reveal() const { return value_; }

private:
    T value_{};
};

}  // namespace kinora
