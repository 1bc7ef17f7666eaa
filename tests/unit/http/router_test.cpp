// unit/http/router_test.cpp: which handler answers which path.
#include "http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kinora::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Route route(Method method, std::string pattern, Origins origins = Origins::same) {
    return {method, std::move(pattern), {}, 1024, origins};
}

Router some_routes() {
    Router router;
    router.add(route(Method::get, "/"));
    router.add(route(Method::post, "/luma/videos", Origins::any));
    router.add(route(Method::get, "/media/{}"));
    router.add(route(Method::post, "/media/fixed"));
    router.add(route(Method::get, "/a/{}/b/{}"));
    router.add(route(Method::del, "/a/{}/b/{}"));
    return router;
}

TEST(Router, FindsLiteralsAndPlaces) {
    const auto router = some_routes();
    EXPECT_EQ(router.find(Method::get, "/").route->pattern, "/");
    EXPECT_EQ(router.find(Method::post, "/luma/videos").route->pattern, "/luma/videos");
    const auto media = router.find(Method::get, "/media/x.mp4");
    EXPECT_EQ(media.route->pattern, "/media/{}");
    EXPECT_THAT(media.parameters, ElementsAre("x.mp4"));
    EXPECT_THAT(router.find(Method::del, "/a/1/b/2").parameters, ElementsAre("1", "2"));
}

TEST(Router, TellsAllItsRoutes) {
    using testing::Pair;
    EXPECT_THAT(some_routes().routes(),
                testing::UnorderedElementsAre(
                    Pair(Method::get, "/"), Pair(Method::post, "/luma/videos"),
                    Pair(Method::get, "/media/{}"), Pair(Method::post, "/media/fixed"),
                    Pair(Method::get, "/a/{}/b/{}"), Pair(Method::del, "/a/{}/b/{}")));
    EXPECT_THAT(Router().routes(), IsEmpty());
}

TEST(Router, KnowsWhatItDoesNotKnow) {
    const auto router = some_routes();
    for (const auto* path : {"/x", "/luma", "/luma/videos/x", "/media", "/media/", "/media/a/b",
                             "/a/1/b", "/a//b/2", "", "x", "//"}) {
        const auto match = router.find(Method::get, path);
        EXPECT_EQ(match.route, nullptr) << path;
        EXPECT_FALSE(match.path_known) << path;
        EXPECT_THAT(match.allowed, IsEmpty()) << path;
    }
}

TEST(Router, TellsTheAllowedMethods) {
    const auto router = some_routes();
    const auto match = router.find(Method::put, "/a/1/b/2");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_TRUE(match.path_known);
    EXPECT_THAT(match.allowed, ElementsAre(Method::get, Method::head, Method::del));
    EXPECT_EQ(router.find(Method::get, "/luma/videos").origins, Origins::any);
    EXPECT_EQ(match.origins, Origins::same);
}

TEST(Router, AnswersHeadByGet) {
    EXPECT_EQ(some_routes().find(Method::head, "/media/x").route->method, Method::get);
    auto router = some_routes();
    router.add(route(Method::head, "/media/{}"));
    EXPECT_EQ(router.find(Method::head, "/media/x").route->method, Method::head);
}

TEST(Router, FallsBackToPlacesForAnotherMethod) {
    const auto router = some_routes();
    EXPECT_EQ(router.find(Method::post, "/media/fixed").route->pattern, "/media/fixed");
    EXPECT_EQ(router.find(Method::get, "/media/fixed").route->pattern, "/media/{}");
    EXPECT_THAT(router.find(Method::put, "/media/fixed").allowed,
                ElementsAre(Method::post, Method::get, Method::head));
}

TEST(RouterDeathTest, RefusesARepeatedRoute) {
    auto router = some_routes();
    EXPECT_DEATH(router.add(route(Method::get, "/media/{}")), "added twice");
    EXPECT_DEATH(router.add(route(Method::get, "media")), "begins with");
    EXPECT_DEATH(router.add(route(Method::get, "/media/")), "no slash");
}

}  // namespace
}  // namespace kinora::http
