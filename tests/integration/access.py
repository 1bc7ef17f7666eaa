"""Every endpoint, called by everybody who may not, and by some who may: access_table.py has the rules.

The things are those of A: a task with its clip and delivery, an application, tokens, a file. Whatever the others do,
nothing of A's has changed afterwards.
"""
import datetime
import time
import unittest
import urllib.parse

import people
from access_table import Caller, Table
from inputs import png
from kinora_process import Kinora, wait_for
from openapi import OpenApi
from people import bearer
from receiver import Receiver

FORM = "kinora-form-boundary"
# What looking at things may change of them.
FLEETING = {"last_used_at", "expires_at", "seen_at", "alive", "oldest_waiting_seconds"}


def soon(seconds):
    time_then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return time_then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def form_of(body):
    head = f'--{FORM}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'.encode()
    return head + body + f"\r\n--{FORM}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={FORM}"}


def lasting(value):
    """Without what is fleeting."""
    if isinstance(value, dict):
        return {key: lasting(item) for key, item in value.items() if key not in FLEETING}
    return [lasting(item) for item in value] if isinstance(value, list) else value


class World:
    """A server with A, B, a disabled user, an admin and the owner, and what they have."""

    def __init__(self, kinora, receiver_url):
        self.kinora = kinora
        self.owner = people.owner(kinora)
        self.admin = people.admin(self.owner)
        self.a, self.b, self.d = (people.register(kinora, name) for name in ("anna", "bert", "dora"))
        self.application, others, disabled = (person.acquire() for person in (self.a, self.b, self.d))
        self.credential = self.a.credential(self.application)
        self.token = self.a.platform_token()
        self.invitation = self.admin.call("POST", "/api/v1/admin/invitations/", {}, 201)
        self.admin.call("POST", "/api/v1/admin/top-ups/", {"user_id": self.a.id, "amount": 5}, 201)
        everything = self.a.call("GET", "/api/v1/applications/")["items"]
        self.general = next(each for each in everything if each["scope"] == "Global")
        self._make_video(receiver_url)
        self.file = self._upload()
        self._make_callers(others, disabled)

    def _make_video(self, receiver_url):
        call = {"prompt": "frames=2", "callback_url": receiver_url}
        answer = self.kinora.request("POST", "/luma/videos", call, bearer(self.credential["token"]), token=False)
        assert answer.status == 200, answer
        self.task_id = answer.json["task_id"]

        def look():
            answer = self.a.request("GET", f"/api/v1/deliveries/{self.task_id}/")
            return answer.status == 200 and answer.json["state"] == "delivered"
        wait_for(look, "the callback is delivered")
        self.task = self._ask({"id": self.task_id})
        self.video = self.task["response"]

    def _ask(self, call):
        return self.kinora.request("POST", "/luma/tasks", call, bearer(self.credential["token"]), token=False).json

    def _upload(self):
        body, headers = form_of(png(64, 48))
        answer = self.a.request("POST", "/api/v1/files/", body, headers)
        assert answer.status == 201, answer
        return answer.json

    def _make_callers(self, others, disabled):
        a, b, d = self.a, self.b, self.d
        general = a.credential(self.general)
        passing, passing_platform = a.credential(self.application, expired_at=soon(1)), a.platform_token(expired_at=soon(1))
        gone, gone_platform = a.credential(self.application), a.platform_token()
        a.call("DELETE", f"/api/v1/credentials/{gone['id']}/", status=204)
        a.call("DELETE", f"/api/v1/platform-tokens/{gone_platform['id']}/", status=204)
        off = a.credential(self.application)
        a.call("PATCH", f"/api/v1/credentials/{off['id']}/", {"disabled": True})
        over = people.log_in(self.kinora, a.user["email"])
        over.call("DELETE", "/api/v1/sessions/current/", status=204)
        b_key, b_platform = b.credential(others), b.platform_token()
        d_key, d_platform = d.credential(disabled), d.platform_token()
        self.admin.call("PATCH", f"/api/v1/admin/users/{d.id}/", {"disabled": True})
        csrf = {"X-CSRF-Token": b.csrf_token}
        self.callers = [
            Caller("nobody", {}, "none"),
            Caller("an unknown API token", bearer("0123456789abcdef0123456789abcdef"), "api", problem="garbage"),
            Caller("an unknown platform token", bearer("platform-0123456789abcdef0123456789abcdef"), "platform",
                   problem="garbage"),
            Caller("an unknown cookie", {"Cookie": "kinora_session=0123456789abcdef0123456789abcdef", **csrf}, "session",
                   problem="garbage"),
            Caller("A's expired API token", bearer(passing["token"]), "api", "a", problem="expired"),
            Caller("A's expired platform token", bearer(passing_platform["token"]), "platform", "a", problem="expired"),
            Caller("A's revoked API token", bearer(gone["token"]), "api", "a", problem="revoked"),
            Caller("A's revoked platform token", bearer(gone_platform["token"]), "platform", "a", problem="revoked"),
            Caller("A's ended session", over.headers, "session", "a", problem="revoked"),
            Caller("A's disabled API token", bearer(off["token"]), "api", "a", problem="disabled"),
            Caller("A's session without CSRF token", {"Cookie": a.cookie}, "session", "a", problem="no_csrf"),
            Caller("A's session with B's CSRF token", {"Cookie": a.cookie, **csrf}, "session", "a", problem="no_csrf"),
            Caller("A's own API token", bearer(self.credential["token"]), "api", "a", is_main=True),
            Caller("A's other application", bearer(general["token"]), "api", "a"),
            Caller("B's API token", bearer(b_key["token"]), "api", "b"),
            Caller("B's platform token", bearer(b_platform["token"]), "platform", "b"),
            Caller("B's session", {**b.headers, "X-Credential-Id": b_key["id"]}, "session", "b"),
            Caller("B's session without credential", b.headers, "session", "b", problem="no_credential"),
            Caller("B's session with A's credential", {**b.headers, "X-Credential-Id": self.credential["id"]}, "session",
                   "b", problem="foreign_credential"),
            Caller("a disabled user's API token", bearer(d_key["token"]), "api", "d", problem="disabled"),
            Caller("a disabled user's platform token", bearer(d_platform["token"]), "platform", "d", problem="disabled"),
            Caller("a disabled user's session", {**d.headers, "X-Credential-Id": d_key["id"]}, "session", "d",
                   problem="disabled"),
            Caller("an admin's session", self.admin.headers, "session", "admin", "admin", problem="no_credential"),
            Caller("an admin's platform token", bearer(self.admin.platform_token()["token"]), "platform", "admin", "admin"),
            Caller("the owner's API token", bearer(self.kinora.token), "api", "owner", "owner"),
            Caller("the owner's session", self.owner.headers, "session", "owner", "owner", problem="no_credential"),
        ]
        time.sleep(1.5)  # Two of them have expired then.

    def objects(self):
        name = urllib.parse.urlparse(self.video["video_url"]).path.rpartition("/")[2]
        return {"task": self.task_id, "video": self.video["video_id"], "delivery": self.task_id, "media": name,
                "application": self.application["id"], "credential": self.credential["id"],
                "platform-token": self.token["id"], "file": self.file["name"], "user": self.a.id,
                "service": people.SERVICE_ID, "model": "storyboard", "invitation": self.invitation["id"]}

    def secrets(self, of_application):
        """What must not come to others' eyes; to A's other application only what is the first one's."""
        own = [self.task_id, self.video["video_id"], self.video["trace_id"], self.credential["token"]]
        if of_application:
            return own
        return own + [self.a.id, self.a.user["email"], self.application["id"], self.general["id"],
                      self.credential["id"], self.token["id"], self.token["token"], self.file["name"], "whsec_"]

    def snapshot(self):
        """What A has, and what an admin sees."""
        paths = ["/api/v1/users/me/", "/api/v1/applications/", f"/api/v1/applications/{self.application['id']}/secret/",
                 "/api/v1/credentials/", "/api/v1/platform-tokens/", "/api/v1/files/", "/api/v1/deliveries/",
                 "/api/v1/usage/apis/", "/api/v1/usage/apis/aggregate/", "/api/v1/sessions/current/"]
        taken = {path: lasting(self.a.call("GET", path)) for path in paths}
        taken["tasks"] = self._ask({"action": "retrieve_batch"})
        for path in ("users", f"users/{self.a.id}", "services", "applications", "invitations", "top-ups", "ledger",
                     "ledger/transfers", "tasks", "queue"):
            taken[f"admin {path}"] = lasting(self.admin.call("GET", f"/api/v1/admin/{path}/"))
        return taken


