"""Rules that only a real browser can prove: keys, focus, width, print, contrast."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

PAGES = (
    "/board",
    "/matrix",
    "/map",
    "/moves?since=2025-09-01&as_of=2025-09-05",
    "/evidence?measure=joint_patrol&actor=ITA",
    "/document?document=d6",
    "/actor?actor=DEU",
    "/network",
    "/outlook?measure=joint_patrol",
    "/claims",
    "/positions",
    "/review",
    "/method",
    "/nowhere",
    "/brief",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def opened(browser: Any, **options: Any) -> Any:
    """A new page; whatever it logs as an error is kept in `page.faults`."""
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(10_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda line: page.faults.append(line.text) if line.type == "error" else None)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, served: str, axe: str, scheme: str) -> None:
    """axe-core has no violation to report on any page, in either colour scheme."""
    page = opened(browser, color_scheme=scheme, bypass_csp=True)
    found = []
    for path in PAGES:
        page.goto(served + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        page.evaluate(axe)
        result = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
        found += [(path, each["id"], each["nodes"][0]["html"]) for each in result["violations"]]
    assert found == []


def test_every_page_fits_a_phone(browser: Any, served: str) -> None:
    """At 320 px no page scrolls sideways as a whole (WCAG 1.4.10), and none logs an error."""
    page = opened(browser, viewport={"width": 320, "height": 640})
    for path in PAGES:
        page.goto(served + path)
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, path
    assert [fault for fault in page.faults if "404" not in fault] == []


def test_every_page_prints(browser: Any, served: str) -> None:
    """Printed, a page keeps what it says, fits the paper, and drops what only works on a screen."""
    page = opened(browser, viewport={"width": 700, "height": 900})
    page.emulate_media(media="print")
    for path in PAGES:
        page.goto(served + path)
        assert page.locator("h1").first.is_visible(), path
        assert page.locator("nav a:visible").count() == 0, path
        assert page.pdf().startswith(b"%PDF")


def write_reports(folder: Path) -> None:
    """Two short made-up reports about real states' made-up words on a made-up day."""
    folder.mkdir()
    (folder / "one.md").write_text(
        "---\ntitle: First report\ndate: 2025-09-01\npublisher: Harbour Post\n---\n\n"
        "Sweden will send troops to Ukraine.\n"
    )
    (folder / "two.md").write_text(
        "---\ntitle: Second report\ndate: 2025-09-02\npublisher: Quayside News\n---\n\n"
        "Canada rules out sending troops to Ukraine.\n"
    )


@pytest.fixture
def from_folder(tmp_path: Path) -> Path:
    """A ledger made by the command line from a folder of reports."""
    write_reports(tmp_path / "reports")
    target = tmp_path / "read.db"
    command = [sys.executable, "-c", "from whipcount.cli import main; main()"]
    subprocess.run(
        [*command, "read", str(tmp_path / "reports"), "--into", str(target)],
        check=True,
        capture_output=True,
    )
    return target


def test_from_a_folder_to_a_corrected_board(browser: Any, from_folder: Path) -> None:
    """The whole way: read, board, sentence, reverse by key, board changed, undo, export."""
    with server_on(from_folder) as address:
        page = opened(browser)
        page.goto(address)
        column = page.locator("section.column", has=page.locator("h2", has_text="In 1"))
        column.locator("a.card", has_text="Sweden").click()
        assert page.locator("article.piece mark").first.inner_text().startswith("Sweden will send")
        page.get_by_role("link", name="Correct this").first.click()
        assert "Sweden" in page.locator("#item").inner_text()
        page.keyboard.press("2")
        page.get_by_role("status").get_by_text("1 of").wait_for()
        assert "Opposes" in page.locator("#item").inner_text()
        board = opened(browser)
        board.goto(f"{address}/board")
        out = board.locator("section.column", has=board.locator("h2", has_text="Out 2"))
        assert out.locator("a.card", has_text="Sweden").is_visible()
        page.keyboard.press("Backspace")
        page.get_by_role("status").get_by_text("0 of").wait_for()
        board.reload()
        assert board.locator("h2", has_text="In 1").is_visible()
        exported = board.request.get(f"{address}/positions.json").json()["rows"]
        assert {(row["actor"], row["stance"]) for row in exported} == {
            ("SWE", "support"),
            ("CAN", "oppose"),
        }
        assert page.faults == []


