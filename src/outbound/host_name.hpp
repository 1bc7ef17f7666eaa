// outbound/host_name.hpp: names of hosts, in the one spelling that is compared and looked up.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kinora::outbound {

// Lower case, without a dot at the end. Nothing where `text` is no name of letters, digits, dashes,
// underscores and dots: such a text never gets to a resolver, a list for libcurl or a message.
std::optional<std::string> normal_host(std::string_view text);

// Whether a resolver takes it for an address in an odd spelling: "2130706433", "0x7f.1".
bool ends_in_number(std::string_view host);

}  // namespace kinora::outbound
