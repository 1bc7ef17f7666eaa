"""Conversations with the server as text: reads a transcript and plays it.

    # What the conversation shows.
    === server
    --workers 0
    === every request
    Authorization: Bearer <token>
    === a task is made
    POST /luma/videos

    {"prompt": "x", "async": true}
    --- 200
    Location: <base>/luma/tasks

    {"success": true, "task_id": "<uuid:task>", "trace_id": "<trace>"}
    === and can be asked for
    POST /luma/tasks

    {"id": "<task>"}
    --- 200
    X-Trace-Id: <uuid>

The sections `server` (arguments, one line) and `every request` (headers that each request carries unless it has its
own; one without a value is left out) may be missing. `--- until 200` asks again until the answer is the expected one.
An answer's body may be left out, then anything will do; so may headers; a header without a value must be absent.

In what is sent, `<name>` is a variable: `token`, `base` (http://host:port), `host`, or one that an earlier answer
gave; `<5000 x>` is x five thousand times. In what is expected there are also kinds: `<uuid>`, `<hex>` (32 digits),
`<string>`, `<any>`, and for a whole JSON value `<integer>`, `<float>` (it has a fraction as written), `<number>`,
`<bool>`. `<kind:name>` keeps what it found as a variable. `<trace>` is the answer's own X-Trace-Id.
An object has exactly the keys shown, unless it has "...": "..." among them; so for a list that ends in "...".
"""
import json
import pathlib
import re
import shlex
import time

TEXT_KINDS = {"uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "hex": r"[0-9a-f]{32}",
              "string": r"(?s:.+)", "any": r"(?s:.*)"}
VALUE_KINDS = {"integer": lambda value: type(value) is int, "float": lambda value: type(value) is float,
               "number": lambda value: type(value) in (int, float), "bool": lambda value: type(value) is bool,
               "any": lambda value: True}
PLACE = re.compile(r"<(?:(\d+) (.)|([a-z_]+)(?::([a-z_]+))?)>")


class Step:
    """One request and the answer that is expected."""

    def __init__(self, title, text):
        self.title = title
        asked, mark, expected = re.split(r"^--- (.*)\n", text + "\n", maxsplit=1, flags=re.M)
        first, self.headers, self.body = self._parts(asked)
        self.method, self.target = first.split(" ", 1)
        self.patient = mark.startswith("until ")
        self.status = int(mark.split()[-1])
        _, self.answer_headers, answer = self._parts("\n" + expected)
        self.answer = json.loads(answer) if answer else None

    @staticmethod
    def _parts(text):
        head, _, body = text.partition("\n\n")
        first, *lines = head.split("\n")
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            headers[name] = value.strip()
        return first, headers, body.strip("\n")


class Transcript:
    def __init__(self, path):
        self.arguments = []
        self.headers = {}
        self.steps = []
        text = "\n".join(line for line in pathlib.Path(path).read_text().split("\n") if not line.startswith("#"))
        for match in re.finditer(r"^=== (.*)\n((?:(?!=== ).*(?:\n|\Z))*)", text, re.M):
            title, body = match[1].strip(), match[2].strip("\n")
            if title == "server":
                self.arguments = shlex.split(body)
            elif title == "every request":
                _, self.headers, _ = Step._parts("\n" + body)
            else:
                self.steps.append(Step(title, body))


class Mismatch(Exception):
    pass


