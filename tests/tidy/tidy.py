#!/usr/bin/env python3
"""tidy.py CHECK [--root FOLDER]: one check of the tree; prints a line for each fault and fails if there is one.

CHECK is rooms, words, files or links, or `programs FILE` for a built program.
"""

import argparse
import sys
from pathlib import Path

import files
import links
import programs
import rooms
import words
from tree import Tree

CHECKS = {"rooms": rooms.check, "words": words.check, "files": files.check, "links": links.check}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("check", choices=[*CHECKS, "programs"])
    parser.add_argument("program", nargs="?", type=Path)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()
    if arguments.check == "programs":
        faults = programs.check_program(arguments.program)
    else:
        tree = Tree(arguments.root)
        # A check that saw nothing has shown nothing.
        faults = CHECKS[arguments.check](tree) if tree.paths else [f"{arguments.root}: no files"]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
