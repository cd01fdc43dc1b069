"""Rules of the door: only this machine's own pages get in, and article text stays text."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib import resources

import pytest
from starlette.testclient import TestClient

from whipcount.ledger import Ledger
from whipcount.web.app import VIEWS, assets, environment
from whipcount.web.settings import local_hosts

TOKEN = "made-up-token"
OWN = "http://127.0.0.1:8765"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9", "127.0.0.1.evil.example:8765", ""])
def test_other_names_are_not_answered(client: TestClient, host: str) -> None:
    """A name that was rebound to this address gets nothing (DNS rebinding)."""
    answer = client.get("/board.json", headers={"host": host})
    assert answer.status_code == 421
    assert "joint_patrol" not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": OWN}, 303),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_writes_come_from_own_pages(
    client: TestClient, patrol: Ledger, headers: dict[str, str], status: int
) -> None:
    """Another origin's form is refused and writes nothing."""
    form = {"token": TOKEN, "action": "accept", "id": "d1:0"}
    assert client.post("/review", data=form, headers=headers).status_code == status
    assert len(patrol.decisions()) == (1 if status == 303 else 0)


@pytest.mark.parametrize("path", ["/review", "/settings"])
@pytest.mark.parametrize("token", ["", "wrong", "made-up-tokem", "é"])
def test_every_write_needs_the_token(
    client: TestClient, patrol: Ledger, path: str, token: str
) -> None:
    """Without this server's token no form is carried out."""
    form = {"token": token, "action": "accept", "id": "d1:0"}
    answer = client.post(path, data=form)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert patrol.decisions() == ()


def test_reading_never_writes(client: TestClient, patrol: Ledger) -> None:
    """No address changes anything when it is only looked at."""
    client.get(f"/review?action=reject&id=d1:0&token={TOKEN}")
    assert patrol.decisions() == ()
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, "/review").status_code == 405


def test_a_form_has_a_limit(client: TestClient) -> None:
    """A huge body is refused before it is read."""
    answer = client.post("/review", data={"token": TOKEN, "words": "x" * 100_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", [*sorted(VIEWS), "/nowhere", "/feed.atom", "/static/app.js"])
def test_no_page_may_run_inline_script(client: TestClient, path: str) -> None:
    """Each answer carries the policy, and no page needs what the policy forbids."""
    answer = client.get(path + ("?actor=ITA&measure=joint_patrol&document=d3"))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    if not answer.headers["content-type"].startswith("text/html"):
        return
    assert not re.search(r"<script(?![^>]* src=\"/static/)", answer.text)
    assert not re.search(r"<[^>]+\s(on\w+|style)=", answer.text)
    assert not re.search(r"(src|href)=\"?(https?:)?//(?!example\.org)", answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/document?document=d6",
        "/board?measure=joint_patrol",
        "/evidence?measure=joint_patrol&actor=Many+coastal+towns",
        "/review?document=d6&state=all",
        "/claims",
        "/positions",
        "/moves",
        "/network",
        "/feed.atom",
        "/brief",
        "/board?measure=joint_patrol&source=%3Cscript%3Ealert(%22x%22)%3C/script%3E",
        "/actor?actor=%3Csvg%20onload=alert(1)%3E",
        "/evidence?measure=joint_patrol&actor=%3Cscript%3Ealert(1)%3C/script%3E",
        "/board?measure=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_hostile_text_stays_text(client: TestClient, path: str) -> None:
    """Script in titles, sentences, publishers and addresses is shown and never becomes markup."""
    text = client.get(path).text
    assert "<script>alert" not in text
    assert "<svg onload" not in text
    assert not re.search(r"href=\"?\s*javascript:", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2fapp.py",
        "/static/THIRD_PARTY.toml",
        "/static//etc/passwd",
        "/../../etc/passwd",
        "/document?document=../../etc/passwd",
        "/outlook?rule=/etc/hostname.toml",
    ],
)
def test_no_address_reaches_the_file_system(client: TestClient, path: str) -> None:
    """Names are looked up among what was loaded; a path opens nothing."""
    assert client.get(path).status_code == 404


def test_only_loopback_by_default() -> None:
    """The command binds to loopback unless told otherwise, and knows it by its names alone."""
    from whipcount.cli.serve import is_loopback, serve

    (host,) = [each for each in serve.params if each.name == "host"]
    assert is_loopback(str(host.default))
    assert not is_loopback("0.0.0.0")
    assert local_hosts("127.0.0.1", 80) >= {"localhost", "localhost:80"}
    assert local_hosts("127.0.0.1", 8765) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}


def test_vendored_files_are_what_they_claim() -> None:
    """Each file from elsewhere has its version, licence and hash on record, and still matches."""
    folder = resources.files("whipcount.web") / "static"
    listed = tomllib.loads((folder / "THIRD_PARTY.toml").read_text("utf-8"))["file"]
    assert [each["name"] for each in listed] == ["htmx.min.js"]
    for each in listed:
        body = (folder / each["name"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == each["sha256"]
        assert each["version"] in body.decode()
        assert (folder / each["licence_file"]).is_file()


def test_templates_escape_by_default() -> None:
    """Autoescape is on, and nothing but the project's own figures is marked as safe."""
    assert environment().autoescape is True
    folder = resources.files("whipcount.web") / "templates"
    for each in folder.iterdir():
        assert "|safe" not in each.read_text("utf-8").replace("|safe_url", "")


def test_assets_are_small() -> None:
    """Everything the pages load together stays below 80 KB."""
    assert sum(len(body) for body, _, _ in assets().values()) < 80_000
