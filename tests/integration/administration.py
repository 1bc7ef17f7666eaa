"""`kinora admin` beside a running server: what it does there counts at once, and nobody else learns its secrets."""
import json
import os
import pathlib
import pty
import re
import subprocess
import tempfile
import unittest

from kinora_process import PROGRAM, Kinora, plain_environment, run_program
from people import PASSWORD, bearer, log_in
from postgres_database import postgres_database


class Desk:
    """The command line of one server's database."""

    def __init__(self, kinora, *arguments):
        self.place = ["--data", str(kinora.data), "--public-url", kinora.url, *arguments]
        self.secrets = []

    def run(self, *words, password=None):
        command = [PROGRAM, "admin", *words, *self.place]
        return subprocess.run([str(word) for word in command], input=password and password + "\n",
                              stdin=None if password else subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60, env=plain_environment())

    def all(self, *words, password=None):
        """What it prints, a line each; it must succeed and say nothing else."""
        done = self.run(*words, password=password)
        assert (done.returncode, done.stderr) == (0, ""), done
        objects = [json.loads(line) for line in done.stdout.splitlines()]
        for entry in objects:
            self.secrets += [entry[name] for name in ("token", "url", "setup_url", "code") if name in entry]
        return objects

    def one(self, *words, password=None):
        entry, = self.all(*words, password=password)
        return entry

    def refusal(self, *words, status=1):
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (status, ""), done
        return done.stderr


