// api/tools/yaml_json.hpp: a YAML document as JSON, at build time.
//
// Plain scalars are typed by the core schema of YAML 1.2 (section 10.3.2), so that `no` and 16:9
// are texts; quoted and block ones always are. Keys are the texts that stand there. What JSON does
// not have (infinity, a key twice, a tag of somebody's own) is an error with its line.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace kinora::api {

// Throws std::runtime_error with a sentence for who wrote the document.
boost::json::value json_of_yaml(const std::string& yaml);

}  // namespace kinora::api
