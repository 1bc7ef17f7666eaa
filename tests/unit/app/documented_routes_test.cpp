// tests/unit/app/documented_routes_test.cpp: what the server answers and what docs/api/openapi.yaml
// says are the same paths and methods.
#include "api/openapi_text.hpp"
#include "app/server.hpp"

#include "support/quiet_log.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json.hpp>
#include <regex>
#include <set>

namespace kinora::app {
namespace {

using Names = std::set<std::string>;

Names documented() {
    const auto document = boost::json::parse({api::kOpenApiText.data(), api::kOpenApiText.size()});
    Names names;
    for (const auto& path : document.at("paths").as_object()) {
        // As the router writes it: places without names, and no slash at the end.
        auto pattern =
            std::regex_replace(std::string(path.key()), std::regex(R"(\{[^}]*\})"), "{}");
        if (pattern.size() > 1 && pattern.back() == '/') pattern.pop_back();
        for (const auto& method : path.value().as_object()) {
            if (method.value().is_object())
                names.insert(boost::to_upper_copy(std::string(method.key())) + ' ' + pattern);
        }
    }
    return names;
}

std::string difference(const Names& one, const Names& other) {
    std::string text;
    for (const auto& name : one) {
        if (!other.contains(name)) text += name + '\n';
    }
    return text;
}

TEST(DocumentedRoutes, AreThoseOfTheServer) {
    test::TempFolder folder;
    test::QuietLog log;
    Config config;
    config.port = 0;
    config.workers = 0;
    config.data = folder / "data";
    config.database = "sqlite:" + (config.data / "kinora.db").string();
    const auto server = Server::open(config, log);
    ASSERT_TRUE(server.has_value()) << server.error().message();
    Names served;
    for (const auto& [method, pattern] : (*server)->routes())
        served.insert(std::string(http::name_of(method)) + ' ' + pattern);
    EXPECT_EQ(difference(served, documented()), "") << "answered, but not in the document";
    EXPECT_EQ(difference(documented(), served), "") << "in the document, but not answered";
}

}  // namespace
}  // namespace kinora::app
