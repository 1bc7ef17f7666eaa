// tests/unit/api/models_test.cpp: GET /api/v1/models/, for everybody.
#include "api/models.hpp"

#include "tasks/clip_size.hpp"
#include "unit/api/endpoint.hpp"

namespace kinora::api {
namespace {

constexpr const char* kModelsPath = "/api/v1/models";

engines::Model painter() {
    engines::Model model;
    model.id = "painter";
    model.title = "A painter";
    model.description = "Paints.";
    model.features.loop = true;
    model.features.shots_max = 3;
    model.thing_count = 7;
    model.vocabulary = {{"styles", {{"oil", "Oil", "oil painting"}, {"plain", "Plain", ""}}}};
    return model;
}

engines::Model other() {
    engines::Model model;
    model.id = "other";
    model.title = "The other";
    model.features.extend = true;
    return model;
}

class ModelsTest : public Endpoint {
protected:
    ModelsTest() { endpoint.routes(router); }

    http::Response get(const std::string& path, const std::string& query = {}) {
        test::FakeRequest request(http::Method::get, path);
        request.query = query;
        return call(request);
    }
    std::vector<std::string> ids(const std::string& query) {
        const auto page = json_of(get(kModelsPath, query));
        EXPECT_EQ(page.at("count").as_int64(), 2);
        std::vector<std::string> found;
        for (const auto& item : page.at("items").as_array()) {
            found.emplace_back(item.at("id").as_string());
        }
        return found;
    }

    Models endpoint{{painter(), other()}};
};

TEST_F(ModelsTest, ShowsOneToWhomeverAsks) {
    const auto response = get("/api/v1/models/painter");
    EXPECT_EQ(response.status, 200);
    const auto model = json_of(response);
    const auto& features = model.at("features").as_object();
    EXPECT_EQ(features.at("aspect_ratios").as_array().size(), tasks::kAspectRatios.size());
    EXPECT_EQ(features.at("duration").as_double(), 5.0);
    auto rest = model;
    rest.erase("features");
    EXPECT_EQ(rest, boost::json::parse(R"({
        "id": "painter", "title": "A painter", "description": "Paints.", "thing_count": 7,
        "vocabulary": {"styles": [{"id": "oil", "title": "Oil", "phrase": "oil painting"},
                                  {"id": "plain", "title": "Plain", "phrase": ""}]}})"));
}

TEST_F(ModelsTest, OffersOnlyWhatTheEngineCan) {
    const auto features = [&](const std::string& id) {
        return json_of(get("/api/v1/models/" + id)).at("features").as_object();
    };
    EXPECT_EQ(features("painter").at("actions"), boost::json::parse(R"(["generate"])"));
    EXPECT_EQ(features("other").at("actions"), boost::json::parse(R"(["generate", "extend"])"));
    EXPECT_TRUE(features("painter").at("loop").as_bool());
    EXPECT_FALSE(features("other").at("loop").as_bool());
    EXPECT_FALSE(features("painter").at("start_image").as_bool());
    EXPECT_FALSE(json_of(get("/api/v1/models/other")).contains("thing_count"));
}

TEST_F(ModelsTest, ListsThemInPages) {
    using Ids = std::vector<std::string>;
    EXPECT_EQ(ids(""), (Ids{"other", "painter"}));
    EXPECT_EQ(ids("ordering=-id"), (Ids{"painter", "other"}));
    EXPECT_EQ(ids("ordering=title"), (Ids{"painter", "other"}));
    EXPECT_EQ(ids("limit=1"), (Ids{"other"}));
    EXPECT_EQ(ids("limit=1&offset=1"), (Ids{"painter"}));
    EXPECT_EQ(ids("offset=5"), Ids{});
}

TEST_F(ModelsTest, AListItemIsTheModelItself) {
    const auto items = json_of(get(kModelsPath)).at("items").as_array();
    EXPECT_EQ(items.at(1), json_of(get("/api/v1/models/painter")));
}

TEST_F(ModelsTest, SaysWhatIsWrong) {
    test::FakeRequest unknown(http::Method::get, "/api/v1/models/sculptor");
    EXPECT_EQ(refusal_of(call(unknown), unknown), "404 not_found");
    test::FakeRequest request(http::Method::get, kModelsPath);
    request.query = "limit=0";
    EXPECT_EQ(refusal_of(call(request), request), "400 bad_request");
}

TEST_F(ModelsTest, TakesNothingBut) {
    for (const auto* path : {kModelsPath, "/api/v1/models/painter"}) {
        EXPECT_EQ(router.find(http::Method::post, path).route, nullptr);
        EXPECT_TRUE(router.find(http::Method::post, path).path_known);
        EXPECT_EQ(router.find(http::Method::get, path).origins, http::Origins::any);
        EXPECT_NE(router.find(http::Method::head, path).route, nullptr);
    }
}

}  // namespace
}  // namespace kinora::api