class Access(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.document = OpenApi.load()

    def judge(self, world, cell):
        headers = {**cell.caller.headers, **cell.headers}
        answer = world.kinora.request(cell.operation.method, cell.target, cell.body, headers, token=False)
        code = ""
        if answer.status >= 400 and answer.headers.get("content-type") == "application/json":
            code = answer.json["error"]["code"]
        if not {str(answer.status), f"{answer.status} {code}"} & cell.expected:
            yield f"{cell}: {answer.status} {code}, expected {sorted(cell.expected)}"
        if cell.empty and answer.status == 200 and answer.json.get("items"):
            yield f"{cell}: shows {answer.body[:200]!r}"
        if isinstance(cell.body, dict) and answer.status == 200 and "items" not in answer.json:
            yield f"{cell}: does {answer.body[:200]!r}"
        if cell.discreet:
            of_application = cell.caller.who == "a"
            seen = [each for each in world.secrets(of_application) if each.encode() in answer.body]
            if seen:
                yield f"{cell}: tells {seen}"

    def test_every_endpoint_by_everybody(self):
        with Receiver() as receiver, Kinora("--limit-rps", 0) as kinora:
            world = World(kinora, receiver.url)
            table = Table(self.document, world.callers, world.objects())
            self.assertEqual(list(table.faults()), [])
            before = world.snapshot()
            faults, count = [], 0
            for cell in table.cells():
                count += 1
                try:
                    faults += self.judge(world, cell)
                except AssertionError as fault:  # The answer is none that is documented.
                    faults.append(f"{cell}: {fault}")
            self.assertEqual(len(faults), 0, f"of {count}:\n" + "\n".join(faults))
            self.assertGreater(count, 2_000)
            self.assertEqual(world.snapshot(), before)

    def test_an_operation_without_annotations_is_a_fault(self):
        objects = dict.fromkeys(("task", "delivery", "application", "credential", "platform-token", "file", "user",
                                 "service", "model", "invitation"), "x")
        self.assertEqual(list(Table(self.document, [], objects).faults()), [])
        for remove, words in ((lambda value: value.pop("x-kinora-access"), "x-kinora-access is None"),
                              (lambda value: value.__setitem__("x-kinora-access", "everybody"), "is everybody"),
                              (lambda value: value.__setitem__("parameters", [
                                  {"name": "id", "in": "path", "required": True, "schema": {}}]), "no object of A")):
            document = OpenApi.load()
            operation = next(each for each in document.operations if each.value["operationId"] == "getApplication")
            remove(operation.value)
            document = OpenApi(document.value)
            found = list(Table(document, [], objects).faults())
            self.assertEqual(len(found), 1, found)
            self.assertIn(words, found[0])


if __name__ == "__main__":
    unittest.main()
