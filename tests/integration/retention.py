"""Files whose time is over, disks without room, and what lies about: nothing claims a file that is gone."""
import base64
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest
import urllib.parse

from inputs import png
from kinora_process import PROMPT, Kinora, wait_for
from postgres_database import postgres_database
from receiver import Receiver
from resent_calls import task_ids

LATER = {**PROMPT, "async": True}


def path_of(url):
    return urllib.parse.urlparse(url).path


def names(kinora, folder):
    return {file.name for file in (kinora.data / folder).iterdir()}


def data_url(picture):
    return "data:image/png;base64," + base64.b64encode(picture).decode()


class Retention(unittest.TestCase):
    def assert_error(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer)

    def assert_no_room(self, answer):
        self.assert_error(answer, 503, "api_error")
        self.assertGreater(int(answer.headers["retry-after"]), 0)

    def wait_expired(self, kinora, url):
        def look():
            answer = kinora.request("GET", path_of(url), token=False)
            return answer if answer.status == 410 else None
        answer = wait_for(look, "the file expires", 20)
        self.assert_error(answer, 410, "expired")

    # Time that is over.

    def check_a_clip_that_expires(self, kinora):
        result = kinora.video().json
        for name in ("video_url", "thumbnail_url"):
            answer = kinora.request("GET", path_of(result[name]), token=False)
            self.assertEqual(answer.status, 200)
            age = int(answer.headers["cache-control"].split("max-age=")[1].split(",")[0])
            self.assertLessEqual(age, 2)
        self.wait_expired(kinora, result["video_url"])
        self.wait_expired(kinora, result["thumbnail_url"])
        self.assertEqual(kinora.request("HEAD", path_of(result["video_url"]), token=False).status, 410)
        wait_for(lambda: not names(kinora, "media"), "the files are gone", 5)

        task = kinora.task(result["task_id"])
        response = task["response"]
        self.assertEqual(list(response), ["success", "task_id", "trace_id", "state", "error"])
        self.assertEqual((response["success"], response["state"], response["error"]["code"]),
                         (False, "expired", "expired"))
        self.assertEqual(task["data"], {**response, "id": task["id"]})
        self.assertNotIn("/media/", json.dumps(task))
        listed = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"}).json["items"]
        self.assertEqual(listed, [task])

        extension = kinora.video({"action": "extend", "video_id": result["video_id"]})
        self.assert_error(extension, 400, "bad_request")
        self.assertTrue(extension.json["error"]["message"].startswith("`video_id` "), extension)
        by_url = kinora.video({"action": "extend", "video_url": result["video_url"]})
        self.assert_error(by_url, 400, "bad_request")
        self.assertTrue(by_url.json["error"]["message"].startswith("`video_url` "), by_url)
        # What ended is told of as it was told before, and new work goes on.
        self.assertEqual(kinora.request("POST", "/luma/tasks", {"action": "delete", "id": task["id"]}).status, 200)
        kinora.wait_state(kinora.submit("fail=x"), "failed")

    def test_a_clip_is_gone_after_its_time_and_its_task_says_so(self):
        with Kinora("--retention", "2s") as kinora:
            self.check_a_clip_that_expires(kinora)

    def test_on_postgresql_a_clip_is_gone_after_its_time(self):
        with postgres_database() as url, Kinora("--retention", "2s", "--database", url) as kinora:
            self.check_a_clip_that_expires(kinora)

    def test_time_passes_while_the_server_is_down(self):
        with Kinora() as kinora:
            result = kinora.video().json
            self.assertEqual(kinora.terminate()[0], 0)
            kinora.arguments = ["--retention", "1s"]
            kinora.restart()
            self.wait_expired(kinora, result["video_url"])
            self.assertEqual(kinora.task(result["task_id"])["response"]["state"], "expired")

    def test_uploads_expire_but_not_under_a_task_that_waits(self):
        with Kinora("--workers", 0, "--retention", "1s") as kinora:
            kept, ended = (kinora.submit("", start_image_url=data_url(png(64, 64, color)))
                           for color in ((1, 2, 3), (4, 5, 6)))
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": ended})
            urls = {task_id: kinora.task(task_id)["request"]["start_image_url"] for task_id in (kept, ended)}
            self.wait_expired(kinora, urls[ended])
            self.assertEqual(kinora.request("GET", path_of(urls[kept])).status, 200)
            again = kinora.video({**LATER, "start_image_url": urls[ended]})
            self.assert_error(again, 400, "bad_request")
            self.assertTrue(again.json["error"]["message"].startswith("`start_image_url` "), again)
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": kept})
            self.wait_expired(kinora, urls[kept])

    def test_without_a_retention_nothing_expires(self):
        with Kinora() as kinora:
            result = kinora.video().json
            for name in names(kinora, "media"):
                os.utime(kinora.data / "media" / name, (1_000_000_000, 1_000_000_000))
            kinora.terminate()
            kinora.restart()
            answer = kinora.request("GET", path_of(result["video_url"]), token=False)
            self.assertEqual(answer.status, 200)
            self.assertIn("max-age=31536000", answer.headers["cache-control"])

    # No room.

    def test_above_the_bound_of_media_no_new_work_is_taken(self):
        with Kinora("--media-max", "1kB") as kinora:
            first, second = kinora.submit("frame_ms=5"), kinora.submit("fail=x")
            kinora.wait_state(first, "completed")
            self.assert_no_room(wait_for(lambda: answer if (answer := kinora.video(LATER)).status != 200 else None,
                                         "there is no room", 10))
            self.assert_no_room(kinora.video())
            self.assertEqual(kinora.request("GET", "/health/live", token=False).status, 200)
            self.assertIn(kinora.task(second)["response"]["state"], ("pending", "processing", "failed"))
            for task_id in task_ids(kinora):
                if task_id != second:
                    kinora.request("POST", "/luma/tasks", {"action": "delete", "id": task_id})
            kinora.wait_state(second, "failed", seconds=20)
            wait_for(lambda: kinora.video(LATER).status == 200, "there is room again", 10)

    def test_below_the_floor_of_free_space_no_new_work_is_taken(self):
        with Kinora("--disk-floor", "9000TB") as kinora:
            key = {"Idempotency-Key": "one"}
            for body in (LATER, PROMPT, {**LATER, "start_image_url": data_url(png(64, 64))},
                         {**PROMPT, "callback_url": "http://127.0.0.1:9/"}):
                self.assert_no_room(kinora.request("POST", "/luma/videos", body, key))
            self.assertEqual((task_ids(kinora), names(kinora, "media"), names(kinora, "parts")), ([], set(), set()))
            self.assertEqual(kinora.terminate()[0], 0)
            kinora.arguments = ["--workers", "0", "--disk-floor", "0"]
            kinora.restart()
            task_id = kinora.submit("x")
            self.assertEqual(kinora.terminate()[0], 0)
            kinora.arguments = ["--disk-floor", "9000TB"]
            kinora.restart()
            wait_for(lambda: any("no_room" in line for line in kinora.log), "the log tells of it", 20)
            self.assertEqual(kinora.task(task_id)["response"]["state"], "pending")

    @unittest.skipUnless(os.geteuid() == 0, "mounting a small file system needs root")
    def test_a_full_disk_loses_no_task_and_no_callback(self):
        # The mount is seen by the server alone and goes with it.
        mount = 'mount -t tmpfs -o size=24m none "$0" && exec "$@"'
        with tempfile.TemporaryDirectory(prefix="kinora-test-") as where, Receiver() as receiver:
            in_small_room = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, where]
            if subprocess.run([*in_small_room, "true"], capture_output=True).returncode != 0:
                self.skipTest("this machine does not let us mount")
            with Kinora("--disk-floor", "6MB", data=where, wrapper=in_small_room) as kinora:
                seen = pathlib.Path(f"/proc/{kinora.process.pid}/root{where}")
                running = kinora.submit("frame_ms=5", callback_url=receiver.url + "/done")
                accepted = [running, *(kinora.submit("fail=x", callback_url=receiver.url + "/done")
                                       for _ in range(5))]
                kinora.wait_state(running, "processing")
                with contextlib.suppress(OSError), open(seen / "ballast", "wb", 0) as ballast:
                    while ballast.write(b"\xa5" * 4096):
                        pass
                self.assert_no_room(kinora.video(LATER))
                self.assert_no_room(kinora.video())
                for task_id in accepted:
                    self.assertIn(kinora.task(task_id)["response"]["state"], ("pending", "processing"))
                (seen / "ballast").unlink()
                for task_id in accepted:
                    kinora.wait_state(task_id, "completed" if task_id == running else "failed")
                receiver.wait("/done", len(accepted))
                told = {call.headers["webhook-id"] for call in receiver.at("/done")}
                self.assertEqual(told, set(accepted))
                self.assertEqual(kinora.task(running)["response"],
                                 next(json.loads(call.body) for call in receiver.at("/done")
                                      if call.headers["webhook-id"] == running))
                self.assertEqual(kinora.video({"prompt": "fail=x"}).status, 500)
                wait_for(lambda: not list((seen / "parts").iterdir()), "what was begun is cleaned up", 10)

    # What lies about.

    def test_what_belongs_to_no_task_is_swept_away(self):
        two_hours_ago = time.time() - 2 * 60 * 60
        with Kinora() as kinora:
            result = kinora.video({"start_image_url": data_url(png(64, 64)), "aspect_ratio": "1:1"}).json
            waiting = kinora.submit("frame_ms=50")
            kinora.wait_state(waiting, "processing")
            real = names(kinora, "media")
            self.assertEqual(len(real), 3)
            kinora.kill()
            planted = {"media": ["0" * 32 + ".mp4", "1" * 32 + ".jpg", "2" * 32 + ".png"],
                       "parts": ["00000000-0000-4000-8000-000000000000.1.mp4", f"{result['task_id']}.1.jpg",
                                 "3" * 32 + ".png", "input-of-nobody"]}
            for folder, stray in planted.items():
                for name in stray:
                    (kinora.data / folder / name).write_bytes(b"stray")
                for file in (kinora.data / folder).iterdir():
                    os.utime(file, (two_hours_ago, two_hours_ago))
            young = kinora.data / "media" / ("4" * 32 + ".mp4")
            young.write_bytes(b"waits for its row")
            kinora.restart()
            for folder, stray in planted.items():
                wait_for(lambda: not names(kinora, folder) & set(stray), f"{folder} are swept", 20)
            self.assertLessEqual(real | {young.name}, names(kinora, "media"))
            self.assertEqual(kinora.request("GET", path_of(result["video_url"])).status, 200)
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": waiting})
