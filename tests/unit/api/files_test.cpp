// tests/unit/api/files_test.cpp: uploads are what their bytes say, belong to one user, and leave
// nothing behind where they fail.
#include "api/files.hpp"

#include "accounts/person.hpp"
#include "storage/login_rows.hpp"
#include "storage/retention_rows.hpp"
#include "unit/api/endpoint.hpp"

namespace kinora::api {
namespace {

using namespace std::string_literals;

const auto kPng = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"s;
const auto kMp4 =
    "\0\0\0\x18"
    "ftypisom\0\0\0\0isommp42"s;

std::string part(const std::string& head, const std::string& bytes) {
    return "--xyz\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + bytes + "\r\n";
}
std::string form(const std::string& bytes, const std::string& head = "name=\"file\"") {
    return part(head, bytes) + "--xyz--\r\n";
}

class FilesTest : public Endpoint {
protected:
    FilesTest() { endpoint.routes(router); }

    test::FakeRequest upload(const std::string& body, const std::string& path = "/api/v1/files") {
        auto made = request(path, body);
        made.set("Content-Type", "multipart/form-data; boundary=xyz");
        return made;
    }
    http::Response send(const std::string& body) {
        auto made = upload(body);
        return call(made);
    }
    std::string name_of_new(const std::string& bytes) {
        return std::string(json_of(send(form(bytes))).at("name").as_string());
    }
    test::FakeRequest as(const test::Account& who, http::Method method, const std::string& path) {
        test::FakeRequest made(method, path);
        made.set("Authorization", who.authorization());
        return made;
    }
    boost::json::object list(const test::Account& who, const std::string& query = {}) {
        auto made = as(who, http::Method::get, "/api/v1/files");
        made.query = query;
        const auto response = call(made);
        EXPECT_EQ(response.status, 200) << text_of(response);
        return json_of(response);
    }
    int remove(const test::Account& who, const std::string& name) {
        auto made = as(who, http::Method::del, "/api/v1/files/" + name);
        return call(made).status;
    }
    // Nothing lies about, and nothing is listed.
    void expect_nothing() {
        EXPECT_TRUE(std::filesystem::is_empty(folder / "parts"));
        EXPECT_TRUE(std::filesystem::is_empty(folder / "media"));
        EXPECT_EQ(list(account).at("count"), 0);
    }

