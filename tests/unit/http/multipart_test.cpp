// unit/http/multipart_test.cpp: forms cut anywhere, and forms that are none.
#include "http/multipart.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kinora::http {
namespace {

using namespace std::string_literals;

struct Seen {
    PartHead head;
    std::string data;
};
struct Form {
    std::vector<Seen> parts;
    std::string error;  // Empty: it was whole.
};

void take(MultipartParser& parser, Form& form) {
    bool open = false;
    while (form.error.empty()) {
        auto event = parser.next();
        if (!event) {
            EXPECT_EQ(event.error().code(), ErrorCode::bad_request);
            form.error = event.error().message();
            return;
        }
        switch (event->kind) {
            case FormEvent::Kind::hungry:
                return;
            case FormEvent::Kind::part_begin:
                form.parts.push_back({std::move(event->head), ""});
                break;
            case FormEvent::Kind::data:
                EXPECT_FALSE(event->data.empty());
                form.parts.back().data += event->data;
                break;
            case FormEvent::Kind::part_end:
                form.parts.back().data += "|";  // So that each end is seen once.
                break;
            case FormEvent::Kind::end:
                EXPECT_FALSE(std::exchange(open, true)) << "a form ends once";
                break;
        }
    }
}

Form parse(const std::vector<std::string_view>& pieces) {
    MultipartParser parser("xyz");
    Form form;
    for (const auto piece : pieces) {
        parser.put(piece);
        take(parser, form);
    }
    if (!form.error.empty()) return form;
    const auto whole = parser.finish();
    if (!whole) form.error = whole.error().message();
    return form;
}

std::vector<std::string_view> cut(std::string_view text, std::size_t size) {
    std::vector<std::string_view> pieces;
    for (; !text.empty(); text.remove_prefix(std::min(size, text.size())))
        pieces.push_back(text.substr(0, size));
    return pieces;
}

bool operator==(const Form& one, const Form& other) {
    const auto same = [](const Seen& a, const Seen& b) {
        return a.data == b.data && a.head.name == b.head.name &&
               a.head.filename == b.head.filename && a.head.content_type == b.head.content_type;
    };
    return one.error == other.error && std::equal(one.parts.begin(), one.parts.end(),
                                                  other.parts.begin(), other.parts.end(), same);
}

std::string head(std::string_view name) {
    return "Content-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n";
}

// All that data may look like without being a boundary.
const std::string kTricky =
    "line\nline\r\n--xy\r\n-\r\n--xyy--xyz\n--xyz\r\r\n\r\n--x\0yz\r\n--\r\n\r\n-- xyz"s;
const std::string kSample = "skipped\r\n--xy\r\n--xyz\r\n" + head("one") + kTricky +
                            "\r\n--xyz \t\r\n" + head("none") + "\r\n--xyz\r\n" +
                            "Content-Type: image/png\r\n"
                            "Content-Disposition: form-data; name=file; filename=\"a.png\"\r\n\r\n"
                            "\r\n\r\n--xyz--\r\n--xyz\r\nskipped, too";

TEST(Multipart, TakesAFormApart) {
    const auto form = parse({kSample});
    EXPECT_EQ(form.error, "");
    ASSERT_EQ(form.parts.size(), 3U);
    EXPECT_EQ(form.parts[0].head.name, "one");
    EXPECT_EQ(form.parts[0].data, kTricky + "|");
    EXPECT_EQ(form.parts[1].data, "|");
    EXPECT_EQ(form.parts[2].head.filename, "a.png");
    EXPECT_EQ(form.parts[2].head.content_type, "image/png");
    EXPECT_EQ(form.parts[2].data, "\r\n|");
}

TEST(Multipart, PiecesMayEndAnywhere) {
    const auto whole = parse({kSample});
    const std::string_view text = kSample;
    for (std::size_t at = 0; at <= text.size(); ++at)
        ASSERT_TRUE(parse({text.substr(0, at), text.substr(at)}) == whole) << at;
    for (std::size_t size = 1; size < 20; ++size)
        ASSERT_TRUE(parse(cut(text, size)) == whole) << size;
}

TEST(Multipart, AFormThatEndsAnywhereIsNotWhole) {
    const auto end = kSample.find("--xyz--") + 7;
    for (std::size_t at = 0; at < end; ++at) {
        const auto form = parse({std::string_view(kSample).substr(0, at)});
        ASSERT_NE(form.error, "") << at;
    }
    EXPECT_EQ(parse({std::string_view(kSample).substr(0, end)}).error, "");
}

TEST(Multipart, ReadsSmallForms) {
    struct Row {
        std::string body, data;
    };
    const Row table[] = {
        {"--xyz--", ""},
        {"--xyz--what follows", ""},
        {"\r\n--xyz--\r\n", ""},
        {"--xyz\r\n" + head("a") + "\r\n--xyz--", "a=|"},
        // No content and no line end of its own either.
        {"--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n--xyz--", "a=|"},
        {"--xyz\r\n" + head("a") + "1\r\n--xyz\r\n" + head("b") + "2\r\n--xyz--\r\n", "a=1|b=2|"},
        {"--xyz\r\n" + head("a") + "--xy\r\n--xyz--", "a=--xy|"},
        {"--xyz\r\n" + head("a") + "\r\r\n--xyz--", "a=\r|"},
        {"--xyz\r\n" + head("a") + "\n\r\n--xyz--", "a=\n|"},
    };
    for (const auto& row : table) {
        for (const auto& pieces : {cut(row.body, row.body.size()), cut(row.body, 1)}) {
            const auto form = parse(pieces);
            EXPECT_EQ(form.error, "") << row.body;
            std::string data;
            for (const auto& part : form.parts) data += part.head.name + '=' + part.data;
            EXPECT_EQ(data, row.data) << row.body;
        }
    }
}

TEST(Multipart, SaysWhatIsWrong) {
    const std::string begin = "--xyz\r\n";
    const std::string full_head = "Content-Disposition: form-data; name=a\r\nX: ";
    const auto long_head = [&](std::size_t size) {
        return full_head + std::string(size - full_head.size(), 'x');
    };
    std::string many;
    for (std::size_t i = 0; i <= kPartsMax; ++i) many += begin + head("a") + "\r\n";
    struct Row {
        std::string body, words;
    };
    const Row table[] = {
        {"", "has no part"},
        {"what is this?", "has no part"},
        {"--abc\r\n" + head("a") + "\r\n--abc--", "has no part"},
        {begin + head("a") + "data", "without its last boundary"},
        {begin + head("a") + "data\r\n--xyz", "without its last boundary"},
        {begin + head("a") + "data\r\n--xyz-", "without its last boundary"},
        {begin + head("a") + "data\n--xyz--\n", "without its last boundary"},
        {begin + "Content-Disposition: form-data; name=a\r\n", "without its last boundary"},
        {begin + "\r\n" + "\r\n--xyz--", "has no name"},
        {begin + "Content-Type: image/png\r\n\r\n\r\n--xyz--", "has no name"},
        {"--xyz\nX", "followed by"},
        {"--xyz\rx", "followed by"},
        {"--xyz-x", "followed by"},
        {"--xyzw\r\n", "followed by"},
        {"--xyz" + std::string(kPartHeadBytesMax + 1, ' '), "followed by"},
        {begin + long_head(kPartHeadBytesMax + 1) + "\r\n\r\n", "longer than 8192"},
        {begin + std::string(20'000, 'x'), "longer than 8192"},
        {many + "--xyz--", "more than 16 parts"},
    };
    for (const auto& row : table) {
        for (const auto& pieces : {cut(row.body, row.body.size() + 1), cut(row.body, 1)}) {
            const auto form = parse(pieces);
            EXPECT_NE(form.error.find(row.words), std::string::npos)
                << row.body.substr(0, 80) << ": " << form.error;
        }
    }
    const auto longest = begin + long_head(kPartHeadBytesMax - 2) + "\r\n\r\n\r\n--xyz--";
    EXPECT_EQ(parse({longest}).error, "");
    EXPECT_EQ(parse(cut(longest, 1)).error, "");
}

TEST(Multipart, HoldsNoMoreThanItMust) {
    MultipartParser parser("xyz");
    parser.put("--xyz\r\n" + head("a"));
    EXPECT_EQ(parser.next()->kind, FormEvent::Kind::part_begin);
    EXPECT_EQ(parser.next()->kind, FormEvent::Kind::hungry);
    const std::string piece(100'000, '\r');
    std::size_t given = 0;
    for (std::size_t count = 1; count <= 20; ++count) {
        parser.put(piece);
        for (auto event = parser.next(); event->kind == FormEvent::Kind::data;
             event = parser.next()) {
            given += event->data.size();
        }
        EXPECT_GT(given + 10, count * piece.size()) << "what is held back is shorter than a line";
    }
}

TEST(Multipart, FindsTheBoundary) {
    const std::string form = "multipart/form-data; boundary=";
    for (const auto& [type, boundary] : {
             std::pair{form + "abc", std::string("abc")},
             {form + "\"a b'c?\"", "a b'c?"},
             {"Multipart/Form-Data; charset=utf-8; Boundary=x", "x"},
             {form + std::string(70, '-'), std::string(70, '-')},
         }) {
        const auto found = boundary_of(type);
        ASSERT_TRUE(found.has_value()) << type;
        EXPECT_EQ(*found, boundary);
    }
    struct Row {
        std::string type;
        ErrorCode code;
        std::string_view words;
    };
    const Row table[] = {
        {"", ErrorCode::unsupported_media_type, "multipart/form-data"},
        {"application/json", ErrorCode::unsupported_media_type, "multipart/form-data"},
        {"multipart/mixed; boundary=x", ErrorCode::unsupported_media_type, "multipart/form-data"},
        {"multipart/form-data", ErrorCode::bad_request, "names no boundary"},
        {form + "\"\"", ErrorCode::bad_request, "is none"},
        {form + "\"a \"", ErrorCode::bad_request, "is none"},
        {form + "\"a\tb\"", ErrorCode::bad_request, "is none"},
        {form + "a\\b", ErrorCode::bad_request, "is none"},
        {form + "a; boundary=b", ErrorCode::bad_request, "is none"},
        {form + std::string(71, 'a'), ErrorCode::bad_request, "longer than 70"},
    };
    for (const auto& row : table) {
        const auto found = boundary_of(row.type);
        ASSERT_FALSE(found.has_value()) << row.type;
        EXPECT_EQ(found.error().code(), row.code) << row.type;
        EXPECT_NE(found.error().message().find(row.words), std::string::npos)
            << found.error().message();
    }
}

}  // namespace
}  // namespace kinora::http
