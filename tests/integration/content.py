"""Content rules: prompts that are refused by the operator's list or moderator, before anything is stored or billed."""
import json
import pathlib
import tempfile
import unittest

from kinora_process import Kinora, run_program
from people import bearer, register, submit
from receiver import CLOSES, Receiver, Reply

RULES = "# What nobody may ask for.\nforbidden\nbad phrase\n/secret\\d+/\n"


class Content(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kinora-test-")
        self.addCleanup(self.folder.cleanup)

    def rules(self, text=RULES):
        path = pathlib.Path(self.folder.name) / "rules.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def refuse(self, answer, status=403, code="forbidden"):
        self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer)

    def test_a_prompt_against_the_list_is_refused_and_costs_nothing(self):
        with Kinora("--workers", 0, "--content-rules", self.rules()) as kinora:
            ada = register(kinora)
            application, token = ada.acquire(), ada.token()
            for prompt in ("a forbidden castle", "FORBIDDEN", "f\u043erbidden fruit", "for\u200bbidden", "a bad   phrase",
                           "the secret42 room"):
                headers = {**bearer(token), "Idempotency-Key": "k"}
                for body in ({"prompt": prompt, "async": True}, {"prompt": prompt}):
                    self.refuse(kinora.request("POST", "/luma/videos", body, headers))
            for prompt in ("an unforbidden castle", "a bad long phrase", "the secret room"):
                self.assertEqual(submit(kinora, token, prompt).status, 200, prompt)
            now = ada.application(application["id"])
            self.assertEqual((now["remaining_amount"], now["held_amount"]), (7, 3))
            for line in kinora.log:
                self.assertNotIn("castle", line)

    def test_a_broken_list_stops_the_start_with_its_line(self):
        for text, line in (("fine\n/(/\n", "2"), ("\xff".encode("latin-1"), "1")):
            path = self.rules("")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            done = run_program("serve", "--data", self.folder.name, "--listen", "127.0.0.1:0", "--content-rules", path)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn(line, done.stderr)

    def test_a_moderator_is_asked_about_each_prompt(self):
        with Receiver() as moderator:
            moderator.replies["/ask"] = [Reply(200, body=b'{"allowed": false, "reason": "no dragons here"}'),
                                         Reply(200, body=b'{"allowed": true}')]
            with Kinora("--workers", 0, "--moderator-url", moderator.url + "/ask", "--moderator-token", "m" * 20) as kinora:
                answer = submit(kinora, kinora.token, "a dragon", user_id="somebody else")
                self.refuse(answer)
                self.assertIn("no dragons here", answer.json["error"]["message"])
                self.assertEqual(submit(kinora, kinora.token, "a kitten").status, 200)
                asked = moderator.received[0]
                question = json.loads(asked.body)
                self.assertEqual(question["prompt"], "a dragon")
                self.assertNotEqual(question["user_id"], "somebody else")
                self.assertEqual(asked.headers["authorization"], "Bearer " + "m" * 20)
                self.assertFalse(any("m" * 20 in line or "dragon" in line for line in kinora.log))

    def test_a_moderator_that_does_not_answer(self):
        for reply in (Reply(500), Reply(200, body=b"nonsense"), CLOSES):
            with Receiver() as moderator:
                moderator.replies["/"] = [reply]
                with Kinora("--workers", 0, "--moderator-url", moderator.url + "/") as kinora:
                    answer = submit(kinora, kinora.token)
                    self.refuse(answer, 503, "api_error")
                    self.assertTrue(answer.headers["retry-after"])
        with Receiver() as moderator:
            moderator.replies["/"] = [Reply(500)]
            with Kinora("--workers", 0, "--moderator-url", moderator.url + "/", "--moderator-failure", "allow") as kinora:
                self.assertEqual(submit(kinora, kinora.token).status, 200)
                self.assertTrue(kinora.events("moderator.failed"))
