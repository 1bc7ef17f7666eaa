"""Pictures and clips as inputs: fetched, uploaded as data, refused. The engine is the tests' own."""
import base64
import socket
import struct
import subprocess
import tempfile
import pathlib
import unittest
import urllib.parse
import zlib

import clip
from input_server import InputServer
from kinora_process import Kinora


def png(width, height, color=(200, 40, 30), level=6):
    rows = (b"\0" + bytes(color) * width) * height

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, level)) + chunk(b"IEND", b"")


def data_url(body, kind="image/png"):
    return f"data:{kind};base64," + base64.b64encode(body).decode()


class Inputs(unittest.TestCase):
    def assert_refused(self, answer, field, word):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (400, "bad_request"), answer)
        message = answer.json["error"]["message"]
        self.assertTrue(message.startswith(f"`{field}` "), message)
        self.assertIn(word, message)

    def fetch(self, kinora, result, folder):
        path = urllib.parse.urlparse(result["video_url"]).path
        file = pathlib.Path(folder) / path.rsplit("/", 1)[1]
        file.write_bytes(kinora.request("GET", path, token=False).body)
        return file

    def test_a_start_image_by_url_gives_the_clip_its_ratio(self):
        with Kinora() as kinora, InputServer() as server:
            url = server.add("/one.png", png(300, 200), "image/png")
            answer = kinora.video({"start_image_url": url})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual((answer.json["video_width"], answer.json["video_height"]), (1248, 832))
            self.assertEqual(answer.json["prompt"], "")
            self.assertEqual(kinora.task(answer.json["task_id"])["request"], {"start_image_url": url})
            asked = kinora.video({"start_image_url": url, "aspect_ratio": "1:1"})
            self.assertEqual((asked.json["video_width"], asked.json["video_height"]), (1008, 1008))
            self.assertEqual(server.asked, ["/one.png"] * 2)
            self.assertEqual(list((kinora.data / "parts").iterdir()), [])

    def test_a_redirect_is_followed(self):
        with Kinora() as kinora, InputServer() as server:
            server.add("/one.png", png(64, 64))
            server.files["/old.png"] = (302, {"Location": "/one.png"}, b"")
            self.assertEqual(kinora.video({"end_image_url": server.url + "/old.png"}).status, 200)

    def test_a_picture_as_data_becomes_a_file_that_can_be_named(self):
        with Kinora() as kinora:
            body = png(64, 64)
            answer = kinora.video({"start_image_url": data_url(body), "aspect_ratio": "1:1"})
            self.assertEqual(answer.status, 200, answer)
            url = kinora.task(answer.json["task_id"])["request"]["start_image_url"]
            self.assertTrue(url.startswith(kinora.url + "/media/") and url.endswith(".png"), url)
            served = kinora.request("GET", urllib.parse.urlparse(url).path, token=False)
            self.assertEqual((served.body, served.headers["content-type"]), (body, "image/png"))
            self.assertEqual(kinora.video({"start_image_url": url, "aspect_ratio": "1:1"}).status, 200)

    def test_a_picture_of_24_megabytes_passes_and_one_of_26_does_not(self):
        with Kinora("--workers", "0") as kinora:
            body = {"async": True, "start_image_url": data_url(png(16, 16) + bytes(24_000_000))}
            self.assertEqual(kinora.video(body).status, 200)
            body["start_image_url"] = data_url(png(16, 16) + bytes(26_000_000))
            self.assert_refused(kinora.video(body), "start_image_url", "larger than")

    def test_what_cannot_be_used_is_told_by_name_and_reason(self):
        with socket.socket() as closed, Kinora() as kinora, InputServer() as server:
            closed.bind(("127.0.0.1", 0))  # Nobody listens there, and nobody else can.
            nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/one.png"
            whole = png(64, 64)
            with tempfile.TemporaryDirectory(prefix="kinora-test-") as folder:
                made = kinora.video({"prompt": "x", "aspect_ratio": "1:1"}).json
                video = self.fetch(kinora, made, folder).read_bytes()
            rows = [(server.url + "/gone.png", "404"),
                    (server.add("/500.png", whole, status=500), "500"),
                    (server.add("/page.png", b"<html><body>Sorry</body></html>"), "format"),
                    (server.add("/page", b"<html><body>Sorry</body></html>", "text/html; charset=utf-8"), "text/html"),
                    (server.add("/wrong", whole, "audio/mpeg"), "audio/mpeg"),
                    (server.add("/empty.png", b""), "empty"),
                    (server.add("/cut.png", whole[:60], "image/png"), "decoded"),
                    (server.add("/video.png", video), "a video, not a picture"),
                    (made["video_url"], "a video, not a picture"),
                    (nobody, "127.0.0.1"),
                    ("http://no-such-host.invalid/one.png", "no-such-host.invalid"),
                    ("http://10.1.2.3/one.png", "private address"),
                    (data_url(whole[:60]), "decoded")]
            for field in ("start_image_url", "end_image_url"):
                for url, word in rows:
                    with self.subTest(f"{field} {url[:60]}"):
                        self.assert_refused(kinora.video({"prompt": "x", field: url}), field, word)
            for url, word in [(server.add("/one.mp4", whole), "a picture, not a video"),
                              (server.add("/one", video, "image/png"), "image/png"),
                              (server.add("/cut.mp4", video[:1000], "video/mp4"), "The file"),
                              (server.url + "/gone.mp4", "404"), (made["thumbnail_url"], "a picture, not a video")]:
                with self.subTest(f"video_url {url}"):
                    answer = kinora.video({"action": "extend", "video_url": url})
                    self.assert_refused(answer, "video_url", word)
            same = [server.add("/a.png", whole), server.add("/b.png", whole)]
            same.append(server.add("/c.png", png(64, 64, level=0)))
            for size in ({}, {"aspect_ratio": "1:1"}):
                for other in same[1:]:
                    answer = kinora.video({"start_image_url": same[0], "end_image_url": other, **size})
                    self.assert_refused(answer, "end_image_url", "same picture")
            task = kinora.task(answer.json["task_id"])["response"]
            self.assertEqual((task["state"], task["error"]["code"]), ("failed", "bad_request"))
            self.assertEqual(list((kinora.data / "parts").iterdir()), [])

    def test_a_bad_input_of_an_async_task_is_its_failure(self):
        with Kinora() as kinora, InputServer() as server:
            task_id = kinora.submit("x", start_image_url=server.url + "/gone.png")
            response = kinora.wait_state(task_id, "failed")["response"]
            self.assertEqual(response["error"]["code"], "bad_request")
            self.assertTrue(response["error"]["message"].startswith("`start_image_url` "))

    def test_loopback_is_refused_where_a_proxy_may_stand_before_the_server(self):
        with Kinora("--public-url", "https://video.example.com") as kinora, InputServer() as server:
            url = server.add("/one.png", png(64, 64))
            self.assert_refused(kinora.video({"start_image_url": url}), "start_image_url", "loopback")
            self.assertEqual(server.asked, [])
        arguments = ("--public-url", "https://video.example.com", "--allowed-addresses", "127.0.0.1")
        with Kinora(*arguments) as kinora, InputServer() as server:
            url = server.add("/one.png", png(64, 64))
            self.assertEqual(kinora.video({"start_image_url": url}).status, 200)

    def test_a_clip_of_ours_is_extended_by_id_and_by_url(self):
        with Kinora() as kinora, tempfile.TemporaryDirectory(prefix="kinora-test-") as folder:
            first = kinora.video({"prompt": "x", "aspect_ratio": "1:1"}).json
            for source in ({"video_id": first["video_id"]}, {"video_url": first["video_url"]}):
                with self.subTest(source):
                    answer = kinora.video({"action": "extend", **source})
                    self.assertEqual(answer.status, 200, answer)
                    result = answer.json
                    self.assertEqual((result["duration"], result["fps"]), (10, 24))
                    self.assertEqual((result["video_width"], result["video_height"]), (1008, 1008))
                    self.assertNotEqual(result["video_id"], first["video_id"])
                    stream = clip.probe(self.fetch(kinora, result, folder))["streams"][0]
                    self.assertEqual((stream["nb_read_frames"], stream["duration"]), ("240", "10.000000"))

    def test_a_strangers_video_keeps_size_rate_and_sound(self):
        with Kinora() as kinora, InputServer() as server, \
                tempfile.TemporaryDirectory(prefix="kinora-test-") as folder:
            file = pathlib.Path(folder) / "in.mp4"
            subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=320x180:r=30000/1001:d=1", "-f",
                            "lavfi", "-i", "sine=d=1", "-pix_fmt", "yuv420p", file], check=True)
            url = server.add("/in.mp4", file.read_bytes(), "video/mp4")
            answer = kinora.video({"action": "extend", "video_url": url})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual((answer.json["video_width"], answer.json["video_height"]), (320, 180))
            self.assertAlmostEqual(answer.json["fps"], 30000 / 1001, places=3)
            streams = clip.probe(self.fetch(kinora, answer.json, folder))["streams"]
            self.assertEqual([stream["codec_name"] for stream in streams], ["h264", "aac"])
            self.assertEqual(streams[0]["avg_frame_rate"], "30000/1001")
            self.assertEqual(int(streams[0]["nb_read_frames"]), 180)
