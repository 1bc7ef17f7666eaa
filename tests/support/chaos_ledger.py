"""What the clients of a chaos run were promised: each call, the ids it was told and the ends that were seen.

What contradicts an earlier promise is a fault at once; the rest is compared at the end (chaos_check.py).
"""
import json
import threading
import time

ENDED = ("completed", "failed", "cancelled")


class Promise:
    """One wish of one client, known by the marker in its prompt. It may be sent several times: that is still one task.

    Twins are two wishes with one marker, which wait side by side: two tasks.
    """

    def __init__(self, marker, kind, receiver=None, twins=False):
        self.marker = marker
        self.kind = kind
        self.receiver = receiver  # Where its end is to be told; None: nowhere.
        self.twins = twins
        self.ids = []
        self.unsure = False       # A call of it was lost: it may have been accepted.
        self.troubled = False     # It was told 500, which is the word for nothing that happens here.
        self.through = False      # The client has nothing more to do.
        self.ends = {}            # Task to the state in which it was told to have ended.
        self.delete_sent = False
        self.deleted = False      # The deletion was confirmed.
        self.cancel_sent = False
        self.history = []

    def note(self, what):
        self.history.append(f"{time.strftime('%H:%M:%S')}.{int(time.time() * 1000) % 1000:03} {what}")

    def task_counts(self):
        """How many tasks there may be of it, deleted ones included: the least and the most."""
        if self.twins:
            # Whoever comes again may find the task of the other, if that was never seen: only who never left is sure.
            return (2 if self.ids and not self.unsure else min(len(self.ids), 1)), 2
        if self.ids:
            return 1, 1
        return 0, 1 if self.unsure else 0


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.promises = {}
        self.of_task = {}
        self.ends = {}   # Task to the whole of its last word, and where that was heard.
        self.faults = []
        self.counts = {}

    def open(self, marker, kind, receiver=None):
        promise = Promise(marker, kind, receiver, twins=kind == "twins")
        with self.lock:
            self.promises[marker] = promise
        return promise

    def count(self, what, more=1):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + more

    def fault(self, text, *tasks):
        with self.lock:
            self.faults.append((text, [task for task in tasks if task]))

    def told(self, promise, task_id, where):
        """A client was told that its wish is this task."""
        with self.lock:
            known = task_id in promise.ids
            others = list(promise.ids)
            if not known:
                promise.ids.append(task_id)
            owner = self.of_task.setdefault(task_id, promise.marker)
        if not known:
            promise.note(f"{where} tells task {task_id}")
        if not known and len(others) > promise.twins:
            self.fault(f"{promise.marker} ({promise.kind}): {where} tells one task too many", *others, task_id)
        if owner != promise.marker:
            self.fault(f"{promise.marker} ({promise.kind}): {where} tells the task of {owner}", task_id)

    def saw(self, promise, response, where):
        """`response` as the contract words it, of a task that may have ended; True where it has."""
        state = response.get("state")
        task_id = response.get("task_id")
        self.told(promise, task_id, where)
        ended = state in ENDED
        whole = json.dumps(response, sort_keys=True)
        with self.lock:
            former = self.ends.get(task_id)
            if ended and former is None:
                self.ends[task_id] = (whole, where)
        if ended and former is None:
            promise.ends[task_id] = state
            promise.note(f"{where} tells the end: {state} {response.get('video_id') or response.get('error')}")
        if former is not None and former[0] != whole:
            self.fault(f"{promise.marker} ({promise.kind}): {where} tells {whole}, "
                       f"but {former[1]} told {former[0]}", task_id)
        return ended

    def refused(self, promise, task_id, code, where):
        """A blocking call was told that its task ended without a result."""
        self.told(promise, task_id, where)
        promise.ends[task_id] = "cancelled" if code == "cancelled" else "failed"
        promise.note(f"{where} tells the end: {code}")
