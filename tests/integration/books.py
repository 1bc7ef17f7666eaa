"""Usage records, their sums and exports; the books under load and after crashes; the audit trail, queue and nodes."""
import contextlib
import csv
import io
import json

from billing_case import BillingTestCase
from kinora_process import Kinora, wait_for
from people import SERVICE_ID, bearer, owner as owner_of, register, retrieve, submit
from postgres_database import postgres_database


class Books(BillingTestCase):
    # Usage.

    def test_usage_is_filtered_summed_and_exported(self):
        with Kinora() as kinora:
            ada = register(kinora)
            application = ada.acquire()
            one, two = (ada.credential(application, name=name) for name in ("one", "two"))
            for token, prompt in ((one["token"], "x"), (one["token"], "y"), (two["token"], "fail=no")):
                self.finish(kinora, token, submit(kinora, token, prompt).json["task_id"])
            items = ada.usage()["items"]
            self.assertEqual(len(items), 3)
            self.assertEqual(ada.usage(f"&credential_id={one['id']}")["count"], 2)
            self.assertEqual(ada.usage(f"&trace_id={items[0]['trace_id']}")["items"], [items[0]])
            self.assertEqual(ada.usage("&status=failed")["count"], 1)
            self.assertEqual(ada.usage("&created_at_min=2100-01-01T00:00:00Z")["count"], 0)
            self.refuse(ada.request("GET", "/api/v1/usage/apis/?status=x"), 400, "bad_request")
            sums = ada.get("/api/v1/usage/apis/aggregate/?group_by=credential")["items"]
            self.assertEqual({item["credential_id"]: (item["calls"], item["deducted_amount"]) for item in sums},
                             {one["id"]: (2, 2), two["id"]: (1, 0)})
            days = ada.get("/api/v1/usage/apis/aggregate/")["items"]
            self.assertEqual(sum(item["calls"] for item in days), 3)
            self.assertRegex(days[0]["day"], r"^\d{4}-\d\d-\d\d$")
            both = ada.get("/api/v1/usage/apis/aggregate/?group_by=day,service")["items"]
            self.assertEqual({item["service_id"] for item in both}, {SERVICE_ID})
            for path in ("", "aggregate/"):
                self.refuse(ada.request("GET", f"/api/v1/usage/apis/{path}?format=xml"), 400, "bad_request")
            answer = ada.request("GET", "/api/v1/usage/apis/?format=csv")
            self.assertTrue(answer.headers["content-type"].startswith("text/csv"))
            rows = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
            self.assertEqual([row["task_id"] for row in rows], [item["task_id"] for item in reversed(items)])
            self.assertEqual(sum(float(row["deducted_amount"]) for row in rows), 2)
            answer = ada.request("GET", "/api/v1/usage/apis/aggregate/?group_by=credential&format=csv")
            self.assertEqual(len(answer.body.decode().splitlines()), 3)

    # Under load, and when it breaks.

    def check_load(self, kinora, callers=12, free=10):
        owner, ada = owner_of(kinora), register(kinora)
        application, token = ada.acquire(), ada.token()

        def call(prompt):
            return submit(kinora, token, prompt)
        prompts = ["x", "fail=no", "frame_ms=5"] * 8
        joins = [kinora.in_background(lambda prompt=prompt: call(prompt)) for prompt in prompts]
        answers = [join() for join in joins]
        taken = [answer.json["task_id"] for answer in answers if answer.status == 200]
        self.assertLessEqual(len(taken), len(prompts))
        for answer in answers:
            self.assertIn(answer.status, (200, 403))
        states = [self.finish(kinora, token, task_id)["response"] for task_id in taken]
        charged = sum(bool(state.get("success")) for state in states)
        self.assertEqual(self.amounts(ada, application), (free - charged, 0, charged))
        self.assertEqual(sum(item["deducted_amount"] for item in ada.usage()["items"]), charged)
        self.check_books(owner)

    def test_racing_calls_spend_what_there_is_and_no_more(self):
        with Kinora() as kinora:
            self.check_load(kinora)

    def test_racing_calls_on_postgresql(self):
        with postgres_database() as url, Kinora("--database", url) as kinora:
            self.check_load(kinora)

    def test_a_killed_server_leaves_whole_books(self):
        with Kinora("--workers", 2) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            application, token = ada.acquire(), ada.token()
            told = []
            for _ in range(3):
                ended = []

                def keep_submitting():
                    try:
                        while (answer := submit(kinora, token, "frame_ms=2")).status == 200:
                            told.append(answer.json["task_id"])
                    except OSError:
                        pass  # It was killed: whether the task was taken, the books say.
                    finally:
                        ended.append(True)
                count = len(told)
                joins = [kinora.in_background(keep_submitting) for _ in range(4)]
                # Those whose answer was lost are paid from the same balance: all may be refused by now.
                wait_for(lambda: len(told) > count + 1 or len(ended) == len(joins), "some are taken", 30)
                kinora.kill()
                for join in joins:
                    with contextlib.suppress(Exception):
                        join()
                kinora.restart()
            for task_id in told:
                self.finish(kinora, token, task_id)
            tasks = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch", "limit": 100},
                                   bearer(token)).json["items"]
            # One that was being drawn at all three kills is given up, and costs nothing.
            ends = [self.finish(kinora, token, task["id"])["response"] for task in tasks]
            charged = sum(item["deducted_amount"] for item in ada.usage()["items"])
            self.assertEqual(charged, sum(bool(end.get("success")) for end in ends))
            self.assertEqual(self.amounts(ada, application), (10 - charged, 0, charged))
            self.check_books(owner)

    # The audit trail.

    def test_every_act_of_an_administrator_is_written_down(self):
        with Kinora("--workers", 0) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            application = ada.acquire()
            key = {"Idempotency-Key": "payment-1"}
            body = {"application_id": application["id"], "amount": 3}
            first = owner.request("POST", "/api/v1/admin/top-ups/", body, key)
            second = owner.request("POST", "/api/v1/admin/top-ups/", body, key)
            self.assertEqual((first.status, second.status, first.json["id"]), (201, 201, second.json["id"]))
            other = owner.request("POST", "/api/v1/admin/top-ups/", {**body, "amount": 4}, key)
            self.refuse(other, 409, "bad_request")
            self.assertEqual(ada.application(application["id"])["remaining_amount"], 13)
            made = owner.make("/api/v1/admin/users/", {"email": "new@example.com"})
            self.assertIn("/setup#code=", made["setup_url"])
            owner.request("PATCH", f"/api/v1/admin/users/{made['id']}/", {"role": "admin"})
            owner.request("PATCH", f"/api/v1/admin/services/{SERVICE_ID}/", {"title": "Clips"})
            events = owner.get("/api/v1/admin/audit/?limit=100")["items"]
            self.assertEqual([event["action"] for event in reversed(events)],
                             ["balance.topped_up", "user.created", "user.changed", "service.changed"])
            self.assertEqual({event["actor"] for event in events}, {owner.email})
            self.assertTrue(all(event["trace_id"] and event["remote_address"] for event in events))
            text = json.dumps(events)
            self.assertNotIn(made["setup_url"].partition("#code=")[2], text)
            for bad in ({"amount": 0}, {"amount": -1}, {"amount": 1e10}, {"amount": "1"}, {}):
                self.refuse(owner.request("POST", "/api/v1/admin/top-ups/", {"user_id": ada.id, **bad}), 400,
                            "bad_request")

    def test_nodes_and_queue(self):
        with Kinora("--workers", 1) as kinora:
            owner = owner_of(kinora)

            def kinds():
                return sorted(node["kind"] for node in owner.get("/api/v1/admin/nodes/")["items"] if node["alive"])
            wait_for(lambda: kinds() == ["server", "worker"], "both say that they live", 30)
            first = submit(kinora, kinora.token, "frame_ms=200").json["task_id"]
            wait_for(lambda: retrieve(kinora, kinora.token, first).json["response"]["state"] == "processing",
                     "it is drawn", 30)
            submit(kinora, kinora.token, "x")
            queue = owner.get("/api/v1/admin/queue/")
            self.assertEqual((queue["waiting"], queue["running"], queue["users_waiting"]), (1, 1, 1))
            tasks = owner.get("/api/v1/admin/tasks/?state=processing")
            self.assertEqual([task["id"] for task in tasks["items"]], [first])
            self.assertTrue(any(node["task_id"] == first for node in owner.get("/api/v1/admin/nodes/")["items"]))
            self.assertEqual(owner.request("POST", f"/api/v1/admin/tasks/{first}/cancel/").status, 200)
            self.assertEqual(retrieve(kinora, kinora.token, first).json["response"]["state"], "cancelled")
