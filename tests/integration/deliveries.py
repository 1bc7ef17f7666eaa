"""Deliveries looked at and sent again, and what becomes of them when their task is deleted."""
import json
import unittest

from accounts import add_account, database
from delivery_calls import delivery_of, seconds_of, wait_attempts
from kinora_process import Kinora, free_port
from receiver import Receiver, Reply

FIELDS = ["id", "task_id", "application_id", "url", "state", "created_at", "next_attempt_at", "finished_at", "attempts"]
NOBODYS_ID = "00000000-0000-4000-8000-000000000000"


class Deliveries(unittest.TestCase):
    def listed(self, kinora, query="", **more):
        answer = kinora.request("GET", "/api/v1/deliveries/" + query, **more)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(list(answer.json), ["items", "count"])
        return answer.json

    def ids(self, kinora, query="", **more):
        return [item["id"] for item in self.listed(kinora, query, **more)["items"]]

    def resend(self, kinora, task_id, **more):
        return kinora.request("POST", f"/api/v1/deliveries/{task_id}/resend/", **more)

    def test_attempts_can_be_looked_at(self):
        with Kinora() as kinora, Receiver() as receiver:
            url = receiver.on("/done", Reply(200, body=b"thank you" + b"!" * 100_000))
            task_id = kinora.submit("fail=x", callback_url=url)
            delivery = wait_attempts(kinora, task_id, 1)
            task = kinora.task(task_id)
            self.assertEqual(list(delivery), FIELDS)
            self.assertEqual((delivery["task_id"], delivery["url"]), (task_id, url))
            self.assertEqual(delivery["application_id"], task["application_id"])
            self.assertEqual((delivery["state"], delivery["next_attempt_at"]), ("delivered", None))
            self.assertAlmostEqual(seconds_of(delivery["created_at"]), task["finished_at"], delta=0.01)
            attempt = delivery["attempts"][0]
            self.assertEqual((attempt["number"], attempt["status"], attempt["error"]), (1, 200, None))
            self.assertTrue(attempt["answer"].startswith("thank you!"))
            self.assertLess(len(attempt["answer"]), 10_000)
            self.assertGreaterEqual(attempt["latency"], 0)
            self.assertLess(attempt["latency"], 5)
            self.assertGreaterEqual(seconds_of(delivery["finished_at"]), seconds_of(attempt["started_at"]))
            self.assertEqual(self.listed(kinora)["items"], [delivery])
            self.assertNotIn(receiver.at("/done")[0].headers["webhook-signature"], json.dumps(delivery))

    def test_lists_filter_order_and_count(self):
        with Kinora() as kinora, Receiver() as receiver:
            receiver.on("/bad", 500)
            good = [kinora.submit("fail=x", callback_url=receiver.url + "/good") for _ in range(3)]
            bad = kinora.submit("fail=x", callback_url=receiver.url + "/bad")
            kinora.submit("fail=x")
            for task_id in [*good, bad]:
                wait_attempts(kinora, task_id, 1)
            self.assertEqual(self.ids(kinora), [bad, *reversed(good)])
            self.assertEqual(self.ids(kinora, "?ordering=created_at"), [*good, bad])
            page = self.listed(kinora, "?limit=2&offset=1")
            self.assertEqual(([item["id"] for item in page["items"]], page["count"]), ([good[2], good[1]], 4))
            self.assertEqual(self.ids(kinora, f"?task_id={good[1]}"), [good[1]])
            self.assertEqual(self.ids(kinora, f"?task_id={NOBODYS_ID}"), [])
            self.assertEqual(self.ids(kinora, "?state=waiting"), [bad])
            self.assertEqual(self.listed(kinora, "?state=delivered")["count"], 3)
            self.assertEqual(self.ids(kinora, "?state=given_up"), [])
            self.assertEqual(self.ids(kinora, f"?state=delivered&task_id={bad}"), [])
            for query in ("?state=lost", "?limit=0", "?limit=x", "?offset=-1", "?ordering=url"):
                answer = kinora.request("GET", "/api/v1/deliveries" + query)
                self.assertEqual((answer.status, answer.json["error"]["code"]), (400, "bad_request"), query)

    def test_what_is_unknown_is_not_found_and_strangers_are_refused(self):
        with Kinora() as kinora:
            silent = kinora.submit("fail=x")
            kinora.wait_state(silent, "failed")
            for task_id in (NOBODYS_ID, "nonsense", silent):
                for answer in (kinora.request("GET", f"/api/v1/deliveries/{task_id}"), self.resend(kinora, task_id)):
                    self.assertEqual((answer.status, answer.json["error"]["code"]), (404, "not_found"), answer)
            for method, path in (("GET", ""), ("GET", silent), ("POST", silent + "/resend/")):
                answer = kinora.request(method, "/api/v1/deliveries/" + path, token=False)
                self.assertEqual((answer.status, answer.json["error"]["code"]), (401, "no_token"))

    def test_deliveries_of_others_are_not_seen(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.url + "/done")
            delivery = wait_attempts(kinora, task_id, 1)
            user_id = kinora.task(task_id)["user_id"]
            for other in (add_account(kinora), add_account(kinora, user_id)):
                self.assertEqual(self.listed(kinora, headers=other.headers), {"items": [], "count": 0})
                self.assertEqual(self.listed(kinora, f"?task_id={task_id}", headers=other.headers)["count"], 0)
                for answer in (kinora.request("GET", f"/api/v1/deliveries/{task_id}", headers=other.headers),
                               self.resend(kinora, task_id, headers=other.headers)):
                    self.assertEqual(answer.status, 404, answer)
            self.assertEqual(delivery_of(kinora, task_id), delivery)
            self.assertEqual(len(receiver.received), 1)

    def test_a_delivery_is_sent_again_when_asked(self):
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.url + "/done")
            wait_attempts(kinora, task_id, 1)
            answer = self.resend(kinora, task_id)
            self.assertEqual(answer.status, 202, answer)
            self.assertEqual((answer.json["id"], answer.json["state"]), (task_id, "waiting"))
            first, second = receiver.wait("/done", 2)
            self.assertEqual((first.body, first.headers["webhook-id"]), (second.body, second.headers["webhook-id"]))
            delivery = wait_attempts(kinora, task_id, 2)
            self.assertEqual(delivery["state"], "delivered")
            self.assertEqual([attempt["number"] for attempt in delivery["attempts"]], [1, 2])

    def test_one_that_waits_is_sent_at_once_when_asked(self):
        with Kinora() as kinora, Receiver() as receiver:
            receiver.on("/done", 500, 500, 200)
            task_id = kinora.submit("fail=x", callback_url=receiver.url + "/done")
            wait_attempts(kinora, task_id, 2)  # The third comes 10 s later by itself.
            self.assertEqual(self.resend(kinora, task_id).status, 202)
            receiver.wait("/done", 3, seconds=5)
            self.assertEqual(wait_attempts(kinora, task_id, 3)["state"], "delivered")

    def test_ten_tries_are_made_with_growing_pauses(self):
        pauses = [2, 10, 30, 120, 300, 600, 1200, 1800, 2700]
        with Kinora() as kinora, Receiver() as receiver:
            task_id = kinora.submit("fail=x", callback_url=receiver.on("/done", 503))
            for number, pause in enumerate(pauses, 1):
                delivery = wait_attempts(kinora, task_id, number)
                last = delivery["attempts"][-1]
                ended = seconds_of(last["started_at"]) + last["latency"]
                self.assertAlmostEqual(seconds_of(delivery["next_attempt_at"]) - ended, pause, delta=pause / 10 + 0.01)
                self.assertEqual((delivery["state"], len(delivery["attempts"])), ("waiting", number))
                with database(kinora) as rows:  # As if the time had passed.
                    rows.execute("UPDATE deliveries SET next_attempt_at = next_attempt_at - :pause WHERE id = :id",
                                 {"pause": int(pause * 1200), "id": task_id})
            delivery = wait_attempts(kinora, task_id, 10)
            self.assertEqual((delivery["state"], delivery["next_attempt_at"]), ("given_up", None))
            self.assertIsNotNone(delivery["finished_at"])
            calls = receiver.wait("/done", 10)
            self.assertEqual(len({(call.headers["webhook-id"], call.body) for call in calls}), 1)
            # Asked for, it begins again.
            receiver.on("/done", 200)
            self.assertEqual(self.resend(kinora, task_id).status, 202)
            self.assertEqual(wait_attempts(kinora, task_id, 11)["state"], "delivered")

    # Tasks that are deleted.

    def delete(self, kinora, task_id):
        answer = kinora.request("POST", "/luma/tasks", {"action": "delete", "id": task_id})
        self.assertEqual((answer.status, answer.json), (200, {"id": task_id, "deleted": True}))

    def test_the_receiver_of_a_task_deleted_before_its_end_hears_that_it_was_cancelled(self):
        with Kinora() as kinora, Receiver() as receiver:
            running = kinora.submit("frame_ms=50", callback_url=receiver.on("/running", 500, 200))
            pending = kinora.submit("x", callback_url=receiver.url + "/pending")
            kinora.wait_state(running, "processing")
            self.delete(kinora, pending)
            self.delete(kinora, running)
            for path, task_id in (("/pending", pending), ("/running", running)):
                body = json.loads(receiver.wait(path)[0].body)
                self.assertEqual(list(body), ["success", "task_id", "trace_id", "state", "error"])
                self.assertEqual((body["success"], body["task_id"], body["state"], body["error"]["code"]),
                                 (False, task_id, "cancelled", "cancelled"))
            first, second = receiver.wait("/running", 2)
            self.assertEqual((first.body, first.headers["webhook-id"]), (second.body, second.headers["webhook-id"]))
            self.assertEqual(wait_attempts(kinora, running, 2)["state"], "delivered")
            self.assertEqual(len(receiver.at("/pending")), 1)

    def test_a_kill_loses_not_even_the_callback_of_a_deleted_task(self):
        port = free_port()
        with Kinora("--workers", 0) as kinora:
            task_id = kinora.submit("x", callback_url=f"http://127.0.0.1:{port}/done")
            self.delete(kinora, task_id)
            kinora.kill()
            with Receiver(port) as receiver:
                kinora.restart()
                body = json.loads(receiver.wait("/done", seconds=20)[0].body)
                self.assertEqual((body["task_id"], body["state"]), (task_id, "cancelled"))

    def test_deleting_an_ended_task_withdraws_what_was_not_delivered(self):
        with Kinora() as kinora, Receiver() as receiver:
            withdrawn = kinora.submit("fail=x", callback_url=receiver.on("/withdrawn", 500))
            wait_attempts(kinora, withdrawn, 1)
            self.delete(kinora, withdrawn)
            self.assertIsNone(delivery_of(kinora, withdrawn))
            self.assertEqual(self.listed(kinora)["count"], 0)
            self.assertEqual(self.resend(kinora, withdrawn).status, 404)
            # The retry of one that failed later comes later; then nothing is left to come of the other.
            later = kinora.submit("fail=x", callback_url=receiver.on("/later", 500, 500, 200))
            wait_attempts(kinora, later, 2)
            self.assertEqual(len(receiver.at("/withdrawn")), 1)
