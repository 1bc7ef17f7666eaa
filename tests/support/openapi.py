"""The OpenAPI document as the tests read it: operations by method and path, references followed.

KINORA_OPENAPI names the JSON that the build makes of docs/api/openapi.yaml.
"""
import json
import os
import pathlib
import re
import urllib.parse

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
PLACE = re.compile(r"\{([^}]*)\}")


def path_of(target):
    """A request target as the router sees it: without a query and a slash at the end, decoded."""
    path = urllib.parse.urlsplit(target).path if "://" in target else target.partition("?")[0]
    return urllib.parse.unquote(path).rstrip("/") or "/"


class Operation:
    """One method of one path. `path` is as documented."""

    def __init__(self, document, path, method, item, value):
        self.document = document
        self.path = path
        self.method = method.upper()
        self.value = value
        own = [document.follow(parameter) for parameter in value.get("parameters", [])]
        names = {(parameter["name"], parameter["in"]) for parameter in own}
        shared = [document.follow(parameter) for parameter in item.get("parameters", [])]
        self.parameters = own + [each for each in shared if (each["name"], each["in"]) not in names]

    @property
    def access(self):
        return self.value.get("x-kinora-access")

    def response(self, status):
        """None where the status is not documented."""
        found = self.value["responses"].get(str(status))
        return None if found is None else self.document.follow(found)

    def body_schema(self, content_type="application/json"):
        """With its references followed at the top; None where there is no such body."""
        content = self.document.follow(self.value.get("requestBody", {})).get("content", {})
        return self.document.follow(content[content_type]["schema"]) if content_type in content else None

    def __str__(self):
        return f"{self.method} {self.path}"


class OpenApi:
    def __init__(self, value):
        self.value = value
        self.operations = [Operation(self, path, method, item, item[method])
                           for path, item in value["paths"].items() for method in METHODS if method in item]
        self._literal = {}
        self._with_places = []
        for path in value["paths"]:
            plain = path.rstrip("/") or "/"
            found = {each.method: each for each in self.operations if each.path == path}
            if PLACE.search(plain):
                pattern = "[^/]+".join(re.escape(part) for part in PLACE.sub("\0", plain).split("\0"))
                self._with_places.append((re.compile(pattern), found))
            else:
                self._literal[plain] = found

    @classmethod
    def load(cls, path=None):
        return cls(json.loads(pathlib.Path(path or os.environ["KINORA_OPENAPI"]).read_text()))

    def follow(self, value):
        """What a reference stands for; anything else is itself."""
        while isinstance(value, dict) and "$ref" in value:
            target = self.value
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            value = target
        return value

    def methods_at(self, target):
        """Operations by method; empty where there is no such path."""
        path = path_of(target)
        if path in self._literal:
            return self._literal[path]
        for pattern, found in self._with_places:
            if pattern.fullmatch(path):
                return found
        return {}
