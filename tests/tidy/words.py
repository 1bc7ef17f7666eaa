"""Words that have no place in the tree, each with where it counts and what to do instead."""

import re

from tree import CPP, HEADERS, Tree, suffix


def _is_cpp(path: str) -> bool:
    return suffix(path) in CPP


def _is_header(path: str) -> bool:
    return suffix(path) in HEADERS


def _is_source(path: str) -> bool:
    return _is_cpp(path) and path.startswith("src/")


def _is_room(path: str) -> bool:
    # Programs speak to who runs them: app/, and tools of the build. A broken invariant is told by ensure.cpp.
    speaks = path.startswith("src/app/") or "/tools/" in path or path.endswith("_tool.cpp") \
        or path == "src/base/ensure.cpp"
    return _is_source(path) and not speaks


def _is_test(path: str) -> bool:
    # tests/support/ may hold the one loop that looks for a condition again and again.
    return path.startswith("tests/") and not path.startswith("tests/support/") and _is_cpp(path)


def _anywhere(path: str) -> bool:
    return True


# What to look for, where, and what to say about it.
RULES = [
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), _anywhere, "finish it, or take it out"),
    (re.compile(r"(^|[\s\"'`(=:])/(work|home|Users|root)/[\w.-]"), _anywhere, "a path of one machine"),
    (re.compile(r"\.detach\(\)"), _is_cpp, "a thread has an owner who joins it"),
    (re.compile(r"\bdetached\b(?=[^\"]*[;,)])"), _is_source, "asio::detached swallows exceptions; log what escaped"),
    (re.compile(r"^\s*using\s+namespace\b"), _is_header, "no using namespace in a header"),
    (re.compile(r"\b(f?printf|puts)\s*\("), _is_room, "rooms speak through Log"),
    (re.compile(r"\bstd::(cout|cerr|clog)\b"), _is_room, "rooms speak through Log"),
    (re.compile(r"\b(sleep_for|sleep_until|usleep)\s*\("), _is_test,
     "a test waits on a condition"),
]

# The rules themselves and their samples.
_EXEMPT = ("tests/tidy/",)


def check(tree: Tree) -> list[str]:
    faults = []
    for path in tree.paths:
        if path.startswith(_EXEMPT):
            continue
        rules = [rule for rule in RULES if rule[1](path)]
        for number, line in enumerate(tree.lines(path), 1):
            faults += [f"{path}:{number}: {advice}: {line.strip()[:80]}"
                       for pattern, _, advice in rules if pattern.search(line)]
    return faults
