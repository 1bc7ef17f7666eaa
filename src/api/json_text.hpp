// api/json_text.hpp: JSON as people read it.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace kinora::api {

// One line. Doubles are written in decimal, shortest, with a point: 24.0 and 1763676000.123, where
// Boost.JSON would write 2.4E1 and 1.763676000123E9.
std::string to_text(const boost::json::value& value);

}  // namespace kinora::api
