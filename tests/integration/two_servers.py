"""Two servers on one PostgreSQL database: what one promised, the other one keeps."""
import contextlib
import time
import unittest

from kinora_process import Kinora, wait_for
from postgres_database import postgres_database
from receiver import Receiver
from resent_calls import first_line, task_ids, wait_at

CALL = {"prompt": "a red balloon over a meadow"}


@contextlib.contextmanager
def two_servers(workers=0):
    with postgres_database() as url, Kinora("--workers", 0, "--database", url) as a:
        with Kinora("--workers", workers, "--database", url) as b:
            yield a, b


class TwoServers(unittest.TestCase):
    def test_a_resend_joins_at_the_other_server_when_the_first_was_killed(self):
        with two_servers() as (a, b):
            raw, task_id = wait_at(a, CALL)
            a.kill()
            raw.socket.close()
            began = time.monotonic()
            self.assertEqual(first_line(b, CALL)["task_id"], task_id)
            self.assertLess(time.monotonic() - began, 6)
            self.assertEqual(task_ids(b), [task_id])
            a.restart()
            self.assertEqual(first_line(a, CALL)["task_id"], task_id)

    def test_the_resend_gets_the_result(self):
        with two_servers(workers=1) as (a, b):
            body = {"prompt": "frame_ms=20"}
            raw, task_id = wait_at(a, body)
            a.kill()
            raw.socket.close()
            answer = b.video(body)
            self.assertEqual((answer.status, answer.json["task_id"]), (200, task_id), answer)
            self.assertEqual(len(b.events("task.claimed")), 1)

    def test_a_resend_joins_at_the_other_server_when_its_client_left_the_first(self):
        with two_servers() as (a, b):
            raw, task_id = wait_at(a, CALL)
            raw.socket.close()
            self.assertEqual(first_line(b, CALL)["task_id"], task_id)
            answer = a.video({**CALL, "timeout": 1})
            self.assertEqual(answer.status, 504)
            self.assertEqual(first_line(b, {**CALL, "timeout": 1})["task_id"], answer.json["task_id"])

    def test_identical_calls_that_wait_at_both_are_two_tasks(self):
        with two_servers() as (a, b):
            raw, task_id = wait_at(a, CALL)
            began = time.monotonic()
            self.assertNotEqual(first_line(b, CALL)["task_id"], task_id)
            self.assertLess(time.monotonic() - began, 6)
            self.assertEqual(len(task_ids(b)), 2)
            b.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id})
            self.assertEqual(raw.read().status, 409)
            raw.socket.close()

    def test_one_key_makes_one_task_at_both(self):
        with two_servers() as (a, b):
            for number in range(5):
                sent = ({**CALL, "async": True}, {"Idempotency-Key": f"key {number}"})
                joins = [server.in_background(lambda server=server: server.request("POST", "/luma/videos", *sent))
                         for server in (a, b) * 4]
                answers = [join() for join in joins]
                self.assertEqual({answer.status for answer in answers}, {200}, answers)
                self.assertEqual(len({answer.json["task_id"] for answer in answers}), 1)
            self.assertEqual(len(task_ids(a)), 5)

    def test_who_waits_at_one_hears_of_a_cancel_and_a_delete_at_the_other(self):
        with two_servers() as (a, b):
            for action in ("cancel", "delete"):
                raw, task_id = wait_at(a, CALL)
                b.request("POST", "/luma/tasks", {"action": action, "id": task_id})
                answer = raw.read()
                raw.socket.close()
                self.assertEqual((answer.status, answer.json["error"]["code"], answer.json["task_id"]),
                                 (409, "cancelled", task_id))

    def test_each_callback_is_sent_once(self):
        with two_servers(workers=1) as (a, b), Receiver() as receiver:
            tasks = [server.submit("fail=x", callback_url=receiver.url + "/done") for server in (a, b) * 6]
            receiver.wait("/done", len(tasks))
            wait_for(lambda: b.request("GET", "/api/v1/deliveries/?state=delivered").json["count"] == len(tasks),
                     "all are delivered")
            told = [call.headers["webhook-id"] for call in receiver.at("/done")]
            self.assertEqual(len(set(told)), len(tasks))
            self.assertEqual(len(told), len(tasks))

    def test_the_other_server_sends_what_a_killed_one_had_in_hand(self):
        with two_servers() as (a, b), Receiver() as receiver:
            task_id = a.submit("x", callback_url=receiver.url + "/done")
            a.kill()
            b.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id})
            self.assertEqual(receiver.wait("/done")[0].headers["webhook-id"], task_id)
