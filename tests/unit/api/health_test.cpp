// tests/unit/api/health_test.cpp: alive is who answers, ready is who can work.
#include "api/health.hpp"

#include "unit/api/endpoint.hpp"

namespace kinora::api {
namespace {

class HealthTest : public Endpoint {
protected:
    HealthTest() { health.routes(router); }

    http::Response get(const std::string& path) {
        test::FakeRequest request(http::Method::get, path);
        const auto response = call(request);
        if (response.status != 200) {
            EXPECT_EQ(refusal_of(response, request), "503 api_error");
        }
        return response;
    }

    Health health{flaky};
};

TEST_F(HealthTest, IsLiveAndReady) {
    EXPECT_EQ(text_of(get("/health/live")), R"({"status":"live"})");
    EXPECT_EQ(text_of(get("/health/ready")), R"({"status":"ready"})");
}

TEST_F(HealthTest, IsNotReadyWithoutItsDatabase) {
    flaky.fail_with(storage::DatabaseUnavailable("no answer from db.example.com"));
    EXPECT_EQ(get("/health/live").status, 200);
    const auto response = get("/health/ready");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(text_of(response).find("db.example.com"), std::string::npos);
    EXPECT_NE(header_of(response, "Retry-After"), "");
    flaky.recover();
    EXPECT_EQ(get("/health/ready").status, 200);
}

TEST_F(HealthTest, IsNotReadyWhileItGoesDown) {
    health.shut_down();
    EXPECT_EQ(get("/health/ready").status, 503);
    EXPECT_EQ(get("/health/live").status, 200);
}

}  // namespace
}  // namespace kinora::api
