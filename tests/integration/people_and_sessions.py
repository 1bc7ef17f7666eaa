"""Accounts: registering, logging in and out, sessions, platform tokens, passwords, deletion."""
import re
import statistics
import time
import unittest

from kinora_process import Kinora, wait_for
from mail_catcher import MailCatcher
from people import PASSWORD, bearer, log_in, owner as owner_of, register, retrieve, sign_up, submit

ORIGIN = "https://video.example.com"


def code_of(answer):
    return answer.status, answer.json["error"]["code"]


class People(unittest.TestCase):
    def refuse(self, answer, status, code):
        self.assertEqual(code_of(answer), (status, code), answer)
        self.assertTrue(answer.json["error"]["message"])

    # Registering.

    def test_who_registers_can_log_in_and_is_told_who_it_is(self):
        with Kinora("--workers", 0) as kinora:
            ada = log_in(kinora, sign_up(kinora, "Ada@Example.com", nickname="  Ada  ")["email"])
            me = ada.get("/api/v1/users/me/")
            self.assertEqual((me["email"], me["nickname"], me["role"]), ("ada@example.com", "Ada", "user"))
            self.assertEqual(ada.get("/api/v1/sessions/current/")["csrf_token"], ada.csrf_token)
            scopes = [item["scope"] for item in ada.get("/api/v1/applications/")["items"]]
            self.assertEqual(scopes, ["Global"])
            again = kinora.request("POST", "/api/v1/users/", {"email": "ADA@example.com", "password": PASSWORD},
                                   token=False)
            self.refuse(again, 409, "bad_request")

    def test_bad_registrations_name_the_field(self):
        with Kinora("--workers", 0) as kinora:
            good = {"email": "x@example.com", "password": PASSWORD}
            for field, bad in [
                    ("email", "no address"), ("email", ""), ("email", None), ("email", 7), ("email", "a@b@c"),
                    ("email", "x@example.com\r\nBcc: all@example.com"), ("email", "ж@example.com"),
                    ("email", "a" * 70 + "@example.com"), ("email", "x" * 100_00 + "@example.com"),
                    ("password", "short"), ("password", "x" * 2000), ("password", "aaaaaaaaaa"), ("password", ""),
                    ("password", "x@example.com"), ("nickname", "p\u0430ypal"), ("nickname", "a\u202eb"),
                    ("nickname", "a\u200db"), ("nickname", "a\x00b"), ("nickname", "x" * 500), ("nickname", ["a"])]:
                answer = kinora.request("POST", "/api/v1/users/", {**good, field: bad}, token=False)
                self.refuse(answer, 400, "bad_request")
                self.assertIn(f"`{field}`", answer.json["error"]["message"], (field, bad))
            self.assertEqual(kinora.request("POST", "/api/v1/users/", good, token=False).status, 201)

    def test_closed_and_by_invitation(self):
        with Kinora("--workers", 0, "--registration", "closed") as kinora:
            answer = kinora.request("POST", "/api/v1/users/", {"email": "x@example.com", "password": PASSWORD},
                                    token=False)
            self.refuse(answer, 403, "forbidden")
        with Kinora("--workers", 0, "--registration", "invite") as kinora:
            owner = owner_of(kinora)
            body = {"email": "x@example.com", "password": PASSWORD}
            self.refuse(kinora.request("POST", "/api/v1/users/", body, token=False), 403, "forbidden")
            invitation = owner.make("/api/v1/admin/invitations/", {"email": "x@example.com"})
            self.assertTrue(invitation["url"].endswith("/register#invitation=" + invitation["code"]))
            other = {**body, "email": "y@example.com", "invitation": invitation["code"]}
            self.refuse(kinora.request("POST", "/api/v1/users/", other, token=False), 403, "forbidden")
            answer = kinora.request("POST", "/api/v1/users/", {**body, "invitation": invitation["code"]}, token=False)
            self.assertEqual(answer.status, 201, answer)
            again = {"email": "z@example.com", "password": PASSWORD, "invitation": invitation["code"]}
            self.refuse(kinora.request("POST", "/api/v1/users/", again, token=False), 403, "forbidden")
            # The refused ones left nothing behind.
            self.assertEqual(owner.get("/api/v1/admin/users/?q=example.com")["count"], 1)

    # Logging in.

    def test_an_unknown_user_and_a_wrong_password_are_answered_alike_in_the_same_time(self):
        with Kinora("--workers", 0) as kinora:
            people = [register(kinora, f"p{i}") for i in range(6)]
            times = {"known": [], "unknown": []}
            answers = set()
            for i in range(24):
                who = "known" if i % 2 else "unknown"
                email = people[i % 6].email if i % 2 else f"nobody{i}@example.com"
                began = time.monotonic()
                answer = kinora.request("POST", "/api/v1/sessions/", {"email": email, "password": "a wrong password"},
                                        token=False)
                times[who].append(time.monotonic() - began)
                answers.add((answer.status, answer.json["error"]["code"], answer.json["error"]["message"]))
            self.assertEqual(len(answers), 1, answers)
            self.assertEqual(next(iter(answers))[:2], (401, "invalid_token"))
            # Hashing takes most of either; without it an unknown one would be answered a hundred times sooner.
            known, unknown = (statistics.median(times[who]) for who in ("known", "unknown"))
            self.assertLess(max(known, unknown) / min(known, unknown), 2, times)

    def test_the_cookie_is_closed_to_scripts_and_other_sites(self):
        with Kinora("--workers", 0) as kinora:
            sign_up(kinora, "ada@example.com")
            body = {"email": "ada@example.com", "password": PASSWORD}
            answer = kinora.request("POST", "/api/v1/sessions/", body, token=False)
            cookie = answer.headers["set-cookie"]
            for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="):
                self.assertIn(part, cookie)
            self.assertNotIn("Secure", cookie)
            self.assertEqual(answer.headers["cache-control"], "no-store")
            self.assertNotIn(cookie.split("=")[1].split(";")[0], answer.body.decode())
        with Kinora("--workers", 0, "--public-url", ORIGIN) as kinora:
            sign_up(kinora, "ada@example.com")
            answer = kinora.request("POST", "/api/v1/sessions/", body, token=False)
            self.assertIn("; Secure", answer.headers["set-cookie"])

    def test_attempts_are_throttled_and_the_right_password_still_works_from_elsewhere(self):
        with Kinora("--workers", 0, "--trusted-proxies", "127.0.0.1") as kinora:
            sign_up(kinora, "ada@example.com")

            def attempt(password, address):
                return kinora.request("POST", "/api/v1/sessions/", {"email": "ada@example.com", "password": password},
                                      {"X-Forwarded-For": address}, token=False)
            for _ in range(10):
                self.refuse(attempt("a wrong password", "192.0.2.1"), 401, "invalid_token")
            refused = attempt(PASSWORD, "192.0.2.1")
            self.refuse(refused, 429, "too_many_requests")
            self.assertGreater(int(refused.headers["retry-after"]), 0)
            self.assertEqual(attempt(PASSWORD, "192.0.2.2").status, 201)
            # An unknown address is throttled in the same way.
            for _ in range(10):
                kinora.request("POST", "/api/v1/sessions/", {"email": "no@example.com", "password": "x" * 9},
                               {"X-Forwarded-For": "192.0.2.3"}, token=False)
            answer = kinora.request("POST", "/api/v1/sessions/", {"email": "no@example.com", "password": "x" * 9},
                                    {"X-Forwarded-For": "192.0.2.3"}, token=False)
            self.refuse(answer, 429, "too_many_requests")

    def test_csrf(self):
        with Kinora("--workers", 0) as kinora:
            ada, bob = register(kinora), register(kinora, "bob")
            body = {"nickname": "x"}
            self.refuse(ada.request("PATCH", "/api/v1/users/me/", body, csrf=False), 403, "forbidden")
            for wrong in (bob.csrf_token, "", ada.csrf_token[:-1], ada.csrf_token + "0"):
                answer = ada.request("PATCH", "/api/v1/users/me/", body, headers={"X-CSRF-Token": wrong})
                self.refuse(answer, 403, "forbidden")
            self.assertEqual(ada.request("GET", "/api/v1/users/me/", csrf=False).status, 200)
            self.assertEqual(ada.request("PATCH", "/api/v1/users/me/", body).status, 200)

    def test_logging_out_ends_the_session_at_once(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            second = log_in(kinora, ada.email)
            answer = ada.request("DELETE", "/api/v1/sessions/current/")
            self.assertEqual(answer.status, 204)
            self.assertIn("Max-Age=0", answer.headers["set-cookie"])
            self.refuse(ada.request("GET", "/api/v1/users/me/"), 401, "invalid_token")
            self.assertEqual(second.request("GET", "/api/v1/users/me/").status, 200)
            self.assertEqual(second.request("DELETE", "/api/v1/sessions/").status, 204)
            self.refuse(second.request("GET", "/api/v1/users/me/"), 401, "invalid_token")

    def test_a_session_survives_the_server(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            kinora.kill()
            kinora.restart()
            self.assertEqual(ada.get("/api/v1/users/me/")["email"], ada.email)

    # Platform tokens.

    def test_platform_tokens_manage_an_account_and_call_no_service(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            token = ada.make("/api/v1/platform-tokens/", {"name": "ci"})
            self.assertTrue(re.fullmatch("platform-[0-9a-f]{32}", token["token"]))
            self.assertTrue(token["token"].startswith(token["prefix"]))
            me = kinora.request("GET", "/api/v1/users/me/", headers=bearer(token["token"]))
            self.assertEqual(me.json["email"], ada.email)
            self.refuse(submit(kinora, token["token"]), 401, "token_mismatched")
            self.refuse(kinora.request("GET", "/api/v1/users/me/", headers=bearer(ada.token())), 401,
                        "token_mismatched")
            listed = ada.get("/api/v1/platform-tokens/")["items"][0]
            self.assertNotIn("token", listed)
            self.assertTrue(listed["last_used_at"])
            self.assertEqual(ada.request("DELETE", f"/api/v1/platform-tokens/{token['id']}/").status, 204)
            self.refuse(kinora.request("GET", "/api/v1/users/me/", headers=bearer(token["token"])), 401,
                        "invalid_token")

    def test_a_platform_token_expires(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            token = ada.make("/api/v1/platform-tokens/", {"expired_at": time.time() + 1})["token"]

            def status():
                return kinora.request("GET", "/api/v1/users/me/", headers=bearer(token))
            self.assertEqual(status().status, 200)
            wait_for(lambda: status().status == 401, "the token expires", 10)
            self.refuse(status(), 401, "token_expired")
            past = ada.request("POST", "/api/v1/platform-tokens/", {"expired_at": "2020-01-01T00:00:00Z"})
            self.refuse(past, 400, "bad_request")

    # Passwords.

    def test_a_changed_password_ends_other_sessions_and_keeps_this_one(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            other = log_in(kinora, ada.email)
            new = "another long password"
            wrong = ada.request("POST", "/api/v1/users/me/password/", {"current_password": "nonsense", "password": new})
            self.refuse(wrong, 400, "bad_request")
            answer = ada.request("POST", "/api/v1/users/me/password/", {"current_password": PASSWORD, "password": new})
            self.assertEqual(answer.status, 204, answer)
            self.assertEqual(ada.request("GET", "/api/v1/users/me/").status, 200)
            self.refuse(other.request("GET", "/api/v1/users/me/"), 401, "invalid_token")
            self.refuse(kinora.request("POST", "/api/v1/sessions/", {"email": ada.email, "password": PASSWORD},
                                       token=False), 401, "invalid_token")
            log_in(kinora, ada.email, new)

    def test_the_owners_link_sets_a_password_once(self):
        with Kinora("--workers", 0) as kinora:
            owner = owner_of(kinora)
            self.assertEqual(owner.get("/api/v1/users/me/")["role"], "owner")
            with self.assertRaises(AssertionError):
                owner_of(kinora)
            log_in(kinora, owner.email)

    def test_an_administrators_link_sets_a_new_password(self):
        with Kinora("--workers", 0) as kinora:
            owner, ada = owner_of(kinora), register(kinora)
            link = owner.make(f"/api/v1/admin/users/{ada.id}/reset-link/", {})
            body = {"code": link["url"].partition("#code=")[2], "password": "a brand new password"}
            answer = kinora.request("POST", "/api/v1/password-resets/confirm/", body, token=False)
            self.assertEqual((answer.status, answer.json["user"]["id"]), (200, ada.id))
            self.refuse(ada.request("GET", "/api/v1/users/me/"), 401, "invalid_token")
            again = kinora.request("POST", "/api/v1/password-resets/confirm/", body, token=False)
            self.refuse(again, 400, "bad_request")
            asked = kinora.request("POST", "/api/v1/password-resets/", {"email": ada.email}, token=False)
            self.refuse(asked, 403, "forbidden")

    def test_mail(self):
        with MailCatcher() as mails, Kinora("--workers", 0, "--public-url", ORIGIN, "--smtp-url", mails.url,
                                            "--mail-from", "Kinora <noreply@example.com>") as kinora:
            ada = register(kinora)
            first = wait_for(lambda: mails.to(ada.email), "the confirmation arrives", 20)[0]
            self.refuse(ada.request("POST", "/api/v1/applications/",
                                 {"service_id": "dff45a0d-2858-4936-8e2b-3d49c52aff11"}), 403, "forbidden")
            code = re.search(ORIGIN + r"/verify#code=([0-9a-f]{32})", first.text)[1]
            answer = kinora.request("POST", "/api/v1/email-verifications/confirm/", {"code": code}, token=False)
            self.assertEqual((answer.status, answer.json["user"]["verified"]), (200, True), answer)
            self.assertEqual(ada.acquire()["remaining_amount"], 10)

            known = kinora.request("POST", "/api/v1/password-resets/", {"email": ada.email},
                                   {"Host": "evil.example"}, token=False)
            unknown = kinora.request("POST", "/api/v1/password-resets/", {"email": "nobody@example.com"}, token=False)
            self.assertEqual((known.status, known.body), (unknown.status, unknown.body))
            self.assertEqual(known.status, 202)
            second = wait_for(lambda: mails.to(ada.email)[1:], "the link arrives", 20)[0]
            self.assertNotIn("evil", second.text)
            code = re.search(ORIGIN + r"/setup#code=([0-9a-f]{32})", second.text)[1]
            answer = kinora.request("POST", "/api/v1/password-resets/confirm/",
                                    {"code": code, "password": "a brand new password"}, token=False)
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(mails.to("nobody@example.com"), [])
            # No more than three an hour.
            statuses = [kinora.request("POST", "/api/v1/password-resets/", {"email": ada.email}, token=False).status
                        for _ in range(3)]
            self.assertEqual(statuses[-1], 429, statuses)
            for line in kinora.log:
                self.assertNotIn(code, line)

    # The end.

    def test_a_deleted_account_takes_everything_along(self):
        with Kinora("--workers", 1) as kinora:
            ada, bob = register(kinora), register(kinora, "bob")
            token, kept = ada.token(), bob.token()
            done = kinora.request("POST", "/luma/videos", {"prompt": "x"}, bearer(token)).json
            running = submit(kinora, token, "frame_ms=200").json["task_id"]
            others = kinora.request("POST", "/luma/videos", {"prompt": "x"}, bearer(kept)).json
            wrong = ada.request("DELETE", "/api/v1/users/me/", {"password": "nonsense"})
            self.refuse(wrong, 400, "bad_request")
            answer = ada.request("DELETE", "/api/v1/users/me/", {"password": PASSWORD})
            self.assertEqual(answer.status, 204, answer)
            self.refuse(ada.request("GET", "/api/v1/users/me/"), 401, "invalid_token")
            self.refuse(retrieve(kinora, token, running), 401, "invalid_token")
            path = "/media/" + done["video_url"].rsplit("/", 1)[1]
            wait_for(lambda: kinora.request("GET", path).status == 404, "the clip goes", 40)
            name = others["video_url"].rsplit("/", 1)[1]
            self.assertEqual(kinora.request("GET", f"/media/{name}").status, 200)
            owner = owner_of(kinora)
            self.assertEqual(owner.get(f"/api/v1/admin/users/?q={ada.email}")["count"], 0)
            self.assertTrue(owner.get("/api/v1/admin/ledger/")["balanced"])
            # The address is free again, but has had its free amount.
            again = log_in(kinora, sign_up(kinora, ada.email)["email"])
            self.assertEqual(again.acquire()["remaining_amount"], 0)
            self.refuse(owner.request("DELETE", "/api/v1/users/me/", {"password": PASSWORD}), 403, "forbidden")

    # Hostile input.

    def test_injections_find_nothing(self):
        with Kinora("--workers", 0) as kinora:
            ada, owner = register(kinora), owner_of(kinora)
            for bad in ("' OR '1'='1", "x'; DROP TABLE users; --", "%", "_", "\\", '"', "ada' --", "\x01"):
                answer = kinora.request("POST", "/api/v1/sessions/", {"email": bad, "password": bad}, token=False)
                self.assertEqual(answer.status, 401, (bad, answer))
                for path in ("/api/v1/admin/users/?q=", "/api/v1/admin/audit/?action="):
                    quoted = "".join(f"%{byte:02x}" for byte in bad.encode())
                    self.assertEqual(owner.get(path + quoted)["count"], 0, (bad, path))
                quoted = "".join(f"%{byte:02x}" for byte in bad.encode())
                # No path has control characters.
                self.assertEqual(ada.request("GET", f"/api/v1/applications/{quoted}/").status,
                                 400 if bad == "\x01" else 404, bad)
                self.assertEqual(ada.get(f"/api/v1/usage/apis/?trace_id={quoted}&api_id={quoted}")["count"], 0)
                self.assertEqual(ada.get(f"/api/v1/credentials/?prefix={quoted}")["count"], 0)
            self.assertEqual(owner.get("/api/v1/admin/users/")["count"], 2)

    def test_oversized_and_misshapen_bodies(self):
        with Kinora("--workers", 0) as kinora:
            ada = register(kinora)
            for path in ("/api/v1/users/", "/api/v1/sessions/"):
                huge = kinora.request("POST", path, b'{"email": "' + b"x" * 1_100_000 + b'"}', token=False)
                self.refuse(huge, 413, "bad_request")
                for body in (b"", b"[]", b"{", b"null", b'"x"', b"\xff\xfe"):
                    self.refuse(kinora.request("POST", path, body, token=False), 400, "bad_request")
                text = kinora.request("POST", path, b"email=x", {"Content-Type": "text/plain"}, token=False)
                self.refuse(text, 415, "bad_request")
            application = ada.acquire()["id"]
            for field, bad in (("name", "x" * 5000), ("name", "a\r\nb"), ("limited_amount", -1),
                               ("limited_amount", "1"), ("limited_amount", 1e30), ("limited_amount", 0.0000001),
                               ("expired_at", "yesterday"), ("expired_at", "2020-01-01T00:00:00Z"),
                               ("expired_at", -5), ("disabled", "yes"), ("application_id", 7)):
                answer = ada.request("POST", "/api/v1/credentials/", {"application_id": application, field: bad})
                self.refuse(answer, 400, "bad_request")
                self.assertIn(f"`{field}`", answer.json["error"]["message"], (field, bad))
