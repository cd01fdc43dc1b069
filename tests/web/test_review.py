"""Rules of the review: decisions show at once, can be taken back, and work as plain forms."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from whipcount.ledger import Ledger

TOKEN = "made-up-token"


def send(client: TestClient, action: str, id_: str = "", **more: str) -> str:
    """Send a review form; returns where it leads."""
    data = {"token": TOKEN, "action": action, "id": id_, **more}
    answer = client.post("/review", data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def standing(client: TestClient, actor: str) -> str | None:
    """Where an actor stands on the patrol, None where it is not on the board."""
    rows = client.get("/board.json?measure=joint_patrol").json()["rows"]
    return next((row["standing"] for row in rows if row["actor"] == actor), None)


def test_a_reversed_sign_moves_the_actor(client: TestClient) -> None:
    """Changing a stance moves the actor to the other column at once; undo brings it back."""
    assert standing(client, "FRA") == "in"
    send(client, "stance", "d1:0", stance="oppose")
    assert standing(client, "FRA") == "out"
    assert standing(client, "ITA") == "in"
    send(client, "undo")
    assert standing(client, "FRA") == "in"


def test_a_rejected_position_counts_nowhere(client: TestClient) -> None:
    """A rejected position leaves board, export and queue; the log keeps who did it."""
    send(client, "reject", "d1:0")
    assert standing(client, "FRA") == "silent"
    assert "d1:0" not in client.get("/positions.csv").text
    page = client.get("/review").text
    assert "Last: reject by ann" in page
    assert "1 reject" in page


def test_accepting_is_progress(client: TestClient, patrol: Ledger) -> None:
    """An accepted position is decided; the next one comes up."""
    first = client.get("/review").text
    send(client, "accept", "d1:0", next="d2:0")
    assert "d1:0" in patrol.reviewed_ids()
    assert "1 of 9 decided" in client.get("/review").text
    assert "0 of 9 decided" in first


def test_undo_goes_back_to_the_position(client: TestClient) -> None:
    """Undo shows the position again that it gave back."""
    send(client, "reject", "d2:0")
    assert "item=d2%3A0" in send(client, "undo")


def test_undo_takes_back_ones_own_only(client: TestClient, patrol: Ledger) -> None:
    """Undo never takes back what somebody else decided."""
    patrol.review("reject", ["d1:0"], reviewer="bob", at="2025-09-10T11:00:00")
    answer = client.post("/review", data={"token": TOKEN, "action": "undo"})
    assert answer.status_code == 400
    assert "nothing to undo" in answer.text
    assert standing(client, "FRA") == "silent"


def test_the_span_is_set_by_its_words(client: TestClient, patrol: Ledger) -> None:
    """Words copied from the document become the evidence; other words are refused."""
    send(client, "span", "d1:0", words="will send two frigates")
    held = patrol.position("d1:0").evidence
    assert held.text == "will send two frigates"
    assert patrol.document("d1").text[held.start : held.end] == held.text
    answer = client.post(
        "/review", data={"token": TOKEN, "action": "span", "id": "d1:0", "words": "three frigates"}
    )
    assert answer.status_code == 400
    assert "not found in the document" in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {"action": "stance", "id": "d1:0", "stance": "maybe"},
        {"action": "accept", "id": "nothing"},
        {"action": "explode", "id": "d1:0"},
        {},
    ],
)
def test_bad_forms_change_nothing(client: TestClient, patrol: Ledger, form: dict[str, str]) -> None:
    """A form that makes no sense is refused, and the log stays empty."""
    answer = client.post("/review", data={"token": TOKEN, **form})
    assert 400 <= answer.status_code < 600
    assert patrol.decisions() == ()


def test_every_key_has_a_form_behind_it(client: TestClient) -> None:
    """Each key of the review is a button or link that works without the script."""
    page = client.get("/review").text
    keys = set(re.findall(r'data-key="([^"]+)"', page))
    assert keys >= {"a", "x", " ", "Backspace", "1", "2", "3", "4", "e", "j", "?"}
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL):
        assert f'name="token" value="{TOKEN}"' in form


def test_single_keys_can_be_switched_off(client: TestClient) -> None:
    """The setting is kept in a cookie that scripts and other sites cannot read."""
    assert 'data-keys="on"' in client.get("/review").text
    answer = client.post("/settings", data={"token": TOKEN, "reviewer": "bob"})
    cookies = answer.headers.get_list("set-cookie")
    assert all("HttpOnly" in each and "SameSite=strict" in each for each in cookies)
    page = client.get("/review").text
    assert 'data-keys="off"' in page
    assert 'value="bob"' in page


def test_agreement_is_shown(client: TestClient) -> None:
    """After a decision the table sets machine against people."""
    send(client, "stance", "d1:0", stance="oppose")
    assert "machine and people" in client.get("/review").text


def test_a_review_by_someone_else_shows_at_once(client: TestClient, patrol: Ledger) -> None:
    """The board is never older than the ledger, whoever wrote it."""
    assert standing(client, "FRA") == "in"
    patrol.review("reject", ["d1:0"], reviewer="bob", at="2025-09-10T11:00:00")
    assert standing(client, "FRA") == "silent"
