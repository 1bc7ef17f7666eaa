"""Compares what the clients of a chaos run were promised with what is there: nothing lost, nothing doubled."""
import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.parse

from chaos_call import call, get
from chaos_ledger import ENDED
from kinora_process import wait_for

MARKER = re.compile(r"\bw[^ \"-]*-\d+-\d+")
# An exception that nobody expected, or a sanitizer.
UNHEARD_OF = re.compile(r'"event":"(request\.failed|endings\.stopped|waiting_call\.unwritten)"|Sanitizer|runtime error:')
LONG_AGO_S = 2 * 60 * 60  # Past every age at which the janitor takes a file for left behind.


def rows(world, sql):
    """What the database answers, as a list of dicts, read beside the server."""
    if world.database:
        wrapped = f"SELECT row_to_json(r) FROM ({sql}) r"
        told = subprocess.run(["psql", world.database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", wrapped],
                              check=True, stdout=subprocess.PIPE, text=True)
        return [json.loads(line) for line in told.stdout.splitlines() if line]
    if world.server.wrapper:
        # SQLite would follow the link that leads us to the small disk. It is opened where the server is.
        helper = [sys.executable, __file__, world.server.data / "kinora.db", sql]
        told = subprocess.run([*world.server.wrapper, *helper], check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(told.stdout)
    return sqlite_rows(world.server.data / "kinora.db", sql)


def sqlite_rows(path, sql, seconds=30):
    with contextlib.closing(sqlite3.connect(path, timeout=seconds)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(sql)]


def is_locked(world):
    """Whether somebody who stands still holds the lock that every writer to SQLite needs."""
    if world.database:
        return False
    try:
        sqlite_rows(world.data / "kinora.db", "BEGIN IMMEDIATE", 1)
        return False
    except sqlite3.OperationalError:
        return True


def check(world):
    checker = Checker(world)
    checker.tasks_match_the_promises()
    checker.rows_agree()
    checker.last_words_stand()
    checker.callbacks_came()
    checker.sweep()
    checker.files_are_served()
    checker.log_is_calm()


class Checker:
    def __init__(self, world):
        self.world = world
        self.ledger = world.ledger
        self.fault = world.ledger.fault
        self.tasks = {row["id"]: row for row in rows(world, "SELECT * FROM tasks")}
        self.videos = rows(world, "SELECT * FROM videos")
        self.video_of = {row["task_id"]: row for row in self.videos}
        self.deliveries = {row["id"]: row for row in rows(world, "SELECT * FROM deliveries")}
        self.buried = {row["id"] for row in rows(world, "SELECT id FROM deleted_tasks")}
        self.by_marker = {}
        for task in self.tasks.values():
            marker = MARKER.search(json.loads(task["request_json"])["prompt"])[0]
            self.by_marker.setdefault(marker, []).append(task["id"])
        self.ledger.count("tasks", len(self.tasks))
        for state in ENDED:
            self.ledger.count(f"tasks, {state}", sum(task["state"] == state for task in self.tasks.values()))
        worn_out = sum("three times" in task["error_message"] for task in self.tasks.values())
        self.ledger.count("tasks that saw three workers die", worn_out)

    # Rows against promises.

    def tasks_match_the_promises(self):
        for promise in self.ledger.promises.values():
            there = self.by_marker.pop(promise.marker, [])
            gone = [task for task in promise.ids if task in self.buried]
            least, most = promise.task_counts()
            if len(set(there + gone)) > most:
                self.fault(f"DOUBLED: {promise.marker} ({promise.kind}) is {len(there)} tasks and {len(gone)} deleted "
                           f"ones, at most {most}", *there, *gone)
            if len(set(there + gone)) < least:
                self.fault(f"LOST: {promise.marker} ({promise.kind}) is {len(there)} tasks and {len(gone)} deleted ones, "
                           f"at least {least}", *promise.ids)
            for task in promise.ids:
                if task not in self.tasks and task not in self.buried:
                    self.fault(f"LOST: {promise.marker} ({promise.kind}) was told a task that is not there", task)
                if task in self.tasks and promise.deleted:
                    self.fault(f"{promise.marker} ({promise.kind}) was deleted, and is there", task)
                if task in self.buried and not promise.delete_sent:
                    self.fault(f"LOST: {promise.marker} ({promise.kind}) was deleted by nobody", task)
        for marker, tasks in self.by_marker.items():
            self.fault(f"DOUBLED: {marker} was no wish of anybody", *tasks)

    def rows_agree(self):
        ends = {}
        for row in rows(self.world, "SELECT task_id, number, state FROM task_events ORDER BY task_id, number"):
            ends.setdefault(row["task_id"], []).append((row["number"], row["state"]))
        for task in self.tasks.values():
            self._row_agrees(task)
            events = ends.get(task["id"], [])
            said = [state for _, state in events if state in ENDED]
            if said != [task["state"]] or events[-1][1] != task["state"]:
                self.fault(f"its events tell the ends {said}, and it is {task['state']}", task["id"])
            if [number for number, _ in events] != sorted({number for number, _ in events}):
                self.fault("its events are not numbered one by one", task["id"])
        for video in self.videos:
            if video["task_id"] not in self.tasks:
                self.fault("a clip has no task", video["task_id"])
        for key in rows(self.world, "SELECT * FROM idempotency_keys"):
            promise = self.ledger.promises.get(key["key"])
            if promise is None or (promise.ids and key["task_id"] not in promise.ids):
                self.fault(f"the key {key['key']} leads to a task that nobody was told", key["task_id"])
            if key["task_id"] not in self.tasks and key["task_id"] not in self.buried:
                self.fault(f"LOST: the key {key['key']} leads to nothing", key["task_id"])

    def _row_agrees(self, task):
        faults = []
        if task["state"] not in ENDED:
            faults.append("has not ended")
        if task["finished_at"] is None or task["finished_at"] < (task["started_at"] or task["created_at"]):
            faults.append("ended before it began")
        if task["lease_owner"] or task["lease_until"] is not None:
            faults.append("is still leased")
        if (task["state"] == "completed") != (task["id"] in self.video_of):
            faults.append(f"is {task['state']} and has{'' if task['id'] in self.video_of else ' no'} clip")
        if (task["state"] == "completed") == bool(task["error_code"]):
            faults.append(f"is {task['state']} with the error {task['error_code']!r}")
        if task["state"] == "completed" and task["progress"] != 100:
            faults.append(f"completed at {task['progress']} %")
        if bool(task["callback_url"]) != (task["id"] in self.deliveries):
            faults.append("has a callback and no delivery, or the other way round")
        for fault in faults:
            self.fault(fault, task["id"])

    def last_words_stand(self):
        """What a client heard last is what the task says now."""
        for promise in self.ledger.promises.values():
            for task_id in promise.ids:
                task = self.tasks.get(task_id)
                heard = promise.ends.get(task_id)
                if task and heard and heard != task["state"]:
                    self.fault(f"{promise.marker} ({promise.kind}) was told {heard}, and it is {task['state']}", task_id)
                if task:
                    response = self._response(task_id)
                    self.ledger.saw(promise, response, "the task at the end")

    def _response(self, task_id):
        status, _, text = call(self.world.port, "/luma/tasks", {"action": "retrieve", "id": task_id})
        if status != 200:
            self.fault(f"at the end it is {status} {text!r}", task_id)
            return {"task_id": task_id}
        return json.loads(text)["response"]

    # Callbacks.

    def callbacks_came(self):
        attempts = {}
        for row in rows(self.world, "SELECT * FROM delivery_attempts ORDER BY delivery_id, number"):
            attempts.setdefault(row["delivery_id"], []).append(row)
        secret = json.loads((self.world.data / "owner.json").read_text())["webhook_secret"]
        if self.world.receivers.receipts_of("redirected"):
            self.fault("a redirect of a receiver was followed")
        for promise in self.ledger.promises.values():
            if not promise.receiver:
                continue
            receipts = self.world.receivers.receipts_of(promise.marker)
            for task_id in promise.ids:
                self._delivery_agrees(promise, task_id, receipts, attempts.get(task_id, []))
            self._receipts_agree(promise, receipts, secret)
        for delivery in self.deliveries.values():
            if delivery["id"] not in self.tasks and delivery["id"] not in self.buried:
                self.fault("a delivery has no task", delivery["id"])

    def _delivery_agrees(self, promise, task_id, receipts, attempts):
        delivery = self.deliveries.get(task_id)
        taken = [receipt for receipt in receipts if receipt.status == 200]
        if delivery is None:
            if task_id in self.tasks:
                self.fault(f"LOST: {promise.marker}: its end has no delivery", task_id)
            return  # Deleted after its end, before the delivery: nothing to tell of any more.
        numbers = [row["number"] for row in attempts]
        if numbers != list(range(1, delivery["attempt"] + 1)):
            self.fault(f"{promise.marker}: attempts {numbers} of {delivery['attempt']} are kept", task_id)
        if delivery["state"] != "delivered" or not taken:
            self.fault(f"LOST: {promise.marker} ({promise.receiver}): its delivery is {delivery['state']}, and it was "
                       f"taken {len(taken)} times", task_id)
        kept = sum(200 <= row["status"] < 300 for row in attempts)
        if delivery["state"] == "delivered" and (not attempts or not 200 <= attempts[-1]["status"] < 300):
            self.fault(f"{promise.marker}: delivered, and the last attempt is {attempts[-1:]}", task_id)
        if kept > len(taken):
            self.fault(f"{promise.marker}: {kept} deliveries are kept, {len(taken)} were taken", task_id)

    def _receipts_agree(self, promise, receipts, secret):
        for receipt in receipts:
            if [receipt.id] != promise.ids and receipt.id not in promise.ids:
                self.fault(f"DOUBLED: {promise.marker}: a callback with the id {receipt.id}", *promise.ids)
            if not receipt.is_signed(secret):
                self.fault(f"{promise.marker}: a callback is not signed", *promise.ids)
            self.ledger.saw(promise, json.loads(receipt.body), "the callback")
        taken = [receipt for receipt in receipts if receipt.status == 200]
        for first, second in zip(taken, taken[1:]):
            self.ledger.count("callbacks taken twice")
            # At least once: twice only where the server could not write down that it was taken.
            if not any(first.at - 0.5 <= end and begin <= second.at for begin, end, _ in self.world.disturbed):
                self.fault(f"DOUBLED: {promise.marker}: taken twice with nothing in between that explains it",
                           *promise.ids)

    # Files.

    def sweep(self):
        """Two hours later, as far as files can tell: what belongs to nobody goes, all else stays."""
        expected = self._expected_files()
        kept = self._names("media")
        self.ledger.count("files that belonged to nobody", len(kept - expected))
        self.ledger.count("parts left behind", len(self._names("parts")))
        for missing in expected - kept:
            self.fault(f"LOST: the file {missing} is not there", *self._owners(missing))
        self.world.server.terminate(30)
        for folder in ("media", "parts"):
            for path in (self.world.data / folder).iterdir():
                then = time.time() - LONG_AGO_S
                os.utime(path, (then, then))
        self.world.server.again()
        with contextlib.suppress(AssertionError):
            wait_for(lambda: self._names("media") == expected and not self._names("parts"), "the janitor sweeps", 15)
        if self._names("parts"):
            self.fault(f"left in the folder of parts: {sorted(self._names('parts'))[:5]}")
        for stray in self._names("media") - expected:
            self.fault(f"the file {stray} belongs to nobody, and was not swept away")
        for missing in (expected & kept) - self._names("media"):
            self.fault(f"LOST: the file {missing} was swept away", *self._owners(missing))

    def _names(self, folder):
        return {path.name for path in (self.world.data / folder).iterdir()}

    def _expected_files(self):
        names = {video[name] for video in self.videos for name in ("video_name", "thumbnail_name")}
        for file in rows(self.world, "SELECT name, task_id FROM files"):
            names.add(file["name"])
            if file["task_id"] not in self.tasks:
                self.fault(f"the file {file['name']} is kept for a task that is not there", file["task_id"])
        return names

    def _owners(self, name):
        return [video["task_id"] for video in self.videos if name in (video["video_name"], video["thumbnail_name"])]

    def files_are_served(self):
        for task_id, task in self.tasks.items():
            if task["state"] != "completed":
                continue
            response = self._response(task_id)
            for url, kind, start in ((response["video_url"], "video/mp4", b"ftyp"),
                                     (response["thumbnail_url"], "image/jpeg", b"\xff\xd8\xff")):
                status, headers, body = get(self.world.port, urllib.parse.urlparse(url).path)
                whole = status == 200 and headers["content-type"] == kind and len(body) == int(headers["content-length"])
                begins = body[4:8] == start if kind == "video/mp4" else body.startswith(start)
                if not whole or not begins or (kind == "video/mp4" and not is_whole_mp4(body)):
                    self.fault(f"LOST: {url} is {status}, {len(body)} bytes", task_id)


    # And what the processes say themselves.

    def log_is_calm(self):
        bad = [line for line in self.world.server.whole_log() if UNHEARD_OF.search(line)]
        if bad:
            self.fault(f"the log has {len(bad)} lines that should not be, such as: {bad[0]}")


def is_whole_mp4(body):
    """Its boxes follow each other to the very end (ISO 14496-12, 4.2), and both the index and the pictures are there."""
    at, kinds = 0, []
    while at + 8 <= len(body):
        size = int.from_bytes(body[at:at + 4], "big")
        kinds.append(body[at + 4:at + 8])
        if size < 8:
            return False
        at += size
    return at == len(body) and b"moov" in kinds and b"mdat" in kinds


if __name__ == "__main__":
    json.dump(sqlite_rows(*sys.argv[1:]), sys.stdout)
