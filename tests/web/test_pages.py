"""Rules of the views: each is a permalink with twins, and every cell leads to its sentence."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from starlette.testclient import TestClient

from whipcount.ledger import Ledger
from whipcount.ledger.naming import OwnActor, save_actors
from whipcount.web.app import NAVIGATION, VIEWS

EXAMPLES = {
    "/evidence": "?measure=joint_patrol&actor=ITA",
    "/document": "?document=d3",
    "/actor": "?actor=ITA",
}


@pytest.mark.parametrize("path", sorted(VIEWS))
def test_every_view_has_its_twins(client: TestClient, path: str) -> None:
    """A view answers as page, JSON and CSV with the same rows, and links to both."""
    tail = EXAMPLES.get(path, "")
    page = client.get(path + tail)
    assert page.status_code == 200, page.text
    as_json = client.get(f"{path}.json{tail}").json()
    rows = list(csv.reader(io.StringIO(client.get(f"{path}.csv{tail}").text)))
    assert len(rows) - 1 == len(as_json["rows"])
    assert f'href="{path}.json' in page.text
    assert f'href="{path}.csv' in page.text


@pytest.mark.parametrize("path", sorted(VIEWS))
def test_every_page_says_what_it_rests_on(client: TestClient, path: str) -> None:
    """Date, size of the corpus, rule, reader and a way to the method are on each page."""
    page = client.get(path + EXAMPLES.get(path, "")).text
    for part in ("All that was read", "6 documents", "Standing rule", "reader-test", "/method"):
        assert part in page


def test_the_board_puts_each_actor_in_its_column(client: TestClient) -> None:
    """The board's JSON and its page agree with the standings, the silent included."""
    rows = client.get("/board.json?measure=joint_patrol").json()["rows"]
    found = {row["actor"]: row["standing"] for row in rows}
    assert found["FRA"] == "in"
    assert found["NOR"] == "undecided"
    assert found["POL"] == "conditional"
    assert found["ESP"] == "silent"
    page = client.get("/board?measure=joint_patrol").text
    columns = re.findall(r'<section class="column".*?</section>', page, re.DOTALL)
    assert len(columns) == 7
    assert "France" in columns[0]
    assert "Spain" in columns[6]


def test_totals_stand_against_the_threshold(client: TestClient) -> None:
    """The tally counts actors of the roster and what the chosen threshold asks for."""
    page = client.get("/board?measure=joint_patrol").text
    assert "4 of 6 actors on the roster needed" in page
    assert "6 of 6" in client.get("/board?measure=joint_patrol&threshold=all").text
    assert "1 of 6" in client.get("/board?measure=joint_patrol&threshold=1").text


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("region=Europe", "ITA", "Many coastal towns"),
        ("group=EU", "ITA", "NOR"),
        ("source=Quayside+News", "ITA", "FRA"),
        ("as_of=2025-09-01", "FRA", "Many coastal towns"),
    ],
)
def test_filters_narrow_the_board(
    client: TestClient, query: str, present: str, absent: str
) -> None:
    """Region, membership, source and date each leave out what does not belong."""
    rows = client.get(f"/board.json?measure=joint_patrol&{query}").json()["rows"]
    actors = {row["actor"] for row in rows}
    assert present in actors
    assert absent not in actors


def test_a_source_alone_tells_its_own_story(client: TestClient) -> None:
    """Filtered by a publisher, a standing is what that publisher alone reports."""
    rows = client.get("/board.json?measure=joint_patrol&source=Quayside+News").json()["rows"]
    assert [(row["actor"], row["standing"]) for row in rows] == [("ITA", "out")]


def test_evidence_shows_the_sentence_its_chain_and_what_contradicts_it(client: TestClient) -> None:
    """One click from the board: the marked words, every voice, and the other side beside it."""
    board = client.get("/board?measure=joint_patrol").text
    link = re.search(r'href="(/evidence\?[^"]*actor=ITA[^"]*)"', board)
    assert link
    page = client.get(link.group(1).replace("&amp;", "&")).text
    assert "<mark>Italy will not send a ship after all</mark>" in page
    chain = page.partition("ship after all</mark>")[2]
    assert chain.index("Quayside News") < chain.index("Northwire") < chain.index("Anna Testa")
    assert "What contradicts it" in page
    assert "#:~:text=" in page
    assert "Why this sign" in page


def test_unnamed_collectives_have_evidence_too(client: TestClient) -> None:
    """An unnamed collective's row leads to its own words."""
    page = client.get(
        "/evidence", params={"measure": "joint_patrol", "actor": "Many coastal towns"}
    )
    assert "<mark>Many coastal towns oppose the patrol</mark>" in page.text


def test_the_matrix_leads_to_the_same_evidence(client: TestClient) -> None:
    """A cell's short address goes to the full one, whatever the actor is called."""
    page = client.get("/matrix").text
    assert "href=e/joint_patrol/ITA>" in page
    answer = client.get("/e/joint_patrol/ITA?as_of=2025-09-03")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/evidence?measure=joint_patrol&actor=ITA&as_of=2025-09-03"
    odd = client.get("/e/joint_patrol/a%2Fb%3Fc")
    assert odd.headers["location"].endswith("actor=a%2Fb%3Fc")


