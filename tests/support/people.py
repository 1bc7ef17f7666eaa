"""People of a server under test, made by its own API: they register, log in, acquire a service and make keys."""
import json
import secrets

SERVICE_ID = "dff45a0d-2858-4936-8e2b-3d49c52aff11"
PASSWORD = "a long enough password"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


class Person:
    """Somebody who is logged in."""

    def __init__(self, kinora, answer):
        self.kinora = kinora
        self.user = answer.json["user"]
        self.id = self.user["id"]
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        self.csrf_token = answer.json["csrf_token"]

    @property
    def headers(self):
        return {"Cookie": self.cookie, "X-CSRF-Token": self.csrf_token}

    @property
    def email(self):
        return self.user["email"]

    def request(self, method, path, body=None, headers=None, csrf=True):
        own = self.headers if csrf else {"Cookie": self.cookie}
        return self.kinora.request(method, path, body, {**own, **(headers or {})}, token=False)

    def get(self, path):
        return self.call("GET", path)

    def make(self, path, body):
        return self.call("POST", path, body, 201)

    def call(self, method, path, body=None, status=200):
        """The answer's JSON; fails where its status is another one."""
        answer = self.request(method, path, body)
        assert answer.status == status, (method, path, answer)
        return answer.json if answer.body else None

    def acquire(self):
        answer = self.request("POST", "/api/v1/applications/", {"service_id": SERVICE_ID})
        assert answer.status in (200, 201), answer
        return answer.json

    def credential(self, application=None, **more):
        application = application or self.acquire()
        return self.call("POST", "/api/v1/credentials/", {"application_id": application["id"], **more}, 201)

    def token(self, **more):
        """An API token of the service."""
        return self.credential(**more)["token"]

    def platform_token(self, **more):
        return self.call("POST", "/api/v1/platform-tokens/", more, 201)

    def application(self, application_id):
        return self.get(f"/api/v1/applications/{application_id}/")

    def general_balance(self):
        items = self.get("/api/v1/applications/")["items"]
        return next(item for item in items if item["scope"] == "Global")

    def usage(self, query=""):
        return self.get(f"/api/v1/usage/apis/?limit=100{query}")


def log_in(kinora, email, password=PASSWORD):
    answer = kinora.request("POST", "/api/v1/sessions/", {"email": email, "password": password}, token=False)
    assert answer.status == 201, answer
    return Person(kinora, answer)


def sign_up(kinora, email, **more):
    """Without logging in."""
    answer = kinora.request("POST", "/api/v1/users/", {"email": email, "password": PASSWORD, **more}, token=False)
    assert answer.status == 201, answer
    return answer.json


def register(kinora, name="ada"):
    return log_in(kinora, sign_up(kinora, f"{name}-{secrets.token_hex(4)}@example.com")["email"])


def owner(kinora):
    """By the one-use link of owner.json."""
    file = json.loads((kinora.data / "owner.json").read_text())
    code = file["setup_url"].partition("#code=")[2]
    answer = kinora.request("POST", "/api/v1/password-resets/confirm/", {"code": code, "password": PASSWORD},
                            token=False)
    assert answer.status == 200, answer
    return Person(kinora, answer)


def admin(owner_person):
    """An administrator whom the owner made."""
    email = f"admin-{secrets.token_hex(4)}@example.com"
    owner_person.call("POST", "/api/v1/admin/users/", {"email": email, "password": PASSWORD, "role": "admin"}, 201)
    return log_in(owner_person.kinora, email)


def submit(kinora, token, prompt="a red balloon", **more):
    """An async generation."""
    return kinora.request("POST", "/luma/videos", {"prompt": prompt, "async": True, **more}, bearer(token))


def retrieve(kinora, token, task_id):
    return kinora.request("POST", "/luma/tasks", {"id": task_id}, bearer(token))


def cancel(kinora, token, task_id):
    return kinora.request("POST", "/luma/tasks", {"action": "cancel", "id": task_id}, bearer(token))
