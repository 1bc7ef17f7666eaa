#!/usr/bin/env python3
"""Shows that the check of answers finds each kind of drift, on a document of its own."""

import json
import sys
import unittest

from openapi import OpenApi
from openapi_check import Check

TRACE = "7dbc5b6a-b2c0-4d85-9d39-fa8a8a785ccf"
TRACE_HEADER = {"X-Trace-Id": {"$ref": "#/components/headers/TraceId"}}


def error_response(code, **headers):
    return {"description": "x", "headers": {**TRACE_HEADER, **headers},
            "content": {"application/json": {"schema": {"allOf": [
                {"$ref": "#/components/schemas/Error"},
                {"properties": {"error": {"properties": {"code": {"enum": [code]}}}}}]}}}}


DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/things/": {
            "get": {"responses": {
                "200": {"description": "x", "headers": {**TRACE_HEADER, "X-Count": {"schema": {"type": "integer"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                                    "text/csv": {"schema": {"type": "string"}}}},
                "304": {"description": "x", "headers": TRACE_HEADER},
                "404": {"$ref": "#/components/responses/NotFound"},
                "429": error_response("too_many_requests",
                                      **{"Retry-After": {"required": True, "schema": {"type": "integer"}}})}}},
        "/things/{id}/": {"delete": {"responses": {"204": {"description": "x", "headers": TRACE_HEADER}}}},
        "/pictures/{name}": {"get": {"responses": {
            "200": {"description": "x", "headers": TRACE_HEADER,
                    "content": {"image/*": {"schema": {"type": "string"}}}}}}},
        "/follow": {"get": {"responses": {
            "200": {"description": "x", "headers": TRACE_HEADER, "content": {
                "application/x-ndjson": {"schema": {"type": "string"},
                                         "x-kinora-line": {"$ref": "#/components/schemas/Thing"}},
                "text/event-stream": {"schema": {"type": "string"},
                                      "x-kinora-events": {"thing": {"$ref": "#/components/schemas/Thing"}}}}}}}}},
    "components": {
        "headers": {"TraceId": {"required": True, "schema": {"type": "string", "pattern": "^[0-9a-f-]{36}$"}}},
        "responses": {"NotFound": error_response("not_found"), "NoApi": error_response("no_api"),
                      "MethodNotAllowed": error_response("bad_request"), "Unavailable": error_response("api_error")},
        "schemas": {
            "Thing": {"type": "object", "required": ["id"], "additionalProperties": False,
                      "properties": {"id": {"type": "string"}, "size": {"type": "integer"}}},
            "Error": {"type": "object", "required": ["error", "trace_id"], "additionalProperties": False,
                      "properties": {"error": {"type": "object", "required": ["code", "message"]},
                                     "trace_id": {"type": "string"}}}}}}


class FakeAnswer:
    def __init__(self, status, value=None, body=None, kind="application/json", **headers):
        self.status = status
        self.body = body if body is not None else b"" if value is None else json.dumps(value).encode()
        self.headers = {"x-trace-id": TRACE, "content-type": kind,
                        **{name.replace("_", "-"): text for name, text in headers.items()}}


