"""Bytes on the wire that no good client sends, and many clients at once: the whole program by raw sockets."""
import contextlib
import json
import re
import resource
import time
import unittest

from kinora_process import TOKEN, Kinora, wait_for
from postgres_database import postgres_database
from raw_connection import RawConnection, request_bytes

BEARER = {"Authorization": f"Bearer {TOKEN}"}
MIB = 1024 * 1024
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
LIST = {"action": "retrieve_batch"}


def call(kinora, method, target, headers=None, body=None):
    with RawConnection(kinora.port) as connection:
        connection.send(request_bytes(method, target, headers, body))
        return connection.read(to_head=method == "HEAD")


def post(kinora, target, body):
    return call(kinora, "POST", target, BEARER, body)


class Wire(unittest.TestCase):
    def assert_refused(self, answer, status, code="bad_request"):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer)

    def test_slow_callers_disturb_nobody(self):
        head = request_bytes("POST", "/luma/videos", {**BEARER, "Content-Length": "1000"})
        with Kinora("--workers", 0) as kinora, contextlib.ExitStack() as stack:
            slow = [stack.enter_context(RawConnection(kinora.port)) for _ in range(200)]
            for number, connection in enumerate(slow):
                connection.send(head[:-20] if number % 2 else head + b'{"prompt":')
            began = time.monotonic()
            for number in range(20):
                self.assertEqual(kinora.request("POST", "/luma/tasks", LIST).status, 200)
                for connection in slow[number::20]:
                    connection.send(" ")
            # The slow ones have 15 s and more; nobody has waited for them.
            self.assertLess(time.monotonic() - began, 12)
            # A head is not waited for any longer, however it trickles.
            self.assert_refused(slow[1].read(), 408)
            self.assertEqual(kinora.request("GET", "/health/ready", token=False).status, 200)

    def test_half_closed_connections_get_their_answers(self):
        with Kinora() as kinora:
            for body, status in ((LIST, 200), ({"id": 7}, 400)):
                with RawConnection(kinora.port) as connection:
                    connection.send(request_bytes("POST", "/luma/tasks", BEARER, body))
                    connection.end_sending()
                    self.assertEqual(connection.read().status, status)
                    self.assertTrue(connection.is_ended())
            with RawConnection(kinora.port) as connection:
                connection.send(request_bytes("POST", "/luma/videos", BEARER, {"prompt": "refuse=no"}))
                connection.end_sending()
                self.assert_refused(connection.read(), 400)
            with RawConnection(kinora.port) as connection:
                connection.send(request_bytes("POST", "/luma/tasks", BEARER, LIST)[:-3])
                connection.end_sending()
                self.assert_refused(connection.read(), 400)
            with RawConnection(kinora.port) as connection:
                connection.send("POST /luma/tasks HTTP/1.1\r\nHo")
                connection.end_sending()
                self.assertTrue(connection.is_ended())

    def test_pipelined_requests_are_answered_in_order(self):
        requests = [("GET", "/health/live", None, 200), ("POST", "/luma/tasks", {}, 400),
                    ("GET", "/nothing", None, 404), ("POST", "/luma/tasks", LIST, 200),
                    ("PUT", "/luma/tasks", {}, 405), ("POST", "/luma/videos", {"prompt": 7}, 400),
                    ("GET", "/health/ready", None, 200)]
        with Kinora("--workers", 0) as kinora, RawConnection(kinora.port) as connection:
            for _ in range(2):
                connection.send(*(request_bytes(method, target, BEARER, body)
                                  for method, target, body, _ in requests))
                self.assertEqual([connection.read().status for _ in requests],
                                 [status for *_, status in requests])

    def test_a_body_is_asked_for_only_of_callers_who_may_send_it(self):
        expect = {"Expect": "100-continue"}
        body = json.dumps({"prompt": "x", "async": True})
        with Kinora("--workers", 0) as kinora:
            for headers, length, status in (({}, len(body), 401), ({"Authorization": "Bearer wrong"}, 10, 401),
                                            (BEARER, 72 * MIB + 1, 413)):
                with RawConnection(kinora.port) as connection:
                    connection.send(request_bytes("POST", "/luma/videos", {
                        **headers, **expect, "Content-Length": str(length)}))
                    self.assertEqual(connection.read().status, status)
            with RawConnection(kinora.port) as connection:
                connection.send(request_bytes("POST", "/luma/videos", {
                    **BEARER, **expect, "Content-Length": str(len(body))}))
                self.assertEqual(connection.read().status, 100)
                connection.send(body)
                self.assertEqual(connection.read().status, 200)

    def test_bodies_have_limits(self):
        with Kinora("--workers", 0) as kinora:
            for target, limit, fields in (("/luma/tasks", MIB, LIST),
                                          ("/luma/videos", 72 * MIB, {"prompt": "x", "async": True})):
                whole = json.dumps(fields).encode()
                self.assertEqual(post(kinora, target, b" " * (limit - len(whole)) + whole).status, 200)
                declared = {**BEARER, "Content-Length": str(limit + 1)}
                with RawConnection(kinora.port) as connection:
                    connection.send(request_bytes("POST", target, declared))
                    self.assert_refused(connection.read(), 413)
            # A length that nobody declared.
            chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
            with RawConnection(kinora.port) as connection:
                connection.send(request_bytes("POST", "/luma/tasks", {**BEARER, "Transfer-Encoding": "chunked"}))
                connection.send(chunk * 17)
                self.assert_refused(connection.read(), 413)
            self.assertEqual(post(kinora, "/luma/tasks", LIST).status, 200)

    def test_json_nests_to_32_levels(self):
        def nested(depth):
            return '{"prompt": "x", "async": true, "more": ' + "[" * (depth - 1) + "]" * (depth - 1) + "}"
        with Kinora("--workers", 0) as kinora:
            answer = post(kinora, "/luma/videos", nested(32))
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(kinora.task(answer.json["task_id"])["request"], json.loads(nested(32)))
            self.assert_refused(post(kinora, "/luma/videos", nested(33)), 400)
            self.assert_refused(post(kinora, "/luma/videos", nested(200_000)), 400)
            self.assert_refused(post(kinora, "/luma/videos", '{"a":' * 200_000), 400)

    def test_what_is_no_json_object_is_refused(self):
        bodies = [b"", b"  ", b"{", b"}", b"[]", b"null", b"7", b'"x"', b'{"prompt":}', b'{"prompt": "x",}',
                  b'{"prompt": "x"} {}', b"{'prompt': 'x'}", b'{"prompt": NaN}', b'{"prompt": "\n"}',
                  b'{"prompt": "\\ud800"}', b'{"prompt": "\xff"}', b'{"prompt": "\xc0\xaf"}',
                  b'{"prompt": "\xed\xa0\x80"}', b'{"prompt": "\xf0\x9f\x90"}', b"\xef\xbb\xbf{}x",
                  b'prompt=x&async=true']
        with Kinora("--workers", 0) as kinora, RawConnection(kinora.port) as connection:
            for target in ("/luma/videos", "/luma/tasks"):
                for body in bodies:
                    with self.subTest(target=target, body=body):
                        connection.send(request_bytes("POST", target, BEARER, body))
                        self.assert_refused(connection.read(), 400)
            self.assertEqual(kinora.request("POST", "/luma/tasks", LIST).json["count"], 0)

    def test_any_text_survives_in_both_databases(self):
        fields = {"prompt": "a\0b \u2028 \U0001f3a5 \\ \" ' %s", "async": True, "own\0key": ["\0", 1.5, None, 10**18]}
        with postgres_database() as url:
            for arguments in ([], ["--database", url]):
                with self.subTest(arguments), Kinora("--workers", 0, *arguments) as kinora:
                    task_id = post(kinora, "/luma/videos", fields).json["task_id"]
                    self.assertEqual(kinora.task(task_id)["request"], fields)

    def test_every_answer_has_a_trace_id(self):
        requests = [
            ("GET", "/nothing", {}, None, 404), ("DELETE", "/luma/videos", {}, None, 405),
            ("POST", "/luma/videos", {}, {"prompt": "x"}, 401), ("POST", "/luma/videos", BEARER, {}, 400),
            ("POST", "/luma/videos", {**BEARER, "Content-Type": "text/plain"}, {}, 415),
            ("POST", "/luma/tasks", BEARER, {"id": "x"}, 404), ("POST", "/luma/tasks", BEARER, LIST, 200),
            ("GET", "/media/" + "0" * 32 + ".mp4", {}, None, 404), ("GET", "/health/live", {}, None, 200),
            ("HEAD", "/health/live", {}, None, 200), ("OPTIONS", "/luma/videos", {}, None, 204),
            ("GET", "/health/live", {"Host": "a b"}, None, 400), ("GET", "/%ff", {}, None, 400),
            ("BREW", "/luma/videos", {}, None, 405), ("GET", "/", {"X-Long": "x" * 17_000}, None, 431),
            ("POST", "/luma/tasks", {**BEARER, "Content-Length": str(2 * MIB)}, b"", 413)]
        seen = set()
        with Kinora("--workers", 0) as kinora:
            for request in requests:
                with self.subTest(request):
                    answer = call(kinora, *request[:4])
                    self.assertEqual(answer.status, request[4], answer)
                    trace_id = answer.headers["x-trace-id"]
                    self.assertRegex(trace_id, UUID)
                    seen.add(trace_id)
                    if answer.status >= 400:
                        self.assertEqual(list(answer.json), ["error", "trace_id"])
                        self.assertEqual(answer.json["trace_id"], trace_id)
                        self.assertEqual(list(answer.json["error"]), ["code", "message"])
            with RawConnection(kinora.port) as connection:
                connection.send("\x16\x03\x01 this is no HTTP\r\n\r\n")
                answer = connection.read()
                self.assert_refused(answer, 400)
                self.assertEqual(answer.json["trace_id"], answer.headers["x-trace-id"])
        self.assertEqual(len(seen), len(requests))

    def open_many(self, kinora, stack, bodies):
        """A connection for each body, all of them waiting at once."""
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
        callers = [stack.enter_context(RawConnection(kinora.port, timeout=120)) for _ in bodies]
        for caller, body in zip(callers, bodies):
            caller.send(request_bytes("POST", "/luma/videos", BEARER, body))
        return callers

    def test_500_blocked_callers_hear_of_the_end_of_their_own_tasks(self):
        with Kinora() as kinora, contextlib.ExitStack() as stack:
            words = [f"number-{number}" for number in range(500)]
            callers = self.open_many(kinora, stack, [{"prompt": f"refuse={word}"} for word in words])
            answers = [caller.read() for caller in callers]
            self.assertEqual({answer.status for answer in answers}, {400})
            self.assertEqual([answer.json["error"]["message"] for answer in answers], words)
            self.assertEqual(len({answer.json["task_id"] for answer in answers}), 500)

    def test_500_blocked_callers_are_answered_in_time_and_at_the_servers_end(self):
        with Kinora("--workers", 0) as kinora, contextlib.ExitStack() as stack:
            # Distinct prompts: a call like one that has just been answered 504 would join its task.
            callers = self.open_many(kinora, stack, [{"prompt": f"number {number}", "timeout": (600, 1)[number % 2]}
                                                     for number in range(500)])
            tasks = set()
            for caller in callers[1::2]:
                answer = caller.read()
                self.assert_refused(answer, 504, "timeout")
                tasks.add(answer.json["task_id"])
            wait_for(lambda: kinora.request("POST", "/luma/tasks", LIST).json["count"] == 500,
                     "every call is a task")
            stop = kinora.in_background(kinora.terminate)
            for caller in callers[::2]:
                answer = caller.read()
                self.assert_refused(answer, 503, "api_error")
                self.assertIn("retry-after", answer.headers)
                tasks.add(answer.json["task_id"])
            self.assertEqual(len(tasks), 500)
            self.assertEqual(stop()[0], 0)
