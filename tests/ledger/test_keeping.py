"""Backups, shared copies, takedowns, and what a check finds."""

from __future__ import annotations

import pytest
from made_up import claim, document, evidence, position, reading, said_by

from whipcount.errors import StoreError, UnknownName
from whipcount.ledger import open_ledger
from whipcount.ledger.keeping import BLANK, backup, check, content_of, excerpt, share, take_down

AT = "2025-09-05T10:00:00Z"
TEXT = "A first line nobody needs. Norvania will send two frigates. A last secret line."
WORDS = "Norvania will send two frigates"


@pytest.fixture
def full(ledger):
    """A ledger with two documents, a decision, a claim and a codebook."""
    for number in (1, 2):
        id_ = f"d{number}"
        found = position(
            f"p{number}", id_, evidence=evidence(WORDS, TEXT), voices=said_by("Ana Ruiz")
        )
        claims = (claim(document_id=id_, evidence=evidence("secret", TEXT)),) if number == 2 else ()
        doc = document(id_, text=TEXT, content_hash=f"h{number}", title=f"Title {number}")
        ledger.record(doc, reading(id_, found, claims=claims))
    ledger.review("change", ["p1"], changes={"stance": "oppose"}, reviewer="ann", at=AT)
    ledger.save_codebook("sec", "1", "id = 'a'")
    return ledger


def test_backup_is_equal(full, tmp_path):
    """A backup to a file holds the same content, and goes on from there."""
    backup(full, tmp_path / "copy.db")
    with open_ledger(tmp_path / "copy.db") as copy:
        assert content_of(copy) == content_of(full)
        assert copy.decisions() == full.decisions()
        assert copy.review("reject", ["p2"], reviewer="ann", at=AT).seq == 2
    with pytest.raises(StoreError, match="exists already"):
        backup(full, tmp_path / "copy.db")


def test_backup_between_kinds(full, tmp_path, postgres_address):
    """A backup moves between SQLite and PostgreSQL, and the log's numbers go on."""
    backup(full, tmp_path / "copy.db")
    address = postgres_address
    if full.store.dialect == "postgresql":
        return
    with open_ledger(tmp_path / "copy.db") as copy:
        backup(copy, address)
    with open_ledger(address) as moved:
        assert content_of(moved) == content_of(full)
        assert moved.review("reject", ["p2"], reviewer="ann", at=AT).seq == 2


def test_shared_copies_hold_evidence_only(full, tmp_path):
    """A shared copy has every position with its words, and nothing else of the texts."""
    share(full, tmp_path / "copy.db")
    with open_ledger(tmp_path / "copy.db") as copy:
        assert copy.positions() == full.positions()
        text = copy.document("d1").text
        assert text[27:58] == WORDS
        assert len(text) == len(TEXT)
        assert "nobody" not in text
        assert check(copy) == []
    assert b"nobody needs" not in (tmp_path / "copy.db").read_bytes()


def test_excerpt_blanks_all_but_the_spans():
    """Outside the spans every character that is no space is blanked."""
    assert excerpt("ab cd\nef", [(3, 5)]) == f"{BLANK * 2} cd\n{BLANK * 2}"
    assert excerpt("abc", [(1, 99)]) == f"{BLANK}bc"


def test_takedown_leaves_no_trace(full, target):
    """Nothing of a document stays but its id and hash, and it is not read again."""
    take_down(full, "d1", at=AT, reason="asked to")
    assert [d.id for d in full.documents()] == ["d2"]
    assert [p.id for p in full.positions()] == ["p2"]
    assert full.decisions() == ()
    assert full.known("h1", "any", "any")
    with pytest.raises(UnknownName):
        take_down(full, "d1", at=AT)
    if full.store.dialect == "sqlite":
        from pathlib import Path

        full.close()
        assert b"Title 1" not in Path(target).read_bytes()


def test_takedown_of_the_origin(full):
    """When the earliest report goes, the next one becomes the origin."""
    full.review("undo", undoes=1, reviewer="ann", at=AT)
    assert {p.origin for p in full.positions()} == {"p1"}
    take_down(full, "d1", at=AT)
    assert {p.origin for p in full.positions()} == {"p2"}


def test_check_finds_a_wrong_span(full):
    """Evidence that the text does not bear out is found, by name."""
    assert check(full) == []
    full.record(document("d3", text="Other words."), reading("d3", position("p3", "d3")))
    assert any("p3" in fault for fault in check(full))
