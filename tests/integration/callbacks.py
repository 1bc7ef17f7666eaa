"""Callbacks: what receivers are told, how often, and how they know that it was us."""
import contextlib
import json
import os
import pathlib
import subprocess
import time
import unittest

from accounts import add_account
from delivery_calls import delivery_of, seconds_of, wait_attempts
from kinora_process import PROMPT, Kinora, free_port, wait_for
from receiver import CLOSES, CLOSES_EARLY, SILENT, Receiver, Reply

VERIFIER = pathlib.Path(__file__).parents[1] / "webhooks" / "verify.mjs"
RESULT = ["success", "task_id", "trace_id", "video_id", "prompt", "video_url", "video_width", "video_height", "state",
          "thumbnail_url", "thumbnail_width", "thumbnail_height", "duration", "fps", "engine", "seed"]


def secret_of(kinora):
    return json.loads((kinora.data / "owner.json").read_text())["webhook_secret"]


def verify(secret, headers, body):
    """What the library of the Standard Webhooks makes of it: the body's JSON, or None."""
    told = json.dumps({"secret": secret, "headers": headers, "body": body.decode()})
    command = ["node", VERIFIER, os.environ["KINORA_WEBHOOKS"]]
    ended = subprocess.run(command, input=told, capture_output=True, text=True, timeout=60)
    if ended.returncode != 0:
        assert "matching signature" in ended.stderr, ended.stderr
        return None
    return json.loads(ended.stdout)


