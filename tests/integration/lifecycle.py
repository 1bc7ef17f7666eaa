"""Workers and servers that die, drain and come back: nothing that was accepted is lost."""
import os
import pathlib
import signal
import subprocess
import unittest

from kinora_process import Kinora, wait_for
from postgres_database import postgres_database


def alive(pid):
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


class Lifecycle(unittest.TestCase):
    @staticmethod
    def _look(kinora, task_id, seen):
        """Keeps what a poller sees and gives the state."""
        seen.append(kinora.task(task_id)["response"])
        return seen[-1]["state"]

    def _assert_nothing_odd(self, seen):
        """A poller need not know that an attempt broke off."""
        ranks = [["pending", "processing", "completed"].index(response["state"]) for response in seen]
        self.assertEqual(ranks, sorted(ranks))
        progress = [response["progress"] for response in seen if response["state"] != "completed"]
        self.assertEqual(progress, sorted(progress))
        self.assertNotIn(1, progress)

    def test_a_killed_worker_is_replaced_and_the_task_finishes(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=20")
            seen = []
            wait_for(lambda: self._look(kinora, task_id, seen) == "processing" and seen[-1]["progress"] > 10,
                     "frames are drawn")
            os.kill(kinora.worker_pids()[0], signal.SIGKILL)
            wait_for(lambda: kinora.events("task.recovered"), "the task goes back at once", 8)
            wait_for(lambda: self._look(kinora, task_id, seen) == "completed", "the task completes")
            self._assert_nothing_odd(seen)

    def test_after_kill_of_everything_a_restart_finishes_the_task(self):
        with Kinora() as kinora:
            running = kinora.submit("frame_ms=20")
            waiting = kinora.submit("next")
            seen = []
            wait_for(lambda: self._look(kinora, running, seen) == "processing" and seen[-1]["progress"] > 10,
                     "frames are drawn")
            workers = kinora.worker_pids()
            kinora.kill()
            wait_for(lambda: not any(map(alive, workers)), "workers die with their server", 10)
            kinora.restart()
            wait_for(lambda: self._look(kinora, running, seen) == "completed", "the task completes")
            self._assert_nothing_odd(seen)
            kinora.wait_state(waiting, "completed")

    def test_a_task_that_kills_three_workers_fails(self):
        with Kinora() as kinora:
            answer = kinora.video({"prompt": "crash"})
            self.assertEqual((answer.status, answer.json["error"]["code"]), (500, "api_error"))
            self.assertEqual(len(kinora.events("task.claimed")), 3)
            self.assertEqual(kinora.video().status, 200)

    def test_sigterm_answers_waiting_callers_and_gives_leases_back(self):
        with Kinora() as kinora:
            join = kinora.in_background(lambda: kinora.video({"prompt": "frame_ms=40"}))
            wait_for(lambda: kinora.events("task.claimed"), "the work begins")
            status, seconds = kinora.terminate()
            self.assertEqual(status, 0)
            self.assertLess(seconds, 10)
            answer = join()
            self.assertEqual((answer.status, answer.json["error"]["code"]), (503, "api_error"))
            self.assertIn("retry-after", answer.headers)
            self.assertTrue(kinora.events("task.returned"))
            kinora.restart()
            kinora.wait_state(answer.json["task_id"], "completed")
            self.assertEqual(kinora.events("task.claimed")[0]["attempt"], 1)

    def test_a_restart_binds_the_same_port_at_once(self):
        with Kinora() as kinora:
            join = kinora.in_background(lambda: kinora.video({"prompt": "frame_ms=40"}))
            wait_for(lambda: kinora.events("task.claimed"), "the work begins")
            port = kinora.port
            kinora.kill()
            with self.assertRaises(OSError):
                join()
            kinora.restart()
            self.assertEqual(kinora.port, port)

    def test_workers_hold_no_socket_of_their_server(self):
        with Kinora() as kinora:
            join = kinora.in_background(lambda: kinora.video({"prompt": "frame_ms=5"}))
            wait_for(lambda: kinora.events("task.claimed"), "the work begins")
            server = self._sockets(kinora.process.pid)
            self.assertTrue(server)
            for pid in kinora.worker_pids():
                self.assertFalse(server & self._sockets(pid))
            join()

    @staticmethod
    def _sockets(pid):
        found = set()
        for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            try:
                target = os.readlink(entry)
            except OSError:
                continue
            if target.startswith("socket:"):
                found.add(target)
        return found

    def test_a_worker_alone_serves_the_same_database(self):
        with Kinora("--workers", 0) as kinora:
            task_id = kinora.submit("frame_ms=2")
            worker = os.environ["KINORA_WORKER_PROGRAM"]
            process = subprocess.Popen([worker, "worker", "--data", kinora.data],
                                       stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            try:
                kinora.wait_state(task_id, "completed")
                process.send_signal(signal.SIGTERM)
                self.assertEqual(process.wait(10), 0)
            finally:
                process.kill()
                process.communicate()

    def test_work_past_its_limit_fails_with_timeout(self):
        with Kinora("--limit-work", 0.5) as kinora:
            answer = kinora.video({"prompt": "frame_ms=50"})
            self.assertEqual((answer.status, answer.json["error"]["code"]), (504, "timeout"))
            task = kinora.task(answer.json["task_id"])["response"]
            self.assertEqual((task["state"], task["error"]["code"]), ("failed", "timeout"))

    def test_several_workers_share_the_queue(self):
        with Kinora("--workers", 3, "--threads", 1) as kinora:
            tasks = [kinora.submit("frame_ms=3") for _ in range(6)]
            for task in tasks:
                kinora.wait_state(task, "completed")
            wait_for(lambda: len(kinora.events("task.completed")) == 6, "the log tells of all")
            self.assertGreater(len({event["pid"] for event in kinora.events("task.claimed")}), 1)

    def test_the_same_on_postgresql(self):
        with postgres_database() as url, Kinora("--database", url) as kinora:
            task_id = kinora.submit("frame_ms=20")
            kinora.wait_state(task_id, "processing")
            os.kill(kinora.worker_pids()[0], signal.SIGKILL)
            kinora.wait_state(task_id, "completed")
            running = kinora.submit("frame_ms=20")
            kinora.wait_state(running, "processing")
            kinora.kill()
            kinora.restart()
            kinora.wait_state(running, "completed")
            self.assertEqual(kinora.video().status, 200)
            self.assertEqual(kinora.terminate()[0], 0)
