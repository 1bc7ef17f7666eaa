"""A chaos run with real processes: clients that are promised things, and a server that is not left in peace.

    report = chaos.run(seconds=10, seed=7, database="sqlite", full_disk=False)

`kill -9` of workers and server, restarts, a full disk and receivers that fail go on for `seconds`. Then all is left
alone until the clients have their ends and the receivers their callbacks, and chaos_check.py compares what was
promised with what is there. The seed repeats who does what and when, not how the processes interleave.
"""
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import chaos_check
from chaos_call import Lost, call, get
from chaos_clients import Client
from chaos_ledger import Ledger
from chaos_receivers import Receivers
from kinora_process import Kinora, wait_for
from postgres_database import postgres_database

CLIENTS = 14
WORKERS = 2
# How long the last wishes may take once all is quiet: a lease that runs out, three attempts, a full queue.
QUIET_MAX_S = 120
SMALL_DISK = "64m"
QUOTA_BYTES = 1 << 30


class Server(Kinora):
    """Keeps the log of all its runs, and where it lived and when it did not."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.history = []

    def again(self):
        self.history += self.log
        self.restart()

    def whole_log(self):
        return self.history + list(self.log)


class SmallDisk:
    """A file system of its own for the data folder. It is seen in one mount namespace only, and gone with that."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        mount = f'mount -t tmpfs -o size={SMALL_DISK} none "$0" && echo ready && exec cat'
        self.holder = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.is_there = self.holder.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_):
        self.holder.stdin.close()
        self.holder.wait()
        self.holder.stdout.close()

    @property
    def wrapper(self):
        return ("nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt")

    @property
    def seen(self):
        return pathlib.Path(f"/proc/{self.holder.pid}/root{self.folder}")


class World:
    def __init__(self, seconds, seed, receivers, server, data, disk):
        self.seconds = seconds
        self.seed = seed
        self.random = random.Random(f"{seed}/world")
        self.receivers = receivers
        self.server = server
        self.data = data  # As this process sees it.
        self.disk = disk  # "", "small" or "quota": how the disk gets full.
        self.ledger = Ledger()
        self.over = threading.Event()
        self.give_up_at = time.monotonic() + seconds + QUIET_MAX_S
        self.disturbed = []  # From, to, what: when a receiver may have been sent the same twice.

    @property
    def port(self):
        return self.server.port

    def parse(self, text):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            self.ledger.fault(f"an answer is no JSON: {text[:300]!r}")
            return {}

    # What goes wrong.

    def deck(self):
        deck = ["worker", "server", "worker", "term", "cancel", "cancel", "both"]
        if self.disk:
            deck.append("disk")
        if self.seconds >= 60 and self.disk != "small":
            deck.append("pause")  # Longer than a lease.
        self.random.shuffle(deck)
        return deck

    def trouble(self):
        """Goes through one shuffled deck after another, at least one, until time is up."""
        end = time.monotonic() + self.seconds
        deck = self.deck()
        gap = min(self.seconds / (len(deck) + 1), 2.5)
        while time.monotonic() < end:
            time.sleep(min(gap * self.random.uniform(0.5, 1.5), max(0.0, end - time.monotonic())))
            deck = deck or self.deck()
            if not self.is_alive():
                self.ledger.fault(f"the server ended by itself with {self.server.process.returncode}")
                self.start()
            what = deck.pop()
            self.ledger.count(f"trouble, {what}")
            began = time.monotonic()
            getattr(self, "do_" + what)()
            self.disturbed.append((began, time.monotonic(), what))

    def do_worker(self):
        pids = self.server.worker_pids()
        if pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.random.choice(pids), signal.SIGKILL)

    def do_server(self):
        self.server.kill()
        self.start()

    def do_both(self):
        """Twice in a row: what the second start finds is what the first was about to clean up."""
        self.do_server()
        time.sleep(self.random.random() * 0.3)
        self.do_server()

    def do_term(self):
        status, _ = self.server.terminate(30)
        if status != 0:
            self.ledger.fault(f"SIGTERM ends the server with {status}")
        self.start()

    def start(self):
        self.server.again()

    def is_alive(self):
        return self.server.process.poll() is None

    def do_cancel(self):
        """Somebody cancels what blocked callers wait for."""
        with contextlib.suppress(Lost):
            items = json.loads(call(self.port, "/luma/tasks", {"action": "retrieve_batch", "limit": 50})[2])["items"]
            waiting = [task["id"] for task in items if task["response"]["state"] in ("pending", "processing")
                       and "async" not in task["request"] and "callback_url" not in task["request"]]
            for task_id in waiting[:2]:
                call(self.port, "/luma/tasks", {"action": "cancel", "id": task_id})

    def do_pause(self):
        """A worker stands still until it is thought dead, and then goes on."""
        pids = self.server.worker_pids()
        if not pids:
            return
        pid = self.random.choice(pids)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            # In the middle of a commit it would hold up all others, and not be the one that is late.
            if not chaos_check.is_locked(self):
                time.sleep(12)
            os.kill(pid, signal.SIGCONT)

    def do_disk(self):
        ballast = self.data / "media" / "ballast"
        with contextlib.suppress(OSError), open(ballast, "wb", 0) as file:
            if self.disk == "quota":
                file.truncate(2 * QUOTA_BYTES)
            while self.disk == "small" and file.write(b"\xa5" * 65536):
                pass
        end = time.monotonic() + min(4, self.seconds / 3)
        while time.monotonic() < end and self.is_alive():
            time.sleep(self.random.uniform(0.3, 1.2))
            self.random.choice((self.do_worker, self.do_worker, self.do_server_on_full_disk))()
        ballast.unlink(missing_ok=True)
        if not self.is_alive():
            self.start()

    def do_server_on_full_disk(self):
        """It may refuse to start; whoever watches over it tries again once there is room."""
        self.server.kill()
        try:
            self.server.again()
        except AssertionError:
            self.ledger.count("starts refused on a full disk")

    # And the quiet after it.

    def settle(self, clients):
        self.receivers.recover()
        for client in clients:
            client.thread.join(max(1.0, self.give_up_at + 30 - time.monotonic()))
            if client.thread.is_alive():
                self.ledger.fault(f"client {client.number} hangs")
        self._wait_until(self._unended, "tasks end", 60)
        self._wait_until(self._undelivered, "callbacks are delivered", 45)

    def _wait_until(self, left, what, seconds):
        end = time.monotonic() + seconds
        while True:
            rest = left()
            if not rest:
                return
            if time.monotonic() > end:
                self.ledger.fault(f"after {seconds} quiet seconds it is still not so that {what}: {len(rest)} left", *rest)
                return
            time.sleep(0.1)

    def _unended(self):
        rows = chaos_check.rows(self, "SELECT id FROM tasks WHERE state IN ('pending', 'processing')")
        return [row["id"] for row in rows]

    def _undelivered(self):
        """What is due later than a test wants to wait is sent again by hand, as its owner could."""
        waiting = chaos_check.rows(self, "SELECT id, next_attempt_at, sender FROM deliveries WHERE state = 'waiting'")
        for row in waiting:
            later = row["next_attempt_at"] / 1000 - time.time() > 2.5
            stuck = row["sender"] and row["next_attempt_at"] / 1000 < time.time() - 12
            if not later and not stuck:
                continue
            began = time.monotonic()
            status = get(self.port, f"/api/v1/deliveries/{row['id']}/resend", "POST",
                         {"Authorization": f"Bearer {self.server.token}", "Content-Length": "0"})[0]
            self.ledger.count("deliveries sent again by hand")
            self.disturbed.append((began, time.monotonic() + 1, "resend"))
            if status != 202:
                self.ledger.fault(f"to send a delivery again is {status}", row["id"])
        return [row["id"] for row in waiting]


