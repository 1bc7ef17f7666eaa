"""An empty database of the test's own in the PostgreSQL that scripts/with-postgres runs."""
import contextlib
import os
import secrets
import subprocess


@contextlib.contextmanager
def postgres_database():
    """Gives its URL; the database goes at the end, whoever is still connected."""
    server = os.environ.get("KINORA_TEST_POSTGRES")
    assert server, "KINORA_TEST_POSTGRES is not set: run the tests as `scripts/with-postgres ctest ...`"
    name = f"kinora_test_{secrets.token_hex(8)}"

    def execute(sql):
        subprocess.run(["psql", server, "-X", "-q", "-c", sql], check=True, stdout=subprocess.DEVNULL)
    execute(f"CREATE DATABASE {name}")
    try:
        yield server.rsplit("/", 1)[0] + "/" + name
    finally:
        execute(f"DROP DATABASE {name} WITH (FORCE)")