def server_on(ledger: Path) -> Any:
    """The explorer on a ledger, in a thread of this process; yields its address."""
    import socket
    import threading
    import time
    from contextlib import contextmanager

    import uvicorn

    from whipcount.ledger import open_ledger
    from whipcount.web import Settings, create_app
    from whipcount.web.settings import local_hosts

    @contextmanager
    def running() -> Any:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        settings = Settings(
            hosts=local_hosts("127.0.0.1", port),
            token="made-up-token",
            today=lambda: "2025-09-10",
            now=lambda: "2025-09-10T12:00:00+00:00",
            reviewer="ann",
        )
        with open_ledger(ledger) as held:
            server = uvicorn.Server(
                uvicorn.Config(create_app(held, settings), log_level="warning", lifespan="off")
            )
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            while not server.started:
                time.sleep(0.02)
            try:
                yield f"http://127.0.0.1:{port}"
            finally:
                server.should_exit = True
                thread.join(10)

    return running()


def test_the_queue_by_keyboard_alone(browser: Any, served: str) -> None:
    """j, k, space, a, x, e and ? do what the help says, and never while one types."""
    page = opened(browser)
    page.goto(f"{served}/review")
    first = page.locator("article.current blockquote").inner_text()
    page.keyboard.press("j")
    page.wait_for_url("**item=**")
    second = page.locator("article.current blockquote").inner_text()
    assert second != first
    page.keyboard.press("k")
    page.wait_for_function(
        "t => document.querySelector('article.current blockquote').innerText === t", arg=first
    )
    page.keyboard.press(" ")
    page.wait_for_function(
        "t => document.querySelector('article.current blockquote').innerText === t", arg=second
    )
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.type("a x j")
    assert page.get_by_role("status").inner_text().startswith("0 of 9")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.get_by_role("status").get_by_text("reject").wait_for()
    page.keyboard.press("a")
    page.get_by_role("status").get_by_text("accept").wait_for()
    page.keyboard.press("?")
    assert page.locator("#help[open]").is_visible()
    assert page.faults == []


def test_a_refused_form_says_why(browser: Any, served: str) -> None:
    """With script, too, a form that is refused shows its reason instead of nothing."""
    page = opened(browser)
    page.goto(f"{served}/review")
    page.keyboard.press("e")
    page.keyboard.type("words that are not there")
    page.get_by_role("button", name="Set span").click()
    page.get_by_role("alert").get_by_text("not found in the document").wait_for()


def test_keys_can_be_switched_off(browser: Any, served: str) -> None:
    """With single keys off, a key changes nothing (WCAG 2.1.4)."""
    page = opened(browser)
    page.goto(f"{served}/review")
    page.keyboard.press("?")
    page.get_by_label("Single-key shortcuts").uncheck()
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector("body[data-keys=off]")
    page.keyboard.press("x")
    page.reload()
    assert page.get_by_role("status").inner_text().startswith("0 of 8") or page.get_by_role(
        "status"
    ).inner_text().startswith("0 of 9")


def test_everything_works_without_script(browser: Any, served: str) -> None:
    """With JavaScript off, filters, decisions and undo work as plain forms."""
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{served}/board?measure=joint_patrol")
    page.get_by_label("Member of").select_option("NATO")
    page.get_by_role("button", name="Show").click()
    assert "group=NATO" in page.url
    page.goto(f"{served}/review")
    page.get_by_role("button", name="Reject x").click()
    assert "Last: reject" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("status").inner_text().startswith("0 of 9")


def test_filters_swap_the_view_and_keep_a_permalink(browser: Any, served: str) -> None:
    """With script, a changed filter swaps the board and the address says what is shown."""
    page = opened(browser)
    page.goto(f"{served}/board?measure=joint_patrol")
    page.get_by_label("Needs").select_option("all")
    page.wait_for_url("**threshold=all**")
    assert "6 of 6" in page.locator(".tally").inner_text()
    page.locator("input[type=range]").fill("0")
    page.wait_for_url("**as_of=2025-09-01**")
    assert "As of 2025-09-01" in page.locator(".asof").inner_text()
    assert page.faults == []


def test_an_actor_s_ties_stand_out(browser: Any, served: str) -> None:
    """On the network, focus on an actor dims what is not tied to it."""
    page = opened(browser)
    page.goto(f"{served}/network")
    page.locator("svg.network .node a").first.focus()
    assert page.locator("svg.network.picked").count() == 1
    assert page.locator("svg.network .node.near").count() >= 2
