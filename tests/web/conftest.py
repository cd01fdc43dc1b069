"""The explorer over the made-up coalition, in process and as a real server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent.parent / "brief"))

from coalition import made_ledger

from whipcount.ledger import Ledger
from whipcount.web import Settings, create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOST = "127.0.0.1:8765"
TOKEN = "made-up-token"


@pytest.fixture
def patrol(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with the made-up coalition in it."""
    with made_ledger(tmp_path / "patrol.db") as ledger:
        yield ledger


@pytest.fixture
def client(patrol: Ledger) -> Iterator[TestClient]:
    """The explorer in process; redirects are followed only where a test asks."""
    settings = Settings(
        hosts=frozenset({HOST}),
        token=TOKEN,
        today=lambda: "2025-09-10",
        now=lambda: "2025-09-10T12:00:00+00:00",
        reviewer="ann",
    )
    app = create_app(patrol, settings)
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as made:
        yield made


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of `whipcount serve` on the made-up coalition, a process of its own."""
    path = tmp_path / "served.db"
    made_ledger(path).close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from whipcount.cli import main; main()"]
    server = subprocess.Popen(
        [*command, "serve", str(path), "--port", str(port), "--as", "ann"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        assert server.stderr is not None
        server.stderr.close()


def _wait(address: str, server: subprocess.Popen[str]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            assert server.stderr is not None
            pytest.fail(f"the server stopped: {server.stderr.read()}")
        try:
            with urllib.request.urlopen(f"{address}/static/app.css", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.fixture
def browser() -> Iterator[object]:
    """A real Chromium, driven by Playwright; skipped with the reason where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def axe() -> str:
    """The text of axe-core, from the package that brings it; skipped where it is missing."""
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-core is not installed (dev group)"
    )
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")
