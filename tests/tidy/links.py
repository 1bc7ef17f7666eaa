"""Links: what the documents point at is there.

Looks at relative links and their anchors, and at paths of this tree set in `code`.
"""

import os
import re

from tree import Tree, suffix

_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_PATH = re.compile(r"`((?:src|scripts|tests|docs|cmake|bench|deploy|assets|console|\.ci)/[\w./-]*\w/?)`")


def _without_blocks(text: str) -> str:
    """The text with its code blocks blanked, line numbers kept."""
    kept, inside = [], False
    for line in text.splitlines():
        fence = line.lstrip().startswith("```")
        kept.append("" if inside or fence else line)
        inside = inside != fence
    return "\n".join(kept)


def _anchors(text: str) -> set[str]:
    """The anchors that headings get on the usual forges."""
    found = set()
    for line in _without_blocks(text).splitlines():
        heading = re.match(r"#{1,6}\s+(.*)", line)
        if heading:
            plain = re.sub(r"[^\w\- ]", "", heading[1].strip().lower())
            found.add(plain.replace(" ", "-"))
    return found


def check(tree: Tree) -> list[str]:
    faults = []
    for path in tree.paths:
        if suffix(path) != ".md":
            continue
        for number, line in enumerate(_without_blocks(tree.text(path) or "").splitlines(), 1):
            for target in _LINK.findall(line):
                fault = _fault_of_link(tree, path, target)
                if fault:
                    faults.append(f"{path}:{number}: {fault}")
            faults += [f"{path}:{number}: there is no {named}" for named in _PATH.findall(line)
                       if not tree.exists(named)]
    return faults


def _fault_of_link(tree: Tree, path: str, target: str) -> str | None:
    if re.match(r"[a-z]+:", target):
        return None
    file, _, anchor = target.partition("#")
    if file.startswith("/"):
        return f"{target} starts at the root of a disk"
    linked = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path
    if linked.startswith("..") or not tree.exists(linked):
        return f"the link to {target} leads nowhere"
    if anchor and linked.endswith(".md") and anchor not in _anchors(tree.text(linked) or ""):
        return f"{linked} has no heading #{anchor}"
    return None
