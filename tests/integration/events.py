"""A task's events, at /api/v1/tasks/{id}/events: told while they happen, and again to who missed some."""
import base64
import unittest

from accounts import add_account
from kinora_process import Kinora, wait_for
from postgres_database import postgres_database
from streams import events_of_task

NOBODYS_ID = "00000000-0000-4000-8000-000000000000"


def jpeg_size(data):
    """Width and height, from the frame header."""
    at = 2
    while True:
        marker, size = data[at + 1], int.from_bytes(data[at + 2:at + 4], "big")
        assert data[at] == 0xFF, data[at:at + 4]
        if marker in (0xC0, 0xC1, 0xC2):
            return int.from_bytes(data[at + 7:at + 9], "big"), int.from_bytes(data[at + 5:at + 7], "big")
        at += 2 + size


class Events(unittest.TestCase):
    def all_events(self, kinora, task_id, *more, **headers):
        with events_of_task(kinora, task_id, *more, **headers) as stream:
            self.assertEqual((stream.status, stream.headers["content-type"]), (200, "text/event-stream"))
            return list(stream.events())

    def assert_whole(self, kinora, task_id, events):
        """From the beginning to the end, in order."""
        ids = [event.id for event in events]
        self.assertEqual(ids, sorted(set(ids)))
        *way, last = events
        self.assertEqual({event.name for event in way}, {"progress"})
        order = ["pending", "processing"]
        ranks = [order.index(event.data["state"]) for event in way]
        self.assertEqual(ranks, sorted(ranks))
        progress = [event.data["progress"] for event in way]
        self.assertEqual(progress, sorted(progress))
        self.assertNotIn(1, progress)
        self.assertEqual(last.name, "result")
        self.assertEqual(last.data, kinora.task(task_id)["response"])

    def check_events_and_replay(self, kinora):
        task_id = kinora.submit("frame_ms=15")
        events = self.all_events(kinora, task_id)
        self.assert_whole(kinora, task_id, events)
        self.assertGreater(len(events), 6)
        self.assertEqual(events[0].data["state"], "pending")
        # Somebody who comes late hears it all, and somebody who comes back what was missed.
        again = self.all_events(kinora, task_id)
        self.assertEqual([(event.id, event.name) for event in again], [(event.id, event.name) for event in events])
        self.assert_whole(kinora, task_id, again)
        for index in (0, 1, len(events) // 2, len(events) - 2):
            missed = self.all_events(kinora, task_id, last=events[index].id)
            self.assertEqual([event.id for event in missed], [event.id for event in events[index + 1:]])
            self.assertEqual([event.data["progress"] for event in missed[:-1]],
                             [event.data["progress"] for event in events[index + 1:-1]])
            self.assertEqual(missed[-1].data, events[-1].data)
        # Who has heard the end need not come back.
        with events_of_task(kinora, task_id, last=events[-1].id) as stream:
            self.assertEqual((stream.status, stream.response.read()), (204, b""))
        by_query = self.all_events(kinora, task_id, f"?last_event_id={events[-2].id}")
        self.assertEqual([event.id for event in by_query], [events[-1].id])

    def test_events_are_told_and_told_again(self):
        with Kinora() as kinora:
            self.check_events_and_replay(kinora)

    def test_events_are_told_and_told_again_on_postgresql(self):
        with postgres_database() as url, Kinora("--database", url) as kinora:
            self.check_events_and_replay(kinora)

    def test_who_is_cut_off_misses_nothing(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=15")
            heard = []
            while not heard or heard[-1].name == "progress":
                last = heard[-1].id if heard else None
                with events_of_task(kinora, task_id, last=last) as stream:
                    for event in stream.events():
                        heard.append(event)
                        if len(heard) % 2 == 0:
                            break
            self.assert_whole(kinora, task_id, heard)
            whole = self.all_events(kinora, task_id)
            self.assertEqual([event.id for event in heard], [event.id for event in whole])

    def test_after_a_kill_the_stream_goes_on_where_it_was(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=20")
            heard = []
            with events_of_task(kinora, task_id) as stream:
                for event in stream.events():
                    heard.append(event)
                    if event.data["progress"] > 20:
                        break
                kinora.kill()
            kinora.restart()
            heard += self.all_events(kinora, task_id, last=heard[-1].id)
            self.assert_whole(kinora, task_id, heard)

    def test_failures_and_cancels_are_told(self):
        with Kinora() as kinora:
            failed = self.all_events(kinora, kinora.submit("fail=broken"))[-1]
            self.assertEqual((failed.name, failed.data["error"]), ("error", {"code": "api_error", "message": "broken"}))
            for action in ("cancel", "delete"):
                task_id = kinora.submit("frame_ms=50")
                with events_of_task(kinora, task_id) as stream:
                    events = stream.events()
                    next(events)
                    kinora.request("POST", "/luma/tasks", {"action": action, "id": task_id})
                    last = list(events)[-1]
                self.assertEqual((last.name, last.data["error"]["code"], last.data["task_id"]),
                                 ("error", "cancelled", task_id))

    def test_waiting_tasks_tell_their_place(self):
        with Kinora("--workers", 0) as kinora:
            kinora.submit("x")
            task_id = kinora.submit("x")
            waiting = {"task_id": task_id, "state": "pending", "progress": 0, "queue_position": 2}
            wait_for(lambda: kinora.task(task_id)["response"] == waiting, "its place is known", 5)
            with events_of_task(kinora, task_id) as stream:
                self.assertEqual(next(stream.events()).data, waiting)

    # Previews.

    def test_previews_are_small_pictures_of_the_frame_being_drawn(self):
        with Kinora() as kinora:
            for ratio, shape in (("16:9", 1360 / 752), ("9:21", 656 / 1552)):
                task_id = kinora.submit("frame_ms=10", aspect_ratio=ratio)
                events = self.all_events(kinora, task_id, "?previews=true")
                previews = [event for event in events if event.name == "preview"]
                self.assertGreater(len(previews), 2)
                self.assertGreater(len({event.data["image"] for event in previews}), 1)
                for event in previews:
                    self.assertEqual((event.data["task_id"], event.id), (task_id, None))
                    head, _, text = event.data["image"].partition(",")
                    self.assertEqual(head, "data:image/jpeg;base64")
                    picture = base64.b64decode(text, validate=True)
                    self.assertEqual((picture[:2], picture[-2:]), (b"\xff\xd8", b"\xff\xd9"))
                    width, height = jpeg_size(picture)
                    self.assertLessEqual(max(width, height), 320)
                    self.assertGreater(max(width, height), 160)
                    self.assertAlmostEqual(width / height, shape, delta=shape / 50)
                self.assert_whole(kinora, task_id, [event for event in events if event.name != "preview"])
            wait_for(lambda: not list((kinora.data / "parts").iterdir()), "the previews are gone", 5)

    def test_without_being_asked_there_are_no_previews(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=5")
            for query in ("", "?previews=false"):
                events = self.all_events(kinora, task_id, query)
                self.assertEqual({event.name for event in events}, {"progress", "result"})
            self.assertFalse([file for file in (kinora.data / "parts").iterdir() if "preview" in file.name])

    # Whom it is told to.

    def test_strangers_and_unknown_tasks_get_an_error(self):
        with Kinora("--workers", 0) as kinora:
            task_id = kinora.submit("x")
            others = [add_account(kinora), add_account(kinora, kinora.task(task_id)["user_id"])]

            def refused(path, **more):
                answer = kinora.request("GET", "/api/v1/tasks/" + path, **more)
                return answer.status, answer.json["error"]["code"]
            for unknown in (NOBODYS_ID, "nonsense"):
                self.assertEqual(refused(f"{unknown}/events"), (404, "not_found"))
            for other in others:
                self.assertEqual(refused(f"{task_id}/events", headers=other.headers), (404, "not_found"))
            self.assertEqual(refused(f"{task_id}/events", token=False), (401, "no_token"))
            self.assertEqual(refused(f"{task_id}/events", headers={"Authorization": "Bearer nobody's-token"}),
                             (401, "invalid_token"))
            for last in ("x", "-1", "1.5"):
                self.assertEqual(refused(f"{task_id}/events", headers={"Last-Event-ID": last}), (400, "bad_request"))
            self.assertEqual(refused(f"{task_id}/events?previews=perhaps"), (400, "bad_request"))

    def test_the_trailing_slash_is_optional(self):
        with Kinora() as kinora:
            task_id = kinora.submit("fail=x")
            self.assertEqual(self.all_events(kinora, task_id, "/")[-1].name, "error")

    def test_many_listeners_hear_the_same(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=5")
            joins = [kinora.in_background(lambda: self.all_events(kinora, task_id)) for _ in range(12)]
            heard = [[(event.id, event.name) for event in join()] for join in joins]
            self.assertEqual(heard, [heard[0]] * 12)

    def test_a_stop_ends_the_stream_and_it_goes_on_afterwards(self):
        with Kinora("--workers", 0) as kinora:
            task_id = kinora.submit("fail=x")
            with events_of_task(kinora, task_id) as stream:
                events = stream.events()
                first = next(events)
                status, seconds = kinora.terminate()
                self.assertEqual(status, 0)
                self.assertLess(seconds, 10)
                self.assertEqual(list(events), [])
            kinora.arguments = ["--workers", "1"]
            kinora.restart()
            rest = self.all_events(kinora, task_id, last=first.id)
            self.assertGreater(rest[0].id, first.id)
            self.assertEqual(rest[-1].name, "error")
