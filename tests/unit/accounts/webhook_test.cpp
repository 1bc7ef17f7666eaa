// webhook_test.cpp: the example of the Standard Webhooks specification comes out as it stands
// there.
#include "accounts/webhook.hpp"

#include <gtest/gtest.h>

namespace kinora::accounts {
namespace {

const Secret<std::string> kSecret("whsec_plJ3nmyCDGBKInavdOK15jsl");
constexpr const char* kId = "msg_loFOjxBNrRLzqYUf";
const TimePoint kTime = from_unix_ms(1'731'705'121'999);
constexpr const char* kBody = R"({"event_type":"ping","data":{"success":true}})";

TEST(Webhook, SignsAsTheSpecificationSays) {
    // Computed with `openssl dgst -sha256 -mac HMAC` over "<id>.1731705121.<body>".
    EXPECT_EQ(sign_webhook(kSecret, kId, kTime, kBody),
              "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
}

TEST(Webhook, EveryPartCounts) {
    const auto usual = sign_webhook(kSecret, kId, kTime, kBody);
    EXPECT_EQ(sign_webhook(kSecret, kId, kTime - Milliseconds(900), kBody), usual);
    EXPECT_NE(sign_webhook(kSecret, kId, kTime + Milliseconds(1), kBody), usual);
    EXPECT_NE(sign_webhook(kSecret, "msg_other", kTime, kBody), usual);
    EXPECT_NE(sign_webhook(kSecret, kId, kTime, "{}"), usual);
    EXPECT_NE(sign_webhook(Secret<std::string>("whsec_b3RoZXI="), kId, kTime, kBody), usual);
}

TEST(WebhookDeathTest, ASecretThatIsNoneIsAMistakeOfOurs) {
    EXPECT_DEATH(sign_webhook(Secret<std::string>("b3RoZXI="), kId, kTime, kBody), "whsec_");
    EXPECT_DEATH(sign_webhook(Secret<std::string>("whsec_%%%"), kId, kTime, kBody), "base64");
}

}  // namespace
}  // namespace kinora::accounts
