// accounts/webhook.hpp: signatures of callbacks, as Standard Webhooks 1.0 define them.
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"

#include <string>
#include <string_view>

namespace kinora::accounts {

// "v1," and the base64 of the HMAC-SHA256 of "<id>.<Unix seconds>.<body>". `secret` is "whsec_" and
// base64, as make_webhook_secret makes it; `ensure`s that it is one.
std::string sign_webhook(const Secret<std::string>& secret, std::string_view id, TimePoint time,
                         std::string_view body);

}  // namespace kinora::accounts
