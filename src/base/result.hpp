// base/result.hpp: a value, or the expected reason why there is none.
#pragma once

#include "base/error.hpp"

#include <boost/system/result.hpp>

namespace kinora {

template <class T>
using Result = boost::system::result<T, Error>;

// Success of a step that has no value to give.
inline Result<void> ok() {
    return {};
}

}  // namespace kinora
