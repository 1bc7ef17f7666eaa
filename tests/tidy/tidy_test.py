#!/usr/bin/env python3
"""Shows that every check passes on a small good tree and fails on each small bad one."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import files
import links
import programs
import rooms
import words
from tree import Tree

TABLE = """# Architecture

| room | its one job | it may use |
| ---- | ----------- | ---------- |
| `base` | words | std, Boost |
| `http` | bytes | base |
| `storage` | rows | base |
| `media` | frames (FFmpeg) | base |
| `engines` | pictures | base, media |
| `api` | meaning | base, http, engines (what they can do), storage |
| `app` | main | all |
"""

GOOD = {
    "docs/ARCHITECTURE.md": TABLE,
    "src/http/README.md": "# http\n",
    "src/http/CMakeLists.txt": "kinora_room(NAME http SOURCES router.cpp USES base)\n",
    "src/http/router.hpp": '// http/router.hpp: routes.\n#pragma once\n\n#include "base/log.hpp"\n#include <map>\n',
    "src/http/router.cpp": '// Routes, told apart.\n#include "http/router.hpp"\n',
    "scripts/run": "#!/usr/bin/env bash\n# Runs.\n",
    "README.md": "# Kinora\n\n[the rooms](docs/ARCHITECTURE.md#architecture), `src/http/router.hpp`\n",
}


class Case(unittest.TestCase):
    def faults(self, check, changes: dict[str, str | bytes | None]) -> list[str]:
        """What the check says of the good tree with these files put in, or taken out (None)."""
        with tempfile.TemporaryDirectory(prefix="kinora-tidy-") as folder:
            for path, content in {**GOOD, **changes}.items():
                if content is None:
                    continue
                file = Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content if isinstance(content, bytes) else content.encode())
                file.chmod(0o755 if path.startswith("scripts/") else 0o644)
            return check(Tree(Path(folder)))

    def passes(self, check, changes: dict[str, str | bytes | None]) -> None:
        self.assertEqual(self.faults(check, changes), [])

    def fails(self, check, changes: dict[str, str | bytes | None], words_of_it: str) -> None:
        found = self.faults(check, changes)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words_of_it, found[0])


class Rooms(Case):
    def test_the_good_tree_passes(self):
        self.passes(rooms.check, {})

    def test_no_table(self):
        self.fails(rooms.check, {"docs/ARCHITECTURE.md": None}, "no room table")

    def test_include_outside_the_row(self):
        self.fails(rooms.check, {"src/http/bad.hpp": '#include "media/picture.hpp"\n'}, "http includes media/picture.hpp")

    def test_include_in_the_row_that_cmake_does_not_link(self):
        self.fails(rooms.check, {
            "src/api/README.md": "# api\n",
            "src/api/CMakeLists.txt": "kinora_room(NAME api\n    SOURCES a.cpp\n    USES base http)\n",
            "src/api/a.cpp": '#include "storage/store.hpp"\n#include "http/router.hpp"\n',
        }, "api includes storage/store.hpp")

    def test_cmake_links_a_room_outside_the_row(self):
        self.fails(rooms.check, {
            "src/http/CMakeLists.txt": "kinora_room(NAME http USES base engines LIBRARIES x)\n"}, "USES engines")

    def test_a_room_that_is_not_in_the_table(self):
        self.fails(rooms.check, {"src/magic/README.md": "# magic\n"}, "no such room")

    def test_a_room_without_a_readme(self):
        self.fails(rooms.check, {"src/http/README.md": None}, "README.md")

    def test_notes_in_parentheses_and_all(self):
        self.passes(rooms.check, {
            "src/api/README.md": "# api\n", "src/api/a.cpp": '#include "engines/engine.hpp"\n',
            "src/app/README.md": "# app\n", "src/app/a.cpp": '#include "media/picture.hpp"\n#include <CLI/CLI.hpp>\n'})

    def test_each_confined_library(self):
        for header, owner in (("libavcodec/avcodec.h", "media"), ("soci/soci.h", "storage"), ("sqlite3.h", "storage"),
                              ("curl/curl.h", "outbound"), ("toml++/toml.h", "app"), ("CLI/CLI.hpp", "app"),
                              ("opencv2/core.hpp", "engines/storyboard/stills")):
            with self.subTest(header):
                self.fails(rooms.check, {"src/http/bad.cpp": f"#include <{header}>\n"}, f"belongs to {owner}")
        self.fails(rooms.check, {"src/engines/README.md": "# engines\n",
                                 "src/engines/storyboard/frames/bad.cpp": "#include <opencv2/core.hpp>\n"},
                   "belongs to engines/storyboard/stills")

    def test_parts_of_the_storyboard(self):
        common = {"src/engines/README.md": "# engines\n"}
        for part in ("words", "scene"):
            for hidden in ("layers", "frames"):
                bad = {f"src/engines/storyboard/{part}/a.hpp": f'#include "engines/storyboard/{hidden}/b.hpp"\n'}
                with self.subTest(part=part, hidden=hidden):
                    self.fails(rooms.check, {**common, **bad}, "must not know")
        self.passes(rooms.check, {
            **common, "src/engines/storyboard/frames/a.hpp": '#include "engines/storyboard/scene/b.hpp"\n'})


class Words(Case):
    def test_the_good_tree_passes(self):
        self.passes(words.check, {})

    def test_each_rule(self):
        samples = {
            "README.md": ["TO" + "DO: more\n", "see /work/" + "main/x\n", "`/home/" + "me/kinora`\n"],
            "src/http/bad.cpp": ["// FIX" + "ME\n", "thread.detach();\n", "co_spawn(c, run(), asio::detached);\n",
                                 'std::printf("x");\n', 'fprintf(stderr, "x");\n', 'std::cerr << "x";\n'],
            "src/http/bad.hpp": ["using namespace std;\n"],
            "tests/unit/http/bad_test.cpp": ["std::this_thread::sleep_for(1ms);\n", "usleep(5);\n"],
        }
        fired = set()
        for path, lines in samples.items():
            for line in lines:
                with self.subTest(path=path, line=line):
                    self.fails(words.check, {path: line}, f"{path}:1")
                    fired |= {rule[2] for rule in words.RULES if rule[1](path) and rule[0].search(line)}
        self.assertEqual(fired, {rule[2] for rule in words.RULES}, "a rule without a sample here")

    def test_what_looks_alike_and_is_fine(self):
        self.passes(words.check, {
            "src/http/fine.cpp": 'std::snprintf(b, 9, "x");\nusing namespace std::chrono_literals;\nlog.info("a.b");\n',
            "src/app/main.cpp": 'std::printf("x");\n',
            "src/engines/pack_tool.cpp": 'std::printf("x");\n',
            "src/engines/tools/draw.cpp": 'std::printf("x");\n',
            "docs/fine.md": "https://host/home/page and work/main\n",
        })


class Files(Case):
    def test_the_good_tree_passes(self):
        self.passes(files.check, {})

    def test_each_bad_file(self):
        start = "// A page.\n"
        rows = [
            ("src/http/long.cpp", start + "int a;\n" * 400, "401 lines"),
            ("src/http/bare.cpp", "int a;\n", "open with a comment"),
            ("src/http/router_test.cpp", '#include "http/router.hpp"\n', "open with a comment"),
            ("tests/e2e/bare.py", "import os\n", "open with a comment"),
            ("src/http/once.hpp", start, "#pragma once"),
            ("src/http/Camel.cpp", start, "snake_case"),
            ("src/http/wide.cpp", start + "// " + "x" * 98 + "\n", "101 columns"),
            ("src/http/tab.cpp", start + "\tint a;\n", "tab"),
            ("src/http/blank.cpp", start + "int a; \n", "blanks"),
            ("src/http/end.cpp", start + "int a;", "line end"),
            ("docs/dos.md", "a\r\n", "carriage"),
            ("assets/pack.bin", b"\0" * (1 << 20) + b"\0", "binary"),
            ("src/http/router.cpp.orig", "a\n", "stray"),
            ("scripts/mute", "echo\n", "first line says otherwise"),
            ("tests/e2e/run", "#!/bin/sh\n# Runs.\n", "first line says otherwise"),
            ("assets/package-lock.json", '{"resolved": "https://r/x.tgz"}\n', "registry"),
        ]
        for path, content, words_of_it in rows:
            with self.subTest(path):
                self.fails(files.check, {path: content}, words_of_it)

    def test_a_symbolic_link(self):
        with tempfile.TemporaryDirectory(prefix="kinora-tidy-") as folder:
            (Path(folder) / "a.md").write_text("a\n")
            os.symlink("a.md", Path(folder) / "b.md")
            self.assertEqual(len(files.check(Tree(Path(folder)))), 1)

    def test_what_is_fine(self):
        self.passes(files.check, {
            "src/http/router.cpp": '#include "http/router.hpp"\n',
            "docs/picture.png": b"\0" * (2 << 20), "assets/package-lock.json": '{"integrity": "sha512-x"}\n',
            "src/http/CMakeLists.txt": "kinora_room(NAME http)\n"})


class Links(Case):
    def test_the_good_tree_passes(self):
        self.passes(links.check, {})

    def test_each_bad_link(self):
        for text, words_of_it in (
                ("[a](docs/none.md)\n", "leads nowhere"), ("![a](none.png)\n", "leads nowhere"),
                ("[a](../outside.md)\n", "leads nowhere"), ("[a](#none)\n", "no heading"),
                ("[a](docs/ARCHITECTURE.md#none)\n", "no heading"), ("[a](/docs/ARCHITECTURE.md)\n", "root of a disk"),
                ("`src/http/none.hpp`\n", "there is no src/http/none.hpp")):
            with self.subTest(text):
                self.fails(links.check, {"docs.md": text}, words_of_it)

    def test_what_is_fine(self):
        self.passes(links.check, {
            "docs/more.md": "# A heading, `x`!\n[a](#a-heading-x) [b](https://host/none) `src/http` `src/<room>/x`\n"
                            "```\n[a](none.md)\n```\n"})


class Programs(unittest.TestCase):
    def test_codecs_are_told_from_other_libraries(self):
        found = programs.codecs_among(["libc.so.6", "libavcodec.so.59", "libx264.so.164", "libsqlite3.so.0"])
        self.assertEqual(found, ["libavcodec.so.59", "libx264.so.164"])

    def test_the_libraries_of_a_program_are_seen(self):
        self.assertIn("libc.so.6", programs.needed(Path("/bin/sh")))

    def test_a_program_that_is_not_there_is_a_fault(self):
        self.assertEqual(len(programs.check_program(Path("/nonexistent/kinora"))), 1)


class Command(unittest.TestCase):
    def test_the_exit_status_is_what_ctest_judges(self):
        tidy = Path(__file__).with_name("tidy.py")
        with tempfile.TemporaryDirectory(prefix="kinora-tidy-") as folder:
            def run() -> int:
                return subprocess.run([sys.executable, "-B", str(tidy), "links", "--root", folder],
                                      stdout=subprocess.DEVNULL, check=False).returncode
            self.assertEqual(run(), 1, "an empty tree shows nothing")
            (Path(folder) / "a.md").write_text("[a](a.md)\n")
            self.assertEqual(run(), 0)
            (Path(folder) / "a.md").write_text("[a](b.md)\n")
            self.assertEqual(run(), 1)


if __name__ == "__main__":
    unittest.main()
