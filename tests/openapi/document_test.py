#!/usr/bin/env python3
"""docs/api/openapi.yaml keeps the rules: those of OpenAPI 3.1 that need no network, and ours.

Looks at the JSON that the build makes of it, which KINORA_OPENAPI names.
"""

import re
import sys
import unittest
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from openapi import PLACE, OpenApi
from openapi_check import Check

YAML = Path(__file__).resolve().parents[2] / "docs/api/openapi.yaml"

SESSION = {"session"}
ALTERNATIVES = {  # Which sets of schemes each kind of access takes; `csrf` goes with a session where something changes.
    "public": [],
    "api": [{"apiToken"}, {"session", "credentialId"}],
    "reader": [{"apiToken"}, {"platformToken"}, SESSION],
    "user": [{"platformToken"}, SESSION],
    "admin": [{"platformToken"}, SESSION],
    "owner": [{"platformToken"}, SESSION],
}
OBJECTS = {"task", "video", "delivery", "application", "credential", "platform-token", "file", "user", "invitation",
           "service", "model", "session", "none"}
# What an error's status may be called.
CODES = {"400": {"bad_request"}, "401": {"no_token", "invalid_token", "token_expired", "token_mismatched"},
         "403": {"used_up", "disabled", "forbidden"}, "404": {"not_found"}, "408": {"bad_request"},
         "409": {"bad_request", "cancelled"}, "410": {"expired"}, "413": {"bad_request"}, "415": {"bad_request"},
         "429": {"too_many_requests"}, "500": {"api_error"}, "503": {"api_error"}, "504": {"timeout"}}
# The fields that OpenAPI 3.1 knows of each kind of object; `x-` is anybody's.
FIELDS = {
    "root": "openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    "operation": "tags summary description externalDocs operationId parameters requestBody responses callbacks "
                 "deprecated security servers",
    "parameter": "name in description required deprecated allowEmptyValue style explode allowReserved schema example "
                 "examples content",
    "response": "description headers content links",
    "media": "schema example examples encoding",
    "header": "description required deprecated style explode schema example examples content",
    "components": "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
}
# Objects that are not closed: what the caller sent, what depends on the act, and a task's second copy of its response.
OPEN = {("Task", "request"), ("Task", "data"), ("AuditEntry", "details"), ("Model", "vocabulary")}


def walk(value, where="#"):
    """Every value inside, with where it is."""
    yield where, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, f"{where}/{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from walk(item, f"{where}/{number}")


def as_texts(value):
    """With every scalar as the text that a reader who knows no types would give, as far as JSON still tells."""
    if isinstance(value, dict):
        return {key: as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_texts(item) for item in value]
    return value if isinstance(value, str) else ""


def only_texts(texts, typed):
    """`texts` without those scalars that are no texts in `typed`."""
    if isinstance(texts, dict) and isinstance(typed, dict):
        return {key: only_texts(item, typed.get(key)) for key, item in texts.items()}
    if isinstance(texts, list) and isinstance(typed, list) and len(texts) == len(typed):
        return [only_texts(*pair) for pair in zip(texts, typed)]
    return texts if isinstance(typed, (str, dict, list)) else ""


