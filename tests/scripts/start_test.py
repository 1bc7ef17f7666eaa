#!/usr/bin/env python3
"""start builds when it must, and only then; passes arguments on; and shows what a compiler said.

Runs the real scripts in a small tree whose programs print their arguments.
"""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = '#include <cstdio>\nint main(int n, char** words) {\n    while (*++words) std::printf("[%s]", *words);\n' \
          "    return n == 0;\n}\n"
LISTS = """cmake_minimum_required(VERSION 3.25)
project(small CXX)
add_executable(kinora src/program.cpp)
add_executable(kinora-worker src/program.cpp)
add_executable(kinora-decoder src/program.cpp)
"""
ASSETS = '#!/bin/bash\nset -e\ncd "$(dirname "$0")/.."\nmkdir -p build/assets\n' \
         "[[ ! -e fail-assets ]]\ntouch build/assets/storyboard.{pack,words}\n"


class Start(unittest.TestCase):
    def setUp(self):
        # A blank in the path, for people have such folders.
        self.outer = Path(tempfile.mkdtemp(prefix="kinora-start-"))
        self.addCleanup(shutil.rmtree, self.outer)
        self.tree = self.outer / "a clone"
        for folder in ("scripts", "src", "cmake", "assets"):
            (self.tree / folder).mkdir(parents=True)
        shutil.copy(ROOT / "start", self.tree)
        shutil.copy(ROOT / "CMakePresets.json", self.tree)
        shutil.copy(ROOT / "scripts/steps.sh", self.tree / "scripts")
        self.script("setup", "#!/bin/bash\n")
        self.script("assets", ASSETS)
        (self.tree / "CMakeLists.txt").write_text(LISTS)
        (self.tree / "src/program.cpp").write_text(PROGRAM)

    def script(self, name: str, text: str) -> None:
        file = self.tree / "scripts" / name
        file.write_text(text)
        file.chmod(0o755)

    def start(self, *arguments: str, folder: Path | None = None, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess:
        return subprocess.run([str(self.tree / "start"), *arguments], cwd=folder, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, env={**os.environ, "PATH": path})

    def path_without_node(self) -> str:
        folder = self.outer / "bin"
        folder.mkdir()
        (folder / "node").write_text("#!/bin/sh\nexit 1\n")
        (folder / "node").chmod(0o755)
        return f"{folder}:{os.environ['PATH']}"

    def assert_builds(self, done: subprocess.CompletedProcess) -> None:
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("kinora: compiled", done.stdout)

    def assert_serves_at_once(self, done: subprocess.CompletedProcess, said: str) -> None:
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, said, ""))

    # A source of this time is newer than any stamp, however coarse the clock of the disk.
    def touch(self, path: str) -> None:
        file = self.tree / path
        time = file.stat().st_mtime + 10
        os.utime(file, (time, time))

    def test_builds_once_and_passes_arguments_on(self):
        self.assert_builds(self.start("--build"))
        self.assert_serves_at_once(self.start("--data", "a b"), "[serve][--data][a b]")
        self.assert_serves_at_once(self.start(folder=Path("/")), "[serve]")
        self.assert_serves_at_once(self.start("--build"), "")

    def test_builds_again_after_a_change(self):
        self.assert_builds(self.start("--build"))
        self.touch("src/program.cpp")
        self.assert_builds(self.start("--build"))

    def test_builds_again_after_a_file_went(self):
        (self.tree / "src/more.cpp").write_text("")
        self.assert_builds(self.start("--build"))
        (self.tree / "src/more.cpp").unlink()
        self.touch("src")
        self.assert_builds(self.start("--build"))

    def test_builds_anew_where_the_folder_was_moved(self):
        self.assert_builds(self.start("--build"))
        moved = self.outer / "moved"
        self.tree.rename(moved)
        self.tree = moved
        self.assert_builds(self.start("--build"))

    def test_a_compiler_error_is_shown_and_does_not_count_as_built(self):
        (self.tree / "src/program.cpp").write_text("int main() { return missing; }\n")
        for _ in range(2):
            done = self.start()
            self.assertEqual(done.returncode, 1)
            self.assertIn("missing", done.stderr)
            self.assertIn("compile.log", done.stderr)

    def test_a_pack_that_cannot_be_made_ends_the_start(self):
        (self.tree / "fail-assets").write_text("")
        done = self.start()
        self.assertEqual(done.returncode, 1)
        self.assertIn("assets failed", done.stderr)
        (self.tree / "fail-assets").unlink()
        self.assert_builds(self.start("--build"))

    def test_packages_of_node_come_while_the_compiler_works_and_the_page_waits_for_them(self):
        # The compiler ends only when the packages are there; root's come only when it has begun, who needs sudo gets them before.
        self.script("setup", "#!/bin/bash\ncd \"$(dirname \"$0\")/..\"\n[[ $1 != node ]] || { until [[ $EUID != 0 || -e build/begun ]]; do sleep 0.05; done; mkdir -p build; touch build/node; }\n")
        (self.tree / "CMakeLists.txt").write_text(LISTS + """
add_custom_command(OUTPUT page COMMAND touch ${CMAKE_SOURCE_DIR}/build/begun
    COMMAND flock ${CMAKE_SOURCE_DIR}/build/.node.lock test -e ${CMAKE_SOURCE_DIR}/build/node)
add_custom_target(page-of-it DEPENDS page)
add_dependencies(kinora page-of-it)
""")
        done = self.start("--build", path=self.path_without_node())
        self.assert_builds(done)
        self.assertTrue((self.tree / "build/node").exists())

    def test_packages_of_node_that_cannot_be_had_end_the_start(self):
        self.script("setup", "#!/bin/bash\n[[ $1 != node ]]\n")
        done = self.start("--build", path=self.path_without_node())
        self.assertNotEqual(done.returncode, 0)

    def test_two_at_once_build_once(self):
        command = [str(self.tree / "start"), "x"]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        said = [one.communicate()[0] for one in both]
        self.assertEqual([one.returncode for one in both], [0, 0])
        self.assertTrue(all(text.endswith("[serve][x]") for text in said), said)
        self.assertEqual(sum("kinora: compiled" in text for text in said), 1, said)


if __name__ == "__main__":
    unittest.main()
