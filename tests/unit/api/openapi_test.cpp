// tests/unit/api/openapi_test.cpp: GET /openapi.json, which tells the caller its own server.
#include "api/openapi.hpp"

#include "api/openapi_text.hpp"
#include "unit/api/endpoint.hpp"

namespace kinora::api {
namespace {

class OpenApiTest : public Endpoint {
protected:
    OpenApiTest() { endpoint.routes(router); }

    http::Response get(const std::string& known = {}, const std::string& base_url = {}) {
        test::FakeRequest request(http::Method::get, "/openapi.json");
        if (!known.empty()) request.set("If-None-Match", known);
        if (!base_url.empty()) request.base_url = base_url;
        return call(request);
    }

    OpenApi endpoint;
};

TEST_F(OpenApiTest, IsTheDocumentWithWhereTheCallerReachedUs) {
    const auto response = get();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header_of(response, "Cache-Control"), "no-cache");
    auto expected = boost::json::parse({kOpenApiText.data(), kOpenApiText.size()}).as_object();
    EXPECT_TRUE(expected.at("openapi").as_string().starts_with("3.1"));
    EXPECT_FALSE(expected.at("info").at("version").as_string().empty());
    expected["servers"] = boost::json::parse(R"([{"url": "http://kinora.test:8080"}])");
    EXPECT_EQ(json_of(response), expected);
}

TEST_F(OpenApiTest, IsForEverybodyFromEverywhere) {
    EXPECT_EQ(router.find(http::Method::get, "/openapi.json").origins, http::Origins::any);
    EXPECT_EQ(router.find(http::Method::post, "/openapi.json").route, nullptr);
}

TEST_F(OpenApiTest, WhoHasItIsToldSo) {
    const auto tag = header_of(get(), "ETag");
    EXPECT_EQ(header_of(get(), "ETag"), tag);
    for (const auto& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        const auto response = get(known);
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_EQ(header_of(response, "ETag"), tag);
        EXPECT_EQ(text_of(response), "");
    }
    EXPECT_EQ(get("\"other\"").status, 200);
}

TEST_F(OpenApiTest, AnotherNameOfTheServerIsAnotherDocument) {
    const auto tag = header_of(get(), "ETag");
    const auto response = get(tag, "https://video.example");
    EXPECT_EQ(response.status, 200);
    EXPECT_NE(header_of(response, "ETag"), tag);
    const auto document = json_of(response);
    EXPECT_EQ(document.at("servers").at(0).at("url").as_string(), "https://video.example");
}

}  // namespace
}  // namespace kinora::api