class Document(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.api = OpenApi.load()
        cls.check = Check(cls.api)
        cls.schemas = cls.api.value["components"]["schemas"]

    def responses(self):
        """(where, status, response) of every operation."""
        for operation in self.api.operations:
            for status in operation.value["responses"]:
                yield f"{operation} {status}", status, operation.response(status)

    def assert_none(self, faults):
        faults = list(faults)
        self.assertFalse(faults, "\n" + "\n".join(map(str, faults)))

    def test_the_build_has_read_all_of_it(self):
        texts = yaml.load(YAML.read_text(), Loader=yaml.BaseLoader)
        read = dict(self.api.value)
        texts["info"]["version"] = read["info"]["version"]
        self.assertEqual(only_texts(texts, read), as_texts(read))

    def test_fields_are_those_of_the_standard(self):
        def strangers(where, value, kind):
            known = set(FIELDS[kind].split())
            return [f"{where}: {name}" for name in value if name not in known and not name.startswith("x-")]
        value = self.api.value
        faults = strangers("root", value, "root") + strangers("components", value["components"], "components")
        for operation in self.api.operations:
            faults += strangers(str(operation), operation.value, "operation")
            for parameter in operation.parameters:
                faults += strangers(f"{operation} {parameter['name']}", parameter, "parameter")
        for where, _, response in self.responses():
            faults += strangers(where, response, "response")
            for name, header in response["headers"].items():
                faults += strangers(f"{where} {name}", self.api.follow(header), "header")
            for kind, media in response.get("content", {}).items():
                faults += strangers(f"{where} {kind}", media, "media")
        self.assert_none(faults)
        self.assertRegex(value["openapi"], r"^3\.1\.\d+$")

    def test_references_lead_somewhere_and_nothing_is_left_over(self):
        used = set()
        for where, value in walk(self.api.value):
            if isinstance(value, dict) and isinstance(value.get("$ref"), str):
                used.add(value["$ref"])
                try:
                    self.api.follow(value)
                except KeyError:
                    self.fail(f"{where}: {value['$ref']} leads nowhere")
        components = self.api.value["components"]
        named = {f"#/components/{kind}/{name}" for kind in components if kind != "securitySchemes"
                 for name in components[kind]}
        # Two answers that belong to no operation.
        spare = {"#/components/responses/NoApi", "#/components/responses/MethodNotAllowed"}
        self.assertEqual(named - used - spare, set())

    def test_every_operation_has_a_name_of_its_own(self):
        names = [operation.value.get("operationId", "") for operation in self.api.operations]
        self.assertEqual(sorted(names), sorted(set(names)))
        self.assert_none(name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name))
        tags = [tag["name"] for tag in self.api.value["tags"]]
        self.assert_none(f"{operation}: {operation.value.get('tags')}" for operation in self.api.operations
                         if len(operation.value.get("tags", [])) != 1 or operation.value["tags"][0] not in tags)
        self.assert_none(f"{operation}: no summary" for operation in self.api.operations
                         if not operation.value.get("summary"))

    def test_every_operation_says_who_may_call(self):
        schemes = set(self.api.value["components"]["securitySchemes"])
        for operation in self.api.operations:
            with self.subTest(str(operation)):
                self.assertIn(operation.access, ALTERNATIVES)
                changes = operation.method not in ("GET", "HEAD")
                expected = [alternative | ({"csrf"} if changes and "session" in alternative else set())
                            for alternative in ALTERNATIVES[operation.access]]
                named = [set(alternative) for alternative in operation.value["security"]]
                self.assertEqual(named, expected)
                self.assertTrue(all(alternative <= schemes for alternative in named))

    def test_every_object_that_an_operation_is_about_is_named(self):
        for where, value in walk(self.api.value):
            if isinstance(value, dict) and "x-kinora-object" in value:
                self.assertIn(value["x-kinora-object"], OBJECTS, where)
        for operation in self.api.operations:
            places = [parameter for parameter in operation.parameters if parameter["in"] == "path"]
            body = operation.body_schema() or {}
            fields = [field for field in body.get("properties", {}).values() if "x-kinora-object" in field]
            named = operation.value.get("x-kinora-object") or fields \
                or any("x-kinora-object" in place for place in places)
            self.assertTrue(named, f"{operation}: x-kinora-object is neither of it nor of what names an object")
            if operation.access != "public":
                self.assert_none(f"{operation}: {place['name']}" for place in places if "x-kinora-object" not in place)

    def test_paths_declare_their_parameters(self):
        for operation in self.api.operations:
            places = [each for each in operation.parameters if each["in"] == "path"]
            self.assertEqual(sorted(each["name"] for each in places), sorted(PLACE.findall(operation.path)), operation)
            self.assertTrue(all(each.get("required") for each in places), operation)
            keys = [(each["in"], each["name"]) for each in operation.parameters]
            self.assertEqual(len(keys), len(set(keys)), operation)
            self.assert_none(f"{operation}: {each['name']} has no description" for each in operation.parameters
                             if not each.get("description"))
        plain = [PLACE.sub("{}", path).rstrip("/") for path in self.api.value["paths"]]
        self.assertEqual(len(plain), len(set(plain)))
        self.assert_none(path for path in self.api.value["paths"]
                         if path.startswith("/api/") and not path.endswith(("/", "/events")))

    def test_answers_are_whole(self):
        for where, status, response in self.responses():
            self.assertTrue(response.get("description"), where)
            self.assertIn("X-Trace-Id", response["headers"], where)
            if status in ("204", "304"):
                self.assertNotIn("content", response, where)
            if status in CODES:
                self.assertEqual(response, self.api.follow(self.error_of(status)), where)

    def error_of(self, status):
        """The shared response of an error's status."""
        name = next(operation.value["responses"][status]["$ref"] for operation in self.api.operations
                    if "$ref" in operation.value["responses"].get(status, {}))
        return {"$ref": name}

    def test_errors_have_the_codes_of_the_contract(self):
        for status, codes in CODES.items():
            schema = self.api.follow(self.error_of(status))["content"]["application/json"]["schema"]
            self.assertEqual(schema["allOf"][0], {"$ref": "#/components/schemas/Error"}, status)
            found = schema["allOf"][1]["properties"]["error"]["properties"]["code"]["enum"]
            self.assertEqual(set(found), codes, status)

    def test_every_operation_documents_the_errors_that_it_can_meet(self):
        for operation in self.api.operations:
            expected = {"500", "503"}
            if operation.access != "public":
                expected |= {"400", "401", "403", "429"}
            if "requestBody" in operation.value:
                expected |= {"400", "408", "413", "415"}
            if any("x-kinora-object" in each for each in operation.parameters if each["in"] == "path"):
                expected |= {"404"}
            if any(each["name"] == "Idempotency-Key" for each in operation.parameters):
                expected |= {"409"}
            self.assertEqual(expected - set(operation.value["responses"]), set(), operation)

    def test_schemas_are_schemas(self):
        for where, value in walk(self.api.value):
            if isinstance(value, dict) and isinstance(value.get("schema"), dict):
                Draft202012Validator.check_schema(value["schema"])
        for name, schema in self.schemas.items():
            with self.subTest(name):
                Draft202012Validator.check_schema(schema)
                self.assertEqual(set(schema.get("required", [])) - set(schema.get("properties", {})), set())

    def test_what_we_answer_is_closed(self):
        answered = set()

        def collect(value):
            for _, item in walk(value):
                if isinstance(item, dict) and str(item.get("$ref", "")).startswith("#/components/schemas/"):
                    name = item["$ref"].rpartition("/")[2]
                    if name not in answered:
                        answered.add(name)
                        collect(self.schemas[name])
        for _, _, response in self.responses():
            collect(response.get("content", {}))
        for name in sorted(answered):
            for where, value in walk(self.schemas[name], name):
                field = (name, where.rpartition("/")[2])
                if isinstance(value, dict) and value.get("type") == "object" and field not in OPEN:
                    self.assertIs(value.get("additionalProperties"), False, where)
                    self.assertIn("required", value, where)

    def test_an_immediate_answer_has_no_url(self):
        # Clients take such a key for a finished video.
        names = self.schemas["VideoAccepted"]["properties"]
        self.assertEqual([name for name in names if name.endswith("url")], [])

    def test_examples_are_valid(self):
        count = 0
        for name, schema in self.schemas.items():
            for example in schema.get("examples", []):
                count += 1
                self.assertIsNone(self.check.problem_in(schema, example), name)
        for where, value in walk(self.api.value):
            if not isinstance(value, dict) or not isinstance(value.get("schema"), dict):
                continue
            examples = [value["example"]] if "example" in value else []
            examples += [each["value"] for each in value.get("examples", {}).values()]
            for example in examples:
                count += 1
                self.assertIsNone(self.check.problem_in(value["schema"], example), f"{where}: {example}")
        self.assertGreater(count, 60)

    def test_every_body_has_an_example(self):
        for operation in self.api.operations:
            for kind, media in operation.value.get("requestBody", {}).get("content", {}).items():
                if kind == "application/json":
                    self.assertTrue("example" in media or "examples" in media, operation)


if __name__ == "__main__":
    sys.exit(unittest.main())
