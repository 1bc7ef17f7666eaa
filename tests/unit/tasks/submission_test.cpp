// tests/unit/tasks/submission_test.cpp: a call becomes the row of a waiting task.
#include "tasks/submission.hpp"

#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"
#include "tasks/brief.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace kinora::tasks {
namespace {

class SubmissionTest : public testing::Test {
protected:
    SubmissionTest() {
        submission.caller = {UserId::make(random), ApplicationId::make(random),
                             CredentialId::make(random)};
        submission.trace_id = TraceId::make(random);
        submission.request_json = R"({"prompt":"a boat","unknown":[1]})";
        submission.base_url = "https://video.example.com";
        submission.brief.prompt = "a boat";
        submission.brief.seed = 99;
    }

    test::SeededRandom random;
    test::FakeClock clock;
    Submission submission;
};

TEST_F(SubmissionTest, IsKeptWhole) {
    submission.seed_is_given = true;
    const auto task = make_task(submission, random, clock.now());
    EXPECT_FALSE(task.id.is_nil());
    EXPECT_EQ(task.user_id, submission.caller.user_id);
    EXPECT_EQ(task.application_id, submission.caller.application_id);
    EXPECT_EQ(task.credential_id, submission.caller.credential_id);
    EXPECT_EQ(task.trace_id, submission.trace_id);
    EXPECT_EQ(task.type, "videos");
    EXPECT_EQ(task.api_id, "94fc9028-5a9f-4875-aae4-38463bd30ac5");
    EXPECT_EQ(task.request_json, submission.request_json);
    EXPECT_EQ(task.base_url, submission.base_url);
    EXPECT_EQ(task.created_at, clock.now());
    EXPECT_EQ(parse_brief(task.brief_json)->seed, 99U);
    EXPECT_EQ(parse_brief(task.brief_json)->prompt, "a boat");
}

TEST_F(SubmissionTest, WaitsAndBelongsToNobody) {
    const auto task = make_task(submission, random, clock.now());
    EXPECT_EQ(task.state, storage::TaskState::pending);
    EXPECT_EQ(task.attempt, 0);
    EXPECT_EQ(task.progress, 0);
    EXPECT_EQ(task.worked, Milliseconds(0));
    EXPECT_EQ(task.lease_owner, "");
    EXPECT_FALSE(task.started_at || task.finished_at || task.lease_until || task.video);
}

TEST_F(SubmissionTest, ASeedThatWasNotGivenIsRandomAndSmall) {
    const auto one = *parse_brief(make_task(submission, random, clock.now()).brief_json);
    const auto two = *parse_brief(make_task(submission, random, clock.now()).brief_json);
    EXPECT_NE(one.seed, 99U);
    EXPECT_NE(one.seed, two.seed);
    EXPECT_LE(one.seed, std::numeric_limits<std::uint32_t>::max());
    EXPECT_LE(two.seed, std::numeric_limits<std::uint32_t>::max());
}

TEST_F(SubmissionTest, EachIsATaskOfItsOwn) {
    EXPECT_NE(make_task(submission, random, clock.now()).id,
              make_task(submission, random, clock.now()).id);
}

}  // namespace
}  // namespace kinora::tasks
