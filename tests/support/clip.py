"""What a clip is, as FFmpeg's own programs see it: another reader than the one that wrote it."""
import json
import struct
import subprocess


def probe(path):
    """The stream's and the container's facts, with every frame counted."""
    shown = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json",
                            path], check=True, capture_output=True, text=True)
    assert shown.stderr == "", shown.stderr
    return json.loads(shown.stdout)


def boxes(path):
    """Names of an MP4's top-level boxes, in order."""
    names, data, at = [], path.read_bytes(), 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at:at + 8])
        names.append(name.decode())
        at += size if size > 1 else struct.unpack(">Q", data[at + 8:at + 16])[0]
    return names


def small_frames(path, width=120, height=66):
    """Every frame as a small RGB picture, in bytes; decoding must go without a complaint."""
    decoded = subprocess.run(["ffmpeg", "-v", "error", "-xerror", "-i", path, "-vf", f"scale={width}:{height}:flags=area",
                              "-pix_fmt", "rgb24", "-f", "rawvideo", "-"], check=True, capture_output=True)
    assert decoded.stderr == b"", decoded.stderr
    size = 3 * width * height
    return [decoded.stdout[at:at + size] for at in range(0, len(decoded.stdout), size)]


def distance(one, other):
    """Mean difference of two small frames, in steps of 0..255."""
    return sum(abs(a - b) for a, b in zip(one, other)) / len(one)