class Administration(unittest.TestCase):
    def _user_with_a_token(self, desk):
        user = desk.one("user", "create", "anna@example.com", "--nickname", "Anna", "--password-stdin",
                        password=PASSWORD)
        desk.one("service", "set", "luma", "--free-amount", "0", "--price", "1.25")
        desk.one("top-up", "anna@example.com", "3", "--service", "luma", "--key", "payment 7")
        desk.one("top-up", "anna@example.com", "3", "--service", "luma", "--key", "payment 7")
        return user, desk.one("token", "create", user["id"], "--name", "farm")

    def _live_through_it(self, kinora, desk):
        user, token = self._user_with_a_token(desk)
        anna = log_in(kinora, "anna@example.com")
        self.assertEqual(anna.id, user["id"])
        made = kinora.request("POST", "/luma/videos", {"prompt": "frame_ms=1"}, bearer(token["token"]))
        self.assertEqual(made.status, 200, made)
        luma = [each for each in desk.all("application", "list", "owner") + desk.all("application", "list", user["id"])
                if each["user_id"] == user["id"] and each["service"]]
        self.assertEqual([(each["remaining_amount"], each["used_amount"]) for each in luma], [(1.75, 1.25)])

        # The server has just looked at the token, and would remember it for a moment.
        retrieve = {"action": "retrieve", "id": made.json["task_id"]}
        self.assertEqual(kinora.request("POST", "/luma/tasks", retrieve, bearer(token["token"])).status, 200)
        desk.one("application", "suspend", luma[0]["id"])
        self.assertEqual(kinora.request("POST", "/luma/tasks", retrieve, bearer(token["token"])).status, 403)
        desk.one("application", "resume", luma[0]["id"])
        desk.one("token", "revoke", token["prefix"])
        answer = kinora.request("POST", "/luma/tasks", retrieve, bearer(token["token"]))
        self.assertEqual((answer.status, answer.json["error"]["code"]), (401, "invalid_token"))

        desk.one("user", "disable", "anna@example.com")
        self.assertEqual(anna.request("GET", "/api/v1/users/me/").status, 401)
        desk.one("user", "delete", "anna@example.com", "--yes")
        self.assertTrue(desk.one("books")["balanced"])
        # What one call did has one time, and no order.
        self.assertCountEqual([event["action"] for event in desk.all("audit")],
                              ["user.created", "service.changed", "application.acquired", "balance.topped_up",
                               "token.issued", "application.suspended", "application.resumed", "token.revoked",
                               "user.changed", "user.deleted"])

    def test_what_it_does_counts_in_a_running_server(self):
        with Kinora() as kinora:
            self._live_through_it(kinora, Desk(kinora))

    def test_the_same_on_postgresql(self):
        with postgres_database() as url, Kinora("--database", url) as kinora:
            self._live_through_it(kinora, Desk(kinora, "--database", url))

    def test_the_owner_who_lost_the_password_comes_back_in(self):
        with Kinora() as kinora:
            desk = Desk(kinora)
            desk.one("user", "set-password", "owner", "--password-stdin", password="a lost one")
            before = log_in(kinora, "owner@localhost", "a lost one")
            desk.one("user", "set-password", "owner", "--password-stdin", password=PASSWORD)
            self.assertEqual(before.request("GET", "/api/v1/users/me/").status, 401)
            owner = log_in(kinora, "owner@localhost")
            trail = owner.call("GET", "/api/v1/admin/audit/")["items"]
            self.assertEqual({(event["actor"], event["action"]) for event in trail},
                             {("command line", "user.password_set")})
            # A link does so too.
            code = desk.one("user", "reset-link", "owner")["url"].rpartition("=")[2]
            answer = kinora.request("POST", "/api/v1/password-resets/confirm/",
                                    {"code": code, "password": "five grey herons"}, token=False)
            self.assertEqual(answer.status, 200, answer)
            log_in(kinora, "owner@localhost", "five grey herons")

    def test_secrets_are_told_once_and_not_to_the_log(self):
        with Kinora("--log-level", "debug", "--registration", "invite") as kinora:
            desk = Desk(kinora)
            _, token = self._user_with_a_token(desk)
            kinora.request("GET", "/api/v1/models/", headers=bearer(token["token"]))
            link = desk.one("user", "create", "ben@example.com")["setup_url"]
            invitation = desk.one("invite")
            platform = desk.one("platform-token", "create", "owner")
            answer = kinora.request("POST", "/api/v1/users/", {"email": "cleo@example.com", "password": PASSWORD,
                                                              "invitation": invitation["code"]}, token=False)
            self.assertEqual(answer.status, 201, answer)
            self.assertEqual(kinora.request("GET", "/api/v1/users/me/", headers=bearer(platform["token"])).status, 200)
            told = "".join(desk.run(*words).stdout for words in (
                ("audit",), ("user", "list"), ("token", "list", "owner"), ("token", "list", "anna@example.com")))
            kinora.terminate()
            log = "\n".join(kinora.log + kinora.output) + told
            self.assertIn("token.issued", log)
            for secret in [PASSWORD, link.rpartition("=")[2],
                           *(re.search(r"[0-9a-f]{32}$", secret)[0] for secret in desk.secrets)]:
                self.assertNotIn(secret, log)

    def test_it_works_without_a_server_too(self):
        with Kinora() as kinora:
            desk = Desk(kinora)
            kinora.terminate()
            token = desk.one("token", "create", "owner")["token"]
            kinora.restart()
            self.assertEqual(kinora.request("GET", "/api/v1/deliveries/", headers=bearer(token)).status, 200)

    def test_it_makes_no_database(self):
        with tempfile.TemporaryDirectory() as folder:
            missing = pathlib.Path(folder) / "data"
            done = run_program("admin", "user", "list", "--data", missing)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("start `kinora serve` once", done.stderr)
            self.assertFalse(missing.exists())
        with postgres_database() as url:
            done = run_program("admin", "user", "list", KINORA_DATABASE=url)
            self.assertEqual(done.returncode, 1)
            self.assertIn("start `kinora serve` once", done.stderr)

    def test_a_password_is_not_shown_where_it_is_typed(self):
        with Kinora() as kinora:
            near, far = pty.openpty()
            try:
                process = subprocess.Popen([str(PROGRAM), "admin", "user", "set-password", "owner", "--password-stdin",
                                            "--data", str(kinora.data)], stdin=far, stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE, text=True, env=plain_environment())
                self.assertEqual(process.stderr.read(len("Password: ")), "Password: ")
                os.write(near, PASSWORD.encode() + b"\n")
                printed, said = process.communicate(timeout=60)
                self.assertEqual((process.returncode, said), (0, "\n"))
                self.assertTrue(json.loads(printed)["has_password"])
                os.set_blocking(near, False)
                with self.assertRaises(BlockingIOError):  # Nothing but what is typed can be on it.
                    os.read(near, 1000)
            finally:
                os.close(near)
                os.close(far)
            log_in(kinora, "owner@localhost")

    def test_a_wrong_call_is_told_from_a_refusal(self):
        with Kinora() as kinora:
            desk = Desk(kinora)
            self.assertIn("AMOUNT must be", desk.refusal("top-up", "owner", "ten", status=2))
            self.assertIn("no user `nobody@example.com`", desk.refusal("top-up", "nobody@example.com", "10"))
