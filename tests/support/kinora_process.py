"""A Kinora server as a process, for tests that look at it from outside.

KINORA_PROGRAM names the program. Where KINORA_WORKER_PROGRAM is set the server's workers are that one: the tests'
own worker, which draws quickly and does what the prompt tells it (fake_worker.cpp).
"""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import openapi_check

PROGRAM = pathlib.Path(os.environ["KINORA_PROGRAM"])
TOKEN = "a-token-for-the-tests-0123456789"
START_TIME_S = 60
PROMPT = {"prompt": "a red balloon over a meadow"}


def wait_for(condition, what, seconds=60):
    """Looks again and again until `condition()` is true and gives its value; fails after `seconds`."""
    end = time.monotonic() + seconds
    pause = 0.01  # Grows: who asks a hundred times a second takes the processor from the work that is waited for.
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(pause)
        pause = min(1.3 * pause, 0.15)


def plain_environment(**more):
    """The tests' own, without what would configure the program under test."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("KINORA_") or name == "KINORA_WORKER_PROGRAM"}
    return {**kept, **{name: str(value) for name, value in more.items()}}


def run_program(*arguments, wrapper=(), seconds=START_TIME_S, **environment):
    """Runs the program to its end: what it does on the command line, and how it refuses to start."""
    command = [*wrapper, PROGRAM, *arguments]
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=seconds, env=plain_environment(**environment))


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.body[:400]!r}>"


class Kinora:
    """Starts on entering a `with`; ends, and takes its data folder along, on leaving it."""

    def __init__(self, *arguments, data=None, program=PROGRAM, wrapper=(), environment=None, token=TOKEN,
                 port=0):
        self.own_data = data is None
        self.data = pathlib.Path(data or tempfile.mkdtemp(prefix="kinora-test-"))
        self.arguments = [str(argument) for argument in arguments]
        self.program = program
        self.wrapper = wrapper
        self.environment = plain_environment(**(environment or {}))
        self.token = token
        self.port = port
        self.place = None
        self.process = None
        self.output = []
        self.log = []

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.kill()
        if self.place:
            self.place.close()
        if self.own_data:
            shutil.rmtree(self.data, ignore_errors=True)

    def _reserve_port(self):
        """Takes a port that is ours also while the server is down: nobody else is given one that a socket is bound to."""
        self.place = socket.socket()
        self.place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # As the server does, which may then listen.
        self.place.bind(("127.0.0.1", 0))
        self.port = self.place.getsockname()[1]

    def start(self):
        if self.port == 0:
            self._reserve_port()
        command = [*self.wrapper, self.program, "serve", "--data", self.data,
                   "--listen", f"127.0.0.1:{self.port}"]
        if self.token:
            command += ["--owner-token", self.token]
        self.process = subprocess.Popen(
            [str(word) for word in command + self.arguments], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        self.threads = [self._collect(self.process.stdout, self.output),
                        self._collect(self.process.stderr, self.log)]
        wait_for(lambda: self._port() or self.process.poll() is not None, "the server names its port",
                 START_TIME_S)
        if self.process.poll() is not None:
            for thread in self.threads:
                thread.join()
            raise AssertionError(f"the server ended with {self.process.returncode}: {self.log}")
        self.port = self._port()
        self.url = f"http://127.0.0.1:{self.port}"

    @staticmethod
    def _collect(pipe, lines):
        def read():
            for line in pipe:
                lines.append(line.rstrip("\n"))
            pipe.close()
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread

    def _port(self):
        # Standard output names the public URL, which may be another.
        started = self.events("server.started")
        greeted = any(line.startswith("Kinora serves on ") for line in list(self.output))
        return started[-1]["port"] if started and greeted else None

    def events(self, name):
        found = []
        for line in list(self.log):
            if line.startswith("{"):
                entry = json.loads(line)
                if entry["event"] == name:
                    found.append(entry)
        return found

    def terminate(self, seconds=15):
        """SIGTERM; gives the exit status and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(seconds)
        for thread in self.threads:
            thread.join(5)
        return status, time.monotonic() - began

    def kill(self):
        """SIGKILL; its workers, which hold the pipes too, end with it."""
        self.process.kill()
        self.process.wait()
        for thread in self.threads:
            thread.join(15)

    def restart(self):
        self.output.clear()
        self.log.clear()
        self.start()

    def worker_pids(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task")
        pids = []
        for task in children.iterdir():
            try:
                pids += [int(pid) for pid in (task / "children").read_text().split()]
            except OSError:
                pass
        return pids

    def request(self, method, path, body=None, headers=None, timeout=120, token=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            sent = dict(headers or {})
            if token:
                sent.setdefault("Authorization", f"Bearer {self.token}")
            if body is not None and not isinstance(body, (bytes, str)):
                body = json.dumps(body)
            if body is not None:
                sent.setdefault("Content-Type", "application/json")
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()
        openapi_check.judge(method, path, answer)
        return answer

    def video(self, body=None, **more):
        return self.request("POST", "/luma/videos", {**(body or PROMPT), **more})

    def submit(self, prompt, **more):
        answer = self.video({"prompt": prompt, "async": True, **more})
        assert answer.status == 200, answer
        return answer.json["task_id"]

    def task(self, task_id):
        answer = self.request("POST", "/luma/tasks", {"action": "retrieve", "id": task_id})
        assert answer.status == 200, answer
        return answer.json

    def wait_state(self, task_id, *states, seconds=90):
        def look():
            task = self.task(task_id)
            return task if task["response"]["state"] in states else None
        return wait_for(look, f"task {task_id} becomes {states}", seconds)

    def in_background(self, call):
        """Runs `call` on a thread; gives a function that waits for its value."""
        box = {}

        def run():
            try:
                box["value"] = call()
            except Exception as error:  # Handed to who joins.
                box["error"] = error
        thread = threading.Thread(target=run, daemon=True)
        thread.start()

        def join(seconds=120):
            thread.join(seconds)
            if "error" in box:
                raise box["error"]
            return box["value"]
        return join


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
