// database_test.cpp: opening, reading and what is said when that cannot be.
#include "storage_fixture.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <thread>

namespace kinora::storage {
namespace {

class DatabaseTest : public StorageTest {};

TEST_P(DatabaseTest, AWriteIsSeenByEveryoneOnceItReturned) {
    const auto other = open();
    const auto sample = insert_sample();
    for (int i = 0; i < 20; ++i) {
        const auto task = insert_one(sample, at(i));
        EXPECT_TRUE(find(task.id));
        EXPECT_TRUE(other->read_now([&](Session& session) { return find_task(session, task.id); }));
    }
}

TEST_P(DatabaseTest, OneReadSeesOneSnapshot) {
    const auto sample = insert_sample();
    const auto task = make_task(sample, at(1));
    const auto both = db->read_now([&](Session& session) {
        const bool before = find_task(session, task.id).has_value();
        insert(task);  // By the writer's thread, committed before this goes on.
        return std::pair(before, find_task(session, task.id).has_value());
    });
    EXPECT_EQ(both, std::pair(false, false));
    EXPECT_TRUE(find(task.id));
}

TEST_P(DatabaseTest, AReaderCannotWrite) {
    const auto sample = make_sample();
    EXPECT_THROW(db->read_now([&](Session& session) { insert_user(session, sample.user); }),
                 std::runtime_error);
    EXPECT_FALSE(db->read_now([](Session& session) { return find_owner(session); }));
}

TEST_P(DatabaseTest, AFailedReadTakesNobodyAlong) {
    const auto task = insert_one(insert_sample(), at(1));
    for (int i = 0; i < 8; ++i) {
        EXPECT_THROW(db->read_now([](Session& session) { session.sql() << "SELECT nonsense"; }),
                     std::runtime_error);
        EXPECT_THROW(db->read_now([](Session&) { throw std::logic_error("mine"); }),
                     std::logic_error);
        EXPECT_TRUE(find(task.id));
    }
}

TEST_P(DatabaseTest, CoroutinesAreAnsweredOnTheirOwnExecutor) {
    const auto sample = insert_sample();
    asio::io_context context;
    const auto here = std::this_thread::get_id();
    int finished = 0;
    const auto talk = [&](int i) -> Async<void> {
        const auto task = make_task(sample, at(i));
        const auto store = [task](Session& session) { insert_task(session, task); };
        co_await db->write(store);
        EXPECT_EQ(std::this_thread::get_id(), here);
        const auto look = [id = task.id](Session& session) { return find_task(session, id); };
        const auto found = co_await db->read(look);
        EXPECT_TRUE(found);
        ++finished;
    };
    for (int i = 0; i < 50; ++i) asio::co_spawn(context, talk(i), asio::detached);
    context.run();
    db.reset();
    EXPECT_EQ(finished, 50);
}

TEST_P(DatabaseTest, ClosingFinishesWhatWasHandedIn) {
    const auto sample = insert_sample();
    asio::io_context context;
    int finished = 0;
    const auto store = [&](TaskRow task) -> Async<void> {
        const auto insert = [task](Session& session) { insert_task(session, task); };
        co_await db->write(insert);
        ++finished;
    };
    for (int i = 0; i < 30; ++i) {
        asio::co_spawn(context, store(make_task(sample, at(i))), asio::detached);
    }
    context.poll();
    db.reset();
    context.run();
    EXPECT_EQ(finished, 30);
}

KINORA_ON_BOTH_BACKENDS(DatabaseTest);

class UnavailableTest : public testing::Test {
protected:
    // What an operator is told.
    static std::string refusal(const std::string& url) {
        Log log(LogLevel::off);
        try {
            Database::open({url, 1}, log);
        } catch (const DatabaseUnavailable& error) {
            return error.what();
        }
        return "it was opened";
    }
    Place place{Backend::sqlite};
};

TEST_F(UnavailableTest, NamesTheFormsOfAUrl) {
    for (const auto* url : {"", "kinora.db", "mysql://me:hunter2@host/db", "sqlite:relative.db"}) {
        EXPECT_THAT(refusal(url), testing::HasSubstr("sqlite:/absolute/path"));
        EXPECT_THAT(refusal(url), testing::Not(testing::HasSubstr("hunter2")));
    }
}

TEST_F(UnavailableTest, AMissingFolderIsNamed) {
    EXPECT_THAT(refusal("sqlite:/nowhere/at/all/kinora.db"),
                testing::HasSubstr("/nowhere/at/all does not exist"));
}

TEST_F(UnavailableTest, AFolderIsNoDatabase) {
    EXPECT_THAT(refusal("sqlite:" + place.file().parent_path().string()),
                testing::HasSubstr("name a file"));
}

TEST_F(UnavailableTest, AnotherFileIsLeftAlone) {
    const std::string text(8192, 'x');
    std::ofstream(place.file()) << text;
    EXPECT_THAT(refusal(place.url()), testing::HasSubstr("no SQLite database"));
    std::ifstream file(place.file());
    EXPECT_EQ(std::string(std::istreambuf_iterator(file), {}), text);
}

TEST_F(UnavailableTest, AnotherProgramsDatabaseIsLeftAlone) {
    *place.raw() << "CREATE TABLE recipes (id INTEGER)";
    EXPECT_THAT(refusal(place.url()), testing::HasSubstr("another program"));
}

TEST_F(UnavailableTest, TheFileIsForItsOwnerOnly) {
    Log log(LogLevel::off);
    const auto db = Database::open({place.url(), 1}, log);
    db->write_now([](Session&) {});
    for (const auto* suffix : {"", "-wal"}) {
        struct stat info {};
        ASSERT_EQ(::stat((place.file().string() + suffix).c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0600u) << suffix;
    }
}

TEST_F(UnavailableTest, AnUnreachableServerIsNamedWithoutThePassword) {
    const auto text = refusal("postgresql://me:hunter2@127.0.0.1:1/films");
    EXPECT_THAT(text, testing::HasSubstr("films"));
    EXPECT_THAT(text, testing::HasSubstr("127.0.0.1:1"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("hunter2")));
}

TEST_F(UnavailableTest, AMalformedUrlIsNotShown) {
    const auto text = refusal("postgresql://me:hunter2@host:port:more/%zz");
    EXPECT_THAT(text, testing::HasSubstr("cannot be read"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("hunter2")));
}

}  // namespace
}  // namespace kinora::storage
