"""Where the server is started and what it finds there: settings, ports, folders, databases, disks."""
import contextlib
import os
import pathlib
import resource
import socket
import subprocess
import tempfile
import unittest

from kinora_process import TOKEN, Kinora, free_port, run_program, wait_for

ROOM = "take some room " * 4_000  # 60 kB, about as much as a call may have.


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="kinora-test-") as path:
        yield pathlib.Path(path)


def serve(*arguments, wrapper=(), **environment):
    """Starts a server that is expected to refuse."""
    return run_program("serve", "--listen", "127.0.0.1:0", "--workers", 0, *arguments, wrapper=wrapper, **environment)


class Surroundings(unittest.TestCase):
    def refusal(self, ended, status=1):
        """The one sentence for the operator; all else on stderr is the log."""
        self.assertEqual(ended.returncode, status, ended)
        lines = [line for line in ended.stderr.splitlines() if not line.startswith("{")]
        self.assertEqual(len(lines), 1, ended.stderr)
        self.assertTrue(lines[0].startswith("kinora: "), lines[0])
        self.assertEqual(ended.stdout, "")
        return lines[0]

    # The command line and the settings.

    def test_version_and_help(self):
        version = run_program("version")
        self.assertEqual((version.returncode, version.stderr), (0, ""))
        self.assertRegex(version.stdout, r"^kinora \d+\.\d+\.\d+\n$")
        for arguments, words in ((["--help"], ("serve", "worker", "version")),
                                 (["serve", "--help"], ("--listen", "--public-url", "--data", "--database", "--workers",
                                                        "--owner-token", "--config", "--limit-work", "KINORA_DATA")),
                                 (["worker", "--help"], ("--data", "--database", "--config"))):
            shown = run_program(*arguments)
            self.assertEqual((shown.returncode, shown.stderr), (0, ""))
            for word in words:
                self.assertIn(word, shown.stdout)

    def test_a_wrong_command_line_is_refused_before_anything_is_made(self):
        with folder() as where:
            for arguments in ([], ["fly"], ["serve", "--wings", 2], ["serve", "--workers", "many"],
                              ["serve", "--workers", -1], ["serve", "--listen", "here"],
                              ["serve", "--listen", "127.0.0.1:70000"], ["serve", "--owner-token", "short"],
                              ["serve", "--public-url", "video.example.com"], ["serve", "--log-level", "loud"],
                              ["serve", "--limit-work", 0]):
                with self.subTest(arguments):
                    ended = run_program(*arguments, KINORA_DATA=where / "data")
                    self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended)
                    self.assertTrue(ended.stderr)
                    self.assertFalse((where / "data").exists())

    def test_a_file_of_settings_is_judged(self):
        cases = [('listen = "127.0.0.1:0"\nwings = 2\n', "wings"), ("workers = \"two\"\n", "workers"),
                 ('trusted_proxies = [7]\n', "trusted-proxies"), ('listen = \n', "line 1"),
                 ('public_url = "video.example.com"\n', "public-url")]
        with folder() as where:
            file = where / "kinora.toml"
            for text, word in cases:
                with self.subTest(text):
                    file.write_text(text)
                    self.assertIn(word, self.refusal(run_program("serve", "--config", file), 2))
            self.assertIn("nowhere.toml", self.refusal(run_program("serve", "--config", where / "nowhere.toml"), 2))

    def test_a_flag_wins_over_a_variable_and_that_over_the_file(self):
        def location(*arguments, **environment):
            with Kinora("--workers", 0, "--config", file, *arguments, environment=environment) as kinora:
                return kinora.video({"prompt": "x", "async": True}).headers["location"]
        with folder() as where:
            file = where / "kinora.toml"
            file.write_text('public_url = "https://file.example"\nlog-level = "debug"\n')
            variable = {"KINORA_PUBLIC_URL": "https://variable.example"}
            flag = ["--public-url", "https://flag.example"]
            self.assertEqual(location(), "https://file.example/luma/tasks")
            self.assertEqual(location(**variable), "https://variable.example/luma/tasks")
            self.assertEqual(location(*flag, **variable), "https://flag.example/luma/tasks")

    # Ports and folders.

    def test_a_port_in_use_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as taken, folder() as where:
            port = taken.getsockname()[1]
            refused = self.refusal(run_program("serve", "--data", where, "--listen", f"127.0.0.1:{port}"))
            self.assertIn(f"127.0.0.1:{port} is in use", refused)
            self.assertIn("--listen", refused)

    def test_an_address_of_another_machine_is_named(self):
        with folder() as where:
            self.assertIn("192.0.2.1", self.refusal(run_program("serve", "--data", where, "--listen", "192.0.2.1:0")))

    def test_a_data_folder_that_cannot_be_written_is_named(self):
        # Root may write everywhere unless it goes without that capability.
        as_others = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
        with folder() as where:
            where.chmod(0o555)
            for data in (where, where / "data"):
                refused = self.refusal(serve("--data", data, wrapper=as_others))
                self.assertIn(str(data), refused)
                self.assertIn("Permission denied", refused)
                self.assertIn("--data", refused)
            where.chmod(0o755)

    def test_a_file_in_place_of_the_data_folder_is_named(self):
        with folder() as where:
            file = where / "data"
            file.write_text("mine")
            for data in (file, file / "deeper"):
                self.assertIn(str(data), self.refusal(serve("--data", data)))
            self.assertEqual(file.read_text(), "mine")

    def test_a_data_folder_has_one_server(self):
        with Kinora("--workers", 0) as kinora:
            refused = self.refusal(serve("--data", kinora.data))
            self.assertIn(str(kinora.data), refused)
            self.assertIn("another server is using it", refused)
            self.assertEqual(kinora.request("GET", "/health/ready", token=False).status, 200)

    # Databases.

    def test_a_postgresql_that_cannot_be_reached_is_told_without_its_password(self):
        with folder() as where:
            for url in (f"postgresql://kinora:sesame-open@127.0.0.1:{free_port()}/kinora",
                        f"postgresql://kinora:sesame-open@%2Fnowhere/kinora",
                        "postgresql://kinora:sesame-open@127.0.0.1:99999/kinora", "mysql://kinora:sesame-open@x/y"):
                with self.subTest(url):
                    ended = serve("--data", where, "--database", url)
                    self.assertIn("database", self.refusal(ended))
                    self.assertNotIn("sesame", ended.stderr)

    def test_a_file_that_is_no_database_is_left_alone(self):
        with folder() as where:
            file = where / "kinora.db"
            file.write_text("My diary. " * 1000)
            refused = self.refusal(serve("--data", where))
            self.assertIn(str(file), refused)
            self.assertIn("no SQLite database, or a damaged one", refused)
            self.assertEqual(file.read_text(), "My diary. " * 1000)

    def test_a_damaged_database_is_named(self):
        with folder() as where:
            with Kinora("--workers", 0, data=where) as kinora:
                kinora.submit("x")
                self.assertEqual(kinora.terminate()[0], 0)
            file = where / "kinora.db"
            pages = file.read_bytes()
            self.assertGreater(len(pages), 8192)
            file.write_bytes(pages[:4096] + b"\xa5" * (len(pages) - 4096))
            refused = self.refusal(serve("--data", where))
            self.assertIn(str(file), refused)
            self.assertIn("damaged", refused)

    # A disk without room. What was accepted is kept, what cannot be kept is not accepted.

    def submit_until_full(self, kinora):
        """Gives the tasks that were accepted before there was no room."""
        accepted = []

        def submit():
            answer = kinora.video({"prompt": "x", "async": True, "ballast": ROOM})
            if answer.status == 200:
                accepted.append(answer.json["task_id"])
                return None
            return answer
        answer = wait_for(submit, "there is no room left")
        self.assertEqual((answer.status, answer.json["error"]["code"]), (503, "api_error"), answer)
        self.assertIn("retry-after", answer.headers)
        self.assertEqual(kinora.request("GET", "/health/live", token=False).status, 200)
        return accepted

    def test_a_file_size_limit_is_met_as_a_full_disk_is(self):
        with Kinora("--workers", 0) as kinora:
            first = kinora.submit("x")
            _, hard = resource.prlimit(kinora.process.pid, resource.RLIMIT_FSIZE)
            used = max(file.stat().st_size for file in kinora.data.iterdir() if file.is_file())
            resource.prlimit(kinora.process.pid, resource.RLIMIT_FSIZE, (used + 100_000, hard))
            accepted = [first, *self.submit_until_full(kinora)]
            self.assertEqual(kinora.video({"prompt": "x", "ballast": ROOM}).status, 503)
            resource.prlimit(kinora.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
            accepted.append(kinora.submit("x"))
            for task_id in accepted:
                self.assertEqual(kinora.task(task_id)["response"]["state"], "pending")
            count = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch"}).json["count"]
            self.assertEqual(count, len(accepted))

    @unittest.skipUnless(os.geteuid() == 0, "mounting a small file system needs root")
    def test_on_a_full_disk_the_server_lives_and_the_work_goes_on_once_there_is_room(self):
        # The mount is seen by the server alone and goes with it.
        mount = ('mount -t tmpfs -o size=12m none "$0" && exec "$@"')
        with folder() as where:
            in_small_room = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, where]
            if subprocess.run([*in_small_room, "true"], capture_output=True).returncode != 0:
                self.skipTest("this machine does not let us mount")
            with Kinora("--disk-floor", 0, data=where, wrapper=in_small_room) as kinora:
                seen = pathlib.Path(f"/proc/{kinora.process.pid}/root{where}")
                running = kinora.submit("frame_ms=20")
                kinora.wait_state(running, "processing")
                with contextlib.suppress(OSError), open(seen / "ballast", "wb", 0) as ballast:
                    while ballast.write(b"\xa5" * 4096):
                        pass
                accepted = [running, *self.submit_until_full(kinora)]
                wait_for(lambda: any("full" in line or "room" in line for line in kinora.log), "the log tells of it")
                self.assertEqual(kinora.task(running)["response"]["state"], "processing")
                (seen / "ballast").unlink()
                accepted.append(kinora.submit("x"))
                for task_id in accepted:
                    kinora.wait_state(task_id, "completed")
                wait_for(lambda: not list((seen / "parts").iterdir()), "what was begun is cleaned up")

    # Workers.

    def test_without_its_worker_program_the_server_lives_and_says_so(self):
        with Kinora(environment={"KINORA_WORKER_PROGRAM": "/nowhere/kinora-worker"}) as kinora:
            wait_for(lambda: kinora.events("worker.unstarted"), "the log tells of it")
            self.assertIn("/nowhere/kinora-worker", kinora.events("worker.unstarted")[0]["reason"])
            task_id = kinora.submit("x")
            self.assertEqual(kinora.request("GET", "/health/ready", token=False).status, 200)
            self.assertEqual(kinora.task(task_id)["response"]["state"], "pending")
            self.assertEqual(kinora.terminate()[0], 0)

    def test_a_worker_program_that_ends_at_once_is_not_started_in_a_rush(self):
        with Kinora(environment={"KINORA_WORKER_PROGRAM": "/bin/false"}) as kinora:
            wait_for(lambda: len(kinora.events("worker.died")) >= 3, "it is tried again")
            times = [event["time"] for event in kinora.events("worker.started")]
            self.assertEqual(times, sorted(times))
            self.assertEqual(kinora.terminate()[0], 0)
            self.assertNotIn(TOKEN, "".join(kinora.log))
