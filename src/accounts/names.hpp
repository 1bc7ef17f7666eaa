// accounts/names.hpp: what people call themselves and their things, and where they get mail.
//
// A name is shown to others, so it must be what it looks like: nothing unseen in it, no second
// reading direction, and no letters of one alphabet that pass for those of another.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kinora::accounts {

inline constexpr std::size_t kNameMax = 80;

// The name as it is kept: in Unicode's form C, with single spaces and with letters of the usual
// width. Fails with `bad_request` and names `field`, also where nothing is left.
Result<std::string> clean_name(std::string_view field, std::string_view text,
                               std::size_t max = kNameMax);

// The address in lower case, "name@host" in ASCII. Fails with `bad_request` and names `email`.
Result<std::string> clean_email(std::string_view text);

}  // namespace kinora::accounts
