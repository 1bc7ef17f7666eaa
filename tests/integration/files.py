"""Files that people send ahead: what becomes of them, of others' and of those that are none."""
import concurrent.futures
import contextlib
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse

from accounts import add_account
from forms import CONTENT_TYPE, END, form, part, upload
from inputs import png
from kinora_process import PROMPT, TOKEN, Kinora, wait_for
from raw_connection import RawConnection, request_bytes

BEARER = {"Authorization": f"Bearer {TOKEN}"}
LATER = {**PROMPT, "async": True}
VIDEO_HEAD = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"


def path_of(url):
    return urllib.parse.urlparse(url).path


def names(kinora, folder):
    return {file.name for file in (kinora.data / folder).iterdir()}


def listed(kinora, headers=None):
    answer = kinora.request("GET", "/api/v1/files/", headers=headers)
    return [file["name"] for file in answer.json["items"]]


def make_clip(folder, name, *arguments):
    file = pathlib.Path(folder) / name
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=320x180:r=24:d=1", "-pix_fmt", "yuv420p",
                    *arguments, file], check=True)
    return file.read_bytes()


def peak_memory(kinora):
    """In bytes."""
    status = pathlib.Path(f"/proc/{kinora.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024


class Files(unittest.TestCase):
    def assert_error(self, answer, status, words="", code="bad_request"):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer)
        self.assertIn(words, answer.json["error"]["message"])

    def assert_nothing_left(self, kinora):
        wait_for(lambda: not names(kinora, "parts"), "what was begun is removed", 10)
        self.assertEqual((names(kinora, "media"), listed(kinora)), (set(), []))

    def wait_expired(self, kinora, url):
        wait_for(lambda: kinora.request("GET", path_of(url), token=False).status == 410, "the file expires", 30)

    # Files that tasks start from.

    def test_an_upload_is_served_and_starts_a_clip(self):
        with Kinora() as kinora:
            picture = png(300, 200)
            for path in ("/files/upload", "/files/upload/", "/api/v1/files/", "/api/v1/files"):
                answer = upload(kinora, picture, path, filename="../../my photo.html", kind="text/html")
                self.assertEqual(answer.status, 201, answer)
                file = answer.json
                self.assertEqual(list(file), ["success", "url", "expires_at", "name", "size", "content_type"])
                self.assertEqual((file["success"], file["size"], file["content_type"]), (True, len(picture), "image/png"))
                self.assertEqual(file["url"], f"{kinora.url}/media/{file['name']}")
                self.assertRegex(file["name"], r"^[0-9a-f]{32}\.png$")
            served = kinora.request("GET", path_of(file["url"]), token=False)
            self.assertEqual((served.status, served.body), (200, picture))
            self.assertEqual((served.headers["content-type"], served.headers["x-content-type-options"]),
                             ("image/png", "nosniff"))
            result = kinora.video({"start_image_url": file["url"]}).json
            self.assertEqual((result["success"], result["video_width"], result["video_height"]), (True, 1248, 832))
            both = kinora.video({"start_image_url": file["url"],
                                 "end_image_url": upload(kinora, png(300, 200, (1, 2, 3))).json["url"]})
            self.assertEqual(both.status, 200, both)
            self.assertEqual(len(listed(kinora)), 5)

    def test_an_upload_is_a_clip_to_go_on_from(self):
        with Kinora() as kinora, tempfile.TemporaryDirectory(prefix="kinora-test-") as folder:
            for name, kind, arguments in (("a.mp4", "video/mp4", ()), ("a.mov", "video/quicktime", ()),
                                          ("a.mkv", "video/x-matroska", ()),
                                          ("a.webm", "video/webm", ("-c:v", "libvpx"))):
                with self.subTest(name):
                    file = upload(kinora, make_clip(folder, name, *arguments), filename="clip").json
                    self.assertEqual(file.get("content_type"), kind, file)
                    self.assertTrue(file["name"].endswith(name[1:]), file)
                    answer = kinora.video({"action": "extend", "video_url": file["url"]})
                    self.assertEqual(answer.status, 200, answer)
                    self.assertEqual((answer.json["video_width"], answer.json["video_height"]), (320, 180))

    def test_a_picture_that_is_broken_further_on_is_the_tasks_failure(self):
        with Kinora() as kinora:
            file = upload(kinora, png(64, 64)[:40]).json
            answer = kinora.video({"start_image_url": file["url"]})
            self.assert_error(answer, 400, "`start_image_url` ")

    # What is refused.

    def test_what_is_no_form_with_a_picture_or_a_video_is_refused(self):
        picture = png(64, 64)
        table = [
            (form(HTML, kind="image/png"), 400, "`file` is no picture"),
            (form(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), 400, "`file` is no picture"),
            (form(HTML + picture), 400, "`file` is no picture"),
            (form(b"PK\3\4" + bytes(100)), 400, "`file` is no picture"),
            (form(b""), 400, "`file` is empty"),
            (form(picture, name="image"), 400, "`file` is missing"),
            (part(picture) + form(picture), 400, "`file` is there twice"),
            (part(picture), 400, "last boundary"),
            (part(picture).replace(b"\r\n", b"\n") + END, 400, ""),
            (b"", 400, ""),
            (part(picture, name="x") * 17 + END, 400, "16 parts"),
        ]
        with Kinora("--workers", 0) as kinora:
            for body, status, words in table:
                with self.subTest(words):
                    self.assert_error(kinora.request("POST", "/files/upload", body, CONTENT_TYPE), status, words)
            for kind in ("application/json", "image/png", "multipart/mixed; boundary=x"):
                answer = kinora.request("POST", "/files/upload", form(picture), {"Content-Type": kind})
                self.assert_error(answer, 415, "multipart/form-data")
            answer = kinora.request("POST", "/files/upload", form(picture), {"Content-Type": "multipart/form-data"})
            self.assert_error(answer, 400, "boundary")
            self.assert_nothing_left(kinora)

    def test_what_is_too_large_is_refused_as_soon_as_it_is_known(self):
        with Kinora("--workers", 0) as kinora:
            self.assert_error(upload(kinora, png(64, 64) + bytes(25_000_000)), 413, "25000000")
            head = {**BEARER, **CONTENT_TYPE}
            with RawConnection(kinora.port) as connection:  # Nothing of the body has been sent.
                connection.send(request_bytes("POST", "/files/upload", {**head, "Content-Length": "300000000"}))
                self.assert_error(connection.read(), 413)
            with RawConnection(kinora.port) as connection:
                connection.send(request_bytes("POST", "/files/upload", {**head, "Transfer-Encoding": "chunked"}))
                with contextlib.suppress(OSError):  # The answer may come before the end.
                    for piece in [part(VIDEO_HEAD)[:-2]] + [bytes(1_001_000)] * 200:
                        connection.send(f"{len(piece):x}\r\n", piece, "\r\n")
                self.assert_error(connection.read(), 413, "200000000")
            self.assert_nothing_left(kinora)

    def test_nobody_without_a_token_sends_a_byte(self):
        with Kinora("--workers", 0) as kinora, RawConnection(kinora.port) as connection:
            head = {**CONTENT_TYPE, "Content-Length": "1000", "Expect": "100-continue"}
            connection.send(request_bytes("POST", "/files/upload", head))
            self.assert_error(connection.read(), 401, code="no_token")

    # Many, large and slow ones.

    def test_a_large_upload_is_not_held_in_memory(self):
        # Without a small one, the sanitizers' quarantine would hold what was freed.
        with Kinora("--workers", 0, environment={"ASAN_OPTIONS": "quarantine_size_mb=1"}) as kinora:
            upload(kinora, png(64, 64))
            before = peak_memory(kinora)
            video = VIDEO_HEAD + os.urandom(1_000_000) * 150
            file = upload(kinora, video).json
            self.assertEqual(file["size"], len(video))
            self.assertLess(peak_memory(kinora) - before, 50_000_000)
            self.assertEqual((kinora.data / "media" / file["name"]).read_bytes(), video)

    def test_uploads_at_the_same_time_do_not_mix(self):
        with Kinora("--workers", 0) as kinora, concurrent.futures.ThreadPoolExecutor(8) as pool:
            pictures = [png(8 + i, 8) + os.urandom(2_000_000) for i in range(16)]
            files = [answer.json for answer in pool.map(lambda picture: upload(kinora, picture), pictures)]
            for picture, file in zip(pictures, files):
                self.assertEqual(kinora.request("GET", path_of(file["url"]), token=False).body, picture)
            answer = kinora.request("GET", "/api/v1/files/?limit=5&offset=13")
            self.assertEqual((answer.json["count"], len(answer.json["items"])), (16, 3))
            self.assertEqual(names(kinora, "parts"), set())

    def test_a_slow_client_holds_up_nobody_and_may_leave(self):
        picture = png(64, 64) + bytes(100_000)
        body = form(picture)
        request = request_bytes("POST", "/files/upload", {**BEARER, **CONTENT_TYPE}, body)
        with Kinora("--workers", 0) as kinora, RawConnection(kinora.port) as slow, contextlib.ExitStack() as leaving:
            clients = [leaving.enter_context(RawConnection(kinora.port)) for _ in range(20)]
            slow.send(request[:-50_000])
            for client in clients:
                client.send(request[:-50_000])
            wait_for(lambda: len(names(kinora, "parts")) == 21, "all have begun", 20)
            for _ in range(5):
                self.assertEqual(upload(kinora, picture).status, 201)
            leaving.close()
            wait_for(lambda: len(names(kinora, "parts")) == 1, "what nobody sends any more is removed", 20)
            for at in range(50_000, 0, -10_000):
                slow.send(request[-at:len(request) - at + 10_000])
            self.assertEqual(slow.read().status, 201)
            # The connection goes on.
            slow.send(request)
            self.assertEqual(slow.read().status, 201)
            self.assertEqual(len(listed(kinora)), 7)

    # Whose they are, and for how long.

    def test_nobody_else_sees_or_deletes_them(self):
        with Kinora("--workers", 0) as kinora:
            other = add_account(kinora)
            mine = upload(kinora, png(64, 64)).json["name"]
            theirs = upload(kinora, png(64, 64), headers=other.headers).json["name"]
            further = add_account(kinora, user_id=other.user_id)  # The same person's other token.
            self.assertEqual(listed(kinora), [mine])
            self.assertEqual((listed(kinora, other.headers), listed(kinora, further.headers)), ([theirs], [theirs]))
            for name, headers in ((mine, other.headers), (theirs, None), ("0" * 32 + ".png", None), ("x", None)):
                answer = kinora.request("DELETE", f"/api/v1/files/{name}/", headers=headers)
                self.assert_error(answer, 404, code="not_found")
            self.assertEqual(kinora.request("DELETE", f"/api/v1/files/{theirs}/", headers=further.headers).status, 204)
            self.assertEqual((listed(kinora), listed(kinora, other.headers)), ([mine], []))
            self.assertEqual(names(kinora, "media"), {mine})
            self.assert_error(kinora.request("GET", f"/media/{theirs}"), 410, code="expired")

    def test_one_that_a_task_waits_for_is_deleted_after_it(self):
        with Kinora("--workers", 0) as kinora:
            file = upload(kinora, png(64, 64)).json
            task_id = kinora.video({**LATER, "start_image_url": file["url"]}).json["task_id"]
            self.assertEqual(kinora.request("DELETE", f"/api/v1/files/{file['name']}/").status, 204)
            self.assertEqual(listed(kinora), [])
            self.assertEqual(kinora.request("GET", path_of(file["url"])).status, 200)
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id})
            self.wait_expired(kinora, file["url"])
            wait_for(lambda: not names(kinora, "media"), "the file is removed", 5)

    def test_they_expire(self):
        with Kinora("--workers", 0, "--upload-retention", "2s") as kinora:
            kept, gone = (upload(kinora, png(64, 64, color)).json for color in ((1, 2, 3), (4, 5, 6)))
            task_id = kinora.video({**LATER, "start_image_url": kept["url"]}).json["task_id"]
            self.wait_expired(kinora, gone["url"])
            self.assertEqual(listed(kinora), [])
            self.assertEqual(kinora.request("GET", path_of(kept["url"])).status, 200)
            answer = kinora.video({**LATER, "start_image_url": gone["url"]})
            self.assert_error(answer, 400, "`start_image_url` ")
            kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id})
            self.wait_expired(kinora, kept["url"])

    def test_a_restart_keeps_them(self):
        with Kinora("--workers", 0) as kinora:
            file = upload(kinora, png(64, 64)).json
            self.assertEqual(kinora.terminate()[0], 0)
            kinora.restart()
            self.assertEqual(listed(kinora), [file["name"]])
            self.assertEqual(kinora.request("GET", path_of(file["url"])).body, png(64, 64))

    def test_pages_elsewhere_may_send_them(self):
        with Kinora("--workers", 0) as kinora:
            headers = {"Origin": "https://studio.example", "Access-Control-Request-Method": "POST",
                       "Access-Control-Request-Headers": "authorization"}
            for path in ("/files/upload", "/api/v1/files/"):
                answer = kinora.request("OPTIONS", path, headers=headers, token=False)
                self.assertEqual((answer.status, answer.headers["access-control-allow-origin"]), (204, "*"))
            answer = upload(kinora, png(64, 64), headers={"Origin": "https://studio.example"})
            self.assertEqual(answer.headers["access-control-allow-origin"], "*")

    # No room.

    def test_below_the_floor_of_free_space_none_is_taken(self):
        with Kinora("--workers", 0, "--disk-floor", "9000TB") as kinora:
            answer = upload(kinora, png(64, 64))
            self.assert_error(answer, 503, "no room", code="api_error")
            self.assertGreater(int(answer.headers["retry-after"]), 0)
            self.assert_nothing_left(kinora)

    @unittest.skipUnless(os.geteuid() == 0, "mounting a small file system needs root")
    def test_one_that_fills_the_disk_is_refused_and_removed(self):
        # The mount is seen by the server alone and goes with it.
        mount = 'mount -t tmpfs -o size=24m none "$0" && exec "$@"'
        with tempfile.TemporaryDirectory(prefix="kinora-test-") as where:
            in_small_room = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, where]
            if subprocess.run([*in_small_room, "true"], capture_output=True).returncode != 0:
                self.skipTest("this machine does not let us mount")
            with Kinora("--workers", 0, "--disk-floor", "0", data=where, wrapper=in_small_room) as kinora:
                seen = pathlib.Path(f"/proc/{kinora.process.pid}/root{where}")
                answer = upload(kinora, VIDEO_HEAD + bytes(40_000_000))
                self.assert_error(answer, 503, "no room", code="api_error")
                for folder in ("parts", "media"):
                    wait_for(lambda: not list((seen / folder).iterdir()), "nothing is left", 10)
                self.assertEqual(upload(kinora, png(64, 64)).status, 201)
