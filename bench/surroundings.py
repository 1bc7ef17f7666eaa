"""What the scripts in bench/ share about the machine and the tree: build, facts, calm, tables.

Every script builds what it measures (build/bench, or the folder in KINORA_BENCH_BUILD, which is taken as it is),
waits a while for a quiet machine, and prints a Markdown table under a line with commit, machine and load.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Below this share of the cores being busy with other things, figures are worth keeping.
CALM = 0.10


def arguments(purpose: str, runs: int) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--runs", type=int, default=runs, help="how often each figure is taken (%(default)s)")
    parser.add_argument("--patience", type=float, default=60, metavar="S",
                        help="seconds to wait for a quiet machine (%(default)s)")
    parser.add_argument("--no-build", action="store_true", help="measure what is built already")
    # Whoever ends a script by SIGTERM gets its servers ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return parser


def build_folder() -> Path:
    return Path(os.environ.get("KINORA_BENCH_BUILD", ROOT / "build" / "bench")).resolve()


def build(options: argparse.Namespace, *targets: str) -> Path:
    """Builds the targets with the preset `bench`; answers the folder they lie in."""
    if not options.no_build and "KINORA_BENCH_BUILD" not in os.environ:
        for command in (["scripts/assets"], ["cmake", "--preset", "bench"],
                        ["cmake", "--build", "--preset", "bench", "--target", *targets]):
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                sys.exit(done.stdout[-4000:] + f"\n{' '.join(command)} failed")
    return build_folder()


def commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout.strip()
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src", "console", "cmake", "CMakeLists.txt", "bench")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" and changes" if changed else "")


def machine() -> str:
    model, memory = "unknown processor", 0.0
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal:"):
            memory = int(line.split()[1]) / 1024 / 1024
    kernel = os.uname().release
    return f"{len(os.sched_getaffinity(0))} cores of {model}, {memory:.0f} GB, Linux {kernel}"


def load_average() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def busy_share(seconds: float = 1.0) -> float:
    """The share of all cores' time in which they did not idle."""
    def times() -> list[int]:
        return [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    before = times()
    time.sleep(seconds)
    spent = [after - earlier for after, earlier in zip(times(), before)]
    return 1 - (spent[3] + spent[4]) / max(sum(spent), 1)


def wait_for_calm(patience: float) -> str:
    """Waits until others leave the machine alone; says how it was."""
    until = time.monotonic() + patience
    share = busy_share()
    while share > CALM and time.monotonic() < until:
        share = busy_share(2.0)
    return f"{share:.0%} busy with other things" if share > CALM else "calm"


def heading(title: str, calm: str) -> None:
    print(f"### {title}\n")
    print(f"Commit {commit()}; {machine()}; load average {load_average()}, {calm}; {time.strftime('%Y-%m-%d')}.\n",
          flush=True)


def table(columns: list[str], rows: list[list[object]]) -> None:
    print("| " + " | ".join(columns) + " |")
    print("| " + " | ".join("---" if i == 0 else "---:" for i in range(len(columns))) + " |")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
