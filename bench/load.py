"""wrk, sending one and the same POST over many connections for some seconds."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from service import headers

# wrk hands its counts to done(); they come out as one line of JSON.
POST = """\
wrk.method = "POST"
wrk.body = %s
%s
"""
DONE = """\
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        '\\nFACTS {"requests": %d, "seconds": %f, "refused": %d, "broken": %d, "p50_ms": %f, "p99_ms": %f}\\n',
        summary.requests, summary.duration / 1e6, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


def quoted(text: str) -> str:
    """A JSON string of ASCII is a Lua string, but for \\u and \\/."""
    return json.dumps(text.encode("ascii").decode())


def post(folder: Path, url: str, body: str, seconds: float, connections: int, threads: int) -> dict:
    """Requests, seconds, refused (statuses from 400 up), broken, p50_ms and p99_ms; `rate` is answers a second."""
    script = folder / "post.lua"
    lines = [f"wrk.headers[{quoted(name)}] = {quoted(value)}" for name, value in headers().items()]
    script.write_text(POST % (quoted(body), "\n".join(lines)))
    return run_script(script, url, seconds, connections, threads)


def run_script(script: Path, url: str, seconds: float, connections: int, threads: int = 2) -> dict:
    """The same for calls that a Lua script makes; it is told what to do at its end."""
    if not shutil.which("wrk"):
        sys.exit("wrk is missing; scripts/setup bench installs it")
    script.write_text(script.read_text() + DONE)
    done = subprocess.run(["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds:g}s", "--timeout", "30s",
                           "-s", str(script), url], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told = re.search(r"^FACTS (.*)$", done.stdout, re.MULTILINE)
    if done.returncode != 0 or not told:
        sys.exit(f"wrk ended with {done.returncode}:\n{done.stdout}")
    facts = json.loads(told[1])
    facts["rate"] = facts["requests"] / facts["seconds"]
    if facts["refused"] or facts["broken"]:
        print(f"wrk: {facts['refused']} refused, {facts['broken']} broken", file=sys.stderr)
    return facts