def test_moves_are_dated_and_sourced(client: TestClient) -> None:
    """A move has from, to, day and publisher; two dates can be compared."""
    rows = client.get("/moves.json?measure=joint_patrol").json()["rows"]
    france = next(row for row in rows if row["actor"] == "FRA")
    assert (france["date"], france["before"], france["after"]) == ("2025-09-01", "silent", "in")
    assert france["sources"] == "Harbour Post"
    page = client.get("/moves?since=2025-09-01&as_of=2025-09-05").text
    assert "2025-09-01 compared with 2025-09-05" in page


def test_the_feed_is_atom(client: TestClient) -> None:
    """The feed parses, ids are unique, and each entry leads back to this server's evidence."""
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    space = "{http://www.w3.org/2005/Atom}"
    entries = ET.fromstring(answer.text).findall(f"{space}entry")
    ids = [entry.findtext(f"{space}id") for entry in entries]
    assert len(ids) == len(set(ids)) >= 5
    link = entries[0].find(f"{space}link")
    assert link is not None
    assert client.get(str(link.get("href"))).status_code == 200


def test_a_document_marks_its_evidence(client: TestClient) -> None:
    """The document page marks each position where it stands, with an anchor to link to."""
    page = client.get("/document?document=d2").text
    assert re.search(r'<mark id="at-\d+">Rome will send a ship</mark>', page)
    assert re.search(r'<mark id="at-\d+">Berlin backs sanctions</mark>', page)


def test_imputed_leans_are_off_by_default(client: TestClient) -> None:
    """Guesses appear only when asked for, and are called imputed."""
    assert "imputed, " not in client.get("/board?measure=joint_patrol").text


def test_what_ifs_live_in_the_address(client: TestClient) -> None:
    """The outlook under a what-if is another address with another answer."""
    plain = client.get("/outlook.json?measure=joint_patrol").json()
    without = client.get("/outlook.json?measure=joint_patrol&without=FRA").json()
    chance = {row["actor"]: row["p"] for row in plain["rows"]}
    assert chance["FRA"] > 0.5
    assert {row["actor"]: row["p"] for row in without["rows"]}["FRA"] == 0.0


def test_conditions_lead_to_their_sentences(client: TestClient) -> None:
    """The outlook shows who waits for whom, and each arrow is a link to the evidence."""
    page = client.get("/outlook?measure=joint_patrol").text
    figure = page.partition("Who waits for whom")[2]
    assert "Poland waits for Germany: Joint patrol: only if Germany does" in figure
    assert "actor=POL" in figure.partition("</svg>")[0]


def test_the_network_looks_the_same_each_time(client: TestClient) -> None:
    """The layout is stable: the same query draws the same picture."""
    assert client.get("/network").text == client.get("/network").text


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/board?as_of=yesterday", 400, "as_of: expected YYYY-MM-DD"),
        ("/board?measure=nothing", 404, "unknown measure"),
        ("/board?threshold=lots", 400, "threshold"),
        ("/evidence?measure=joint_patrol", 400, "actor: name one"),
        ("/document?document=zzz", 404, "unknown document"),
        ("/moves?since=2025-09-05&as_of=2025-09-01", 400, "since"),
        ("/outlook?rule=/etc/rules.toml", 404, "unknown rule"),
        ("/outlook?months=soon", 400, "months"),
        ("/review?state=odd", 400, "state"),
        ("/nowhere", 404, "no such page"),
    ],
)
def test_wrong_addresses_get_a_clear_answer(
    client: TestClient, address: str, status: int, said: str
) -> None:
    """What is wrong with an address is said in one line, as a page and as JSON."""
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text
    path, _, tail = address.partition("?")
    twin = client.get(f"{path}.json?{tail}")
    assert twin.status_code == status
    assert "error" in twin.json()


def test_a_spreadsheet_runs_nothing(client: TestClient, patrol: Ledger) -> None:
    """Text that would be a formula in a spreadsheet is defused in CSV."""
    from whipcount.web.query import Query
    from whipcount.web.views import View, as_csv

    view = View(
        path="", template="", title="", data={}, columns=("a", "b"), query=Query(),
        rows=[{"a": "=HYPERLINK(1)", "b": -0.5}],
    )  # fmt: skip
    assert as_csv(view) == "a,b\n'=HYPERLINK(1),-0.5\n"


def test_an_empty_ledger_has_pages_too(tmp_path: object) -> None:
    """Before anything is read, every page answers and says so."""
    from pathlib import Path

    from whipcount.ledger import open_ledger
    from whipcount.web import Settings, create_app

    assert isinstance(tmp_path, Path)
    with open_ledger(tmp_path / "empty.db", create=True) as ledger:
        settings = Settings(
            hosts=frozenset({"testserver"}), token="t", today=lambda: "2025-01-01", now=lambda: ""
        )
        with TestClient(create_app(ledger, settings)) as empty:
            for path, _ in NAVIGATION:
                assert empty.get(path).status_code == 200, path
            assert "No position was found" in empty.get("/board").text
            assert empty.get("/brief").status_code == 200


def test_own_actors_go_by_their_names(client: TestClient, patrol: Ledger) -> None:
    """A user's own actor stands on the pages by its name, also one kept while the app runs."""
    address = "/board?measure=joint_patrol"
    assert "Ostmark" not in client.get(address).text
    save_actors(patrol.store, {"ITA": OwnActor(label="Ostmark")})
    assert "Ostmark" in client.get(address).text
    assert "Ostmark" in client.get("/actor?actor=ITA").text
    rows = client.get(address.replace("board", "board.json")).json()["rows"]
    assert ("ITA", "Ostmark") in [(row["actor"], row["actor_label"]) for row in rows]
