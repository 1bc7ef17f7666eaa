"""Balances: what a call holds and costs, who pays, and that the books add up whatever happens."""

from billing_case import BillingTestCase
from kinora_process import Kinora, wait_for
from people import SERVICE_ID, bearer, cancel, owner as owner_of, register, retrieve, submit
from postgres_database import postgres_database


class Billing(BillingTestCase):
    # Acquire.

    def test_acquiring_gives_the_free_amount_once(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            first = ada.request("POST", "/api/v1/applications/", {"service_id": SERVICE_ID})
            self.assertEqual(first.status, 201)
            application = first.json
            self.assertEqual((application["type"], application["scope"], application["remaining_amount"],
                              application["used_amount"], application["allow_consume_global"]),
                             ("Usage", "Individual", 10, 0, False))
            again = ada.request("POST", "/api/v1/applications/", {"service_id": SERVICE_ID})
            self.assertEqual((again.status, again.json), (200, application))
            joins = [kinora.in_background(lambda: register(kinora).acquire()["remaining_amount"]) for _ in range(4)]
            self.assertEqual([join() for join in joins], [10] * 4)
            bob = register(kinora, "bob")
            joins = [kinora.in_background(bob.acquire) for _ in range(8)]
            self.assertEqual(len({join()["id"] for join in joins}), 1)
            for bad in ("nonsense", "00000000-0000-0000-0000-000000000000", ada.id):
                self.refuse(ada.request("POST", "/api/v1/applications/", {"service_id": bad}), 404, "not_found")

    # Hold, capture, release.

    def test_a_completed_clip_is_charged_once_and_shown(self):
        with Kinora() as kinora:
            ada, owner = register(kinora), owner_of(kinora)
            application = ada.acquire()
            credential = ada.credential(application, name="first")
            task_id = submit(kinora, credential["token"], "frame_ms=30").json["task_id"]
            self.assertEqual(self.amounts(ada, application), (9, 1, 0))
            task = self.finish(kinora, credential["token"], task_id)
            self.assertEqual(self.amounts(ada, application), (9, 0, 1))
            usage = ada.usage()
            self.assertEqual(usage["count"], 1)
            record = usage["items"][0]
            self.assertEqual(
                {key: record[key] for key in ("task_id", "trace_id", "application_id", "credential_id", "service_id",
                                              "api_id", "status", "deducted_amount", "remaining_amount")},
                {"task_id": task_id, "trace_id": task["trace_id"], "application_id": application["id"],
                 "credential_id": credential["id"], "service_id": SERVICE_ID,
                 "api_id": "94fc9028-5a9f-4875-aae4-38463bd30ac5", "status": "completed", "deducted_amount": 1,
                 "remaining_amount": 9})
            self.assertAlmostEqual(record["elapsed"], task["elapsed"], places=2)
            now = ada.get(f"/api/v1/credentials/{credential['id']}/")
            self.assertEqual(now["used_amount"], 1)
            wait_for(lambda: ada.get(f"/api/v1/credentials/{credential['id']}/")["last_used_at"], "its use is noted", 10)
            self.check_books(owner)

    def test_what_fails_or_is_cancelled_or_deleted_costs_nothing(self):
        with Kinora() as kinora:
            ada, owner = register(kinora), owner_of(kinora)
            application = ada.acquire()
            token = ada.token()
            for prompt in ("fail=broken", "refuse=badly"):
                task = self.finish(kinora, token, submit(kinora, token, prompt).json["task_id"])
                self.assertEqual(task["response"]["state"], "failed")
            slow = submit(kinora, token, "frame_ms=500").json["task_id"]
            waiting = submit(kinora, token, "frame_ms=500 again").json["task_id"]
            wait_for(lambda: retrieve(kinora, token, slow).json["response"]["state"] == "processing", "it is drawn", 30)
            self.assertEqual(cancel(kinora, token, slow).status, 200)
            self.assertEqual(cancel(kinora, token, slow).status, 200)
            answer = kinora.request("POST", "/luma/tasks", {"action": "delete", "id": waiting}, bearer(token))
            self.assertEqual(answer.status, 200)
            self.assertEqual(self.amounts(ada, application), (10, 0, 0))
            statuses = sorted(item["status"] for item in ada.usage()["items"])
            self.assertEqual(statuses, ["cancelled", "cancelled", "failed", "failed"])
            self.assertEqual({item["deducted_amount"] for item in ada.usage()["items"]}, {0})
            self.check_books(owner)

    def test_a_task_over_its_time_costs_nothing(self):
        with Kinora("--limit-work", 1) as kinora:
            ada = register(kinora)
            application, token = ada.acquire(), ada.token()
            task = self.finish(kinora, token, submit(kinora, token, "frame_ms=400").json["task_id"])
            self.assertEqual(task["response"]["error"]["code"], "timeout")
            self.assertEqual(self.amounts(ada, application), (10, 0, 0))

    def test_a_worker_that_dies_again_and_again_costs_nothing(self):
        with Kinora() as kinora:
            ada, owner = register(kinora), owner_of(kinora)
            application, token = ada.acquire(), ada.token()
            task = self.finish(kinora, token, submit(kinora, token, "crash").json["task_id"])
            self.assertEqual(task["response"]["state"], "failed")
            self.assertEqual(self.amounts(ada, application), (10, 0, 0))
            self.check_books(owner)

    def test_a_resend_is_billed_once(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            application, token = ada.acquire(), ada.token()
            headers = {**bearer(token), "Idempotency-Key": "k"}
            body = {"prompt": "x", "async": True}
            ids = {kinora.request("POST", "/luma/videos", body, headers).json["task_id"] for _ in range(3)}
            self.assertEqual(len(ids), 1)
            for _ in range(3):
                kinora.request("POST", "/luma/videos", {"prompt": "y", "timeout": 1}, bearer(token))
            self.assertEqual(self.amounts(ada, application), (8, 2, 0))

    # Who pays.

    def test_when_it_is_used_up_nothing_is_stored(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            application, token = ada.acquire(), ada.token()
            for _ in range(10):
                self.assertEqual(submit(kinora, token).status, 200)
            headers = {**bearer(token), "Idempotency-Key": "late"}
            for body in ({"prompt": "x", "async": True}, {"prompt": "x"}):
                self.refuse(kinora.request("POST", "/luma/videos", body, headers), 403, "used_up")
            self.assertEqual(self.amounts(ada, application), (0, 10, 0))
            count = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"}, bearer(token)).json["count"]
            self.assertEqual(count, 10)
            # With room again the same key makes a task: the refused call left nothing behind.
            first = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"}, bearer(token)).json["items"][0]
            cancel(kinora, token, first["id"])
            answer = kinora.request("POST", "/luma/videos", {"prompt": "x", "async": True}, headers)
            self.assertEqual(answer.status, 200, answer)

    def test_the_general_balance_pays_where_it_is_allowed(self):
        with Kinora("--workers", 0) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            application, token = ada.acquire(), ada.token()
            top_up = owner.make("/api/v1/admin/top-ups/", {"user_id": ada.id, "amount": 2.5, "note": "welcome"})
            self.assertEqual((top_up["amount"], top_up["remaining_amount"]), (2.5, 2.5))
            for _ in range(10):
                submit(kinora, token)
            self.refuse(submit(kinora, token), 403, "used_up")
            path = f"/api/v1/applications/{application['id']}/"
            changed = ada.request("PATCH", path, {"allow_consume_global": True})
            self.assertEqual((changed.status, changed.json["allow_consume_global"]), (200, True))
            self.assertEqual([submit(kinora, token).status for _ in range(3)], [200, 200, 403])
            general = ada.general_balance()
            self.assertEqual((general["remaining_amount"], general["held_amount"]), (0.5, 2))
            ada.request("PATCH", path, {"allow_consume_global": False})
            self.check_books(owner)

    def test_a_token_of_the_general_balance_calls_every_service(self):
        with Kinora("--workers", 0) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            general = ada.general_balance()
            token = ada.token(application=general)
            self.refuse(submit(kinora, token), 403, "used_up")
            owner.make("/api/v1/admin/top-ups/", {"user_id": ada.id, "amount": 1})
            answer = submit(kinora, token)
            self.assertEqual(answer.status, 200)
            self.assertEqual(retrieve(kinora, token, answer.json["task_id"]).json["application_id"], general["id"])

    def test_a_token_spends_no_more_than_its_limit(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            application = ada.acquire()
            credential = ada.credential(application, limited_amount=2)
            token = credential["token"]
            ids = [submit(kinora, token).json["task_id"] for _ in range(2)]
            self.refuse(submit(kinora, token), 403, "used_up")
            self.assertEqual(self.amounts(ada, application), (8, 2, 0))
            cancel(kinora, token, ids[0])
            self.assertEqual(submit(kinora, token).status, 200)
            ada.request("PATCH", f"/api/v1/credentials/{credential['id']}/", {"limited_amount": None})
            self.assertEqual(submit(kinora, token).status, 200)

    def test_prices_are_settable_and_those_of_the_call_count(self):
        with Kinora("--workers", 0) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            service = f"/api/v1/admin/services/{SERVICE_ID}/"
            application, token = ada.acquire(), ada.token()
            submit(kinora, token)
            changed = owner.request("PATCH", service, {"price": 0.25, "free_amount": 3})
            self.assertEqual((changed.status, changed.json["price"]), (200, 0.25))
            submit(kinora, token)
            self.assertEqual(self.amounts(ada, application), (8.75, 1.25, 0))
            self.assertEqual(kinora.request("GET", "/api/v1/services/", token=False).json["items"][0]["price"], 0.25)
            self.assertEqual(register(kinora, "bob").acquire()["remaining_amount"], 3)
            owner.request("PATCH", service, {"price": 0})
            submit(kinora, token)
            self.assertEqual(self.amounts(ada, application), (8.75, 1.25, 0))
            owner.request("PATCH", service, {"enabled": False})
            self.refuse(submit(kinora, token), 403, "disabled")
            self.assertEqual(kinora.request("GET", "/api/v1/services/", token=False).json["count"], 0)
            self.refuse(register(kinora).request("POST", "/api/v1/applications/", {"service_id": SERVICE_ID}), 404,
                        "not_found")
            for bad in ({"price": -1}, {"price": "1"}, {"price": 1e12}, {"free_amount": 0.0000001}, {"enabled": 1}):
                self.refuse(owner.request("PATCH", service, bad), 400, "bad_request")

    def test_the_owners_own_application_is_not_metered(self):
        with Kinora("--workers", 0) as kinora:
            for _ in range(12):
                self.assertEqual(submit(kinora, kinora.token).status, 200)

    # Suspending and revoking.

    def test_suspended_applications_and_revoked_tokens_are_refused_at_once(self):
        with Kinora("--workers", 0) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            application = ada.acquire()
            credential = ada.credential(application)
            token = credential["token"]
            task_id = submit(kinora, token).json["task_id"]
            path = f"/api/v1/admin/applications/{application['id']}/"
            owner.request("PATCH", path, {"disabled": True})
            for answer in (submit(kinora, token), retrieve(kinora, token, task_id)):
                self.refuse(answer, 403, "disabled")
            owner.request("PATCH", path, {"disabled": False})
            self.assertEqual(retrieve(kinora, token, task_id).status, 200)
            rotated = ada.request("POST", f"/api/v1/credentials/{credential['id']}/rotate/")
            self.assertEqual(rotated.status, 200)
            self.refuse(retrieve(kinora, token, task_id), 401, "invalid_token")
            self.assertEqual(retrieve(kinora, rotated.json["token"], task_id).status, 200)
            self.assertEqual(ada.request("DELETE", f"/api/v1/credentials/{credential['id']}/").status, 204)
            self.refuse(retrieve(kinora, rotated.json["token"], task_id), 401, "invalid_token")
            self.refuse(ada.request("DELETE", f"/api/v1/credentials/{credential['id']}/"), 404, "not_found")

    def test_revoking_is_effective_on_every_node_when_it_is_answered(self):
        with postgres_database() as url, Kinora("--workers", 0, "--database", url) as one:
            with Kinora("--workers", 0, "--database", url) as two:
                ada = register(one)
                for _ in range(3):
                    credential = ada.credential()
                    stop = []

                    def keep_calling():
                        while not stop:
                            retrieve(two, credential["token"], ada.id)
                    calling = [two.in_background(keep_calling) for _ in range(3)]
                    wait_for(lambda: retrieve(two, credential["token"], ada.id).status == 404, "it is let in", 10)
                    self.assertEqual(ada.request("DELETE", f"/api/v1/credentials/{credential['id']}/").status, 204)
                    self.refuse(retrieve(two, credential["token"], ada.id), 401, "invalid_token")
                    stop.append(True)
                    for join in calling:
                        join()

    def test_a_session_calls_as_a_credential_of_its_user(self):
        with Kinora("--workers", 0) as kinora:
            ada, bob = register(kinora), register(kinora, "bob")
            application = ada.acquire()
            credential, others = ada.credential(application), bob.credential()
            body = {"prompt": "x", "async": True}
            answer = ada.request("POST", "/luma/videos", body, {"X-Credential-Id": credential["id"]})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(self.amounts(ada, application), (9, 1, 0))
            self.assertEqual(retrieve(kinora, credential["token"], answer.json["task_id"]).status, 200)
            self.refuse(ada.request("POST", "/luma/videos", body), 401, "no_token")
            self.refuse(ada.request("POST", "/luma/videos", body, {"X-Credential-Id": others["id"]}), 401,
                        "invalid_token")
            self.refuse(ada.request("POST", "/luma/videos", body, {"X-Credential-Id": credential["id"]}, csrf=False),
                        403, "forbidden")
