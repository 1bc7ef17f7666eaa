"""Clips of given pictures and clips that go on, drawn by the release build's engine, in numbers."""
import pathlib
import re
import statistics
import subprocess
import tempfile
import unittest
import urllib.parse

import clip
from input_server import InputServer
from kinora_process import Kinora

SIZE = "1008x1008"


class Inputs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kinora-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def ffmpeg(self, *words):
        done = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, words)], check=True,
                              capture_output=True, text=True)
        return done.stderr

    def picture(self, name, source, size=SIZE):
        """A still of one of FFmpeg's sources, blurred a little, as photographs are."""
        self.ffmpeg("-f", "lavfi", "-i", f"{source}=s={size}:r=1:d=1", "-vf", "gblur=2", "-frames:v", 1,
                    self.folder / name)
        return self.folder / name

    def call(self, kinora, **fields):
        answer = kinora.video(fields, timeout=280)
        self.assertEqual(answer.status, 200, answer)
        url = answer.json["video_url"]
        file = self.folder / url.rsplit("/", 1)[1]
        file.write_bytes(kinora.request("GET", urllib.parse.urlparse(url).path, token=False).body)
        return answer.json, file

    def ssim(self, file, frame, picture):
        """Of one frame against a picture of the same size."""
        done = subprocess.run(["ffmpeg", "-nostdin", "-v", "info", "-i", file, "-i", picture, "-lavfi",
                               f"[0:v]select=eq(n\\,{frame}),format=yuv420p[a];"
                               "[1:v]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p[b];[a][b]ssim",
                               "-frames:v", "1", "-f", "null", "-"], check=True, capture_output=True, text=True)
        return float(re.search(r"All:([0-9.]+)", done.stderr)[1])

    def steps(self, file):
        frames = clip.small_frames(file, 88, 88)
        return [clip.distance(one, other) for one, other in zip(frames, frames[1:])], frames

    def check_times(self, file, frame_count):
        shown = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries",
                                "frame=pts_time", "-of", "csv=p=0", file], check=True, capture_output=True, text=True)
        times = [float(line.strip(",")) for line in shown.stdout.split()]
        self.assertEqual(len(times), frame_count)
        for number, at in enumerate(times):
            self.assertAlmostEqual(at, number / 24, places=4)

    def test_a_start_image_is_the_first_frame_and_then_lives(self):
        with Kinora() as kinora, InputServer() as server:
            picture = self.picture("start.png", "testsrc2")
            url = server.add("/start.png", picture.read_bytes(), "image/png")
            result, file = self.call(kinora, start_image_url=url, prompt="camera pushes in, snow falls", aspect_ratio="1:1")
            self.assertEqual((result["duration"], result["video_width"]), (5, 1008))
            self.assertGreaterEqual(self.ssim(file, 0, picture), 0.98)
            steps, frames = self.steps(file)
            self.assertEqual(len(frames), 120)
            self.assertGreater(len(set(frames)), 100, "it lives")
            self.assertLess(max(steps), 30, "it does not cut")

    def test_two_images_are_the_first_and_the_last_frame(self):
        with Kinora() as kinora, InputServer() as server:
            start, end = self.picture("start.png", "testsrc2"), self.picture("end.png", "smptehdbars")
            urls = [server.add(f"/{file.name}", file.read_bytes(), "image/png") for file in (start, end)]
            _, file = self.call(kinora, start_image_url=urls[0], end_image_url=urls[1], aspect_ratio="1:1")
            self.assertGreaterEqual(self.ssim(file, 0, start), 0.98)
            self.assertGreaterEqual(self.ssim(file, 119, end), 0.98)

    def test_an_end_image_alone_is_arrived_at(self):
        with Kinora() as kinora, InputServer() as server:
            end = self.picture("end.png", "testsrc2")
            url = server.add("/end.png", end.read_bytes(), "image/png")
            _, file = self.call(kinora, end_image_url=url, prompt="a calm evening", aspect_ratio="1:1")
            self.assertGreaterEqual(self.ssim(file, 119, end), 0.98)

    def test_a_clip_of_ours_goes_on_twice_without_a_seam_or_loss(self):
        with Kinora() as kinora:
            first, source = self.call(kinora, prompt="a sailing boat on the sea at sunset", aspect_ratio="1:1", seed=3)
            one, once = self.call(kinora, action="extend", video_id=first["video_id"])
            two, twice = self.call(kinora, action="extend", video_id=one["video_id"], prompt="it begins to snow")
            self.assertEqual((one["duration"], two["duration"]), (10, 15))
            self.check_times(once, 240)
            self.check_times(twice, 360)
            steps, frames = self.steps(twice)
            self.assertEqual(frames[:120], clip.small_frames(source, 88, 88), "not encoded again")
            self.assertEqual(frames[:240], clip.small_frames(once, 88, 88), "not encoded again")
            for join in (119, 239):
                around = steps[join - 8:join] + steps[join + 1:join + 9]
                self.assertLessEqual(steps[join], 1.6 * statistics.median(around) + 0.5, f"the step at {join}")
            self.assertGreater(statistics.median(steps[130:230]), 0.05, "the new part moves")

    def test_an_extension_ends_in_the_end_image(self):
        with Kinora() as kinora, InputServer() as server:
            first, _ = self.call(kinora, prompt="a lighthouse", aspect_ratio="1:1", seed=3)
            end = self.picture("end.png", "testsrc2")
            url = server.add("/end.png", end.read_bytes(), "image/png")
            result, file = self.call(kinora, action="extend", video_id=first["video_id"], end_image_url=url)
            self.assertEqual(result["duration"], 10)
            self.assertGreaterEqual(self.ssim(file, 239, end), 0.98)

    def test_a_looped_extension_leads_back_to_the_first_frame(self):
        with Kinora() as kinora:
            first, _ = self.call(kinora, prompt="a sailing boat on the sea at sunset", aspect_ratio="1:1", seed=3)
            _, file = self.call(kinora, action="extend", video_id=first["video_id"], loop=True)
            self.check_times(file, 240)
            steps, frames = self.steps(file)
            self.assertLessEqual(clip.distance(frames[-1], frames[0]), 1.6 * statistics.median(steps) + 0.5)
