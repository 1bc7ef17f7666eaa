"""Rooms: who may include whom.

The one place where this is written down is the room table of docs/ARCHITECTURE.md. Each room's USES in CMake and
each of its includes must agree with it.
"""

import re

from tree import CPP, Tree, suffix

TABLE = "docs/ARCHITECTURE.md"

# Parts of one room that must not know the parts after them: reading a prompt needs no pixels.
HIDDEN_PARTS = {
    "src/engines/storyboard/words/": ("engines/storyboard/layers/", "engines/storyboard/frames/"),
    "src/engines/storyboard/scene/": ("engines/storyboard/layers/", "engines/storyboard/frames/"),
}

# Libraries that end in one room, or one folder of a room: nothing outside may include their headers.
CONFINED = {
    "engines/storyboard/stills": r"opencv2/",
    "media": r"lib(?:av|sw)\w+/|x264\.h|seccomp\.h",
    "storage": r"soci|sqlite3|libpq|postgresql/",
    "outbound": r"curl/",
    "accounts": r"unicode/|re2/",
    "api/tools": r"yaml-cpp/",
    "app": r"CLI/|toml\+\+|toml\.hpp",
}

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def room_table(tree: Tree) -> dict[str, set[str]]:
    """Room to the rooms it may use, from rows as ``| `api` | its job | base, http |``; "all" is every room."""
    rows: dict[str, str] = {}
    for line in tree.lines(TABLE) if tree.exists(TABLE) else []:
        row = re.match(r"^\|\s*`(\w+)`\s*\|[^|]*\|([^|]*)\|\s*$", line)
        if row:
            rows[row[1]] = row[2]
    table = {}
    for room, cell in rows.items():
        plain = re.sub(r"\([^)]*\)", "", cell)
        words = {word.strip(" `") for word in plain.split(",")}
        table[room] = set(rows) - {room} if "all" in words else words & set(rows)
    return table


def cmake_uses(text: str) -> set[str]:
    """The USES of the kinora_room(...) call in a CMakeLists.txt."""
    call = re.search(r"kinora_room\(([^)]*)\)", text)
    if not call:
        return set()
    uses, reading = set(), False
    for word in re.sub(r"#.*", "", call[1]).split():
        if word in ("NAME", "SOURCES", "LIBRARIES", "USES"):
            reading = word == "USES"
        elif reading:
            uses.add(word)
    return uses


def check(tree: Tree) -> list[str]:
    table = room_table(tree)
    if "base" not in table or "app" not in table:
        return [f"{TABLE}: no room table with rows from `base` to `app`"]
    faults = []
    present = {path.split("/")[1] for path in tree.paths if re.match(r"src/\w+/", path)}
    for room in sorted(present):
        if room not in table:
            faults.append(f"src/{room}: no such room in the table of {TABLE}")
            continue
        faults += _check_room(tree, room, table)
    return faults


def _check_room(tree: Tree, room: str, table: dict[str, set[str]]) -> list[str]:
    faults = []
    allowed = table[room]
    lists = f"src/{room}/CMakeLists.txt"
    if lists in tree.paths and "kinora_room(" in (tree.text(lists) or ""):
        uses = cmake_uses(tree.text(lists) or "")
        faults += [f"{lists}: USES {extra}, which the table does not allow" for extra in sorted(uses - allowed)]
        allowed = allowed & uses
    if f"src/{room}/README.md" not in tree.paths:
        faults.append(f"src/{room}: a room has a README.md")
    for path in tree.paths:
        if path.startswith(f"src/{room}/") and suffix(path) in CPP:
            faults += _check_includes(tree, path, room, allowed, table)
    return faults


def _check_includes(tree: Tree, path: str, room: str, allowed: set[str], table: dict[str, set[str]]) -> list[str]:
    faults = []
    for number, line in enumerate(tree.lines(path), 1):
        include = _INCLUDE.match(line)
        if not include:
            continue
        target = include[2]
        head = target.split("/")[0]
        if include[1] == '"' and head in table and head != room and head not in allowed:
            faults.append(f"{path}:{number}: {room} includes {target}; neither its row nor its USES has {head}")
        for owner, libraries in CONFINED.items():
            if not path.startswith(f"src/{owner}/") and not (owner == "app" and "/tools/" in path) and re.match(libraries, target):
                faults.append(f"{path}:{number}: {target} belongs to {owner} alone")
        for part, hidden in HIDDEN_PARTS.items():
            if path.startswith(part) and target.startswith(hidden):
                faults.append(f"{path}:{number}: {part} must not know {target}")
    return faults
