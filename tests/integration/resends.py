"""Calls that come again: which task a resend joins, and which call makes a new one."""
import contextlib
import socket
import time
import unittest

from accounts import add_account
from kinora_process import Kinora, wait_for
from postgres_database import postgres_database
from raw_connection import RawConnection, request_bytes
from resent_calls import first_line, reset, task_ids, wait_at
from streams import lines_of_call

CALL = {"prompt": "a red balloon over a meadow", "aspect_ratio": "1:1"}


class Resends(unittest.TestCase):
    def assert_joins(self, kinora, task_id, body=None, **headers):
        """A resend of the call waits for that task, and there is no other."""
        count = len(task_ids(kinora))
        self.assertEqual(first_line(kinora, body or CALL, **headers)["task_id"], task_id)
        self.assertEqual(len(task_ids(kinora)), count)

    def assert_makes_a_task(self, kinora, body=None, **headers):
        before = task_ids(kinora)
        task_id = first_line(kinora, body or CALL, **headers)["task_id"]
        self.assertNotIn(task_id, before)
        return task_id

    def cancel(self, kinora, task_id):
        self.assertEqual(kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id}).status, 200)

    # A client that went away.

    def check_a_client_that_closed(self, kinora):
        raw, task_id = wait_at(kinora, CALL)
        raw.socket.close()
        self.assert_joins(kinora, task_id)
        self.assert_joins(kinora, task_id)  # Whose client went away as well.

    def test_a_resend_joins_after_the_client_closed_its_socket(self):
        with Kinora("--workers", 0) as kinora:
            self.check_a_client_that_closed(kinora)

    def test_a_resend_joins_after_a_reset(self):
        with Kinora("--workers", 0) as kinora:
            raw, task_id = wait_at(kinora, CALL)
            reset(raw)
            self.assert_joins(kinora, task_id)

    def test_a_resend_joins_with_no_pause_every_time(self):
        with Kinora("--workers", 0) as kinora:
            for number in range(15):
                body = {"prompt": f"number {number}"}
                raw, task_id = wait_at(kinora, body)
                reset(raw) if number % 2 else raw.socket.close()
                with lines_of_call(kinora, body) as resend:
                    self.assertEqual(next(resend.lines())[1]["task_id"], task_id)
            self.assertEqual(len(task_ids(kinora)), 15)

    def test_of_racing_resends_one_joins(self):
        with Kinora("--workers", 0) as kinora, contextlib.ExitStack() as stack:
            for number in range(5):
                body = {"prompt": f"number {number}"}
                raw, task_id = wait_at(kinora, body)
                raw.socket.close()
                joins = [kinora.in_background(lambda: stack.enter_context(lines_of_call(kinora, body)))
                         for _ in range(6)]
                found = [next(join().lines())[1]["task_id"] for join in joins]
                self.assertEqual(found.count(task_id), 1)
                self.assertEqual(len(set(found)), 6)

    def test_a_late_goodbye_does_not_drop_who_has_joined(self):
        with Kinora("--workers", 0) as kinora:
            with lines_of_call(kinora, CALL) as stream:
                task_id = next(stream.lines())[1]["task_id"]
            with lines_of_call(kinora, CALL) as joined:
                lines = joined.lines()
                self.assertEqual(next(lines)[1]["task_id"], task_id)
                next(at for at, _ in lines if at > 1)  # The first one's next line was due meanwhile.
                self.assert_makes_a_task(kinora)

    def check_a_client_that_got_504(self, kinora):
        body = {**CALL, "timeout": 1}
        answer = kinora.video(body)
        self.assertEqual((answer.status, answer.json["error"]["code"]), (504, "timeout"))
        again = kinora.video(body)
        self.assertEqual((again.status, again.json["task_id"]), (504, answer.json["task_id"]))
        self.assertEqual(task_ids(kinora), [answer.json["task_id"]])

    def test_a_resend_joins_after_a_504(self):
        with Kinora("--workers", 0) as kinora:
            self.check_a_client_that_got_504(kinora)

    def test_a_joined_call_gets_the_result_of_the_one_task(self):
        with Kinora() as kinora:
            body = {"prompt": "frame_ms=5"}
            raw, task_id = wait_at(kinora, body)
            raw.socket.close()
            answer = kinora.video(body)
            self.assertEqual((answer.status, answer.json["task_id"]), (200, task_id), answer)
            self.assertEqual(answer.json, kinora.task(task_id)["response"])
            self.assertEqual(len(kinora.events("task.claimed")), 1)

    def test_what_ended_unseen_is_answered_at_once(self):
        with Kinora() as kinora:
            body = {"prompt": "frame_ms=5"}
            raw, task_id = wait_at(kinora, body)
            raw.socket.close()
            wait_for(lambda: kinora.events("task.completed"), "the task completes")
            began = time.monotonic()
            answer = kinora.video(body)
            self.assertLess(time.monotonic() - began, 1)
            self.assertEqual((answer.status, answer.json["task_id"]), (200, task_id), answer)
            self.assert_makes_a_task(kinora, body)  # For now it was seen.

    def test_a_cancel_that_nobody_heard_of_is_answered_at_once(self):
        with Kinora("--workers", 0) as kinora:
            raw, task_id = wait_at(kinora, CALL)
            raw.socket.close()
            wait_at_another = first_line(kinora, CALL)
            self.assertEqual(wait_at_another["task_id"], task_id)
            self.cancel(kinora, task_id)
            answer = kinora.video(CALL)
            self.assertEqual((answer.status, answer.json["error"]["code"], answer.json["task_id"]),
                             (409, "cancelled", task_id))

    # What is no resend.

    def test_after_its_end_was_seen_an_identical_call_makes_a_new_task(self):
        with Kinora() as kinora:
            answers = [kinora.video({"prompt": "fail=x"}) for _ in range(10)]
            self.assertEqual({answer.status for answer in answers}, {500})
            self.assertEqual(len({answer.json["task_id"] for answer in answers}), 10)
            first, second = (kinora.video().json for _ in range(2))
            self.assertNotEqual(first["task_id"], second["task_id"])

    def test_polling_the_end_counts_as_seen(self):
        body = {**CALL, "timeout": 1}
        with Kinora("--workers", 0) as kinora:
            for look in (lambda task_id: kinora.task(task_id),
                         lambda task_id: kinora.request("POST", "/luma/tasks", {"ids": [task_id]})):
                task_id = kinora.video(body).json["task_id"]
                look(task_id)  # Nothing to see yet.
                self.cancel(kinora, task_id)
                task_ids(kinora)  # A list shows nobody the end of a task.
                answer = kinora.video(body)
                self.assertEqual((answer.status, answer.json["task_id"]), (409, task_id))
                task_id = kinora.video(body).json["task_id"]
                self.cancel(kinora, task_id)
                look(task_id)
                last = self.assert_makes_a_task(kinora, body)
                self.cancel(kinora, last)
                self.assertEqual(kinora.video(body).json["task_id"], last)

    def test_an_end_told_to_a_client_that_has_just_gone_was_not_seen(self):
        def leave_json(body):
            raw, task_id = wait_at(kinora, body)
            return raw.socket.close, task_id

        def leave_lines(body):
            stream = lines_of_call(kinora, body)
            return stream.close, next(stream.lines())[1]["task_id"]

        def leave_half_closed(body):
            raw, task_id = wait_at(kinora, body)
            raw.end_sending()
            return raw.socket.close, task_id
        with Kinora("--workers", 0) as kinora:
            for number in range(8):
                for leave in (leave_json, leave_lines, leave_half_closed):
                    with self.subTest(leave=leave.__name__, number=number):
                        body = {"prompt": f"{leave.__name__} {number}", "timeout": 1}
                        close, task_id = leave(body)
                        close()
                        self.cancel(kinora, task_id)
                        answer = kinora.video(body)
                        self.assertEqual((answer.status, answer.json["task_id"]), (409, task_id), answer)

    def test_identical_calls_that_wait_are_tasks_of_their_own(self):
        with Kinora("--workers", 0) as kinora:
            waiting = [wait_at(kinora, CALL) for _ in range(5)]
            joins = [kinora.in_background(lambda: kinora.video({**CALL, "timeout": 1})) for _ in range(10)]
            ids = {join().json["task_id"] for join in joins}
            self.assertEqual(len(ids), 10)
            self.assertEqual(len(task_ids(kinora)), 15)
            for raw, task_id in waiting:
                self.cancel(kinora, task_id)
                answer = raw.read()
                self.assertEqual((answer.status, answer.json["task_id"]), (409, task_id))
                raw.socket.close()

    def test_a_half_closed_client_still_waits(self):
        with Kinora("--workers", 2) as kinora:
            body = {"prompt": "frame_ms=2"}
            raw, task_id = wait_at(kinora, body)
            raw.end_sending()
            other = kinora.video(body)
            self.assertEqual(other.status, 200)
            self.assertNotEqual(other.json["task_id"], task_id)
            answer = raw.read()
            self.assertEqual((answer.status, answer.json["task_id"]), (200, task_id))
            self.assertEqual(answer.json, kinora.task(task_id)["response"])
            self.assertTrue(raw.is_ended())
            raw.socket.close()

    def test_a_half_closed_client_gets_errors_and_streams_too(self):
        with Kinora("--workers", 0) as kinora:
            raw, task_id = wait_at(kinora, CALL)
            raw.end_sending()
            self.cancel(kinora, task_id)
            answer = raw.read()
            raw.socket.close()
            self.assertEqual((answer.status, answer.json["task_id"]), (409, task_id))
            body = {**CALL, "timeout": 1}
            with lines_of_call(kinora, body) as stream:
                stream.connection.sock.shutdown(socket.SHUT_WR)
                told = [line for _, line in stream.lines()]
            self.assertGreater(len(told), 2)
            self.assertEqual(told[-1]["error"]["code"], "timeout")

    def test_a_half_closed_client_that_goes_away_is_gone(self):
        with Kinora("--workers", 0) as kinora:
            raw, task_id = wait_at(kinora, CALL)
            raw.end_sending()
            other = self.assert_makes_a_task(kinora)
            self.assert_joins(kinora, other)  # That one has gone, the half-closed one has not.
            raw.socket.close()
            with lines_of_call(kinora, CALL) as one, lines_of_call(kinora, CALL) as two:
                found = {next(stream.lines())[1]["task_id"] for stream in (one, two)}
            self.assertEqual(found, {task_id, other})

    def test_a_next_request_on_the_same_connection_does_not_look_like_a_goodbye(self):
        with Kinora("--workers", 0) as kinora:
            raw, task_id = wait_at(kinora, CALL)
            raw.send(request_bytes("GET", "/health/live"))
            self.assert_makes_a_task(kinora)
            self.cancel(kinora, task_id)
            self.assertEqual([raw.read().status, raw.read().status], [409, 200])
            raw.socket.close()

    def test_immediate_calls_are_no_resends_of_each_other(self):
        with Kinora("--workers", 0) as kinora:
            self.assertNotEqual(kinora.submit("x"), kinora.submit("x"))

    # Bodies and tokens.

    def test_null_fields_and_the_order_of_keys_do_not_matter(self):
        with Kinora("--workers", 0) as kinora:
            body = {"prompt": "caf\u00e9", "aspect_ratio": "1:1", "extra": {"a": [1, None], "b": 2}}
            raw, task_id = wait_at(kinora, body)
            raw.socket.close()
            same = ('{ "extra":{"b":2,"x":null,"a":[1,null]},"loop":null, "aspect_ratio":"1:1",'
                    ' "callback_url": null, "prompt":"caf\\u00e9" }')
            raw = RawConnection(kinora.port)
            raw.send(request_bytes("POST", "/luma/videos", {
                "Authorization": f"Bearer {kinora.token}", "Content-Type": "application/json"}, same))
            self.assert_makes_a_task(kinora, {**body, "prompt": "cafe"})
            self.cancel(kinora, task_id)
            answer = raw.read()
            self.assertEqual((answer.status, answer.json["task_id"]), (409, task_id))
            raw.socket.close()
            self.assertEqual(len(task_ids(kinora)), 2)

    def test_another_body_or_token_makes_another_task(self):
        with Kinora("--workers", 0) as kinora:
            raw, _ = wait_at(kinora, CALL)
            raw.socket.close()
            others = [{**CALL, "loop": False}, {**CALL, "prompt": CALL["prompt"] + " "}, {**CALL, "seed": 1},
                      {"prompt": CALL["prompt"]}, {**CALL, "unknown": 1}]
            made = {self.assert_makes_a_task(kinora, body) for body in others}
            account = add_account(kinora)
            made.add(first_line(kinora, CALL, **account.headers)["task_id"])
            made.add(first_line(kinora, CALL, **add_account(kinora, account.user_id).headers)["task_id"])
            self.assertEqual(len(made), 7)
            self.assertFalse(made & {task_ids(kinora)[-1]})

    # Servers that end.

    def check_a_killed_server(self, kinora):
        raw, task_id = wait_at(kinora, CALL)
        kinora.kill()
        raw.socket.close()
        kinora.restart()
        self.assert_joins(kinora, task_id)
        self.assertEqual(task_ids(kinora), [task_id])

    def test_a_resend_joins_after_a_kill_of_the_server(self):
        with Kinora("--workers", 0) as kinora:
            self.check_a_killed_server(kinora)

    def check_a_stopped_server(self, kinora):
        body = {**CALL, "prompt": "another"}
        raw, task_id = wait_at(kinora, body)
        self.assertEqual(kinora.terminate()[0], 0)
        answer = raw.read()
        raw.socket.close()
        self.assertEqual((answer.status, answer.json["error"]["code"]), (503, "api_error"))
        self.assertEqual(answer.json["task_id"], task_id)
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        kinora.restart()
        self.assert_joins(kinora, task_id, body)

    def test_who_waits_at_a_stop_gets_503_and_joins_after_the_restart(self):
        with Kinora("--workers", 0) as kinora:
            self.check_a_stopped_server(kinora)

    # The same on PostgreSQL.

    def test_on_postgresql_a_resend_joins_whose_client_has_gone(self):
        with postgres_database() as url, Kinora("--workers", 0, "--database", url) as kinora:
            self.check_a_client_that_closed(kinora)
            with lines_of_call(kinora, {"prompt": "x"}) as one, lines_of_call(kinora, {"prompt": "x"}) as two:
                self.assertEqual(len({next(stream.lines())[1]["task_id"] for stream in (one, two)}), 2)

    def test_on_postgresql_a_resend_joins_after_a_504(self):
        with postgres_database() as url, Kinora("--workers", 0, "--database", url) as kinora:
            self.check_a_client_that_got_504(kinora)

    def test_on_postgresql_a_resend_joins_after_a_kill_or_a_stop(self):
        with postgres_database() as url, Kinora("--workers", 0, "--database", url) as kinora:
            self.check_a_killed_server(kinora)
            self.check_a_stopped_server(kinora)
