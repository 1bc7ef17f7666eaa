#!/usr/bin/env python3
"""scripts/setup says what it installs, installs only what is missing, and tells a failure apart from success.

apt-get, dpkg-query and sudo are stand-ins on PATH that write down how they were called.
"""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

STAND_INS = {
    "dpkg-query": 'for package in "${@:4}"; do\n'
                  '    [[ " $INSTALLED " == *" $package "* ]] && echo "installed $package"\n'
                  "done\nexit 1\n",
    "apt-get": 'echo "apt-get $*" >>"$CALLS"\necho "what apt says"\n'
               '[[ -z $APT_FAILS ]] || { echo "E: no such package"; exit 100; }\n',
    "sudo": 'exec "$@"\n',
}


class Setup(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="kinora-setup-"))
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("setup", "steps.sh"):
            (self.folder / "scripts").mkdir(exist_ok=True)
            shutil.copy(ROOT / "scripts" / name, self.folder / "scripts" / name)
        (self.folder / "scripts/packages").write_text(
            "# A comment.\nbuild  one\nbuild  libboost@boost@-dev\ntest   two\n")
        (self.folder / "bin").mkdir()
        for name, text in STAND_INS.items():
            self.stand_in(name, text)

    def stand_in(self, name: str, text: str) -> None:
        file = self.folder / "bin" / name
        file.write_text("#!/bin/bash\n" + text)
        file.chmod(0o755)

    def run_setup(self, *uses: str, installed: str = "", apt_fails: str = "") -> subprocess.CompletedProcess:
        environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "INSTALLED": installed,
                       "APT_FAILS": apt_fails, "CALLS": str(self.folder / "calls")}
        return subprocess.run(["bash", str(self.folder / "scripts/setup"), *uses], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def calls(self) -> list[str]:
        file = self.folder / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def test_what_is_missing_is_named_and_installed(self):
        done = self.run_setup("build", installed="one")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"installing 1 packages .*: libboost1\.\d+-dev\n")
        self.assertNotIn("what apt says", done.stdout)
        update, install = self.calls()
        self.assertIn("update", update)
        self.assertRegex(install, r"install --no-install-recommends --no-remove libboost1\.\d+-dev$")

    def test_uses_that_were_not_asked_for_stay_out(self):
        self.run_setup("test")
        self.assertTrue(self.calls()[1].endswith("--no-remove two"), self.calls())

    def test_nothing_is_said_or_done_when_all_is_there(self):
        done = self.run_setup("test", installed="two")
        self.assertEqual((done.returncode, done.stdout, done.stderr, self.calls()), (0, "", "", []))

    def test_a_failure_shows_the_words_of_apt_and_fails(self):
        done = self.run_setup("test", apt_fails="yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn("E: no such package", done.stderr)
        self.assertIn("packages.log", done.stderr)

    def test_without_a_use_it_explains_itself(self):
        self.assertEqual(self.run_setup().returncode, 2)

    @unittest.skipIf(os.geteuid() == 0, "root needs nobody's leave")
    def test_without_leave_the_exact_line_is_shown(self):
        self.stand_in("sudo", "exit 1\n")
        done = self.run_setup("test")
        self.assertEqual(done.returncode, 1)
        self.assertIn("apt-get update && apt-get install --no-install-recommends two\n", done.stderr)
        self.assertEqual(self.calls(), [])


if __name__ == "__main__":
    unittest.main()
