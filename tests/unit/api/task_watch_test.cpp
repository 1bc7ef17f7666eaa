// tests/unit/api/task_watch_test.cpp: the form of an answer, and of what is in it.
#include "api/task_watch.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace kinora::api {
namespace {

TEST(Form, IsWhatIsLikedBest) {
    const std::pair<const char*, Form> table[] = {
        {"", Form::json},
        {"*/*", Form::json},
        {"application/json", Form::json},
        {"text/html, image/png", Form::json},
        {"application/x-ndjson", Form::lines},
        {"Application/X-NDJSON ; q=0.9", Form::lines},
        {"text/event-stream", Form::events},
        {"text/event-stream, */*", Form::events},
        {"*/*, text/event-stream", Form::json},
        {"text/html, text/event-stream;q=0.9, */*;q=0.1", Form::events},
        {"image/*, application/*;q=0.2, application/x-ndjson;q=0.3", Form::lines},
        {"application/json;q=0.5, text/event-stream;q=0.7, application/x-ndjson;q=0.6",
         Form::events},
        {"application/json, text/event-stream;q=0.9", Form::json},
        {"text/event-stream;q=0", Form::json},
        {"text/event-stream;q=nonsense", Form::json},
        {"text/event-stream;charset=utf-8;q=1, application/json;q=0.1", Form::events},
        {",,;", Form::json},
    };
    for (const auto& [accept, form] : table) EXPECT_EQ(form_of(accept), form) << accept;
}

TEST(Framed, IsALineOrAnEvent) {
    const boost::json::object object{{"text", "two\nlines"}, {"n", 1}};
    EXPECT_EQ(framed(Form::lines, "progress", 3, object), "{\"text\":\"two\\nlines\",\"n\":1}\n");
    EXPECT_EQ(framed(Form::events, "progress", 3, object),
              "event: progress\nid: 3\ndata: {\"text\":\"two\\nlines\",\"n\":1}\n\n");
    EXPECT_EQ(framed(Form::events, "error", 0, {}), "event: error\ndata: {}\n\n");
}

}  // namespace
}  // namespace kinora::api