class Player:
    """Plays transcripts over `send`: a function of method, target, headers and body that gives an Answer."""

    def __init__(self, send, **variables):
        self.send = send
        self.variables = variables

    def play(self, transcript):
        for step in transcript.steps:
            end = time.monotonic() + 120
            while True:
                answer = self._ask(step, transcript.headers)
                try:
                    self._judge(step, answer)
                    break
                except Mismatch as mismatch:
                    if not step.patient or time.monotonic() > end:
                        raise AssertionError(f"in `{step.title}`: {mismatch}\nthe answer was {answer.status} "
                                             f"{answer.headers} {answer.body[:2000]!r}") from None
                time.sleep(0.05)

    def _ask(self, step, common):
        headers = {**{name: value for name, value in common.items()
                      if name.lower() not in {own.lower() for own in step.headers}}, **step.headers}
        sent = {name: self._fill(value) for name, value in headers.items() if value}
        return self.send(step.method, self._fill(step.target), sent, self._fill(step.body) if step.body else None)

    def _fill(self, text):
        def replace(place):
            if place[1]:
                return place[2] * int(place[1])
            return self.variables.get(place[3], place[0]) if not place[4] else place[0]
        return PLACE.sub(replace, text)

    def _judge(self, step, answer):
        if answer.status != step.status:
            raise Mismatch(f"expected {step.status}")
        trace_id = answer.headers.get("x-trace-id", "none")
        self.variables["trace"] = trace_id
        if not re.fullmatch(TEXT_KINDS["uuid"], trace_id):
            raise Mismatch(f"X-Trace-Id is {trace_id}")
        for name, wanted in step.answer_headers.items():
            found = answer.headers.get(name.lower())
            if not wanted and found is not None:
                raise Mismatch(f"there is a header {name}")
            if wanted:
                self._judge_text(wanted, found or "", f"header {name}")
        if answer.status >= 400 and answer.body and answer.json.get("trace_id") != trace_id:
            raise Mismatch("trace_id is not X-Trace-Id")
        if step.answer is not None:
            self._judge_value(step.answer, answer.json, "body")

    def _judge_value(self, wanted, found, where):
        place = PLACE.fullmatch(wanted) if isinstance(wanted, str) else None
        if place and place[3] in VALUE_KINDS:
            if not VALUE_KINDS[place[3]](found):
                raise Mismatch(f"{where} is no {place[3]}: {found!r}")
            if place[4]:
                self.variables[place[4]] = json.dumps(found)
        elif VALUE_KINDS["number"](wanted) and VALUE_KINDS["number"](found):
            if wanted != found:
                raise Mismatch(f"{where} is {found!r}, expected {wanted!r}")
        elif type(wanted) is not type(found):
            raise Mismatch(f"{where} is {found!r}, expected {wanted!r}")
        elif isinstance(wanted, dict):
            self._judge_object(wanted, found, where)
        elif isinstance(wanted, list):
            self._judge_list(wanted, found, where)
        elif isinstance(wanted, str):
            self._judge_text(wanted, found, where)
        elif wanted != found:
            raise Mismatch(f"{where} is {found!r}, expected {wanted!r}")

    def _judge_object(self, wanted, found, where):
        open_ended = "..." in wanted
        for key in wanted:  # In the order written: what one keeps another may need.
            if key == "...":
                continue
            if key not in found:
                raise Mismatch(f"{where} has no {key}")
            self._judge_value(wanted[key], found[key], f"{where}.{key}")
        if not open_ended and found.keys() - wanted.keys():
            raise Mismatch(f"{where} has also {sorted(found.keys() - wanted.keys())}")

    def _judge_list(self, wanted, found, where):
        open_ended = bool(wanted) and wanted[-1] == "..."
        items = wanted[:-1] if open_ended else wanted
        if len(found) < len(items) or (len(found) > len(items) and not open_ended):
            raise Mismatch(f"{where} has {len(found)} items")
        for number, (one, other) in enumerate(zip(items, found)):
            self._judge_value(one, other, f"{where}[{number}]")

    def _judge_text(self, wanted, found, where):
        pattern, at, names = "", 0, []
        for place in PLACE.finditer(wanted):
            pattern += re.escape(wanted[at:place.start()])
            at = place.end()
            if place[1]:
                pattern += re.escape(place[2]) + "{" + place[1] + "}"
            elif place[3] in TEXT_KINDS:
                pattern += f"({TEXT_KINDS[place[3]]})"
                names.append(place[4])
            else:
                pattern += re.escape(self.variables.get(place[3], place[0]))
        match = re.fullmatch(pattern + re.escape(wanted[at:]), found)
        if not match:
            raise Mismatch(f"{where} is {found!r}, expected {wanted!r}")
        self.variables.update({name: value for name, value in zip(names, match.groups()) if name})
