"""Blocking calls whose clients stay, go away in one of several ways, or come again."""
import socket
import struct

from kinora_process import wait_for
from raw_connection import RawConnection, request_bytes
from streams import lines_of_call


def task_ids(kinora):
    """Newest first. A list shows nobody the end of a task."""
    answer = kinora.request("POST", "/luma/tasks", {"action": "retrieve_batch", "limit": 100})
    return [task["id"] for task in answer.json["items"]]


def wait_at(kinora, body, **headers):
    """A client that waits for the answer of a call, and the task that it made."""
    before = set(task_ids(kinora))
    raw = RawConnection(kinora.port)
    sent = {"Host": f"127.0.0.1:{kinora.port}", "Authorization": f"Bearer {kinora.token}",
            "Content-Type": "application/json", **headers}
    raw.send(request_bytes("POST", "/luma/videos", sent, body))
    made = wait_for(lambda: set(task_ids(kinora)) - before, "the call makes a task")
    assert len(made) == 1, made
    return raw, made.pop()


def reset(raw):
    """Ends a connection as a client does that dies with it in use."""
    raw.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.socket.close()


def first_line(kinora, body, **headers):
    """Of the answer to a call whose client goes away after it."""
    with lines_of_call(kinora, body, **headers) as stream:
        assert stream.status == 200, (stream.status, stream.response.read())
        return next(stream.lines())[1]
