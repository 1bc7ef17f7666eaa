// unit/http/part_head_test.cpp: whose part it is, and what it cannot be.
#include "http/part_head.hpp"

#include <gtest/gtest.h>

namespace kinora::http {
namespace {

const std::string kFile = "Content-Disposition: form-data; name=\"file\"";

TEST(PartHead, ReadsNames) {
    struct Row {
        std::string lines, name;
        std::optional<std::string> filename;
        std::string type;
    };
    const Row table[] = {
        {kFile + "\r\n", "file", std::nullopt, ""},
        {kFile + "; filename=\"a.png\"\r\nContent-Type: image/png\r\n", "file", "a.png",
         "image/png"},
        {"content-type:image/png; x=y \r\ncontent-disposition:FORM-DATA;NAME=file\r\n", "file",
         std::nullopt, "image/png; x=y"},
        {kFile + "; filename=\"a.png\"; filename*=UTF-8''b.html\r\n", "file", "a.png", ""},
        {kFile + "; filename=\"\"\r\nX-Else: what\r\n", "file", "", ""},
        {kFile + "\r\nContent-Transfer-Encoding: Binary\r\n", "file", std::nullopt, ""},
        {kFile + "; filename=\"a \\\"b\\\".png\"\r\n", "file", "a \"b\".png", ""},
    };
    for (const auto& row : table) {
        const auto head = parse_part_head(row.lines);
        ASSERT_TRUE(head.has_value()) << row.lines << head.error().message();
        EXPECT_EQ(head->name, row.name);
        EXPECT_EQ(head->filename, row.filename);
        EXPECT_EQ(head->content_type, row.type);
    }
}

TEST(PartHead, SaysWhatIsWrong) {
    struct Row {
        std::string lines, words;
    };
    const Row table[] = {
        {"", "has no name"},
        {"Content-Type: image/png\r\n", "has no name"},
        {"Content-Disposition: form-data\r\n", "has no name"},
        {"Content-Disposition: form-data; name=\"\"\r\n", "has no name"},
        {"Content-Disposition: form-data; name*=UTF-8''file\r\n", "has no name"},
        {"Content-Disposition: attachment; name=\"file\"\r\n", "not form-data"},
        {"Content-Disposition: form-data; name=\"file\r\n", "not form-data"},
        {kFile + "\r\n" + kFile + "\r\n", "named twice"},
        {kFile + "; name=\"other\"\r\n", "named twice"},
        {kFile + "; filename=a; filename=b\r\n", "named twice"},
        {kFile + "\r\nContent-Transfer-Encoding: base64\r\n", "sent in base64"},
        {kFile + "\r\nno header\r\n", "header line"},
        {kFile + "\r\n folded: line\r\n", "header line"},
        {kFile + "\r\nSpaced : x\r\n", "header line"},
        {kFile + "\r\n: x\r\n", "header line"},
        {kFile + "\nX: y\r\n", "header line"},
        {kFile + "\rX: y\r\n", "header line"},
        {kFile + std::string("\r\nX: \0\r\n", 8), "header line"},
    };
    for (const auto& row : table) {
        const auto head = parse_part_head(row.lines);
        ASSERT_FALSE(head.has_value()) << row.lines;
        EXPECT_EQ(head.error().code(), ErrorCode::bad_request);
        EXPECT_NE(head.error().message().find(row.words), std::string::npos)
            << row.lines << head.error().message();
    }
}

}  // namespace
}  // namespace kinora::http
