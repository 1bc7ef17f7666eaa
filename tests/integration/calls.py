"""What callers meet: the three ways to a result, tasks, tokens, media."""
import json
import pathlib
import re
import stat
import time
import unittest
import urllib.parse

from kinora_process import PROMPT, TOKEN, Kinora, wait_for

UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


class Calls(unittest.TestCase):
    def test_a_blocking_call_answers_with_the_result(self):
        with Kinora() as kinora:
            answer = kinora.video({"action": "generate", "enhancement": True, **PROMPT})
            self.assertEqual(answer.status, 200, answer)
            result = answer.json
            self.assertEqual(list(result)[:12], [
                "success", "task_id", "trace_id", "video_id", "prompt", "video_url", "video_width",
                "video_height", "state", "thumbnail_url", "thumbnail_width", "thumbnail_height"])
            self.assertIs(result["success"], True)
            self.assertEqual(result["state"], "completed")
            self.assertEqual(result["prompt"], PROMPT["prompt"])
            self.assertEqual((result["video_width"], result["video_height"]), (1360, 752))
            self.assertEqual((result["duration"], result["fps"]), (5, 24))
            self.assertEqual(result["trace_id"], answer.headers["x-trace-id"])
            for name in ("task_id", "trace_id", "video_id"):
                self.assertRegex(result[name], UUID)
            for name, kind in (("video_url", "video/mp4"), ("thumbnail_url", "image/jpeg")):
                self.assertTrue(result[name].startswith(kinora.url + "/media/"), result[name])
                media = kinora.request("GET", urllib.parse.urlparse(result[name]).path, token=False)
                self.assertEqual((media.status, media.headers["content-type"]), (200, kind))
                self.assertGreater(len(media.body), 1000)

    def test_an_immediate_answer_has_no_url_and_polling_leads_to_the_result(self):
        with Kinora() as kinora:
            answer = kinora.video({**PROMPT, "async": True})
            self.assertEqual(answer.status, 200)
            self.assertEqual(list(answer.json), ["success", "task_id", "trace_id"])
            self.assertIn("location", answer.headers)
            task = kinora.wait_state(answer.json["task_id"], "completed")
            self.assertEqual(task["response"]["video_width"], 1360)
            self.assertEqual(task["data"], {**task["response"], "id": task["id"]})
            self.assertEqual(task["request"], {**PROMPT, "async": True})
            self.assertEqual(task["_id"], task["id"])
            self.assertEqual((task["type"], task["api_id"]),
                             ("videos", "94fc9028-5a9f-4875-aae4-38463bd30ac5"))
            self.assertAlmostEqual(task["elapsed"], task["finished_at"] - task["started_at"], places=3)
            self.assertEqual(task["trace_id"], answer.json["trace_id"])

    def test_a_poller_sees_states_in_order_and_progress_that_never_falls(self):
        with Kinora() as kinora:
            task_id = kinora.submit("frame_ms=15")
            seen = []

            def look():
                task = kinora.task(task_id)
                seen.append(task)
                return task["response"]["state"] == "completed"
            wait_for(look, "the task completes")
            order = ["pending", "processing", "completed"]
            ranks = [order.index(task["response"]["state"]) for task in seen]
            self.assertEqual(ranks, sorted(ranks))
            waiting = [task for task in seen if task["response"]["state"] != "completed"]
            progress = [task["response"]["progress"] for task in waiting]
            self.assertEqual(progress, sorted(progress))
            self.assertNotIn(1, progress)
            self.assertGreater(len(set(progress)), 3)
            for task in waiting:
                keys = [key for key in task["response"] if key not in ("queue_position", "estimated_seconds")]
                self.assertEqual(keys, ["task_id", "state", "progress"])
                self.assertEqual("queue_position" in task["response"], task["response"]["state"] == "pending")
                self.assertNotIn("finished_at", task)
                self.assertNotIn("elapsed", task)

    def test_lists_filter_order_and_count(self):
        with Kinora() as kinora:
            before = time.time()
            ids = [kinora.submit(f"number {number}") for number in range(5)]

            def batch(**more):
                return kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch", **more}).json
            page = batch(limit=2, offset=1)
            self.assertEqual(page["count"], 5)
            self.assertEqual([task["id"] for task in page["items"]], [ids[3], ids[2]])
            self.assertEqual([task["id"] for task in batch(ids=[ids[2], "x", ids[0]])["items"]],
                             [ids[2], ids[0]])
            self.assertEqual(batch(created_at_min=before - 1)["count"], 5)
            self.assertEqual(batch(created_at_max=before - 1)["count"], 0)
            self.assertEqual(batch(application_id=page["items"][0]["application_id"])["count"], 5)
            self.assertEqual(batch(application_id="00000000-0000-4000-8000-000000000000")["count"], 0)
            self.assertEqual(len(kinora.request("POST", "/luma/tasks", {"ids": ids}).json["items"]), 5)

    def test_a_blocked_caller_hears_of_a_timeout_and_the_work_goes_on(self):
        with Kinora() as kinora:
            answer = kinora.video({"prompt": "frame_ms=25", "timeout": 1})
            self.assertEqual((answer.status, answer.json["error"]["code"]), (504, "timeout"))
            kinora.wait_state(answer.json["task_id"], "completed")

    def test_failures_reach_both_kinds_of_callers(self):
        cases = [("fail=broken", 500, "api_error", "broken"), ("throw", 500, "api_error", None),
                 ("refuse=bad", 400, "bad_request", "bad")]
        with Kinora() as kinora:
            for prompt, status, code, message in cases:
                with self.subTest(prompt):
                    answer = kinora.video({"prompt": prompt})
                    self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code))
                    task = kinora.task(answer.json["task_id"])["response"]
                    self.assertEqual(list(task), ["success", "task_id", "trace_id", "state", "error"])
                    self.assertEqual((task["success"], task["state"]), (False, "failed"))
                    self.assertEqual(task["error"]["code"], code)
                    if message:
                        self.assertEqual(task["error"]["message"], message)

    def test_ratios_give_the_contracts_sizes(self):
        sizes = {"16:9": (1360, 752), "9:16": (752, 1360), "1:1": (1008, 1008), "4:3": (1168, 880),
                 "3:4": (880, 1168), "21:9": (1552, 656), "9:21": (656, 1552)}
        with Kinora() as kinora:
            ids = {ratio: kinora.submit("x", aspect_ratio=ratio) for ratio in sizes}
            for ratio, task_id in ids.items():
                result = kinora.wait_state(task_id, "completed")["response"]
                self.assertEqual((result["video_width"], result["video_height"]), sizes[ratio])

    def test_the_owner_file_is_private_and_its_token_works(self):
        with Kinora(token=None) as kinora:
            path = kinora.data / "owner.json"
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            owner = json.loads(path.read_text())
            self.assertEqual(sorted(owner), ["api_token", "email", "setup_url", "user_id",
                                             "webhook_secret"])
            kinora.token = owner["api_token"]
            wait_for(lambda: any(owner["api_token"] in line and "curl" in line for line in kinora.output),
                     "the greeting shows how to call")
            task = kinora.task(kinora.submit("x"))
            self.assertEqual(task["user_id"], owner["user_id"])
            self.assertFalse(any(owner["api_token"] in line for line in kinora.log))

    def test_a_changed_owner_token_replaces_the_former(self):
        with Kinora() as kinora:
            task_id = kinora.submit("x")
            kinora.terminate()
            kinora.token = "another-token-for-the-tests-123456"
            kinora.restart()
            self.assertEqual(kinora.task(task_id)["id"], task_id)
            old = kinora.request("POST", "/luma/tasks", {"id": task_id},
                                 headers={"Authorization": f"Bearer {TOKEN}"})
            self.assertEqual((old.status, old.json["error"]["code"]), (401, "invalid_token"))
            owner = json.loads(pathlib.Path(kinora.data / "owner.json").read_text())
            self.assertEqual(owner["api_token"], kinora.token)

    def test_media_answers_ranges_and_conditions(self):
        with Kinora() as kinora:
            result = kinora.video().json
            path = urllib.parse.urlparse(result["video_url"]).path

            def get(method="GET", **headers):
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return kinora.request(method, path, headers=named, token=False)
            whole = get()
            size = len(whole.body)
            part = get(Range="bytes=10-19")
            self.assertEqual((part.status, part.body), (206, whole.body[10:20]))
            self.assertEqual(part.headers["content-range"], f"bytes 10-19/{size}")
            self.assertEqual(get(Range="bytes=-5").body, whole.body[-5:])
            self.assertEqual(get(Range=f"bytes={size}-").status, 416)
            self.assertEqual(get(If_None_Match=whole.headers["etag"]).status, 304)
            head = get("HEAD")
            self.assertEqual((head.status, head.body, head.headers["content-length"]),
                             (200, b"", str(size)))
            self.assertIn("max-age", whole.headers["cache-control"])
            missing = kinora.request("GET", "/media/" + "0" * 32 + ".mp4", token=False)
            self.assertEqual((missing.status, missing.json["error"]["code"]), (404, "not_found"))

    def test_links_start_at_the_public_url(self):
        with Kinora("--public-url", "https://video.example.com/") as kinora:
            result = kinora.video().json
            self.assertTrue(result["video_url"].startswith("https://video.example.com/media/"))

    def test_sample_images_of_the_hosted_documentation_count_as_absent(self):
        with Kinora() as kinora:
            answer = kinora.video({**PROMPT, "start_image_url": "https://cdn.acedata.cloud/r9vsv9.png",
                                   "end_image_url": "https://cdn.acedata.cloud/0iad3k.png",
                                   "video_id": None, "callback_url": None})
            self.assertEqual(answer.status, 200, answer)

    def test_the_same_seed_gives_the_same_file(self):
        with Kinora() as kinora:
            first, second = (kinora.video({**PROMPT, "seed": 7}).json for _ in range(2))
            self.assertEqual(first["seed"], 7)
            files = [kinora.request("GET", urllib.parse.urlparse(result["video_url"]).path).body
                     for result in (first, second)]
            self.assertEqual(files[0], files[1])
