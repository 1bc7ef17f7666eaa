"""Files: their size, their name, their first and last line, and whether they run."""

import os
import re

from tree import CPP, HEADERS, Tree, first_line, suffix

MAX_LINES = 400
MAX_COLUMNS = 100
MAX_BINARY_BYTES = 1 << 20

_CODE = CPP | {".py", ".js", ".mjs", ".sh"}


def check(tree: Tree) -> list[str]:
    faults = []
    for path in tree.paths:
        faults += _check_any(tree, path)
        if _is_code(tree, path):
            faults += _check_code(tree, path)
        if suffix(path) in CPP:
            faults += _check_cpp(tree, path)
        if os.path.basename(path) in ("package-lock.json", "npm-shrinkwrap.json"):
            if '"resolved"' in (tree.text(path) or ""):
                faults.append(f"{path}: names a registry's address (\"resolved\"); the user's own registry decides")
    return faults


def _check_any(tree: Tree, path: str) -> list[str]:
    faults = []
    full = tree.root / path
    text = tree.text(path)
    if full.is_symlink():
        return [f"{path}: a symbolic link; name the file itself"]
    if text is None and full.stat().st_size > MAX_BINARY_BYTES and not path.startswith("docs/"):
        faults.append(f"{path}: a binary file of more than 1 MiB; it is built or fetched, not kept")
    if re.search(r"(\.(orig|rej|bak|swp|o|a|so|pyc|log|tmp)|~)$", path) or os.path.basename(path) == ".DS_Store":
        faults.append(f"{path}: a stray file")
    runs = os.access(full, os.X_OK)
    if runs != first_line(tree, path).startswith("#!"):
        faults.append(f"{path}: {'runs' if runs else 'does not run'}, and its first line says otherwise")
    if text and not path.startswith("tests/golden/"):
        if "\r" in text:
            faults.append(f"{path}: has carriage returns")
        if not text.endswith("\n"):
            faults.append(f"{path}: does not end with a line end")
    return faults


def _is_code(tree: Tree, path: str) -> bool:
    return suffix(path) in _CODE or os.path.basename(path) == "CMakeLists.txt" or (
        suffix(path) == "" and first_line(tree, path).startswith("#!"))


def _check_code(tree: Tree, path: str) -> list[str]:
    faults = []
    lines = tree.lines(path)
    if len(lines) > MAX_LINES:
        faults.append(f"{path}: {len(lines)} lines; past {MAX_LINES} there is a second noun inside")
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            faults.append(f"{path}:{number}: ends in blanks")
    if os.path.basename(path) != "CMakeLists.txt" and not _tells_its_purpose(tree, path):
        faults.append(f"{path}: does not open with a comment on its purpose")
    return faults


def _tells_its_purpose(tree: Tree, path: str) -> bool:
    """By its first comment, or, for a.cpp that opens with a.hpp, by the header's."""
    opening = [line for line in tree.lines(path) if line.strip() and not line.startswith("#!")]
    if not opening:
        return False
    header = os.path.splitext(path)[0] + ".hpp"
    if suffix(path) in CPP - HEADERS and opening[0] == f'#include "{header.removeprefix("src/")}"':
        return header in tree.paths
    return re.match(r"(//|/\*|#\s|\"\"\"|#$)", opening[0]) is not None


def _check_cpp(tree: Tree, path: str) -> list[str]:
    faults = []
    lines = tree.lines(path)
    if suffix(path) in HEADERS and "#pragma once" not in lines and os.path.basename(path) != "pch.hpp":
        faults.append(f"{path}: has no #pragma once")
    if not re.fullmatch(r"[a-z0-9_]+\.[a-z]+", os.path.basename(path)):
        faults.append(f"{path}: file names are snake_case")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            faults.append(f"{path}:{number}: {len(line)} columns of at most {MAX_COLUMNS}")
        if "\t" in line:
            faults.append(f"{path}:{number}: has a tab")
    return faults
