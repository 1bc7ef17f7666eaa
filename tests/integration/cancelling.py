"""Cancel and delete: whatever state a task is in, and whoever waits for it."""
import base64
import json
import time
import unittest
import urllib.parse

from accounts import add_account
from inputs import png
from kinora_process import Kinora, wait_for
from postgres_database import postgres_database
from receiver import Receiver
from resent_calls import task_ids, wait_at

NOBODYS_ID = "00000000-0000-4000-8000-000000000000"
CANCELLED = ["success", "task_id", "trace_id", "state", "error"]


def act(kinora, action, task_id, **more):
    return kinora.request("POST", "/luma/tasks", {"action": action, "id": task_id}, **more)


def files(kinora):
    return sorted(file.name for folder in ("media", "parts") for file in (kinora.data / folder).iterdir())


class Cancelling(unittest.TestCase):
    def assert_cancelled(self, task):
        response = task["response"]
        self.assertEqual(list(response), CANCELLED)
        self.assertEqual((response["success"], response["state"], response["error"]["code"]),
                         (False, "cancelled", "cancelled"))
        self.assertTrue(response["error"]["message"])
        self.assertIn("finished_at", task)
        self.assertEqual(task["data"], {**response, "id": task["id"]})

    def assert_error(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer)

    def cancel(self, kinora, task_id):
        answer = act(kinora, "cancel", task_id)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def delete(self, kinora, task_id):
        answer = act(kinora, "delete", task_id)
        self.assertEqual((answer.status, answer.json), (200, {"id": task_id, "deleted": True}))

    def assert_next_task_starts(self, kinora, began):
        """On the only worker, soon after what it was at was ended at `began`."""
        task_id = kinora.submit("fail=next")
        wait_for(lambda: kinora.task(task_id)["response"]["state"] == "failed", "the next task has its turn", 10)
        self.assertLess(time.monotonic() - began, 2)

    # Cancel.

    def test_a_pending_task_is_cancelled_and_never_begins(self):
        with Kinora("--workers", 0) as kinora:
            task_id = kinora.submit("x")
            first, second = (self.cancel(kinora, task_id) for _ in range(2))
            self.assert_cancelled(first)
            self.assertNotIn("started_at", first)
            self.assertEqual(second, first)
            self.assertEqual(kinora.task(task_id), first)
            self.assertEqual(kinora.terminate()[0], 0)
            kinora.arguments = ["--workers", "1"]
            kinora.restart()
            kinora.wait_state(kinora.submit("fail=x"), "failed")
            self.assertEqual(len(kinora.events("task.claimed")), 1)

    def check_a_running_one(self, kinora):
        task_id = kinora.submit("frame_ms=50")
        kinora.wait_state(task_id, "processing")
        began = time.monotonic()
        cancelled = self.cancel(kinora, task_id)
        self.assert_cancelled(cancelled)
        self.assertIn("elapsed", cancelled)
        self.assertEqual(self.cancel(kinora, task_id), cancelled)
        self.assert_next_task_starts(kinora, began)
        self.assertEqual(kinora.task(task_id), cancelled)
        wait_for(lambda: files(kinora) == [], "what was begun is gone", 5)

    def test_the_engine_stops_soon_after_a_cancel(self):
        with Kinora() as kinora:
            self.check_a_running_one(kinora)

    def test_the_engine_stops_soon_after_a_cancel_on_postgresql(self):
        with postgres_database() as url, Kinora("--database", url) as kinora:
            self.check_a_running_one(kinora)
            self.check_a_blocked_caller(kinora)

    def check_a_blocked_caller(self, kinora):
        for action in ("cancel", "delete"):
            raw, task_id = wait_at(kinora, {"prompt": "frame_ms=50"})
            act(kinora, action, task_id)
            answer = raw.read()
            raw.socket.close()
            self.assert_error(answer, 409, "cancelled")
            self.assertEqual(answer.json["task_id"], task_id)

    def test_who_waits_hears_that_the_task_was_cancelled_or_deleted(self):
        with Kinora() as kinora:
            self.check_a_blocked_caller(kinora)
            kinora.wait_state(kinora.submit("fail=x"), "failed")

    def test_what_has_ended_stays_as_it_is(self):
        with Kinora() as kinora:
            failed, completed = kinora.submit("fail=x"), kinora.submit("x")
            for task_id, state in ((failed, "failed"), (completed, "completed")):
                task = kinora.wait_state(task_id, state)
                for _ in range(2):
                    self.assertEqual(self.cancel(kinora, task_id), task)
            url = kinora.task(completed)["response"]["video_url"]
            self.assertEqual(kinora.request("GET", urllib.parse.urlparse(url).path).status, 200)

    def test_what_is_unknown_or_somebody_elses_is_not_found(self):
        with Kinora("--workers", 0) as kinora:
            task_id = kinora.submit("x")
            others = [add_account(kinora), add_account(kinora, kinora.task(task_id)["user_id"])]
            for action in ("cancel", "delete"):
                for unknown in (NOBODYS_ID, "nonsense"):
                    self.assert_error(act(kinora, action, unknown), 404, "not_found")
                for other in others:
                    self.assert_error(act(kinora, action, task_id, headers=other.headers), 404, "not_found")
                for nothing in ({}, {"id": None}, {"id": 7}):
                    answer = kinora.request("POST", "/luma/tasks", {"action": action, **nothing})
                    self.assert_error(answer, 400, "bad_request")
                self.assert_error(act(kinora, action, task_id, token=False), 401, "no_token")
            self.assertEqual(kinora.task(task_id)["response"]["state"], "pending")
            self.assert_cancelled(kinora.request("POST", "/luma/tasks", {"action": "cancel", "task_id": task_id}).json)

    # Delete.

    def assert_gone(self, kinora, task_id):
        self.assert_error(act(kinora, "retrieve", task_id), 404, "not_found")
        self.assert_error(act(kinora, "cancel", task_id), 404, "not_found")
        self.assertNotIn(task_id, task_ids(kinora))
        self.delete(kinora, task_id)  # Once more is no error.

    def test_a_pending_task_is_deleted(self):
        with Kinora("--workers", 0) as kinora:
            kept, task_id = kinora.submit("x"), kinora.submit("x")
            self.delete(kinora, task_id)
            self.assert_gone(kinora, task_id)
            self.assertEqual(task_ids(kinora), [kept])
            other = add_account(kinora)
            self.assert_error(act(kinora, "delete", task_id, headers=other.headers), 404, "not_found")

    def test_a_running_task_is_stopped_and_deleted(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=50")
            kinora.wait_state(task_id, "processing")
            wait_for(lambda: files(kinora), "its file is begun")
            began = time.monotonic()
            self.delete(kinora, task_id)
            self.assert_next_task_starts(kinora, began)
            self.assert_gone(kinora, task_id)
            wait_for(lambda: files(kinora) == [], "what was begun is gone", 5)

    def test_a_completed_task_is_deleted_with_its_files(self):
        with Kinora() as kinora:
            image = "data:image/png;base64," + base64.b64encode(png(64, 64)).decode()
            result = kinora.video({"start_image_url": image, "aspect_ratio": "1:1"}).json
            urls = [result["video_url"], result["thumbnail_url"],
                    kinora.task(result["task_id"])["request"]["start_image_url"]]
            paths = [urllib.parse.urlparse(url).path for url in urls]
            for path in paths:
                self.assertEqual(kinora.request("GET", path, token=False).status, 200)
            self.assertEqual(len(files(kinora)), 3)
            self.delete(kinora, result["task_id"])
            self.assertEqual(files(kinora), [])
            for path in paths:
                self.assert_error(kinora.request("GET", path, token=False), 404, "not_found")
            self.assert_gone(kinora, result["task_id"])
            answer = kinora.video({"action": "extend", "video_id": result["video_id"]})
            self.assert_error(answer, 400, "bad_request")

    def test_a_task_that_extends_a_deleted_one_still_has_its_source(self):
        with Kinora() as kinora:
            source = kinora.video().json
            first = kinora.submit("frame_ms=50")
            extension = kinora.submit("", action="extend", video_id=source["video_id"])
            self.delete(kinora, source["task_id"])
            self.cancel(kinora, first)
            kinora.wait_state(extension, "completed", "failed")
            self.assertEqual(kinora.task(extension)["response"]["state"], "completed")

    # Races.

    def test_a_cancel_that_races_a_failure_has_one_winner(self):
        with Kinora("--workers", 2) as kinora, Receiver() as receiver:
            states, tasks = [], []
            for number in range(40):
                prompt = {"prompt": "fail=x", "callback_url": f"{receiver.url}/done"}
                answer = kinora.video(prompt)
                task_id = answer.json["task_id"]
                if number % 2:
                    wait_for(lambda: kinora.task(task_id)["response"]["state"] != "pending", "it begins")
                cancels = [kinora.in_background(lambda: self.cancel(kinora, task_id)) for _ in range(2)]
                said = [cancel() for cancel in cancels]
                self.assertEqual(said[0], said[1])
                self.assertEqual(kinora.task(task_id), said[0])
                states.append(said[0]["response"]["state"])
                tasks.append(said[0])
            self.assertLessEqual(set(states), {"cancelled", "failed"})
            calls = receiver.wait("/done", len(tasks))
            told = {call.headers["webhook-id"]: json.loads(call.body) for call in calls}
            self.assertEqual(told, {task["id"]: task["response"] for task in tasks})
            self.assertEqual(len(receiver.at("/done")), len(tasks))

    def test_a_cancel_that_races_a_completion_has_one_winner(self):
        with Kinora() as kinora, Receiver() as receiver:
            for progress in (99, 97, 98):
                task_id = kinora.video({"prompt": "x", "callback_url": receiver.url + "/done"}).json["task_id"]

                def is_near_the_end():
                    response = kinora.task(task_id)["response"]
                    return response["state"] == "completed" or response.get("progress", 0) >= progress
                wait_for(is_near_the_end, "it comes near its end")
                said = self.cancel(kinora, task_id)
                self.assertEqual(kinora.task(task_id), said)
                self.assertIn(said["response"]["state"], ("completed", "cancelled"))
                receiver.wait("/done")
                calls = receiver.at("/done")
                receiver.received.clear()
                self.assertEqual([json.loads(call.body) for call in calls], [said["response"]])
                if said["response"]["state"] == "completed":
                    path = urllib.parse.urlparse(said["response"]["video_url"]).path
                    self.assertEqual(kinora.request("GET", path).status, 200)
                    self.delete(kinora, task_id)
                kinora.wait_state(kinora.submit("fail=x"), "failed")  # The worker has let go of it.
                wait_for(lambda: files(kinora) == [], "no file is left behind", 5)

    def test_deletes_and_cancels_at_once_agree(self):
        with Kinora("--workers", 2) as kinora:
            for number in range(15):
                task_id = kinora.submit("fail=x" if number % 2 else "frame_ms=50")
                joins = [kinora.in_background(lambda action=action: act(kinora, action, task_id))
                         for action in ("cancel", "delete", "delete", "cancel")]
                answers = [join() for join in joins]
                self.assertEqual([answers[1].status, answers[2].status], [200, 200], answers)
                for answer in (answers[0], answers[3]):
                    self.assertIn(answer.status, (200, 404))
                self.assert_gone(kinora, task_id)
            self.assertEqual(task_ids(kinora), [])
            wait_for(lambda: files(kinora) == [], "no file is left behind", 10)
