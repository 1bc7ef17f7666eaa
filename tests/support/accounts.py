"""Other people with a token: rows in the SQLite database of a server, which may be running."""
import base64
import contextlib
import dataclasses
import hashlib
import secrets
import sqlite3
import time
import uuid

SERVICE_ID = "dff45a0d-2858-4936-8e2b-3d49c52aff11"


@dataclasses.dataclass
class Account:
    user_id: str
    application_id: str
    token: str
    webhook_secret: str

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.token}"}


@contextlib.contextmanager
def database(kinora):
    """Commits on leaving the `with`."""
    with contextlib.closing(sqlite3.connect(kinora.data / "kinora.db", timeout=30)) as connection:
        with connection:
            yield connection


def _insert(connection, table, **columns):
    names = ", ".join(columns)
    places = ", ".join(f":{name}" for name in columns)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", columns)


def add_account(kinora, user_id=None, running=None, queued=None, rps=None):
    """Of an own user, or a further application of `user_id`. A limit that is None is the server's, 0 is none."""
    account = Account(user_id or str(uuid.uuid4()), str(uuid.uuid4()), secrets.token_hex(16),
                      "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())
    now = int(time.time() * 1000)
    with database(kinora) as connection:
        if user_id is None:
            _insert(connection, "users", id=account.user_id, email=f"{account.user_id}@localhost", nickname="",
                    role="user", password_hash="", created_at=now)
        _insert(connection, "applications", id=account.application_id, user_id=account.user_id,
                service_id=SERVICE_ID, type="Usage", scope="Individual", metered=0, disabled=0,
                webhook_secret=account.webhook_secret, created_at=now)
        _insert(connection, "balances", application_id=account.application_id, available=0, held=0, used=0)
        _insert(connection, "credentials", id=str(uuid.uuid4()), application_id=account.application_id,
                user_id=account.user_id, name="", token_hash=hashlib.sha256(account.token.encode()).hexdigest(),
                token_prefix=account.token[:6], disabled=0, limited=1, limit_running=running, limit_queued=queued,
                limit_rps=rps, expires_at=None, created_at=now)
    return account
