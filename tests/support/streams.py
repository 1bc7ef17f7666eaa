"""Answers that come bit by bit: lines of JSON, and events as the HTML standard has them."""
import dataclasses
import http.client
import json
import time

import openapi_check


@dataclasses.dataclass
class Event:
    name: str
    id: int  # None where it has none.
    data: dict
    at: float  # Seconds since the request.


class Stream:
    """Has status and headers when it is made. The connection closes on leaving the `with`, or by close()."""

    def __init__(self, kinora, method, path, body=None, headers=None, timeout=60):
        self.began = time.monotonic()
        self.connection = http.client.HTTPConnection("127.0.0.1", kinora.port, timeout=timeout)
        sent = {"Authorization": f"Bearer {kinora.token}", "Content-Type": "application/json", **(headers or {})}
        try:
            self.connection.request(method, path, None if body is None else json.dumps(body), sent)
            self.response = self.connection.getresponse()
        except BaseException:
            self.connection.close()
            raise
        self.status = self.response.status
        self.headers = {name.lower(): value for name, value in self.response.getheaders()}
        self.body = b""  # Not read yet.
        self.documented = openapi_check.judge(method, path, self, has_body=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.response.close()
        self.connection.close()

    def lines(self):
        """(seconds since the request, object) of each."""
        while True:
            line = self.response.readline()
            if not line:
                return
            assert line.endswith(b"\n"), line
            item = json.loads(line)
            if self.documented:
                self.documented.judge_event(None, item)
            yield time.monotonic() - self.began, item

    def events(self):
        """Whole ones only; what an end cuts off does not count."""
        fields = {}
        while True:
            line = self.response.readline().decode()
            if not line:
                return
            name, _, value = line.rstrip("\n").partition(": ")
            if line != "\n":
                fields[name] = value
            elif "data" in fields:
                number = int(fields["id"]) if "id" in fields else None
                event = Event(fields.get("event", "message"), number, json.loads(fields["data"]),
                              time.monotonic() - self.began)
                if self.documented:
                    self.documented.judge_event(event.name, event.data)
                yield event
                fields = {}


def lines_of_call(kinora, body, **headers):
    """A blocking call whose answer comes in lines; the first one comes at once and names the task."""
    return Stream(kinora, "POST", "/luma/videos", body, {"Accept": "application/x-ndjson", **headers})


def events_of_task(kinora, task_id, query="", last=None, **headers):
    sent = {**headers, **({} if last is None else {"Last-Event-ID": str(last)})}
    return Stream(kinora, "GET", f"/api/v1/tasks/{task_id}/events{query}", headers=sent)
