"""Review: decisions, their log, and new readings of reviewed documents."""

from __future__ import annotations

import pytest
from made_up import document, position, reading

from whipcount.errors import CallError, DataError, StoreError, UnknownName

AT = "2025-09-05T10:00:00Z"
BY = {"reviewer": "ann", "at": AT}


@pytest.fixture
def read(ledger):
    """A ledger with one document, one position on the patrol and one on fuel."""
    ledger.record(document(), reading("d1", position("p1"), position("p2", measure="fuel")))
    return ledger


def stances(ledger):
    """What the ledger shows, by id."""
    return {p.id: p.stance for p in ledger.positions()}


def test_accept_changes_nothing_but_the_mark(read):
    """An accepted position is the reader's own, marked as reviewed."""
    before = read.positions()
    read.review("accept", ["p1"], **BY)
    assert read.positions() == before
    assert read.reviewed_ids() == {"p1"}


def test_reject_hides_and_keeps(read):
    """A rejected position is gone from the view, not from what was read."""
    read.review("reject", ["p1"], **BY)
    assert set(stances(read)) == {"p2"}
    assert {p.id for p in read.positions(reviewed=False)} == {"p1", "p2"}


def test_change_never_edits_the_reader(read):
    """A change shows the person's word; the reader's is still there."""
    read.review("change", ["p1"], changes={"stance": "oppose", "actor": "OST"}, **BY)
    shown = read.position("p1")
    assert (shown.stance, shown.actor) == ("oppose", "OST")
    machine = {p.id: p.stance for p in read.positions(reviewed=False)}
    assert machine["p1"] == "support"


def test_span_moves_within_the_text(read):
    """A moved span takes its words from the document; outside it is an error."""
    read.review("change", ["p1"], changes={"start": 0, "end": 8}, **BY)
    assert read.position("p1").evidence.text == "Norvania"
    with pytest.raises(CallError):
        read.review("change", ["p1"], changes={"start": 5, "end": 9999}, **BY)


def test_split_merge_add(read):
    """Split gives several, merge one, add a new one."""
    read.review("split", ["p1"], parts=[{"actor": "NRV"}, {"actor": "OST"}], **BY)
    assert set(stances(read)) == {"p1/1", "p1/2", "p2"}
    read.review("merge", ["p1/1", "p1/2"], changes={"stance": "undecided"}, **BY)
    assert stances(read) == {"p1/1": "undecided", "p2": "support"}
    read.review("add", position=position("h1", actor="OST", stance="oppose"), **BY)
    assert stances(read)["h1"] == "oppose"


def test_undo_and_undo_of_undo(read):
    """An undo restores the state before; undone itself, the decision is back."""
    done = read.review("reject", ["p1"], **BY)
    undo = read.review("undo", undoes=done.seq, **BY)
    assert set(stances(read)) == {"p1", "p2"}
    with pytest.raises(CallError, match="undone already"):
        read.review("undo", undoes=done.seq, **BY)
    read.review("undo", undoes=undo.seq, **BY)
    assert set(stances(read)) == {"p2"}
    assert [d.action for d in read.decisions()] == ["reject", "undo", "undo"]


def test_the_log_cannot_be_edited(read):
    """The database itself refuses to change an entry."""
    read.review("accept", ["p1"], **BY)
    with pytest.raises(StoreError, match="append-only"):
        read.store.run("UPDATE reviews SET reviewer = 'eve'")
    assert read.decisions()[0].reviewer == "ann"


def test_bad_decisions_write_nothing(read):
    """A wrong call is an error of its kind and leaves the log as it was."""
    with pytest.raises(UnknownName):
        read.review("accept", ["p9"], **BY)
    with pytest.raises(DataError, match="stance"):
        read.review("change", ["p1"], changes={"stance": "maybe"}, **BY)
    with pytest.raises(CallError, match="cannot change"):
        read.review("change", ["p1"], changes={"id": "x"}, **BY)
    with pytest.raises(CallError):
        read.review("split", ["p1"], parts=[{}], **BY)
    with pytest.raises(CallError):
        read.review("accept", ["p1"], reviewer="", at=AT)
    assert read.decisions() == ()


def test_a_new_reader_keeps_decisions_and_flags(read):
    """A new reading that differs from a decision is flagged; the person's word stays shown."""
    read.review("accept", ["p1"], **BY)
    read.record(document(), reading("d1", position("q1", stance="oppose"), version="reader-2"))
    assert stances(read) == {"p1": "support"}
    (flag,) = read.disagreements()
    assert (flag.item, flag.machine.stance) == ("p1", "oppose")


def test_a_new_reader_that_agrees_is_not_flagged(read):
    """A new reading that now says what the person said is no disagreement."""
    read.review("change", ["p1"], changes={"stance": "oppose"}, **BY)
    read.record(document(), reading("d1", position("q1", stance="oppose"), version="reader-2"))
    assert stances(read) == {"p1": "oppose"}
    assert read.disagreements() == ()


def test_a_rejected_position_stays_rejected(read):
    """The same find under a new id stays hidden; the opposite find is shown and flagged."""
    read.review("reject", ["p1"], **BY)
    read.record(document(), reading("d1", position("q1"), version="reader-2"))
    assert stances(read) == {}
    assert read.disagreements() == ()
    read.record(document(), reading("d1", position("r1", stance="oppose"), version="reader-3"))
    assert stances(read) == {"r1": "oppose"}
    assert len(read.disagreements()) == 1


def test_a_kept_decision_the_reader_lost(read):
    """A position that a person accepted and the new reader misses stays, and is flagged."""
    read.review("accept", ["p1"], **BY)
    read.record(document(), reading("d1", version="reader-2"))
    assert stances(read) == {"p1": "support"}
    assert "no longer" in read.disagreements()[0].what
