"""Every export form can be read by what it is for, and loses or invents nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from made_up import claim, document, evidence, position, reading, said_by

from whipcount.board import moves, standings
from whipcount.errors import CallError, StoreError, UnknownName
from whipcount.exporting import FORMS, atom_feed, export, form_of
from whipcount.ledger import open_ledger

TEXT = "\U0001f6a9 =SUM(A1) Norvania backs it. Ostmark is against it, some critics allege."
AT = "2025-09-05T10:00:00Z"


@pytest.fixture
def ledger(tmp_path):
    """A ledger with two actors, a formula for a name, a claim and one reviewed position."""
    with open_ledger(tmp_path / "l.db", create=True) as opened:
        first = position(
            "p1", evidence=evidence("=SUM(A1) Norvania backs it", TEXT), voices=said_by("Ana Ruiz")
        )
        second = position(
            "p2",
            actor="OST",
            actor_text="Ostmark",
            stance="oppose",
            evidence=evidence("Ostmark is against it", TEXT),
        )
        third = position("p3", measure="fuel", stance="conditional")
        doc = document(text=TEXT, title="100% {odd} & _new_", url="https://example.org/a")
        opened.record(doc, reading("d1", first, second, third, claims=(claim(),)))
        opened.review("accept", ["p1"], reviewer="ann", at=AT)
        yield opened


def written(ledger, tmp_path, form):
    """The bytes of one form."""
    path = tmp_path / f"out.{form}"
    size = export(ledger, path, form=form)
    content = path.read_bytes()
    assert len(content) == size
    return content


def test_csv_runs_nothing(ledger, tmp_path):
    """A cell that begins like a formula is text with an apostrophe; every position is a row."""
    rows = list(csv.DictReader(io.StringIO(written(ledger, tmp_path, "csv").decode())))
    assert [row["id"] for row in rows] == ["p1", "p2", "p3"]
    assert rows[0]["evidence"] == "'=SUM(A1) Norvania backs it"
    assert [row["reviewed"] for row in rows] == ["true", "false", "false"]


def test_xlsx_runs_nothing_and_has_filters(ledger, tmp_path):
    """The workbook has its sheets, filters, and not one formula."""
    book = zipfile.ZipFile(io.BytesIO(written(ledger, tmp_path, "xlsx")))
    names = re.findall(r'sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["Board", "Positions", "Sources", "Claims (unverified)"]
    sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, 5)]
    assert all("<autoFilter" in sheet and "<f>" not in sheet for sheet in sheets)
    assert "=SUM(A1) Norvania backs it" in book.read("xl/sharedStrings.xml").decode()
    assert "quotePrefix" in book.read("xl/styles.xml").decode()


def test_parquet_comes_back(ledger, tmp_path):
    """The Parquet table has the same rows, with numbers as numbers."""
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(written(ledger, tmp_path, "parquet"))).to_pylist()
    assert [row["id"] for row in table] == ["p1", "p2", "p3"]
    assert TEXT[table[1]["start"] : table[1]["end"]] == "Ostmark is against it"
    assert table[0]["reviewed"] is True


def test_jsonl_is_whole(ledger, tmp_path):
    """Each line is a whole position record that decodes to the position."""
    import msgspec

    from whipcount.records import Position

    lines = written(ledger, tmp_path, "jsonl").splitlines()
    assert [msgspec.json.decode(line, type=Position) for line in lines] == list(ledger.positions())


def test_event_list_counts_utf16(ledger, tmp_path):
    """The event list has DNA's columns and offsets; positions without a sign are not in it."""
    rows = list(csv.DictReader(io.StringIO(written(ledger, tmp_path, "dna").decode())))
    assert [(row["organization"], row["agreement"]) for row in rows] == [("NRV", "1"), ("OST", "0")]
    units = TEXT.encode("utf-16-le")
    start, end = int(rows[1]["start"]), int(rows[1]["end"])
    assert units[2 * start : 2 * end].decode("utf-16-le") == "Ostmark is against it"


def test_vote_matrix(ledger, tmp_path):
    """Actors x measures: 1 in, 0 out, NA where there is no sign."""
    rows = list(csv.reader(io.StringIO(written(ledger, tmp_path, "votes").decode())))
    assert rows[0] == ["actor", "joint_patrol", "fuel"] or rows[0] == [
        "actor",
        "fuel",
        "joint_patrol",
    ]
    cells = {
        (row[0], name): value
        for row in rows[1:]
        for name, value in zip(rows[0][1:], row[1:], strict=True)
    }
    assert cells["NRV", "joint_patrol"] == "1"
    assert cells["OST", "joint_patrol"] == "0"
    assert cells["NRV", "fuel"] == "NA"


def test_references(ledger, tmp_path):
    """CSL items have their date as parts; BibTeX escapes what TeX would read as commands."""
    (item,) = json.loads(written(ledger, tmp_path, "csl"))
    assert item["issued"] == {"date-parts": [[2025, 9, 4]]}
    entry = written(ledger, tmp_path, "bibtex").decode()
    assert entry.startswith("@misc{d1,")
    assert r"100\% \{odd\} \& \_new\_" in entry


def test_claim_review_only_for_reviewed(ledger, tmp_path):
    """Only what a person reviewed gets a ClaimReview, and no rating of truth."""
    graph = json.loads(written(ledger, tmp_path, "schemaorg"))["@graph"]
    reviews = [node for node in graph if node["@type"] == "ClaimReview"]
    assert [node["itemReviewed"]["@id"] for node in reviews] == ["urn:whipcount:position:p1"]
    assert reviews[0]["author"] == [{"@type": "Person", "name": "ann"}]
    assert "reviewRating" not in reviews[0]
    assert sum(node["@type"] == "Claim" for node in graph) == 4


def test_atom_feed(ledger):
    """The feed is well-formed, newest first, with one stable id for each move."""
    found = moves(ledger.positions(), "2025-01-01", "2025-12-31")
    feeds = [atom_feed(found, source="l.db", updated=AT) for _ in range(2)]
    assert feeds[0] == feeds[1]
    names = {"a": "http://www.w3.org/2005/Atom"}
    entries = ET.fromstring(feeds[0]).findall("a:entry", names)
    assert len(entries) == len(found) == 3
    assert len({entry.findtext("a:id", namespaces=names) for entry in entries}) == 3


def test_board_form_has_every_standing(ledger, tmp_path):
    """The board as a table has a row for each standing."""
    rows = list(csv.DictReader(io.StringIO(written(ledger, tmp_path, "board").decode())))
    assert len(rows) == len(standings(ledger.positions()))


def test_forms_and_targets(ledger, tmp_path):
    """The form comes from the ending or the name; wrong ones and unwritable targets say so."""
    assert form_of("a.XLSX") == "xlsx"
    assert form_of("a.txt", "votes") == "votes"
    with pytest.raises(CallError, match="--as"):
        form_of("a.txt")
    with pytest.raises(UnknownName):
        form_of("a.txt", "docx")
    with pytest.raises(StoreError, match="cannot be written"):
        export(ledger, tmp_path / "no" / "folder.csv")
    assert set(FORMS) >= {"jsonl", "csv", "xlsx", "parquet", "dna", "votes", "csl", "bibtex"}