def error(code):
    return {"error": {"code": code, "message": "x"}, "trace_id": TRACE}


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.check = Check(OpenApi(DOCUMENT))

    def assert_good(self, method, target, answer):
        self.check.judge(method, target, answer)

    def assert_fault(self, words, method, target, answer):
        with self.assertRaisesRegex(AssertionError, words):
            self.check.judge(method, target, answer)

    def test_what_is_documented_passes(self):
        good = FakeAnswer(200, {"id": "a", "size": 1})
        for target in ("/things/", "/things", "/things/?limit=1", "http://here/things/"):
            self.assert_good("GET", target, good)
        self.assert_good("HEAD", "/things/", FakeAnswer(200))
        self.assert_good("GET", "/things/", FakeAnswer(200, body=b"id\na\n", kind="text/csv; charset=utf-8"))
        self.assert_good("GET", "/things/", FakeAnswer(304, kind=""))
        self.assert_good("GET", "/things/", FakeAnswer(404, error("not_found")))
        self.assert_good("GET", "/things/", FakeAnswer(429, error("too_many_requests"), retry_after="3"))
        self.assert_good("DELETE", "/things/a%2fb/", FakeAnswer(404, error("no_api")))
        self.assert_good("DELETE", "/things/a/", FakeAnswer(204, kind=""))
        self.assert_good("GET", "/pictures/a.png", FakeAnswer(200, body=b"x", kind="image/png"))
        self.assert_good("OPTIONS", "/things/", FakeAnswer(204, kind=""))

    def test_a_status_that_is_not_documented(self):
        self.assert_fault(r"GET /things/ -> 202.*no status 202", "GET", "/things/", FakeAnswer(202, {"id": "a"}))
        self.assert_fault("no status 404", "DELETE", "/things/a/", FakeAnswer(404, error("not_found")))
        self.assert_fault("no status 500", "GET", "/things/", FakeAnswer(500, error("api_error")))

    def test_a_key_that_is_missing(self):
        self.assert_fault(r"\$: 'id' is a required property", "GET", "/things/", FakeAnswer(200, {"size": 1}))

    def test_a_key_too_many(self):
        self.assert_fault("'more' was unexpected", "GET", "/things/", FakeAnswer(200, {"id": "a", "more": 1}))

    def test_a_wrong_type(self):
        self.assert_fault(r"\$\.size: '1' is not of type", "GET", "/things/", FakeAnswer(200, {"id": "a", "size": "1"}))
        self.assert_fault(r"\$\.id: None", "GET", "/things/", FakeAnswer(200, {"id": None}))

    def test_a_content_type_that_is_not_documented(self):
        self.assert_fault("`text/html`", "GET", "/things/", FakeAnswer(200, body=b"<p>", kind="text/html"))
        self.assert_fault("`text/html`", "HEAD", "/things/", FakeAnswer(200, kind="text/html"))
        self.assert_fault("`video/mp4`", "GET", "/pictures/a", FakeAnswer(200, body=b"x", kind="video/mp4"))

    def test_a_body_that_is_none(self):
        self.assert_fault("is no JSON", "GET", "/things/", FakeAnswer(200, body=b"{"))
        self.assert_fault("none is documented", "DELETE", "/things/a/", FakeAnswer(204, {"id": "a"}))

    def test_headers(self):
        without = FakeAnswer(200, {"id": "a"})
        del without.headers["x-trace-id"]
        self.assert_fault("no header X-Trace-Id", "GET", "/things/", without)
        self.assert_fault("no header X-Trace-Id", "OPTIONS", "/things/", without)
        self.assert_fault("header X-Trace-Id", "GET", "/things/", FakeAnswer(200, {"id": "a"}, x_trace_id="none"))
        self.assert_fault("no header Retry-After", "GET", "/things/", FakeAnswer(429, error("too_many_requests")))
        self.assert_fault("header X-Count", "GET", "/things/", FakeAnswer(200, {"id": "a"}, x_count="many"))

    def test_errors_have_their_envelope_and_code(self):
        self.assert_fault("'not_found' was expected|is not one of", "GET", "/things/", FakeAnswer(404, error("gone")))
        self.assert_fault("required property", "GET", "/things/", FakeAnswer(404, {"error": {"code": "not_found"}}))

    def test_paths_and_methods_that_are_not_documented(self):
        self.assert_good("GET", "/nothing", FakeAnswer(404, error("no_api")))
        self.assert_fault("should answer 404", "GET", "/nothing", FakeAnswer(200, {"id": "a"}))
        self.assert_fault("is not one of", "GET", "/nothing", FakeAnswer(404, error("not_found")))
        self.assert_good("PUT", "/things/", FakeAnswer(405, error("bad_request")))
        self.assert_fault("should answer 405", "PUT", "/things/", FakeAnswer(200, {"id": "a"}))
        self.assert_fault("should answer 405", "HEAD", "/things/a", FakeAnswer(200))

    def test_lines_and_events_of_streams(self):
        lines = b'{"id":"a"}\n{"id":"b"}\n'
        self.assert_good("GET", "/follow", FakeAnswer(200, body=lines, kind="application/x-ndjson"))
        self.assert_fault("a line: .*required", "GET", "/follow",
                          FakeAnswer(200, body=lines + b"{}\n", kind="application/x-ndjson"))
        events = b'event: thing\nid: 1\ndata: {"id":"a"}\n\n: still here\n\n'
        self.assert_good("GET", "/follow", FakeAnswer(200, body=events, kind="text/event-stream"))
        self.assert_fault("event thing: .*'x'", "GET", "/follow",
                          FakeAnswer(200, body=b'event: thing\ndata: {"id":"a","x":1}\n\n', kind="text/event-stream"))
        self.assert_fault("event `other`", "GET", "/follow",
                          FakeAnswer(200, body=b'event: other\ndata: {"id":"a"}\n\n', kind="text/event-stream"))
        media = self.check.judge("GET", "/follow", FakeAnswer(200, kind="application/x-ndjson"), has_body=False)
        media.judge_event(None, {"id": "a"})
        self.assertRaises(AssertionError, media.judge_event, None, {})


if __name__ == "__main__":
    sys.exit(unittest.main())
