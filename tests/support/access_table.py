"""Who may call what, and what they hear: drawn from the OpenAPI document, so that a new endpoint is in it by itself.

A cell is an operation, a caller, and a request; `expected` are the answers that are right for it.
"""
import dataclasses
import secrets
import uuid

TAKES = {"api": {"api", "session"}, "reader": {"api", "platform", "session"}, "user": {"platform", "session"},
         "admin": {"platform", "session"}, "owner": {"platform", "session"}}
ROLES = {"user": 0, "admin": 1, "owner": 2}
# What is judged after who calls; a stranger must not hear of any of it.
NONSENSE = (b'{"prompt":', {"Content-Type": "image/png"})
NONSENSE_QUERY = "?limit=many&ordering=chance&format=stone&created_at_min=once"
# What is one user's own. Services, models and invitations are not.
OWNED = {"task", "video", "delivery", "application", "credential", "platform-token", "file", "user"}
# An application's token reaches what is its application's, but all files and clips of its user as inputs.
OF_USER = {"file", "video"}
# Operations that change something, name nothing and take no body: there is no harmless way to call them.
WITHOUT_HARMLESS_CALL = {"logOut", "logOutEverywhere", "requestEmailVerification"}


@dataclasses.dataclass
class Caller:
    name: str
    headers: dict
    kind: str  # none, api, platform or session.
    who: str = ""  # "a" is the one whose things the table is about.
    role: str = "user"
    is_main: bool = False  # An API token of the application that A's things are of.
    problem: str = ""  # garbage, expired, revoked, disabled, no_csrf, no_credential or foreign_credential.


@dataclasses.dataclass
class Cell:
    operation: object
    caller: Caller
    target: str
    body: object = None
    headers: dict = dataclasses.field(default_factory=dict)
    expected: set = None  # Of "404 not_found" or "200"; a status alone stands for all of its codes.
    empty: bool = False   # A list that comes with 200 must be empty.
    discreet: bool = False  # Nothing of what belongs to A may be in the answer.

    def __str__(self):
        return f"{self.operation.value['operationId']} ({self.operation.method} {self.target}) by {self.caller.name}"


def changes(operation):
    return operation.method != "GET"


def refusal(operation, caller):
    """What a caller hears who is not let in; None where it is."""
    if operation.access == "public":
        return None
    if caller.kind == "none":
        return {"401 no_token"}
    broken = {"garbage": {"401 invalid_token"}, "expired": {"401 token_expired"}, "revoked": {"401 invalid_token"},
              "disabled": {"403 disabled"} | ({"401 invalid_token"} if caller.kind == "session" else set()),
              "no_csrf": {"403 forbidden"} if changes(operation) else None}.get(caller.problem)
    if caller.kind not in TAKES[operation.access]:
        return {"401 token_mismatched"} | (broken or set())
    if broken:
        return broken
    if operation.access == "api":
        if caller.problem == "no_credential":
            return {"401 no_token", "400 bad_request"}
        if caller.problem == "foreign_credential":
            return {"401 invalid_token", "403 forbidden", "404 not_found"}
    if ROLES[caller.role] < ROLES.get(operation.access, 0):
        return {"403 forbidden"}
    return None


