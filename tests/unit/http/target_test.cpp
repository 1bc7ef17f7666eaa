// unit/http/target_test.cpp: request targets as tables.
#include "http/target.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

using namespace std::string_view_literals;

TEST(Target, DecodesPaths) {
    const std::pair<const char*, const char*> rows[] = {
        {"/", "/"},
        {"/luma/videos", "/luma/videos"},
        {"/luma/videos/", "/luma/videos"},
        {"/a%20b", "/a b"},
        {"/%C3%A9", "/é"},
        {"/a%2Fb", "/a/b"},
        {"/a/./b", "/a/b"},
        {"/a/../b", "/b"},
        {"/../../etc/passwd", "/etc/passwd"},
        {"/%2e%2e/%2e%2e/etc", "/etc"},
        {"/..%2f..%2fetc", "/etc"},
        {"/a/b/..", "/a"},
        {"/a/..", "/"},
        {"/..", "/"},
        {"/.", "/"},
        {"/%252e%252e/x", "/%2e%2e/x"},
        {"/a//b", "/a//b"},
        {"/...", "/..."},
    };
    for (const auto& [raw, path] : rows) {
        const auto decoded = decode_path(raw);
        ASSERT_TRUE(decoded) << raw;
        EXPECT_EQ(*decoded, path) << raw;
    }
}

TEST(Target, RefusesBadPaths) {
    for (const auto raw :
         {""sv, "x"sv, "/%"sv, "/%4"sv, "/%zz"sv, "/%00"sv, "/%0a"sv, "/%7f"sv, "/%ff"sv,
          "/%c0%af"sv, "/%ed%a0%80"sv, "/%f4%90%80%80"sv, "/%e2%82"sv, "/a\x01"sv}) {
        EXPECT_FALSE(decode_path(raw)) << raw;
    }
}

TEST(Target, SplitsForms) {
    struct Row {
        const char *raw, *path, *query, *authority;
    };
    const Row rows[] = {
        {"/a?b=c?d", "/a", "b=c?d", ""},
        {"/a?", "/a", "", ""},
        {"http://h.example/a?q", "/a", "q", "h.example"},
        {"HTTPS://h:1", "/", "", "h:1"},
        {"http://h?q", "/", "q", "h"},
    };
    for (const auto& row : rows) {
        const auto target = parse_target(row.raw, false);
        ASSERT_TRUE(target) << row.raw;
        EXPECT_EQ(target->path, row.path);
        EXPECT_EQ(target->query, row.query);
        EXPECT_EQ(target->authority, row.authority);
    }
}

TEST(Target, RefusesBadForms) {
    for (const auto* raw :
         {"*", "", "a/b", "http://", "http://u@h/", "/a#b", "ftp://h/", "host:80", "?q"}) {
        const auto target = parse_target(raw, false);
        EXPECT_FALSE(target) << raw;
    }
    const auto all = parse_target("*", true);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->path, "*");
}

}  // namespace
}  // namespace kinora::http
