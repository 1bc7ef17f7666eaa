// unit/outbound/data_url_test.cpp: files inside of their own URLs.
#include "outbound/data_url.hpp"

#include "unit/outbound/fake_resolver.hpp"

#include <gtest/gtest.h>

namespace kinora::outbound {
namespace {

using namespace std::string_literals;

constexpr std::uint64_t kMax = 100;

TEST(DataUrl, IsReadAsBrowsersDo) {
    const struct {
        std::string text;
        const char* media_type;
        std::string bytes;
    } rows[] = {
        {"data:image/png;base64,aGVsbG8=", "image/png", "hello"},
        {"DATA:Image/PNG;BASE64,aGVsbG8", "image/png", "hello"},
        {"data:image/png;base64,aGVsbG8%3D", "image/png", "hello"},
        {"  data:image/png ; base64 ,aGVs\r\n bG8=\n", "image/png", "hello"},
        {"data:image/svg+xml;charset=utf-8;base64,PGE+", "image/svg+xml", "<a>"},
        {"data:;base64,AAEC", "text/plain", "\0\1\2"s},
        {"data:,a%20b", "text/plain", "a b"},
        {"data:,a%0Ab", "text/plain", "a\nb"},
        {"data:,a\nb", "text/plain", "ab"},
        {"data:,a b,c", "text/plain", "a b,c"},
        {"data:;charset=utf-8,x", "text/plain", "x"},
        {"data:text/html,%3Cb%3e#top", "text/html", "<b>"},
        {"data:image/png;base64,/+8=", "image/png", "\xff\xef"},
        {"data:image/png;base64,//9=", "image/png", "\xff\xff"},
        {"data:image/png;base64;x=y,aGk", "image/png", "aGk"},
    };
    for (const auto& row : rows) {
        ASSERT_TRUE(is_data_url(row.text));
        const auto url = parse_data_url(row.text, kMax);
        ASSERT_TRUE(url) << row.text << ": " << url.error().message();
        EXPECT_EQ(url->media_type, row.media_type) << row.text;
        EXPECT_EQ(std::string(url->bytes.begin(), url->bytes.end()), row.bytes) << row.text;
    }
}

TEST(DataUrl, SaysWhatIsWrong) {
    const struct {
        std::string text;
        const char* message;
    } rows[] = {
        {"", "This is no data URL."},
        {"http://a.example/", "This is no data URL."},
        {"data", "This is no data URL."},
        {"data:", "The data URL has no comma between its media type and its data."},
        {"data:image/png;base64", "The data URL has no comma between its media type and its data."},
        {"data:" + std::string(300, 'a') + ",x",
         "The data URL has no comma between its media type and its data."},
        {"data:png,x", "The data URL's media type is not of the form image/png."},
        {"data:/png,x", "The data URL's media type is not of the form image/png."},
        {"data:image/,x", "The data URL's media type is not of the form image/png."},
        {"data:a/b/c,x", "The data URL's media type is not of the form image/png."},
        {"data:im age/png,x", "The data URL's media type is not of the form image/png."},
        {"data:base64,aGk=", "The data URL's media type is not of the form image/png."},
        {"data:image/png;base64,", "The data URL holds no data."},
        {"data:,", "The data URL holds no data."},
        {"data:image/png;base64,a-_b", "The data URL's data is not base64."},
        {"data:image/png;base64,aG=k", "The data URL's data is not base64."},
        {"data:image/png;base64,aGk===", "The data URL's data is not base64."},
        {"data:image/png;base64,aGk\xc3\xa4", "The data URL's data is not base64."},
        {"data:image/png;base64,aGk\0"s, "The data URL's data is not base64."},
        {"data:image/png;base64,aGkaa", "The data URL's base64 ends too early."},
        {"data:image/png;base64,aG=", "The data URL's base64 ends too early."},
        {"data:image/png;base64,=", "The data URL's base64 ends too early."},
        {"data:,100%", "The data URL has a '%' without two hexadecimal digits behind it."},
        {"data:,%4", "The data URL has a '%' without two hexadecimal digits behind it."},
        {"data:,%zz", "The data URL has a '%' without two hexadecimal digits behind it."},
        {"data:," + std::string(101, 'a'), "The file is larger than 100 bytes."},
        {"data:;base64," + std::string(136, 'a'), "The file is larger than 100 bytes."},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(message_of(parse_data_url(row.text, kMax)), row.message) << row.text;
    }
}

TEST(DataUrl, MayBeAsLargeAsItsLimit) {
    EXPECT_EQ(parse_data_url("data:," + std::string(100, 'a'), kMax).value().bytes.size(), 100u);
    EXPECT_EQ(parse_data_url("data:;base64," + std::string(132, 'a'), 99).value().bytes.size(),
              99u);
}

}  // namespace
}  // namespace kinora::outbound
