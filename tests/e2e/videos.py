"""The release build with its real engine, as a user meets it: from the quickstart to a clip that plays."""
import ast
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import clip
from kinora_process import PROGRAM, TOKEN, Kinora, wait_for

QUICKSTART = pathlib.Path(__file__).with_name("quickstart.py")


def python_with_requests():
    """The one that runs us, else the distribution's, for which it installs the package."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import requests"], capture_output=True).returncode == 0:
            return python
    raise AssertionError("python3-requests is not installed")


class Videos(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kinora-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def fetch(self, kinora, url):
        media = kinora.request("GET", urllib.parse.urlparse(url).path, token=False)
        self.assertEqual(media.status, 200)
        file = self.folder / url.rsplit("/", 1)[1]
        file.write_bytes(media.body)
        return file

    def check_clip(self, file, width=1360, height=752):
        facts = clip.probe(file)
        self.assertEqual(len(facts["streams"]), 1)
        stream = facts["streams"][0]
        wanted = {"codec_name": "h264", "profile": "High", "pix_fmt": "yuv420p", "width": width, "height": height,
                  "r_frame_rate": "24/1", "avg_frame_rate": "24/1", "nb_read_frames": "120", "color_range": "tv",
                  "color_space": "bt709", "color_primaries": "bt709", "color_transfer": "bt709"}
        self.assertEqual({name: stream[name] for name in wanted}, wanted)
        self.assertEqual((stream["start_time"], stream["duration"]), ("0.000000", "5.000000"))
        self.assertEqual(facts["format"]["duration"], "5.000000")
        boxes = clip.boxes(file)
        self.assertEqual(boxes[0], "ftyp")
        self.assertLess(boxes.index("moov"), boxes.index("mdat"))

    def steps(self, frames):
        return [clip.distance(one, other) for one, other in zip(frames, frames[1:])]

    def test_the_quickstart_prints_a_result_that_plays(self):
        with Kinora(token=None) as kinora:
            wait_for(lambda: any("curl" in line for line in kinora.output), "the greeting shows how to call")
            token = next(line.split()[-1] for line in kinora.output if "API token" in line)
            text = QUICKSTART.read_text().replace("http://127.0.0.1:8080", kinora.url)
            text = text.replace("YOUR_API_TOKEN", token)
            ran = subprocess.run([python_with_requests(), "-c", text], capture_output=True, text=True, timeout=280)
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))
            printed, again = ran.stdout.splitlines()
            self.assertEqual(again, "Call succeeded: " + printed)
            result = ast.literal_eval(printed)
            self.assertIs(result["success"], True)
            self.assertEqual((result["state"], result["prompt"]), ("completed", "Astronauts shuttle from space to volcano"))

            file = self.fetch(kinora, result["video_url"])
            self.check_clip(file)
            frames = clip.small_frames(file)
            self.assertEqual(len(frames), 120)
            self.assertGreater(len(set(frames)), 60, "it moves")
            cuts = [step for step in self.steps(frames) if step > 30]
            self.assertLessEqual(len(cuts), 2, "from one scene to the next it may cut, but it does not flicker")
            picture = self.fetch(kinora, result["thumbnail_url"])
            stream = clip.probe(picture)["streams"][0]
            self.assertEqual((stream["codec_name"], stream["width"], stream["height"]), ("mjpeg", 1360, 752))
            poster = clip.small_frames(picture)[0]
            self.assertLess(min(clip.distance(poster, frame) for frame in frames), 6, "it is one of the frames")

    def test_a_loop_has_no_seam_and_a_seed_gives_the_same_bytes(self):
        fields = {"prompt": "a sailing boat on the sea at sunset", "aspect_ratio": "1:1", "loop": True, "seed": 11}
        with Kinora() as kinora:
            files = []
            for _ in range(2):
                answer = kinora.video(fields, timeout=280)
                self.assertEqual(answer.status, 200, answer)
                self.assertEqual(answer.json["seed"], 11)
                files.append(self.fetch(kinora, answer.json["video_url"]))
            self.check_clip(files[0], 1008, 1008)
            self.assertEqual(files[0].read_bytes(), files[1].read_bytes())
            frames = clip.small_frames(files[0], 88, 88)
            steps = self.steps(frames)
            self.assertGreater(len(set(frames)), 60)
            # A step like its neighbours'; the encoder's rounding is a part of every one.
            self.assertLessEqual(clip.distance(frames[-1], frames[0]), 1.6 * statistics.median(steps) + 0.5)

    def test_a_render_outlives_its_workers_and_its_server(self):
        with Kinora() as kinora:
            task_id = kinora.submit("a lighthouse in the rain")

            def progress():
                response = kinora.task(task_id)["response"]
                self.assertIn(response["state"], ("pending", "processing"), "too quick to be interrupted")
                return response.get("progress", 0)
            wait_for(lambda: progress() > 3, "frames are drawn")
            os.kill(kinora.worker_pids()[0], signal.SIGKILL)
            wait_for(lambda: kinora.events("task.recovered"), "the task goes back at once")
            wait_for(lambda: len(kinora.events("task.claimed")) == 2, "another worker has it")
            kinora.kill()
            # Who finishes it now is no child of the server.
            kinora.arguments = ["--workers", "0"]
            kinora.restart()
            self.assertIn(kinora.task(task_id)["response"]["state"], ("processing", "completed"))
            worker = subprocess.Popen([PROGRAM, "worker", "--data", kinora.data], stdin=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL)
            try:
                result = kinora.wait_state(task_id, "completed", seconds=120)["response"]
                worker.send_signal(signal.SIGTERM)
                self.assertEqual(worker.wait(30), 0)
            finally:
                worker.kill()
                worker.wait()
            self.check_clip(self.fetch(kinora, result["video_url"]))
            self.assertEqual(kinora.terminate()[0], 0)
            self.assertEqual(list((kinora.data / "parts").iterdir()), [])
            self.assertEqual(len(list((kinora.data / "media").iterdir())), 2)
            self.assertFalse(any(TOKEN in line for line in kinora.log))