class Table:
    """`objects` has A's ids by kind of object."""

    def __init__(self, document, callers, objects):
        self.document = document
        self.callers = callers
        self.objects = objects

    def cells(self):
        for operation in self.document.operations:
            for caller in self.callers:
                yield from self._cells_of(operation, caller)

    def faults(self):
        """Operations that nobody has said enough about."""
        for operation in self.document.operations:
            if operation.access not in {"public", *TAKES}:
                yield f"{operation}: x-kinora-access is {operation.access}"
            for parameter in operation.parameters:
                if parameter["in"] == "path" and operation.access != "public":
                    if parameter.get("x-kinora-object") not in self.objects:
                        yield f"{operation}: no object of A for {parameter['name']}, x-kinora-object"
            harmless = not changes(operation) or "requestBody" in operation.value or self._places(operation)
            if not harmless and operation.value["operationId"] not in WITHOUT_HARMLESS_CALL:
                yield f"{operation}: cannot be called without harm"

    def _cells_of(self, operation, caller):
        told = refusal(operation, caller)
        if told is not None:
            body, headers = NONSENSE if changes(operation) else (None, {})
            for query in ("", NONSENSE_QUERY):
                yield Cell(operation, caller, self._target(operation) + query, body, headers, told, discreet=True)
            return
        if operation.access == "public":
            yield from self._public(operation, caller)
            return
        sees_all = operation.access in ("admin", "owner")
        owns = {kind for kind in OWNED if sees_all or self._owns(caller, kind)}
        discreet = not sees_all and not self._owns(caller, "task")
        yield from self._by_path(operation, caller, owns, discreet)
        if not sees_all:
            yield from self._by_query(operation, caller, owns, discreet)
            yield from self._by_body(operation, caller, owns, discreet)

    @staticmethod
    def _owns(caller, kind):
        return caller.who == "a" and (caller.kind != "api" or caller.is_main or kind in OF_USER)

    def _public(self, operation, caller):
        if changes(operation):
            yield Cell(operation, caller, operation.path, *NONSENSE, {"400", "415"})
        else:
            yield Cell(operation, caller, self._target(operation), expected={"200", "206", "304"})

    def _by_path(self, operation, caller, owns, discreet):
        places = {place.get("x-kinora-object") for place in self._places(operation)} & OWNED
        if places - owns:
            yield Cell(operation, caller, self._target(operation), self._example(operation),
                       expected={"404 not_found"}, discreet=discreet)
        elif not changes(operation):
            expected = {"200", "204"}
            if operation.value.get("x-kinora-object") == "session" and caller.kind != "session":
                expected = {"400 bad_request"}
            yield Cell(operation, caller, self._target(operation), expected=expected, discreet=discreet)
        elif operation.value["operationId"] not in WITHOUT_HARMLESS_CALL:
            # Of nobody's things, and with a body that means nothing: it is let in, and nothing comes of it.
            body = "[" if "requestBody" in operation.value else None
            expected = {"400", "404 not_found", "415"}
            if operation.value["operationId"] == "deleteMe":
                expected = expected | {"403 forbidden"}  # The owner.
            yield Cell(operation, caller, self._target(operation, of_nobody=True), body, expected=expected,
                       discreet=discreet)

    def _by_query(self, operation, caller, owns, discreet):
        for parameter in operation.parameters:
            kind = parameter.get("x-kinora-object")
            if parameter["in"] == "query" and kind in OWNED - owns:
                target = f"{self._target(operation)}?{parameter['name']}={self.objects[kind]}"
                yield Cell(operation, caller, target, expected={"200"}, empty=True, discreet=discreet)

    def _by_body(self, operation, caller, owns, discreet):
        """Each field that names an object of A's, with each action where there are some."""
        schema = operation.body_schema() or {}
        fields = schema.get("properties", {})
        for name, field in fields.items():
            kind = field.get("x-kinora-object")
            if kind not in OWNED - owns:
                continue
            value = self.objects[kind]
            if self.document.follow(field).get("type") == "array":
                value = [value]
            for action in fields.get("action", {}).get("enum", [None]):
                body = {**(self._example(operation) or {}), name: value}
                expected = {"404 not_found"}
                if action:
                    # Fields that an act does not know do not matter to it: then it is about nothing of A's.
                    body = {"action": action, name: value}
                    expected = {"404 not_found", "400 bad_request", "200"}
                yield Cell(operation, caller, self._target(operation), body, expected=expected, empty=name != "id",
                           discreet=discreet)

    @staticmethod
    def _places(operation):
        return [each for each in operation.parameters if each["in"] == "path"]

    def _target(self, operation, of_nobody=False):
        target = operation.path
        for place in self._places(operation):
            kind = place.get("x-kinora-object", "media")
            value = self.objects[kind]
            if of_nobody:
                value = secrets.token_hex(16) + ".png" if kind == "file" else str(uuid.uuid4())
            target = target.replace("{" + place["name"] + "}", value)
        return target

    @staticmethod
    def _example(operation):
        media = operation.value.get("requestBody", {}).get("content", {}).get("application/json", {})
        if "example" in media:
            return media["example"]
        return next((each["value"] for each in media.get("examples", {}).values()), None)
