"""The clients of a chaos run: each does one wish after another as the contract's clients do.

What was lost is sent again, blocking calls without a key, immediate ones with one. So every wish is at
most one task; an immediate call without a key is therefore sent once and never again.
"""
import base64
import random
import threading
import time
import zlib
import struct

from chaos_call import Call, Left, Lost, Refused, call
from chaos_ledger import ENDED

BACKOFF_S = (0.02, 0.3)


def tiny_picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * 3 % 256, y * 5 % 256, 90)[c] for x in range(64) for c in range(3)) for y in range(64))
    png = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
           + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return "data:image/png;base64," + base64.b64encode(png).decode()


PICTURE = tiny_picture()
# What the engine is to do, and how often. Drawing takes a second or two, the rest next to nothing.
MANNERS = (("", 30), ("frame_ms=6", 10), ("fail=broken", 30), ("refuse=bad", 12), ("throw", 6), ("crash", 2))


class Client:
    """One thread's worth of wishes, until `world.over` is set; the last is seen through to its end."""

    def __init__(self, world, number):
        self.world = world
        self.ledger = world.ledger
        self.number = number
        self.random = random.Random(f"{world.seed}/client/{number}")
        self.wishes = 0
        self.thread = threading.Thread(target=self._run, name=f"client {number}", daemon=True)

    def _run(self):
        kinds = ((self.blocking, 30), (self.streaming, 18), (self.keyed, 14), (self.callback, 24), (self.once, 6),
                 (self.raced, 5), (self.mistaken, 3), (self.twins, 6))
        try:
            while not self.world.over.is_set():
                self._pick(kinds)()
        except Exception as error:  # A client that cannot go on is a fault of the run.
            self.ledger.fault(f"client {self.number} ended with {error!r}")

    def _pick(self, weighted):
        things, weights = zip(*weighted)
        return self.random.choices(things, weights)[0]

    def _chance(self, share):
        return self.random.random() < share

    def _pause(self, between=BACKOFF_S):
        time.sleep(self.random.uniform(*between))

    def _wish(self, kind, receiver=None):
        self.wishes += 1
        # Its own client alone has this marker, and no other run.
        marker = f"w{self.world.seed}-{self.number}-{self.wishes}"
        self.ledger.count(f"wishes, {kind}")
        manner = self._pick(MANNERS)
        body = {"prompt": f"marker {marker} {manner}".strip()}
        if receiver:
            body["callback_url"] = self.world.receivers.url(receiver, marker)
        if self._chance(0.08):
            body["start_image_url"] = PICTURE
        return self.ledger.open(marker, kind, receiver), body

    def _too_late(self, promise):
        if time.monotonic() < self.world.give_up_at:
            return False
        self.ledger.fault(f"{promise.marker} ({promise.kind}): the call got no end", *promise.ids)
        promise.through = True
        return True

    # Blocking calls.

    def blocking(self):
        promise, body = self._wish("blocking")
        if self._chance(0.15):
            body["timeout"] = self.random.choice((1, 1.5))
        key = {"Idempotency-Key": promise.marker} if self._chance(0.2) else {}
        self._resend_until_answered(promise, body, key, self._ask)

    def streaming(self):
        promise, body = self._wish("streaming")
        if self._chance(0.15):
            body["timeout"] = self.random.choice((1, 1.5))
        self._resend_until_answered(promise, body, {"Accept": "application/x-ndjson"}, self._listen)

    def twins(self):
        """Two identical calls that wait at the same time: neither is a resend of the other."""
        promise, body = self._wish("twins")
        body["prompt"] += " frame_ms=4"  # So that they do wait at the same time.
        other = threading.Thread(target=self._resend_until_answered, args=(promise, body, {}, self._ask), daemon=True)
        other.start()
        self._resend_until_answered(promise, body, {}, self._ask)
        other.join()

    def _resend_until_answered(self, promise, body, headers, ask):
        walks = 0
        # Some come again before the server can have written down what they came for.
        hurried = self.random.choice((0, 0, 0, 1, 3))
        while not self._too_late(promise):
            leave_at = None
            if walks < hurried:
                leave_at = time.monotonic() + 0.02 * self.random.random()
            elif walks < 3 and self._chance(0.3):
                leave_at = time.monotonic() + self.random.choice((0.02, 0.2, 1.0)) * self.random.random() * 2
            try:
                if ask(promise, body, headers, leave_at):
                    break
            except Refused as lost:
                promise.note(f"not reached: {lost}")
            except Left:
                promise.unsure = True
                promise.note("left without an answer")
                self.ledger.count("clients left")
                walks += 1
                if self._chance(0.06):
                    break  # For good.
            except Lost as lost:
                promise.unsure = True
                promise.note(f"lost: {lost}")
                self.ledger.count("answers lost")
            if (walks == 0 or walks > hurried) and not self._chance(0.3):
                self._pause()
        promise.through = True

    def _ask(self, promise, body, headers, leave_at):
        """True when the wish has its end."""
        sent = Call(self.world.port, "/luma/videos", body, headers)
        if self._chance(0.1):
            sent.half_close()
        status, _, text = sent.answer(leave_at, hard=self._chance(0.5))
        return self._judge(promise, status, self.world.parse(text), "the blocking answer")

    def _listen(self, promise, body, headers, leave_at):
        sent = Call(self.world.port, "/luma/videos", body, headers)
        if self._chance(0.1):
            sent.half_close()
        progress = -1
        for status, said in sent.lines(leave_at, hard=self._chance(0.5)):
            if "error" in said or said.get("success"):
                return self._judge(promise, status, said, "the stream")
            self.ledger.told(promise, said["task_id"], "the stream")
            if said["state"] in ENDED or said["progress"] < progress or said["progress"] == 1:
                self.ledger.fault(f"{promise.marker}: the stream tells {said} after {progress} %", said["task_id"])
            progress = said["progress"]
        raise Lost("the stream broke off")

    def _judge(self, promise, status, said, where):
        task_id = said.get("task_id")
        code = said["error"]["code"] if "error" in said else None
        self.ledger.count(f"answers {status}{'' if code is None else ' ' + code}, {promise.kind}")
        if status == 200 and code is None:
            return self.ledger.saw(promise, said, where)
        if task_id:
            self.ledger.told(promise, task_id, where)
        if status == 200 and code in ("api_error", "timeout"):
            # A stream words "failed" and "restarting" alike; the task tells which.
            response = self._retrieve(promise, task_id)
            return response is not None and self.ledger.saw(promise, response, "the task after the stream")
        if task_id and (status in (400, 409, 500) or status == 200):
            self.ledger.refused(promise, task_id, code, where)
            return True
        if status in (500, 503, 504):
            self._troubled(promise, status, said, where)
            return False
        self.ledger.fault(f"{promise.marker} ({promise.kind}): {where} is {status} {said}", *promise.ids)
        return True

    def _troubled(self, promise, status, said, where):
        """A call that shall be sent again. What happens here is foreseen, so 500 is never the word for it."""
        promise.note(f"{where} is {status} {said}")
        promise.unsure = promise.unsure or promise.twins
        if status == 500:
            promise.unsure = True
            if not promise.troubled:  # The first says enough.
                self.ledger.fault(f"{promise.marker} ({promise.kind}): {where} is 500 {said}", said.get("trace_id"))
            promise.troubled = True

    # Immediate calls.

    def keyed(self):
        promise, body = self._wish("keyed")
        body["async"] = True
        task_id = self._submit(promise, body, {"Idempotency-Key": promise.marker})
        self._follow(promise, task_id, self._plan())
        if task_id and not promise.deleted and self._chance(0.3):
            self._submit(promise, body, {"Idempotency-Key": promise.marker})  # Long after: the same task.
        promise.through = True

    def callback(self):
        promise, body = self._wish("callback", self.random.choice(("quick", "quick", "failing", "hanging", "early")))
        task_id = self._submit(promise, body, {"Idempotency-Key": promise.marker})
        self._follow(promise, task_id, self._plan())
        promise.through = True

    def once(self):
        """Without a key: what is lost stays unknown, and is not sent again."""
        promise, body = self._wish("once")
        body["async"] = True
        task_id = self._submit(promise, body, {}, again=False)
        self._follow(promise, task_id, self._plan())
        promise.through = True

    def raced(self):
        """The same key from several threads at once."""
        promise, body = self._wish("raced")
        body["async"] = True
        key = {"Idempotency-Key": promise.marker}
        others = [threading.Thread(target=self._submit, args=(promise, body, key), daemon=True) for _ in range(3)]
        for other in others:
            other.start()
        task_id = self._submit(promise, body, key)
        for other in others:
            other.join()
        self._follow(promise, task_id, self._plan())
        promise.through = True

    def mistaken(self):
        """The same key with another body, which is to make nothing."""
        promise, body = self._wish("keyed")
        body["async"] = True
        key = {"Idempotency-Key": promise.marker}
        task_id = self._submit(promise, body, key)
        wrong, other = self._wish("mistaken")
        other["async"] = True
        while task_id and not self._too_late(wrong):
            try:
                status, _, text = call(self.world.port, "/luma/videos", other, key)
            except Lost:
                self._pause()
                continue
            if status == 409:
                break
            if status < 500:
                self.ledger.fault(f"{wrong.marker}: a used key with another body is {status} {text!r}", task_id)
                break
            self._pause()
        wrong.through = True
        self._follow(promise, task_id, "nothing")
        promise.through = True

    def _plan(self):
        return self._pick((("nothing", 55), ("cancel", 15), ("delete", 15), ("delete at the end", 15)))

    def _submit(self, promise, body, key, again=True):
        while not self._too_late(promise):
            try:
                status, _, text = call(self.world.port, "/luma/videos", body, key)
            except Refused:
                self._pause()
                continue
            except Lost as lost:
                promise.unsure = True
                promise.note(f"lost: {lost}")
                self.ledger.count("answers lost")
                if not again:
                    return None
                self._pause()
                continue
            said = self.world.parse(text)
            self.ledger.count(f"answers {status}, immediate")
            if status == 200:
                self.ledger.told(promise, said["task_id"], "the immediate answer")
                return said["task_id"]
            if status in (500, 503):
                self._troubled(promise, status, said, "the immediate answer")
            else:
                self.ledger.fault(f"{promise.marker} ({promise.kind}): the immediate answer is {status} {said}")
                return None
            if not again:
                return None
            self._pause()
        return None

    # What can be done with a task.

    def _act(self, promise, body):
        """A call of `/luma/tasks`, until it is answered: status and object, or nothing when time is up."""
        while not self._too_late(promise):
            try:
                status, _, text = call(self.world.port, "/luma/tasks", body)
            except Lost:
                self._pause()
                continue
            if status < 500:
                return status, self.world.parse(text)
            self.ledger.count(f"answers {status}, {body['action']}")
            self._troubled(promise, status, self.world.parse(text), body["action"])
            self._pause()
        return None

    def _retrieve(self, promise, task_id):
        """What the task's `response` is; None where it is gone."""
        if self._chance(0.3):
            told = self._act(promise, {"action": "retrieve_batch", "ids": [task_id]})
            items = told[1]["items"] if told else []
            return items[0]["response"] if items else self._missing(promise, task_id)
        told = self._act(promise, {"action": "retrieve", "id": task_id})
        if told and told[0] == 200:
            return told[1]["response"]
        return self._missing(promise, task_id)

    def _missing(self, promise, task_id):
        if not promise.delete_sent and time.monotonic() < self.world.give_up_at:
            self.ledger.fault(f"{promise.marker} ({promise.kind}): its task is not there any more", task_id)
        return None

    def _follow(self, promise, task_id, plan):
        act_at = time.monotonic() + self.random.random() * 1.5
        rank = (0, -1)
        while task_id and not self._too_late(promise):
            response = self._retrieve(promise, task_id)
            if response is None:
                return
            if self.ledger.saw(promise, response, "the poll"):
                break
            now = (("pending", "processing").index(response["state"]), response["progress"])
            if now < rank or now[1] < rank[1] or now[1] == 1:
                self.ledger.fault(f"{promise.marker}: a poll tells {now} after {rank}", task_id)
            rank = now
            if plan in ("cancel", "delete") and time.monotonic() >= act_at:
                if plan == "delete":
                    return self._delete(promise, task_id)
                self._cancel(promise, task_id)
                plan = "nothing"
            self._pause((0.05, 0.25))
        if task_id and plan in ("delete", "delete at the end"):
            self._delete(promise, task_id)

    def _cancel(self, promise, task_id):
        promise.cancel_sent = True
        told = self._act(promise, {"action": "cancel", "id": task_id})
        if not told:
            return
        status, task = told
        self.ledger.count("cancels")
        if status != 200 or not self.ledger.saw(promise, task["response"], "the cancel"):
            self.ledger.fault(f"{promise.marker}: a cancel is {status} {task}", task_id)

    def _delete(self, promise, task_id):
        promise.delete_sent = True
        promise.note("deletes")
        told = self._act(promise, {"action": "delete", "id": task_id})
        if not told:
            return
        self.ledger.count("deletes")
        if told != (200, {"id": task_id, "deleted": True}):
            self.ledger.fault(f"{promise.marker}: a delete is {told}", task_id)
            return
        promise.deleted = True
        told = self._act(promise, {"action": "retrieve", "id": task_id})
        if told and told[0] != 404:
            self.ledger.fault(f"{promise.marker}: a deleted task is still there: {told}", task_id)
