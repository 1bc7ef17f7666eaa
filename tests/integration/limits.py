"""Limits of a token, and fair turns in the queue."""
import unittest

from accounts import add_account
from kinora_process import PROMPT, Kinora, wait_for
from postgres_database import postgres_database
from resent_calls import task_ids

LATER = {**PROMPT, "async": True}


def submit(kinora, account, prompt="x", **more):
    answer = kinora.request("POST", "/luma/videos", {"prompt": prompt, "async": True, **more}, account.headers)
    assert answer.status == 200, answer
    return answer.json["task_id"]


def act(kinora, action, task_id, account):
    return kinora.request("POST", "/luma/tasks", {"action": action, "id": task_id}, account.headers)


class Limits(unittest.TestCase):
    def assert_limited(self, answer, limit):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (429, "too_many_requests"), answer)
        self.assertTrue(answer.json["error"]["message"])
        self.assertGreaterEqual(int(answer.headers["retry-after"]), 1)
        self.assertEqual(answer.headers["ratelimit-limit"], str(limit))
        self.assertEqual(answer.headers["ratelimit-remaining"], "0")
        self.assertGreaterEqual(int(answer.headers["ratelimit-reset"]), 1)

    # Requests a second.

    def burst(self, kinora, account, count=12):
        def call():
            return kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"}, account.headers)
        return [answer() for answer in [kinora.in_background(call) for _ in range(count)]]

    def check_rate(self, kinora, account, limit):
        answers = self.burst(kinora, account)
        refused = [answer for answer in answers if answer.status != 200]
        self.assertGreaterEqual(len(answers) - len(refused), limit)
        self.assertTrue(refused)
        for answer in refused:
            self.assert_limited(answer, limit)
        wait_for(lambda: self.burst(kinora, account, 1)[0].status == 200, "it may call again", 5)

    def test_requests_a_second_are_limited(self):
        with Kinora("--workers", 0, "--limit-rps", 3) as kinora:
            self.check_rate(kinora, add_account(kinora), 3)
            self.check_rate(kinora, add_account(kinora, rps=2), 2)
            for account in (add_account(kinora, rps=50), add_account(kinora, rps=0)):
                self.assertEqual({answer.status for answer in self.burst(kinora, account)}, {200})

    def test_a_limited_token_does_not_slow_others(self):
        with Kinora("--workers", 0) as kinora:
            limited, user = add_account(kinora, rps=1), add_account(kinora)
            self.burst(kinora, limited)
            self.assertEqual({answer.status for answer in self.burst(kinora, user)}, {200})

    def test_what_is_refused_makes_no_task(self):
        with Kinora("--workers", 0) as kinora:
            account = add_account(kinora, rps=1)
            joins = [kinora.in_background(lambda: kinora.request("POST", "/luma/videos", LATER, account.headers))
                     for _ in range(8)]
            made = [answer for answer in (join() for join in joins) if answer.status == 200]
            self.assertLess(len(made), 8)
            count = wait_for(lambda: kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"},
                                                    account.headers).json.get("count"), "it may ask", 10)
            self.assertEqual(count, len(made))

    # Tasks that wait.

    def check_queued(self, kinora, account, limit):
        tasks = [submit(kinora, account) for _ in range(limit)]
        for body in (LATER, PROMPT, {**PROMPT, "callback_url": "http://127.0.0.1:9/"}):
            self.assert_limited(kinora.request("POST", "/luma/videos", body, account.headers), limit)
        self.assertEqual(act(kinora, "cancel", tasks[0], account).status, 200)
        submit(kinora, account)
        self.assert_limited(kinora.request("POST", "/luma/videos", LATER, account.headers), limit)

    def test_waiting_tasks_are_limited(self):
        with Kinora("--workers", 0, "--limit-queued", 4) as kinora:
            self.check_queued(kinora, add_account(kinora), 4)
            self.check_queued(kinora, add_account(kinora, queued=2), 2)
            account = add_account(kinora, queued=0)
            for _ in range(6):
                submit(kinora, account)

    def test_many_at_once_are_no_more_than_may_wait(self):
        with Kinora("--workers", 0) as kinora:
            account = add_account(kinora, queued=3)
            joins = [kinora.in_background(lambda: kinora.request("POST", "/luma/videos", LATER, account.headers))
                     for _ in range(12)]
            statuses = sorted(join().status for join in joins)
            self.assertEqual(statuses, [200] * 3 + [429] * 9)

    def test_a_resend_joins_where_no_new_task_may_wait(self):
        with Kinora("--workers", 0) as kinora:
            account = add_account(kinora, queued=1)
            headers = {**account.headers, "Idempotency-Key": "one"}
            first = kinora.request("POST", "/luma/videos", LATER, headers)
            again = kinora.request("POST", "/luma/videos", LATER, headers)
            self.assertEqual((again.status, again.json["task_id"]), (200, first.json["task_id"]))
            self.assert_limited(kinora.request("POST", "/luma/videos", LATER, account.headers), 1)
            act(kinora, "cancel", first.json["task_id"], account)
            body = {**PROMPT, "timeout": 1}
            waiting = kinora.request("POST", "/luma/videos", body, account.headers)
            resend = kinora.request("POST", "/luma/videos", body, account.headers)
            self.assertEqual((resend.status, resend.json["task_id"]), (504, waiting.json["task_id"]))

    # Tasks that run.

    def check_running(self, kinora, limited, other):
        """Two of the limited one never run beside each other, though a worker is free for somebody else."""
        tasks = [submit(kinora, limited, "frame_ms=5") for _ in range(2)]
        kinora.wait_state(tasks[0], "processing", "completed")
        beside = submit(kinora, other, "frame_ms=5")
        seen = set()

        def look():
            # In one call, which sees one moment.
            both = kinora.request("POST", "/luma/tasks", {"ids": tasks}, limited.headers).json["items"]
            states = tuple(task["response"]["state"] for task in both)
            busy = act(kinora, "retrieve", beside, other).json["response"]["state"]
            seen.add((states, busy))
            return states == ("completed", "completed") and busy == "completed"
        wait_for(look, "all complete")
        self.assertNotIn(("processing", "processing"), {states for states, _ in seen})
        self.assertTrue([states for states, busy in seen if states[0] == busy == "processing"], seen)

    def test_running_tasks_are_limited_on_all_workers(self):
        with Kinora("--workers", 2, "--limit-running", 1) as kinora:
            limited, other = add_account(kinora, rps=0), add_account(kinora, rps=0)
            kinora.token = limited.token
            self.check_running(kinora, limited, other)

    def test_a_tokens_own_limit_wins(self):
        with Kinora("--workers", 2) as kinora:
            limited, other = add_account(kinora, running=1, rps=0), add_account(kinora, rps=0)
            kinora.token = limited.token
            self.check_running(kinora, limited, other)

    def test_on_postgresql_the_owner_runs_beside(self):
        with postgres_database() as url, Kinora("--workers", 2, "--limit-running", 1, "--database", url) as kinora:
            self.assert_owner_runs_two(kinora)

    # Fair turns.

    def order_of_work(self, kinora, tasks):
        """Those tasks in the order in which a server with one worker begins them."""
        self.assertEqual(kinora.terminate()[0], 0)
        kinora.arguments = ["--workers", "1"]
        kinora.restart()
        wait_for(lambda: len(kinora.events("task.claimed")) >= len(tasks), "all are begun")
        order = [event["task"] for event in kinora.events("task.claimed")]
        self.assertEqual(sorted(order), sorted(tasks))
        return order

    def test_one_task_is_not_behind_the_fifty_of_another(self):
        with Kinora("--workers", 0) as kinora:
            many, few = add_account(kinora, rps=0), add_account(kinora, rps=0)
            tasks = [submit(kinora, many, "fail=x") for _ in range(50)]
            single = submit(kinora, few, "fail=x")
            order = self.order_of_work(kinora, [*tasks, single])
            self.assertLess(order.index(single), 3)
            order.remove(single)
            self.assertEqual(order, tasks)

    def test_users_take_turns_however_many_tokens_they_have(self):
        with Kinora("--workers", 0) as kinora:
            first = add_account(kinora, rps=0)
            further, second = add_account(kinora, first.user_id, rps=0), add_account(kinora, rps=0)
            theirs = [submit(kinora, account, "fail=x") for account in (first, further) * 4]
            mine = [submit(kinora, second, "fail=x") for _ in range(4)]
            order = self.order_of_work(kinora, theirs + mine)
            self.assertLessEqual(max(order.index(task_id) for task_id in mine), 8)

    def test_low_priority_goes_after_normal_of_the_same_user_alone(self):
        with Kinora("--workers", 0) as kinora:
            user, other = add_account(kinora, rps=0), add_account(kinora, rps=0)
            low = [submit(kinora, user, "fail=x", priority="low") for _ in range(3)]
            normal = [submit(kinora, user, "fail=x", priority=priority) for priority in ("normal", None)]
            others = [submit(kinora, other, "fail=x", priority="low") for _ in range(2)]
            order = self.order_of_work(kinora, low + normal + others)
            self.assertEqual([task_id for task_id in order if task_id in low + normal], normal + low)
            self.assertLess(order.index(others[0]), 3)

    def test_what_is_no_priority_is_refused(self):
        with Kinora("--workers", 0) as kinora:
            for priority in ("high", "", 1, ["low"]):
                answer = kinora.video({**LATER, "priority": priority})
                self.assertEqual((answer.status, answer.json["error"]["code"]), (400, "bad_request"))
                self.assertIn("`priority`", answer.json["error"]["message"])

    # The owner.

    def assert_owner_runs_two(self, kinora):
        tasks = [kinora.submit("frame_ms=10") for _ in range(2)]
        wait_for(lambda: [kinora.task(task_id)["response"]["state"] for task_id in tasks] == ["processing"] * 2,
                 "both run at once", 30)

    def test_the_owners_token_has_no_limits(self):
        with Kinora("--workers", 2, "--limit-rps", 1, "--limit-queued", 1, "--limit-running", 1) as kinora:
            for _ in range(6):
                self.assertEqual(len(task_ids(kinora)), 0)
            self.assert_owner_runs_two(kinora)
            for _ in range(4):
                kinora.submit("x")
