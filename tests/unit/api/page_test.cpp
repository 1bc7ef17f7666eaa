// tests/unit/api/page_test.cpp: limit, offset and ordering of a list.
#include "api/page.hpp"

#include <gtest/gtest.h>

namespace kinora::api {
namespace {

Result<Page> read(std::string_view query) {
    return read_page(query, {"id", "title"});
}

TEST(PageTest, HasDefaults) {
    for (const auto* query : {"", "limit=&offset=&ordering=", "limit", "other=1&%4cimit=x"}) {
        const auto page = read(query);
        ASSERT_TRUE(page) << query;
        EXPECT_EQ(page->limit, 12U);
        EXPECT_EQ(page->offset, 0U);
        EXPECT_EQ(page->ordering, "id");
        EXPECT_FALSE(page->descending);
    }
}

TEST(PageTest, TakesWhatIsAsked) {
    const auto page = read("limit=%31&offset=1000000000&ordering=-title");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->limit, 1U);
    EXPECT_EQ(page->offset, 1'000'000'000U);
    EXPECT_EQ(page->ordering, "title");
    EXPECT_TRUE(page->descending);
}

TEST(PageTest, NamesWhatIsWrong) {
    struct Row {
        const char* query;
        const char* field;
    };
    for (const auto& [query, field] : {
             Row{"limit=0", "`limit`"},
             {"limit=101", "`limit`"},
             {"limit=ten", "`limit`"},
             {"limit=1.0", "`limit`"},
             {"limit=+1", "`limit`"},
             {"limit=99999999999999999999", "`limit`"},
             {"offset=-1", "`offset`"},
             {"offset=1000000001", "`offset`"},
             {"limit=1&limit=0", "`limit`"},
             {"ordering=size", "`ordering`"},
             {"ordering=-", "`ordering`"},
             {"ordering=--id", "`ordering`"},
             {"limit=%zz", "query"},
         }) {
        const auto page = read(query);
        ASSERT_FALSE(page) << query;
        EXPECT_EQ(page.error().code(), ErrorCode::bad_request);
        EXPECT_NE(page.error().message().find(field), std::string::npos) << page.error().message();
    }
}

}  // namespace
}  // namespace kinora::api