class Callbacks(unittest.TestCase):
    def assert_same_message(self, first, second):
        self.assertEqual(first.headers["webhook-id"], second.headers["webhook-id"])
        self.assertEqual(first.body, second.body)

    # What is told.

    def test_the_receiver_gets_the_result(self):
        with Kinora() as kinora, Receiver() as receiver:
            answer = kinora.video({**PROMPT, "callback_url": receiver.url + "/done"})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(list(answer.json), ["success", "task_id", "trace_id"])
            self.assertFalse([name for name in answer.json if name.endswith("url")])
            self.assertTrue(answer.headers["location"].startswith(kinora.url))
            call = receiver.wait("/done")[0]
            body = json.loads(call.body)
            self.assertEqual(list(body), RESULT)
            self.assertIs(body["success"], True)
            self.assertEqual(body["task_id"], answer.json["task_id"])
            self.assertEqual(body, kinora.task(answer.json["task_id"])["response"])
            self.assertEqual((call.method, call.headers["content-type"]), ("POST", "application/json"))
            self.assertEqual(call.headers["content-length"], str(len(call.body)))
            self.assertNotIn("transfer-encoding", call.headers)
            self.assertNotIn("expect", call.headers)
            self.assertLess(abs(int(call.headers["webhook-timestamp"]) - call.time), 5)
            self.assertEqual(len(receiver.received), 1)

    def test_the_receiver_hears_of_failures(self):
        cases = [("fail=broken", "api_error", "broken"), ("refuse=bad", "bad_request", "bad")]
        with Kinora() as kinora, Receiver() as receiver:
            for prompt, code, message in cases:
                task_id = kinora.submit(prompt, callback_url=receiver.url + "/" + code)
                body = json.loads(receiver.wait("/" + code)[0].body)
                self.assertEqual(list(body), ["success", "task_id", "trace_id", "state", "error"])
                self.assertEqual((body["success"], body["task_id"], body["state"]), (False, task_id, "failed"))
                self.assertEqual(body["error"], {"code": code, "message": message})
                self.assertEqual(body, kinora.task(task_id)["response"])

    def test_the_receiver_hears_of_a_cancel(self):
        with Kinora("--workers", 0) as kinora, Receiver() as receiver:
            task_id = kinora.submit("x", callback_url=receiver.url + "/done")
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id})
            body = json.loads(receiver.wait("/done")[0].body)
            self.assertEqual((body["success"], body["state"], body["error"]["code"]), (False, "cancelled", "cancelled"))
            self.assertEqual(body, kinora.task(task_id)["response"])

    def test_a_library_of_receivers_accepts_the_signature(self):
        with Kinora() as kinora, Receiver() as receiver:
            url = receiver.on("/done", 500, 200)
            kinora.submit("fail=with-ümläuts-and-\u2603", callback_url=url)
            secret = secret_of(kinora)
            calls = receiver.wait("/done", 2)
            for call in calls:
                self.assertEqual(verify(secret, call.headers, call.body), json.loads(call.body))
            self.assertNotEqual(calls[0].headers["webhook-signature"], calls[1].headers["webhook-signature"])
            call = calls[0]
            self.assertIsNone(verify(secret, call.headers, call.body + b" "))
            self.assertIsNone(verify("whsec_" + "A" * 32, call.headers, call.body))
            self.assertIsNone(verify(secret, {**call.headers, "webhook-id": "another"}, call.body))

    def test_links_start_where_the_submitting_call_reached_us(self):
        with Kinora() as kinora, Receiver() as receiver:
            sent = {**PROMPT, "callback_url": receiver.url + "/done"}
            kinora.request("POST", "/luma/videos", sent, {"Host": "video.example.test:8443"})
            body = json.loads(receiver.wait("/done")[0].body)
            for name in ("video_url", "thumbnail_url"):
                self.assertTrue(body[name].startswith("http://video.example.test:8443/media/"), body[name])

    def test_links_start_at_the_public_url(self):
        flags = ("--public-url", "https://video.example.com/k", "--allowed-addresses", "127.0.0.1")
        with Kinora(*flags) as kinora, Receiver() as receiver:
            answer = kinora.video({**PROMPT, "callback_url": receiver.url + "/done"})
            self.assertEqual(answer.status, 200, answer)
            body = json.loads(receiver.wait("/done")[0].body)
            for name in ("video_url", "thumbnail_url"):
                self.assertTrue(body[name].startswith("https://video.example.com/k/media/"), body[name])

    # Receivers that fail.

    def test_a_failing_receiver_is_called_again_two_seconds_later(self):
        with Kinora() as kinora, Receiver() as receiver:
            url = receiver.on("/done", Reply(500, body=b"come back"), 204)
            task_id = kinora.submit("fail=x", callback_url=url)
            delivery = wait_attempts(kinora, task_id, 1)
            attempt = delivery["attempts"][0]
            self.assertEqual((delivery["state"], attempt["status"], attempt["answer"]), ("waiting", 500, "come back"))
            pause = seconds_of(delivery["next_attempt_at"]) - seconds_of(attempt["started_at"]) - attempt["latency"]
            self.assertGreaterEqual(pause, 1.79)
            self.assertLessEqual(pause, 2.21)
            first, second = receiver.wait("/done", 2)
            self.assert_same_message(first, second)
            self.assertGreater(second.time - first.time, 1.7)
            self.assertLess(second.time - first.time, 5)
            delivery = wait_attempts(kinora, task_id, 2)
            self.assertEqual((delivery["state"], delivery["next_attempt_at"]), ("delivered", None))
            self.assertEqual([attempt["number"] for attempt in delivery["attempts"]], [1, 2])
            self.assertEqual(delivery["attempts"][1]["status"], 204)

    def test_redirects_are_not_followed(self):
        with Kinora() as kinora, Receiver() as receiver, Receiver() as other:
            tasks = {}
            for status in (301, 302, 303, 307, 308):
                url = receiver.on(f"/{status}", Reply(status, {"Location": other.url + "/elsewhere"}))
                tasks[status] = kinora.submit("fail=x", callback_url=url)
            for status, task_id in tasks.items():
                delivery = wait_attempts(kinora, task_id, 1)
                self.assertEqual((delivery["state"], delivery["attempts"][0]["status"]), ("waiting", status))
            self.assertEqual(other.received, [])

    def test_a_silent_receiver_delays_no_other_and_is_left_after_ten_seconds(self):
        with Kinora() as kinora, Receiver() as dead, Receiver() as receiver:
            silent = [kinora.submit("fail=x", callback_url=dead.on("/silent", SILENT)) for _ in range(6)]
            dead.wait("/silent", 2)
            began = time.monotonic()
            for number in range(12):
                kinora.submit("fail=x", callback_url=f"{receiver.url}/{number}")
            for number in range(12):
                receiver.wait(f"/{number}")
            self.assertLess(time.monotonic() - began, 8)
            attempt = wait_for(lambda: next((attempts[0] for task_id in silent
                                             if (attempts := delivery_of(kinora, task_id)["attempts"])), None),
                               "the silent one is given up", 20)
            self.assertIsNone(attempt["status"])
            self.assertTrue(attempt["error"])
            self.assertGreater(attempt["latency"], 9)
            self.assertLess(attempt["latency"], 13)

    def test_dead_receivers_of_one_user_delay_no_other_user(self):
        with Kinora() as kinora, contextlib.ExitStack() as stack, Receiver() as receiver:
            dead = [stack.enter_context(Receiver()) for _ in range(6)]
            for each in dead * 3:
                kinora.submit("fail=x", callback_url=each.on("/silent", SILENT))
            wait_for(lambda: sum(len(each.received) for each in dead) >= 8, "the user's share is used up")
            other = add_account(kinora)
            began = time.monotonic()
            for number in range(3):
                sent = {"prompt": "fail=x", "callback_url": f"{receiver.url}/{number}"}
                kinora.request("POST", "/luma/videos", sent, other.headers)
            for number in range(3):
                receiver.wait(f"/{number}")
            self.assertLess(time.monotonic() - began, 6)

    def test_what_breaks_off_is_tried_again(self):
        with Kinora() as kinora, Receiver() as receiver:
            paths = {"/closes": CLOSES, "/early": CLOSES_EARLY}
            tasks = {path: kinora.submit("fail=x", callback_url=receiver.on(path, reply, 200))
                     for path, reply in paths.items()}
            for path, task_id in tasks.items():
                attempt = wait_attempts(kinora, task_id, 1)["attempts"][0]
                self.assertIsNone(attempt["status"])
                self.assertTrue(attempt["error"])
            for path, task_id in tasks.items():
                receiver.wait(path, 2)
                self.assertEqual(wait_attempts(kinora, task_id, 2)["state"], "delivered")

    def test_a_2xx_counts_whatever_becomes_of_its_body(self):
        with Kinora() as kinora, Receiver() as receiver:
            replies = {"/cut": Reply(200, {"Content-Length": "1000"}, b"begin"),
                       "/long": Reply(200, body=b"x" * 5_000_000), "/created": 201, "/last": 299}
            tasks = {path: kinora.submit("fail=x", callback_url=receiver.on(path, reply))
                     for path, reply in replies.items()}
            for path, task_id in tasks.items():
                with self.subTest(path):
                    delivery = wait_attempts(kinora, task_id, 1)
                    self.assertEqual((delivery["state"], delivery["attempts"][0]["error"]), ("delivered", None))

    def test_a_slow_answer_counts(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.on("/slow", Reply(202, after_s=1.2)))
            delivery = wait_attempts(kinora, task_id, 1)
            self.assertEqual((delivery["state"], len(receiver.received)), ("delivered", 1))
            self.assertGreater(delivery["attempts"][0]["latency"], 1.1)

    # Servers that end.

    def test_retries_go_on_after_a_restart(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.on("/done", 500, 200))
            wait_attempts(kinora, task_id, 1)
            self.assertEqual(kinora.terminate()[0], 0)
            kinora.restart()
            self.assert_same_message(*receiver.wait("/done", 2))
            delivery = wait_attempts(kinora, task_id, 2)
            self.assertEqual((delivery["state"], [each["status"] for each in delivery["attempts"]]),
                             ("delivered", [500, 200]))

    def test_a_kill_loses_no_callback(self):
        port = free_port()
        with Kinora() as kinora:
            task_id = kinora.submit("fail=x", callback_url=f"http://127.0.0.1:{port}/done")
            attempt = wait_attempts(kinora, task_id, 1)["attempts"][0]
            self.assertIsNone(attempt["status"])
            self.assertTrue(attempt["error"])
            kinora.kill()
            with Receiver(port) as receiver:
                kinora.restart()
                body = json.loads(receiver.wait("/done", seconds=20)[0].body)
                self.assertEqual(body, kinora.task(task_id)["response"])
                wait_for(lambda: delivery_of(kinora, task_id)["state"] == "delivered", "it is delivered")

    def test_a_kill_during_an_attempt_repeats_it_at_the_next_start(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.on("/done", SILENT, 200))
            receiver.wait("/done")
            kinora.kill()
            kinora.restart()
            self.assert_same_message(*receiver.wait("/done", 2, seconds=8))
            wait_for(lambda: delivery_of(kinora, task_id)["state"] == "delivered", "it is delivered")

    def test_a_sigterm_during_an_attempt_is_quick_and_repeats_it_at_the_next_start(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.on("/done", SILENT, 200))
            receiver.wait("/done")
            status, seconds = kinora.terminate()
            self.assertEqual(status, 0)
            self.assertLess(seconds, 8)
            kinora.restart()
            self.assert_same_message(*receiver.wait("/done", 2, seconds=8))
            wait_for(lambda: delivery_of(kinora, task_id)["state"] == "delivered", "it is delivered")

    def test_a_task_that_outlives_a_kill_is_told_of(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("frame_ms=10", callback_url=receiver.url + "/done")
            kinora.wait_state(task_id, "processing")
            kinora.kill()
            kinora.restart()
            body = json.loads(receiver.wait("/done")[0].body)
            self.assertEqual((body["task_id"], body["state"]), (task_id, "completed"))
            self.assertTrue(body["video_url"].startswith(kinora.url), body["video_url"])

    # Where callbacks may not go.

    def assert_refused(self, kinora, url):
        with self.subTest(url):
            answer = kinora.video({**PROMPT, "callback_url": url})
            self.assertEqual((answer.status, answer.json["error"]["code"]), (400, "bad_request"), answer)
            self.assertIn("`callback_url`", answer.json["error"]["message"])

    def test_what_is_no_url_is_refused_and_nothing_is_stored(self):
        with Kinora("--workers", 0) as kinora:
            for url in ("nowhere", "http://", "ftp://example.com/x", "javascript:alert(1)", "//example.com/x",
                        "http://exa mple.com/", "http://example.com:70000/", 7, ["http://example.com/"]):
                self.assert_refused(kinora, url)
            batch = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"})
            self.assertEqual(batch.json["count"], 0)

    def test_private_addresses_are_refused(self):
        inside = ("http://10.0.0.1/x", "http://192.168.1.1:81/", "http://169.254.169.254/latest/", "http://[fe80::1]/")
        loopback = ("http://127.0.0.1:9/", "http://127.8.9.10/", "http://[::1]/", "http://2130706433/", "http://0/")
        with Kinora("--workers", 0) as kinora:
            for url in inside:
                self.assert_refused(kinora, url)
        with Kinora("--workers", 0, "--public-url", "https://video.example.com") as kinora:
            for url in inside + loopback:
                self.assert_refused(kinora, url)

    def test_a_name_that_leads_inside_is_not_called(self):
        with Kinora("--public-url", "https://video.example.com") as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=f"http://localhost:{receiver.port}/done")
            attempt = wait_attempts(kinora, task_id, 1)["attempts"][0]
            self.assertIsNone(attempt["status"])
            self.assertIn("localhost", attempt["error"])
            self.assertEqual(receiver.received, [])