class Report:
    def __init__(self, world, took_s):
        self.faults = world.ledger.faults
        self.counts = dict(sorted(world.ledger.counts.items()))
        self.took_s = took_s
        self._world = world

    def explain(self, command):
        """The faults, with what the clients of those tasks saw, what the log says, and how to repeat the run."""
        ledger = self._world.ledger
        log = self._world.server.whole_log()
        lines, told = [], set()
        for text, tasks in self.faults[:20]:
            lines.append("FAULT " + text)
            named = chaos_check.MARKER.search(text)
            markers = {named[0]} if named else {ledger.of_task[task] for task in tasks if task in ledger.of_task}
            for marker in markers - told:
                promise = ledger.promises.get(marker)
                lines += [f"    {marker}: {line}" for line in (promise.history[-20:] if promise else [])]
            for task in dict.fromkeys(tasks[:4]):
                if task not in told:
                    lines += ["    log: " + line for line in log if task in line][-15:]
            told |= {*markers, *tasks}
        if len(self.faults) > 20:
            lines.append(f"and {len(self.faults) - 20} more")
        lines += ["", "seed " + str(self._world.seed) + "; again: " + command]
        return "\n".join(lines)


@contextlib.contextmanager
def _database(kind):
    if kind == "postgresql":
        with postgres_database() as url:
            yield url
    else:
        yield None


@contextlib.contextmanager
def _disk(kind, folder):
    """How the disk is filled, as this process sees the folder, and what the server is wrapped in."""
    if kind == "full" and os.geteuid() == 0:
        with SmallDisk(folder) as small:
            if small.is_there:
                yield "small", small.seen, small.wrapper
                return
    yield "quota" if kind == "full" else "", folder, ()


def run(seconds, seed, database="sqlite", full_disk=False, clients=CLIENTS, parent=None):
    began = time.monotonic()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kinora-chaos-", dir=parent))
    try:
        with _database(database) as url, Receivers() as receivers, \
                _disk("full" if full_disk else "", folder) as (disk, seen, wrapper):
            arguments = ["--workers", WORKERS, "--threads", 1, "--disk-floor", 0]
            arguments += ["--database", url] if url else []
            arguments += ["--media-max", QUOTA_BYTES] if disk == "quota" else []
            with Server(*arguments, data=folder, wrapper=wrapper) as server:
                world = World(seconds, seed, receivers, server, seen, disk)
                world.database = url
                everybody = [Client(world, number) for number in range(clients)]
                for client in everybody:
                    client.thread.start()
                try:
                    world.trouble()
                finally:
                    world.over.set()
                world.settle(everybody)
                chaos_check.check(world)
                return Report(world, time.monotonic() - began)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
