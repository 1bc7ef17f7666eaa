"""Whether an answer is one that the OpenAPI document describes.

Every answer that the integration tests get goes through judge(), so that the document and the server cannot drift
apart: the status must be documented, its content type too, the body valid, and the headers there. Does nothing where
KINORA_OPENAPI is not set.
"""
import json
import os

from openapi import OpenApi, path_of

# What is no HTTP that we understand is refused before it gets anywhere: too slow, a strange expectation, a head that
# is too long, a coding that nobody knows.
PROTOCOL = (408, 417, 431, 501)
WITHOUT_BODY = (204, 304)


class Media:
    """The documented content of one answer; `where` says which."""

    def __init__(self, check, where, value):
        self.check = check
        self.where = where
        self.value = value

    def judge_event(self, name, item):
        """One event of a stream, or a line where it has no name."""
        if name is None:
            schema = self.value.get("x-kinora-line")
        else:
            schema = self.value.get("x-kinora-events", {}).get(name)
        if schema is None:
            raise AssertionError(f"{self.where}: an event `{name}` is not documented")
        self.check.judge_value(schema, item, f"{self.where}, event {name}" if name else f"{self.where}, a line")


class Check:
    def __init__(self, document):
        self.document = document
        self._validators = {}

    def judge(self, method, target, answer, has_body=True):
        """Raises AssertionError with what is wrong. Gives the documented content where there is one."""
        method = method.upper()
        where = f"{method} {target} -> {answer.status}"
        found = self.document.methods_at(target)
        if method == "OPTIONS":
            return self._judge_headers(where, {"headers": self._trace_header()}, answer)
        operation = found.get(method) or (found.get("GET") if method == "HEAD" else None)
        response = self._response(where, found, operation, target, answer)
        self._judge_headers(where, response, answer)
        return self._judge_body(where, response, answer, has_body and method != "HEAD")

    def _component(self, name):
        return self.document.value["components"]["responses"][name]

    def _trace_header(self):
        return {"X-Trace-Id": {"$ref": "#/components/headers/TraceId"}}

    def _response(self, where, found, operation, target, answer):
        if operation and operation.response(answer.status) and not _leads_nowhere(answer, target):
            return operation.response(answer.status)
        if answer.status in PROTOCOL:
            return {"headers": self._trace_header(),
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
        if answer.status == 503:  # Too many connections.
            return self._component("Unavailable")
        if not found or _leads_nowhere(answer, target):
            if answer.status != 404:
                raise AssertionError(f"{where}: the path is not documented, so it should answer 404")
            return self._component("NoApi")
        if not operation:
            if answer.status != 405:
                raise AssertionError(f"{where}: the method is not documented, so it should answer 405")
            return self._component("MethodNotAllowed")
        raise AssertionError(f"{where}: {operation} has no status {answer.status} in the document; "
                             f"the answer was {answer.body[:400]!r}")

    def _judge_headers(self, where, response, answer):
        for name, header in response.get("headers", {}).items():
            header = self.document.follow(header)
            text = answer.headers.get(name.lower())
            if text is None:
                if header.get("required"):
                    raise AssertionError(f"{where}: has no header {name}")
                continue
            schema = self.document.follow(header["schema"])
            value = int(text) if schema.get("type") == "integer" and text.lstrip("-").isdigit() else text
            self.judge_value(header["schema"], value, f"{where}, header {name}")

    def _judge_body(self, where, response, answer, has_body):
        content = response.get("content", {})
        sent = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if answer.status in WITHOUT_BODY or not content:
            if answer.body:
                raise AssertionError(f"{where}: has a body, and none is documented: {answer.body[:400]!r}")
            return None
        media = next((content[name] for name in (sent, sent.partition("/")[0] + "/*", "*/*") if name in content), None)
        if media is None:
            raise AssertionError(f"{where}: is `{sent}`, and documented are {sorted(content)}")
        media = Media(self, where, media)
        if has_body:
            self._judge_content(where, sent, media, answer)
        return media

    def _judge_content(self, where, sent, media, answer):
        if sent == "application/json":
            try:
                value = json.loads(answer.body)
            except ValueError as problem:
                raise AssertionError(f"{where}: is no JSON ({problem}): {answer.body[:400]!r}") from None
            self.judge_value(media.value["schema"], value, where)
        elif "x-kinora-line" in media.value:
            for line in answer.body.splitlines():
                media.judge_event(None, json.loads(line))
        elif "x-kinora-events" in media.value:
            for name, item in _events_in(answer.body.decode()):
                media.judge_event(name, item)

    def judge_value(self, schema, value, where):
        problem = self.problem_in(schema, value)
        if problem:
            raise AssertionError(f"{where}: {problem}")

    def problem_in(self, schema, value):
        """The most telling of what is wrong with `value`; None where it is valid."""
        from jsonschema.exceptions import best_match
        error = best_match(self._validator(schema).iter_errors(value))
        if error is None:
            return None
        return f"{error.json_path}: {error.message[:600]}"

    def _validator(self, schema):
        from jsonschema import Draft202012Validator
        key = json.dumps(schema)
        if key not in self._validators:
            # Components beside it, so that references into the document lead somewhere.
            root = {**schema, "components": {"schemas": self.document.value["components"]["schemas"]}}
            self._validators[key] = Draft202012Validator(root)
        return self._validators[key]


def _leads_nowhere(answer, target):
    """A way out of a folder, which the router undoes before it looks; what is left may be no path of ours."""
    return answer.status == 404 and b'"no_api"' in answer.body and ".." in path_of(target).split("/")


def _events_in(text):
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if "data" in fields:
            yield fields.get("event", "message"), json.loads(fields["data"])


_check = None


def judge(method, target, answer, has_body=True):
    """Of the document that KINORA_OPENAPI names. Not `has_body`: it is not read yet."""
    global _check
    if "KINORA_OPENAPI" not in os.environ:
        return None
    if _check is None:
        _check = Check(OpenApi.load())
    return _check.judge(method, target, answer, has_body)
