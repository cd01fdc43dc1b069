"""The kept board is the computed board, whatever changed in between."""

from __future__ import annotations

import random

import pytest
from made_up import document, position, reading
from msgspec.structs import replace

from whipcount.board import Rule, board_rows, standings
from whipcount.board.view import EVIDENCE_LIMIT
from whipcount.ledger import open_ledger

AT = "2025-09-05T10:00:00Z"


@pytest.fixture
def ledger(tmp_path):
    """An empty ledger."""
    with open_ledger(tmp_path / "l.db", create=True) as opened:
        yield opened


def add(ledger, number, rng):
    """A document with two random positions."""
    id_, day = f"d{number}", f"2025-09-{rng.randrange(1, 29):02d}"
    found = [
        position(
            f"{id_}.{place}",
            id_,
            actor=rng.choice(["NRV", "OST", "KLD"]),
            measure=rng.choice(["patrol", "fuel"]),
            stance=rng.choice(["support", "oppose", "undecided"]),
            time=rng.choice(["current", "current", "past"]),
            date=day,
        )
        for place in range(2)
    ]
    ledger.record(document(id_, text=f"Report {number}", date=day), reading(id_, *found))


def computed(ledger, as_of=None, rule=None):
    """The board made anew from all positions."""
    extra = {} if rule is None else {"rule": rule}
    rows = standings(ledger.positions(as_of=as_of), as_of=as_of, **extra)
    return {(row.measure, row.actor): row for row in rows}


def kept(ledger, as_of=None, **fields):
    """The board through the kept summaries."""
    rows = [row.standing for row in board_rows(ledger, as_of=as_of, **fields)]
    return {(row.measure, row.actor): row for row in rows if row.standing != "silent"}


def test_kept_equals_computed_through_changes(ledger):
    """After every record, review and undo, the kept board is what a new one would be."""
    rng = random.Random(4)
    for number in range(12):
        add(ledger, number, rng)
        assert kept(ledger) == computed(ledger)
        shown = rng.choice(ledger.positions())
        changes = {"stance": rng.choice(["support", "oppose"]), "actor": rng.choice(["NRV", "OST"])}
        done = ledger.review("change", [shown.id], changes=changes, reviewer="ann", at=AT)
        assert kept(ledger) == computed(ledger)
        if number % 2:
            ledger.review("undo", undoes=done.seq, reviewer="ann", at=AT)
            assert kept(ledger) == computed(ledger)
    for day in ("2025-09-05", "2025-09-20", "2025-09-05"):
        assert kept(ledger, day) == computed(ledger, day)
    assert not ledger.disagreements()


def test_rules_never_mix(ledger):
    """A board by another rule is computed for itself."""
    add(ledger, 1, random.Random(1))
    strict = Rule(narrated=0.1)
    assert kept(ledger) == computed(ledger)
    assert kept(ledger, rule=strict) == computed(ledger, rule=strict)
    assert kept(ledger, rule=strict) != kept(ledger)


def test_rows_carry_a_limited_number_of_positions(ledger):
    """A row shows the first positions and says how many there are."""
    base = position("x", "x")
    for number in range(EVIDENCE_LIMIT + 5):
        id_ = f"d{number}"
        ledger.record(
            document(id_, text=id_), reading(id_, replace(base, id=f"p{number}", document_id=id_))
        )
    (row,) = board_rows(ledger)
    assert len(row.standing.positions) == EVIDENCE_LIMIT
    assert row.total == EVIDENCE_LIMIT + 5


def test_roster_and_age(ledger):
    """Silent actors come from the roster; today gives the age where there is no date."""
    ledger.record(document(), reading("d1", position()))
    rows = board_rows(ledger, roster=["NRV", "OST"], today="2025-09-14")
    assert [(r.standing.actor, r.standing.standing, r.standing.stale_days) for r in rows] == [
        ("NRV", "in", 10),
        ("OST", "silent", None),
    ]
