"""Idempotency-Key: however often a call comes, it makes one task."""
import base64
import unittest

from accounts import add_account
from kinora_process import TOKEN, Kinora, wait_for
from inputs import png
from postgres_database import postgres_database
from receiver import Receiver
from resent_calls import first_line, task_ids, wait_at

CALL = {"prompt": "a red balloon over a meadow"}
LATER = {**CALL, "async": True}


def call(kinora, body, key, token=TOKEN):
    return kinora.request("POST", "/luma/videos", body, {"Idempotency-Key": key, "Authorization": f"Bearer {token}"})


class Idempotency(unittest.TestCase):
    def assert_refused(self, answer, status, word):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, "bad_request"), answer)
        self.assertIn(word, answer.json["error"]["message"])

    def test_an_immediate_call_joins_by_its_key(self):
        with Kinora("--workers", 0) as kinora:
            answers = [call(kinora, LATER, "one") for _ in range(3)]
            self.assertEqual([answer.status for answer in answers], [200] * 3)
            self.assertEqual(len({answer.json["task_id"] for answer in answers}), 1)
            self.assertEqual(list(answers[1].json), ["success", "task_id", "trace_id"])
            other = call(kinora, LATER, "two")
            self.assertNotEqual(other.json["task_id"], answers[0].json["task_id"])
            self.assertEqual(len(task_ids(kinora)), 2)

    def test_it_joins_after_the_end_too(self):
        with Kinora() as kinora:
            body = {"prompt": "fail=x"}
            first, second = (call(kinora, body, "blocking") for _ in range(2))
            self.assertEqual((first.status, second.status), (500, 500))
            self.assertEqual(first.json["task_id"], second.json["task_id"])
            first, second = (call(kinora, {**body, "async": True}, "later") for _ in range(2))
            kinora.wait_state(first.json["task_id"], "failed")
            self.assertEqual(second.json["task_id"], first.json["task_id"])
            self.assertEqual(len(kinora.events("task.claimed")), 2)

    def test_blocking_calls_with_one_key_get_one_result(self):
        with Kinora() as kinora:
            body = {"prompt": "frame_ms=5"}
            joins = [kinora.in_background(lambda: call(kinora, body, "one")) for _ in range(4)]
            results = [join() for join in joins]
            self.assertEqual({result.status for result in results}, {200})
            self.assertEqual(len({(result.json["task_id"], result.json["video_url"]) for result in results}), 1)
            again = call(kinora, body, "one")
            self.assertEqual(again.json["video_url"], results[0].json["video_url"])
            self.assertEqual(len(kinora.events("task.claimed")), 1)

    def test_while_one_waits_the_other_waits_for_the_same(self):
        with Kinora("--workers", 0) as kinora:
            raw, task_id = wait_at(kinora, CALL, **{"Idempotency-Key": "one"})
            self.assertEqual(first_line(kinora, CALL, **{"Idempotency-Key": "one"})["task_id"], task_id)
            self.assertNotEqual(first_line(kinora, CALL, **{"Idempotency-Key": "two"})["task_id"], task_id)
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id})
            answer = raw.read()
            raw.socket.close()
            self.assertEqual((answer.status, answer.json["task_id"]), (409, task_id))

    def test_with_another_body_the_key_is_refused(self):
        with Kinora("--workers", 0) as kinora:
            task_id = call(kinora, LATER, "one").json["task_id"]
            for body in ({**LATER, "prompt": "another"}, {**LATER, "loop": False}, CALL):
                self.assert_refused(call(kinora, body, "one"), 409, "Idempotency-Key")
            same = {"async": True, "video_id": None, **CALL}
            self.assertEqual(call(kinora, same, "one").json["task_id"], task_id)
            self.assertEqual(task_ids(kinora), [task_id])

    def test_a_refused_call_stores_nothing(self):
        with Kinora("--workers", 0) as kinora:
            bad = [{**LATER, "aspect_ratio": "2:1"}, {"async": True}, {**LATER, "callback_url": "nowhere"},
                   {**LATER, "start_image_url": "data:image/png;base64,AAAA"},
                   {**LATER, "action": "extend", "video_id": "00000000-0000-4000-8000-000000000000"}]
            for body in bad:
                self.assert_refused(call(kinora, body, "one"), 400, "`")
            self.assertEqual(call(kinora, LATER, "one").status, 200)
            self.assertEqual(len(task_ids(kinora)), 1)

    def check_ten_at_once(self, kinora):
        for number in range(5):
            joins = [kinora.in_background(lambda: call(kinora, LATER, f"key {number}")) for _ in range(10)]
            answers = [join() for join in joins]
            self.assertEqual({answer.status for answer in answers}, {200}, answers)
            self.assertEqual(len({answer.json["task_id"] for answer in answers}), 1)
        self.assertEqual(len(task_ids(kinora)), 5)

    def test_ten_calls_at_once_make_one_task(self):
        with Kinora("--workers", 0) as kinora:
            self.check_ten_at_once(kinora)

    def test_ten_calls_at_once_leave_one_file(self):
        with Kinora("--workers", 0) as kinora:
            image = "data:image/png;base64," + base64.b64encode(png(64, 64)).decode()
            body = {**LATER, "start_image_url": image}
            joins = [kinora.in_background(lambda: call(kinora, body, "one")) for _ in range(10)]
            self.assertEqual(len({join().json["task_id"] for join in joins}), 1)
            wait_for(lambda: len(list((kinora.data / "media").iterdir())) == 1, "the others' files are gone", 10)
            self.assertEqual(list((kinora.data / "parts").iterdir()), [])

    def test_what_is_no_key_is_refused(self):
        with Kinora("--workers", 0) as kinora:
            self.assert_refused(call(kinora, LATER, "k" * 300), 400, "Idempotency-Key")
            self.assert_refused(call(kinora, LATER, "caf\u00e9"), 400, "Idempotency-Key")
            self.assertEqual(task_ids(kinora), [])
            self.assertEqual(call(kinora, LATER, "k" * 255).status, 200)

    def test_another_token_has_keys_of_its_own(self):
        with Kinora("--workers", 0) as kinora:
            other = add_account(kinora)
            first = call(kinora, LATER, "one").json["task_id"]
            second = call(kinora, {**LATER, "prompt": "another"}, "one", other.token)
            self.assertEqual(second.status, 200, second)
            self.assertNotEqual(second.json["task_id"], first)

    def test_keys_hold_across_a_kill(self):
        with Kinora("--workers", 0) as kinora:
            task_id = call(kinora, LATER, "one").json["task_id"]
            kinora.kill()
            kinora.restart()
            self.assertEqual(call(kinora, LATER, "one").json["task_id"], task_id)

    def test_one_key_gives_one_callback(self):
        with Kinora() as kinora, Receiver() as receiver:
            body = {"prompt": "fail=x", "callback_url": receiver.url + "/done"}
            ids = {call(kinora, body, "one").json["task_id"] for _ in range(3)}
            receiver.wait("/done")
            kinora.submit("fail=x", callback_url=receiver.url + "/later")
            receiver.wait("/later")
            self.assertEqual((len(ids), len(receiver.at("/done"))), (1, 1))

    def test_on_postgresql_ten_calls_at_once_make_one_task(self):
        with postgres_database() as url, Kinora("--workers", 0, "--database", url) as kinora:
            self.check_ten_at_once(kinora)
            self.assert_refused(call(kinora, CALL, "key 1"), 409, "Idempotency-Key")
