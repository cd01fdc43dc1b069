"""Stores and made-up records for the ledger's tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from whipcount.ledger import Ledger, open_ledger

sys.path.insert(0, str(Path(__file__).parent))  # the made-up records beside the tests


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root; there it runs as the system's own user for it."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server, started for this session on a socket of its own."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    if os.geteuid() == 0 and (shutil.which("setpriv") is None or not _has_user()):
        pytest.skip("running as root without a postgres user to start the server as")
    folder = Path(tempfile.mkdtemp(prefix="whipcount-pg-", dir="/tmp"))
    folder.chmod(0o777)
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    user = _as_user()
    subprocess.run(
        [*user, programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8"],
        cwd=folder,
        check=True,
        **quiet,
    )
    server = subprocess.Popen(
        [*user, programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"postgresql://tester@/postgres?host={folder}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _has_user() -> bool:
    import pwd

    return any(entry.pw_name == "postgres" for entry in pwd.getpwall())


def _wait(address: str) -> None:
    import psycopg

    for _ in range(200):
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the PostgreSQL server did not start")


@pytest.fixture
def postgres_address(postgres_server: str) -> Iterator[str]:
    """The address of an empty schema of its own on the server."""
    import psycopg

    name = f"t{time.time_ns()}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    yield f"{postgres_server}&options=-csearch_path%3D{name}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger goes: a file, then a server; each test runs on both."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return str(request.getfixturevalue("postgres_address"))


@pytest.fixture
def ledger(target: str) -> Iterator[Ledger]:
    """An empty ledger on each kind of store."""
    with open_ledger(target, create=True) as opened:
        yield opened
