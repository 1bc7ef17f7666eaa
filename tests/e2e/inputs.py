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
        """Between pictures so small that the coding noise of key frames, which is another one at each, averages out."""
        frames = clip.small_frames(file, 16, 16)
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

    def check_step(self, step, around, what):
        """No larger than the largest of those about it, but for coding noise; none of these may stand still."""
        self.assertGreater(min(around), 0.02, f"{what}: it moves")
        self.assertLessEqual(step, 1.06 * max(around), f"{what}, median {statistics.median(around)}, of {around}")

    def test_a_clip_of_ours_goes_on_five_times_without_a_seam_or_loss(self):
        with Kinora() as kinora:
            made, file = self.call(kinora, prompt="a sailing boat on the sea at sunset", aspect_ratio="1:1", seed=3)
            before = clip.small_frames(file, 88, 88)
            for part in range(2, 7):
                prompt = {"prompt": "it begins to snow"} if part == 4 else {}
                made, file = self.call(kinora, action="extend", video_id=made["video_id"], **prompt)
                self.assertEqual(made["duration"], 5 * part)
                frames = clip.small_frames(file, 88, 88)
                self.assertEqual(frames[:len(before)], before, "not encoded again")
                before = frames
            self.check_times(file, 720)
            steps, _ = self.steps(file)
            for join in range(119, 719, 120):
                around = steps[join - 8:join] + steps[join + 1:join + 9]
                self.check_step(steps[join], around, f"the join at frame {join + 1}")
            lively = [statistics.median(steps[at:at + 119]) for at in range(0, 720, 120)]
            self.assertGreater(min(lively), 0.4 * lively[0], f"each part moves: {lively}")

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
            seam = clip.distance(frames[-1], frames[0])
            self.check_step(seam, steps[:8] + steps[-8:], "the seam")