    test::TempFolder folder;
    storage::MediaFolder media = *storage::MediaFolder::open(folder.path());
    storage::DiskRoom room{media, clock, {}};
    Pool pool{1};
    FilesOptions options{std::chrono::hours(1), 2'000, {500, 1'000}};
    Files endpoint{{flaky, media, room, pool, access, clock, random}, options};
};

TEST_F(FilesTest, GiveAFileAUrl) {
    for (const auto* path : {"/api/v1/files", "/files/upload"}) {
        auto made = upload(form(kPng, "name=\"file\"; filename=\"../../it.html\""), path);
        const auto response = call(made);
        ASSERT_EQ(response.status, 201) << text_of(response);
        const auto body = json_of(response);
        const std::string name(body.at("name").as_string());
        EXPECT_TRUE(storage::is_media_name(name) && name.ends_with(".png")) << name;
        EXPECT_EQ(body.at("success"), true);
        EXPECT_EQ(body.at("url").as_string(), made.base_url + "/media/" + name);
        EXPECT_EQ(body.at("size"), kPng.size());
        EXPECT_EQ(body.at("content_type").as_string(), "image/png");
        EXPECT_EQ(body.at("expires_at").as_string(), "2023-11-14T23:13:20.000Z");
        EXPECT_EQ(body.size(), 6U);
        EXPECT_EQ(test::contents_of(media.files() / name), kPng);
        EXPECT_TRUE(std::filesystem::is_empty(folder / "parts"));
    }
}

TEST_F(FilesTest, PiecesMayEndAnywhere) {
    const auto video = kMp4 + std::string(900, '\r');
    for (const std::size_t piece : {1U, 7U, 100U, 5'000U}) {
        auto made = upload(part("name=\"note\"", "skipped") + form(video));
        made.cut_body(piece);
        const auto body = json_of(call(made));
        ASSERT_TRUE(body.contains("name")) << piece;
        const std::string name(body.at("name").as_string());
        EXPECT_TRUE(name.ends_with(".mp4"));
        EXPECT_EQ(test::contents_of(media.files() / name), video);
        remove(account, name);
    }
}

TEST_F(FilesTest, RefuseWhatIsOfNoUse) {
    struct Row {
        std::string body;
        int status;
        std::string words;
    };
    const Row table[] = {
        {form("<!doctype html><p>hello", "name=\"file\"; filename=\"a.png\""), 400, "`file` is no"},
        {form("<svg xmlns='http://www.w3.org/2000/svg'/>"), 400, "`file` is no"},
        {form("<html>" + kPng), 400, "`file` is no"},
        {form("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaa"), 400, "`file` is no"},
        {form(""), 400, "`file` is empty"},
        {form(kPng, "name=\"image\""), 400, "`file` is missing"},
        {"--xyz--\r\n", 400, "`file` is missing"},
        {part("name=\"file\"", kPng) + form(kPng), 400, "`file` is there twice"},
        {part("name=\"file\"", kPng), 400, "last boundary"},
        {"", 400, "no part"},
        {form(kPng, "filename=\"a.png\""), 400, "no name"},
        {form(kPng + std::string(500, 'x')), 413, "a picture may have 500 bytes"},
        {form(kMp4 + std::string(1'000, 'x')), 413, "a video may have 1000 bytes"},
        {form(std::string(5'000, 'x')), 400, "`file` is no"},
    };
    for (const auto& row : table) {
        const auto response = send(row.body);
        EXPECT_EQ(response.status, row.status) << text_of(response);
        EXPECT_NE(message_of(response).find(row.words), std::string::npos) << message_of(response);
    }
    expect_nothing();
}

TEST_F(FilesTest, WantAForm) {
    auto made = request("/files/upload", kPng);
    EXPECT_EQ(call(made).status, 415);
    EXPECT_EQ(made.body_calls(), 0);
    auto bare = upload(form(kPng));
    bare.set("Content-Type", "multipart/form-data");
    EXPECT_EQ(refusal_of(call(bare), bare), "400 bad_request");
    expect_nothing();
}

TEST_F(FilesTest, LeaveNothingOfABodyThatBreaksOff) {
    auto made = upload(part("name=\"file\"", kPng + std::string(200, 'x')));
    made.cut_body(50);
    made.break_body_with({ErrorCode::request_timeout, "The body of the request came too slowly."});
    EXPECT_EQ(call(made).status, 408);
    expect_nothing();
}

TEST_F(FilesTest, AskWhoItIsBeforeTheBody) {
    test::FakeRequest made(http::Method::post, "/files/upload", form(kPng));
    EXPECT_EQ(refusal_of(call(made), made), "401 no_token");
    EXPECT_EQ(made.body_calls(), 0);
}

TEST_F(FilesTest, ArePeoplesWhateverTheirKey) {
    const auto name = name_of_new(kPng);
    const auto cookie = "0123456789abcdef0123456789abcdef"s;
    database->write_now([&](storage::Session& session) {
        storage::LoginRow login;
        login.hash = accounts::hash_token(cookie);
        login.user_id = account.user.id;
        login.created_at = login.used_at = clock.now();
        login.expires_at = clock.now() + std::chrono::hours(1);
        storage::insert_login(session, login);
    });
    test::FakeRequest look(http::Method::get, "/api/v1/files");
    look.set("Cookie", "kinora_session=" + cookie);
    EXPECT_EQ(json_of(call(look)).at("count"), 1);
    test::FakeRequest remove(http::Method::del, "/api/v1/files/" + name);
    remove.set("Cookie", "kinora_session=" + cookie);
    EXPECT_EQ(refusal_of(call(remove), remove), "403 forbidden");
    remove.set("X-CSRF-Token", accounts::csrf_token_of(cookie));
    EXPECT_EQ(call(remove).status, 204);
}

TEST_F(FilesTest, AreListedForTheirUserAlone) {
    const auto other = test::add_account(*database, random);
    const auto first = name_of_new(kPng);
    clock.advance(Milliseconds(1'000));
    const auto second = name_of_new(kMp4);
    const auto listed = list(account);
    EXPECT_EQ(listed.at("count"), 2);
    const auto& newest = listed.at("items").as_array().at(0).as_object();
    EXPECT_EQ(newest.at("name").as_string(), second);
    EXPECT_EQ(newest.at("url").as_string(), "http://kinora.test:8080/media/" + second);
    EXPECT_EQ(newest.at("content_type").as_string(), "video/mp4");
    EXPECT_EQ(newest.at("size"), kMp4.size());
    EXPECT_EQ(newest.at("created_at").as_string(), "2023-11-14T22:13:21.000Z");
    EXPECT_EQ(newest.at("expires_at").as_string(), "2023-11-14T23:13:21.000Z");
    EXPECT_EQ(newest.size(), 6U);
    const auto oldest = list(account, "ordering=created_at&limit=1");
    EXPECT_EQ(oldest.at("items").as_array().at(0).as_object().at("name").as_string(), first);
    EXPECT_EQ(list(account, "ordering=-created_at&offset=2").at("items").as_array().size(), 0U);

    EXPECT_EQ(list(other).at("count"), 0);
    EXPECT_EQ(remove(other, first), 404);
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(list(account).at("count"), 0) << "their time is over";
    auto bad = as(account, http::Method::get, "/api/v1/files");
    bad.query = "ordering=size";
    EXPECT_EQ(refusal_of(call(bad), bad), "400 bad_request");
}

TEST_F(FilesTest, AreGoneWhenTheyAreDeleted) {
    const auto name = name_of_new(kPng);
    EXPECT_EQ(remove(account, name), 204);
    EXPECT_FALSE(media.has(name));
    const auto fate = database->read_now(
        [&](storage::Session& session) { return storage::fate_of(session, name); });
    EXPECT_EQ(fate, storage::FileFate::expired);
    for (const auto& unknown : {name, "0123456789abcdef0123456789abcdef.png"s, "%"s, "a.b"s})
        EXPECT_EQ(remove(account, unknown), 404) << unknown;
}

TEST_F(FilesTest, StayForATaskThatStartsFromThem) {
    const auto name = name_of_new(kPng);
    auto task = test::make_task(account, random, clock.now());
    task.brief_json = R"({"inputs": {"start": {"place": ")" + name + R"("}}})";
    test::add_task(*database, task);
    EXPECT_EQ(remove(account, name), 204);
    EXPECT_TRUE(media.has(name));
    EXPECT_EQ(list(account).at("count"), 0);
    EXPECT_EQ(remove(account, name), 404);
}

TEST_F(FilesTest, AreBoundedByUser) {
    const auto picture = kPng + std::string(450, 'x');
    std::vector<std::string> names;
    for (int i = 0; i < 4; ++i) names.push_back(name_of_new(picture));
    // Whether it fits only its end can tell.
    const auto over = send(form(picture));
    EXPECT_EQ(over.status, 413);
    EXPECT_NE(message_of(over).find("delete some"), std::string::npos);
    EXPECT_EQ(list(account).at("count"), 4);
    EXPECT_TRUE(std::filesystem::is_empty(folder / "parts"));

    ASSERT_EQ(send(form(kPng + std::string(2'000 - 4 * picture.size() - kPng.size(), 'x'))).status,
              201);
    auto full = upload(form(kPng));
    EXPECT_EQ(call(full).status, 413);
    EXPECT_EQ(full.body_calls(), 0);
    EXPECT_EQ(remove(account, names.front()), 204);
    EXPECT_EQ(send(form(kPng)).status, 201);
}

TEST_F(FilesTest, AreRefusedWhereThereIsNoRoom) {
    storage::DiskRoom small(media, clock, {UINT64_MAX, 0});
    http::Router other;
    Files full({flaky, media, small, pool, access, clock, random}, options);
    full.routes(other);
    std::swap(router, other);
    auto made = upload(form(kPng));
    EXPECT_EQ(refusal_of(call(made), made), "503 api_error");
    EXPECT_EQ(made.body_calls(), 0);
    std::swap(router, other);
    expect_nothing();
}

TEST_F(FilesTest, LeaveNothingWhereTheRowCannotBeWritten) {
    auto made = upload(form(kPng));
    flaky.fail_with(storage::DiskFull("full"), test::FlakyDatabase::Failing::writes);
    EXPECT_THROW(call(made), storage::DiskFull);
    flaky.recover();
    expect_nothing();
}

TEST_F(FilesTest, AreNotTakenFromARowThatMayHaveBeenWritten) {
    auto made = upload(form(kPng));
    flaky.fail_with(storage::DatabaseUnavailable("lost"),
                    test::FlakyDatabase::Failing::confirmations);
    EXPECT_THROW(call(made), storage::DatabaseUnavailable);
    flaky.recover();
    const auto listed = list(account).at("items").as_array();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_TRUE(media.has(std::string(listed[0].as_object().at("name").as_string())));
}

TEST_F(FilesTest, NeedNotExpire) {
    Files kept({flaky, media, room, pool, access, clock, random}, {Milliseconds(0), 2'000, {}});
    http::Router other;
    kept.routes(other);
    std::swap(router, other);
    const auto name = name_of_new(kPng);
    EXPECT_TRUE(list(account).at("items").as_array().at(0).as_object().at("expires_at").is_null());
    std::swap(router, other);
}

}  // namespace
}  // namespace kinora::api
