// api/canonical_json.hpp: one text for all spellings of a JSON value.
#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace kinora::api {

// Members sorted by name, without those that are null, without blanks; numbers that are equal are
// written alike. After RFC 8785, which the contract's "canonical JSON without nulls" adds to.
std::string to_canonical(const boost::json::object& value);

}  // namespace kinora::api
