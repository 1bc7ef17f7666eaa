"""Progress: blocking answers that come bit by bit, the place in the queue, and how long it will take."""
import time
import unittest

from kinora_process import PROMPT, Kinora, wait_for
from postgres_database import postgres_database
from receiver import Receiver
from resent_calls import task_ids
from streams import Stream, lines_of_call

LINES = "application/x-ndjson"
EVENTS = "text/event-stream"


def act(kinora, action, task_id):
    return kinora.request("POST", "/luma/tasks", {"action": action, "id": task_id})


class Progress(unittest.TestCase):
    def assert_progress(self, told):
        """States in order, progress that never falls and never reads as the whole."""
        order = ["pending", "processing"]
        ranks = [order.index(object["state"]) for object in told]
        self.assertEqual(ranks, sorted(ranks))
        progress = [object["progress"] for object in told]
        self.assertEqual(progress, sorted(progress))
        self.assertNotIn(1, progress)
        self.assertLess(max(progress), 100)
        self.assertEqual(len({object["task_id"] for object in told}), 1)
        for object in told:
            self.assertEqual(list(object)[:3], ["task_id", "state", "progress"])
            self.assertNotIn("success", object)

    def assert_no_long_silence(self, times):
        """At least every 250 ms, with some patience for a loaded machine."""
        self.assertGreaterEqual(len(times), times[-1] / 0.25 * 0.6)
        self.assertLess(max(b - a for a, b in zip(times, times[1:])), 1.5)

    # Lines.

    def test_lines_tell_of_the_way_and_end_with_the_result(self):
        with Kinora() as kinora, lines_of_call(kinora, {"prompt": "frame_ms=20"}) as stream:
            self.assertEqual((stream.status, stream.headers["content-type"]), (200, LINES))
            told = list(stream.lines())
            *way, (_, result) = told
            self.assert_progress([object for _, object in way])
            self.assert_no_long_silence([at for at, _ in told])
            self.assertEqual(way[0][1]["state"], "pending")
            self.assertGreater(len({object["progress"] for _, object in way}), 5)
            self.assertEqual(way[0][1]["task_id"], result["task_id"])
            self.assertEqual((result["success"], result["state"]), (True, "completed"))
            self.assertEqual(result, kinora.task(result["task_id"])["response"])

    def test_lines_keep_coming_while_nothing_changes(self):
        with Kinora("--workers", 0) as kinora, lines_of_call(kinora, {**PROMPT, "timeout": 2}) as stream:
            *way, (_, last) = list(stream.lines())
            self.assert_progress([object for _, object in way])
            self.assertLess(way[0][0], 1)
            self.assert_no_long_silence([at for at, _ in way])
            self.assertEqual(last["error"]["code"], "timeout")

    def test_lines_end_with_the_error(self):
        with Kinora() as kinora, lines_of_call(kinora, {"prompt": "fail=broken"}) as stream:
            *way, (_, last) = list(stream.lines())
            self.assertTrue(way)
            self.assertEqual(list(last), ["error", "task_id", "trace_id", "state"])
            self.assertEqual(last["error"], {"code": "api_error", "message": "broken"})
            self.assertEqual((last["task_id"], last["trace_id"]), (way[0][1]["task_id"], stream.headers["x-trace-id"]))

    def test_lines_end_with_cancelled_for_a_task_that_was_stopped(self):
        with Kinora("--workers", 0) as kinora:
            for action in ("cancel", "delete"):
                with lines_of_call(kinora, PROMPT) as stream:
                    lines = stream.lines()
                    task_id = next(lines)[1]["task_id"]
                    act(kinora, action, task_id)
                    last = list(lines)[-1][1]
                    self.assertEqual((last["error"]["code"], last["task_id"]), ("cancelled", task_id))

    # Events.

    def test_events_tell_of_the_way_and_end_with_the_result(self):
        with Kinora() as kinora:
            stream = Stream(kinora, "POST", "/luma/videos", {"prompt": "frame_ms=20"}, {"Accept": EVENTS})
            with stream:
                self.assertEqual((stream.status, stream.headers["content-type"]), (200, EVENTS))
                *way, last = list(stream.events())
                self.assertEqual({event.name for event in way}, {"progress"})
                self.assert_progress([event.data for event in way])
                self.assert_no_long_silence([event.at for event in [*way, last]])
                self.assertEqual(last.name, "result")
                self.assertEqual(last.data, kinora.task(way[0].data["task_id"])["response"])

    def test_events_end_with_the_error(self):
        with Kinora() as kinora:
            with Stream(kinora, "POST", "/luma/videos", {"prompt": "refuse=no"}, {"Accept": EVENTS}) as stream:
                *way, last = list(stream.events())
                self.assertEqual({event.name for event in way}, {"progress"})
                self.assertEqual((last.name, last.data["error"]["code"]), ("error", "bad_request"))
                self.assertEqual(last.data["task_id"], way[0].data["task_id"])

    def test_a_refused_call_gets_one_object(self):
        with Kinora("--workers", 0) as kinora:
            for form in (LINES, EVENTS):
                answer = kinora.request("POST", "/luma/videos", {"prompt": ""}, {"Accept": form})
                self.assertEqual((answer.status, answer.json["error"]["code"]), (400, "bad_request"))
                self.assertEqual(answer.headers["content-type"], "application/json")

    # Which form.

    def test_accept_chooses_the_form(self):
        cases = [("", "application/json"), ("*/*", "application/json"), ("application/json", "application/json"),
                 (LINES, LINES), (EVENTS, EVENTS), ("APPLICATION/X-NDJSON", LINES), (f"{LINES}; charset=utf-8", LINES),
                 (f"{LINES};q=0.1, application/json", "application/json"), (f"application/json;q=0.5, {LINES}", LINES),
                 (f"{LINES};q=0.4,{EVENTS};q=0.6", EVENTS), (f"{EVENTS};q=0", "application/json"),
                 ("application/json, text/plain, */*", "application/json"), (f"text/html, {EVENTS};q=0.9, */*;q=0.1",
                                                                             EVENTS)]
        with Kinora() as kinora:
            for accept, kind in cases:
                with self.subTest(accept):
                    answer = kinora.request("POST", "/luma/videos", {"prompt": "fail=x"}, {"Accept": accept})
                    self.assertEqual(answer.headers["content-type"], kind)
                    self.assertEqual(answer.status, 500 if kind == "application/json" else 200)

    def test_immediate_answers_are_one_object_whatever_the_form(self):
        with Kinora() as kinora, Receiver() as receiver:
            for form in (LINES, EVENTS):
                for more in ({"async": True}, {"callback_url": receiver.url + "/done"}):
                    answer = kinora.request("POST", "/luma/videos", {"prompt": "fail=x", **more}, {"Accept": form})
                    self.assertEqual((answer.status, answer.headers["content-type"]), (200, "application/json"))
                    self.assertEqual(list(answer.json), ["success", "task_id", "trace_id"])

    # Clients that go away, and servers.

    def test_who_left_the_stream_joins_with_a_resend(self):
        with Kinora() as kinora:
            body = {"prompt": "frame_ms=10"}
            with lines_of_call(kinora, body) as stream:
                lines = stream.lines()
                task_id = next(lines)[1]["task_id"]
                next(line for _, line in lines if line["progress"] > 10)
            with lines_of_call(kinora, body) as resend:
                told = [object for _, object in resend.lines()]
            self.assertEqual({object["task_id"] for object in told}, {task_id})
            self.assert_progress(told[:-1])
            self.assertEqual((told[-1]["state"], task_ids(kinora)), ("completed", [task_id]))
            again = kinora.video({"prompt": "fail=x"}).json["task_id"]
            self.assertNotEqual(kinora.video({"prompt": "fail=x"}).json["task_id"], again)

    def test_after_a_timeout_in_a_stream_a_resend_joins(self):
        with Kinora("--workers", 0) as kinora:
            body = {**PROMPT, "timeout": 1}
            with lines_of_call(kinora, body) as stream:
                first = list(stream.lines())[-1][1]
            self.assertEqual(first["error"]["code"], "timeout")
            self.assertEqual(kinora.video(body).json["task_id"], first["task_id"])

    def test_a_stop_ends_a_stream_with_an_error_and_a_resend_joins(self):
        with Kinora("--workers", 0) as kinora:
            with lines_of_call(kinora, PROMPT) as stream:
                lines = stream.lines()
                task_id = next(lines)[1]["task_id"]
                status, seconds = kinora.terminate()
                self.assertEqual(status, 0)
                self.assertLess(seconds, 10)
                last = list(lines)[-1][1]
            self.assertEqual((last["error"]["code"], last["task_id"]), ("api_error", task_id))
            kinora.restart()
            with lines_of_call(kinora, PROMPT) as resend:
                self.assertEqual(next(resend.lines())[1]["task_id"], task_id)

    def test_on_postgresql_lines_tell_of_the_way(self):
        with postgres_database() as url, Kinora("--database", url) as kinora:
            with lines_of_call(kinora, {"prompt": "frame_ms=10"}) as stream:
                *way, (_, result) = list(stream.lines())
                self.assert_progress([object for _, object in way])
                self.assertEqual(result, kinora.task(way[0][1]["task_id"])["response"])

    # The queue.

    def waiting(self, kinora, task_id):
        return kinora.task(task_id)["response"]

    def wait_position(self, kinora, task_id, position):
        wait_for(lambda: self.waiting(kinora, task_id).get("queue_position") == position,
                 f"its position becomes {position}", 5)

    def test_waiting_tasks_tell_their_place_in_the_queue(self):
        with Kinora("--workers", 0) as kinora:
            tasks = [kinora.submit(f"number {number}") for number in range(4)]
            for position, task_id in enumerate(tasks, 1):
                self.wait_position(kinora, task_id, position)
                # Nothing was made yet, so nothing is known.
                self.assertEqual(list(self.waiting(kinora, task_id)), ["task_id", "state", "progress",
                                                                       "queue_position"])
            low = kinora.submit("low", priority="low")
            normal = kinora.submit("normal")
            self.wait_position(kinora, low, 6)
            self.wait_position(kinora, normal, 5)
            act(kinora, "cancel", tasks[0])
            for position, task_id in enumerate([*tasks[1:], normal, low], 1):
                self.wait_position(kinora, task_id, position)
            task = kinora.task(low)
            self.assertEqual(task["data"], {**task["response"], "id": low})

    def test_the_estimate_is_honest(self):
        with Kinora() as kinora:
            self.assertNotIn("estimated_seconds", self.waiting(kinora, kinora.submit("frame_ms=20")))
            kinora.wait_state(task_ids(kinora)[0], "completed")
            first, second = (kinora.submit("frame_ms=20") for _ in range(2))
            self.wait_position(kinora, second, 1)
            began = time.monotonic()
            estimates = {task_id: wait_for(lambda: self.waiting(kinora, task_id).get("estimated_seconds"),
                                           "there is an estimate", 5) for task_id in (first, second)}
            for task_id in (first, second):
                kinora.wait_state(task_id, "completed")
                took = time.monotonic() - began
                self.assertLess(took / 2.5, estimates[task_id])
                self.assertLess(estimates[task_id], took * 2.5)

    def test_the_estimate_of_a_running_task_goes_down(self):
        with Kinora() as kinora:
            self.assertEqual(kinora.video({"prompt": "frame_ms=10"}).status, 200)
            task_id = kinora.submit("frame_ms=10")
            seen = []

            def look():
                response = self.waiting(kinora, task_id)
                if response["state"] == "processing":
                    self.assertNotIn("queue_position", response)
                    seen.append(response["estimated_seconds"])
                return response["state"] == "completed"
            wait_for(look, "it completes")
            self.assertLess(min(seen), max(seen) / 2)
            self.assertLess(seen[-1], seen[0])
