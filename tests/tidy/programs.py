"""Programs: the API process loads no codecs.

Rendering and encoding live in kinora-worker; what `kinora` itself loads stays small, since it waits with ten
thousand callers.
"""

import re
import subprocess
from pathlib import Path

CODECS = ("libavcodec", "libavformat", "libavutil", "libswscale", "libx264", "libwebp", "librsvg")


def needed(program: Path) -> list[str]:
    """The shared libraries that the program names itself."""
    told = subprocess.run(["readelf", "--dynamic", "--wide", str(program)], stdout=subprocess.PIPE, check=True)
    return re.findall(r"\(NEEDED\).*\[([^\]]+)\]", told.stdout.decode())


def codecs_among(libraries: list[str]) -> list[str]:
    return [name for name in libraries if name.startswith(CODECS)]


def check_program(program: Path) -> list[str]:
    if not program.exists():
        return [f"{program} is not built"]
    return [f"{program}: loads {name}" for name in codecs_among(needed(program))]
