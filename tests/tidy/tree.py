"""The files of a checkout, as the checks see them, and what a check says about them."""

import os
import subprocess
from pathlib import Path

# What a tree that git does not know leaves aside; with git, .gitignore decides.
_ASIDE = {".git", "build", "kinora-data", "node_modules", "__pycache__"}

CPP = {".hpp", ".cpp", ".ipp", ".h", ".cc"}
HEADERS = {".hpp", ".h"}


class Tree:
    """A folder with its files; reads each at most once."""

    def __init__(self, root: Path):
        self.root = root.resolve()
        self.paths = sorted(_from_git(self.root) or _from_disk(self.root))
        self._texts: dict[str, str | None] = {}

    def text(self, path: str) -> str | None:
        """The file's text, or None where it is not UTF-8 text."""
        if path not in self._texts:
            data = (self.root / path).read_bytes()
            try:
                self._texts[path] = None if b"\0" in data else data.decode("utf-8")
            except UnicodeDecodeError:
                self._texts[path] = None
        return self._texts[path]

    def lines(self, path: str) -> list[str]:
        return (self.text(path) or "").splitlines()

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()


def suffix(path: str) -> str:
    return os.path.splitext(path)[1]


def first_line(tree: Tree, path: str) -> str:
    lines = tree.lines(path)
    return lines[0] if lines else ""


def _from_git(root: Path) -> list[str]:
    """Tracked files and new ones that are not ignored; none where this is no checkout."""
    if not (root / ".git").exists():
        return []
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [name for name in set(names) if name and (root / name).is_file()]


def _from_disk(root: Path) -> list[str]:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _ASIDE]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in files]
    return found
