"""A Kinora of a script's own, on a free loopback port and in a temporary folder, ended with the script.

The folder is made in KINORA_BENCH_FOLDER, or in /var/tmp, which is on a disk where /tmp may be memory:
durable commits are to be durable.
"""

import http.client
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOKEN = "benchmark-owner-token-0123456789"


class Folder:
    """A temporary folder, gone at the end."""

    def __enter__(self) -> Path:
        self.path = Path(tempfile.mkdtemp(prefix="kinora-bench-", dir=os.environ.get("KINORA_BENCH_FOLDER", "/var/tmp")))
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


class Service:
    """`kinora serve` on `data`, ready when the block begins; `ready_s` is how long that took."""

    def __init__(self, build: Path, data: Path, workers: int = 1, *more: str) -> None:
        self.program = build / "kinora"
        self.data = data
        self.words = ["serve", "--listen", "127.0.0.1:0", "--data", str(data), "--workers", str(workers),
                      "--owner-token", TOKEN, *more]

    def __enter__(self) -> "Service":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KINORA_")}
        self.log = open(self.data.parent / (self.data.name + ".log"), "ab")
        began = time.monotonic()
        self.process = subprocess.Popen([self.program, *self.words], stdout=subprocess.PIPE, stderr=self.log,
                                        env=environment)
        try:
            self.port = self._told_port()
            while self._health() != 200:
                if time.monotonic() - began > 30:
                    sys.exit("kinora was not ready within 30 s")
                time.sleep(0.001)
        except BaseException:
            self.__exit__()
            raise
        self.ready_s = time.monotonic() - began
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def _told_port(self) -> int:
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(30):
                sys.exit("kinora said nothing for 30 s")
        told = re.search(rb"http://127\.0\.0\.1:(\d+)", self.process.stdout.readline())
        if not told:
            sys.exit(f"kinora did not start:\n{Path(self.log.name).read_text()[-2000:]}")
        return int(told[1])

    def _health(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def call(self, path: str, body: dict, timeout: float = 3700) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("POST", path, json.dumps(body), headers())
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        finally:
            connection.close()


def headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
