"""Imports: tables with mappings, roll calls, joint statements, DNA databases."""

from __future__ import annotations

import pytest
from dna_sample import write_dna

from whipcount.errors import DataError
from whipcount.ledger.imports import coded_positions, load_mapping
from whipcount.ledger.statements import dna_positions, joint_statement

TABLE = """Land,Frage,Haltung,date,Zitat,Wer
NRV,Joint patrol,ja,2025-09-04,We send two ships,Ana Ruiz
OST,Joint patrol,nein,2025-09-04,No ship from us,Jan Holm
"""
MAPPING = """
[columns]
actor = "Land"
measure = "Frage"
stance = "Haltung"
text = "Zitat"
speaker = "Wer"
[stances]
ja = "support"
nein = "oppose"
[fixed]
publisher = "Coder A"
"""
STATEMENT = """
title = "Joint statement"
date = "2025-09-04"
publisher = "Harbour Post"
signatories = ["NRV", "KLD"]
text = "We will patrol the strait. We will not arm anybody."
[[clauses]]
measure = "joint patrol"
evidence = "We will patrol the strait"
[[clauses]]
measure = "arms"
stance = "oppose"
evidence = "We will not arm anybody"
"""


@pytest.fixture
def write(tmp_path):
    """Write a file and give its path."""

    def write_(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write_


def test_a_table_with_a_mapping(write, ledger):
    """Columns and words of any table become positions with evidence, speaker and date."""
    mapping = load_mapping(write("m.toml", MAPPING))
    for pair in coded_positions(write("t.csv", TABLE), mapping):
        ledger.record(*pair)
    first, second = ledger.positions()
    assert (first.actor, first.measure, first.stance) == ("NRV", "joint_patrol", "support")
    assert (second.stance, second.speaker, second.date) == ("oppose", "Jan Holm", "2025-09-04")
    text = ledger.document(first.document_id).text
    assert text[first.evidence.start : first.evidence.end] == "We send two ships"


def test_all_bad_rows_at_once(write):
    """Every bad row is reported with its file, line and field."""
    table = "actor,measure,stance,date\nNRV,x,maybe,2025-09-04\n,x,yes,4.9.2025\n"
    with pytest.raises(DataError) as caught:
        coded_positions(write("t.csv", table), load_mapping(None))
    assert [fault.partition(" @ ")[2] for fault in caught.value.faults] == [
        "t.csv[2].stance",
        "t.csv[3].actor",
        "t.csv[3].date",
    ]


def test_bad_mappings_and_tables(write):
    """An unknown field, a missing column and an empty table each say what is wrong."""
    with pytest.raises(DataError, match="unknown field 'who'"):
        load_mapping(write("m.toml", "[columns]\nwho = 'Land'\n"))
    with pytest.raises(DataError, match="no column 'Landd'"):
        coded_positions(
            write("t.csv", TABLE), load_mapping(write("n.toml", "[columns]\nactor = 'Landd'\n"))
        )
    with pytest.raises(DataError, match="no rows"):
        coded_positions(write("e.csv", "actor,measure,stance\n"), load_mapping(None))
    with pytest.raises(DataError, match="no column for measure"):
        coded_positions(write("u.csv", "actor,vote\nNRV,yes\n"), load_mapping(None))


def test_odd_tables(write):
    """Quoted line breaks and unusual separators inside a cell are kept; surplus cells are named."""
    table = 'actor;measure;stance;text\nNRV;x;yes;"two\nlines\u2028here"\n'
    ((document, reading),) = coded_positions(write("t.csv", table), load_mapping(None))
    assert reading.positions[0].evidence.text == "two\nlines\u2028here"
    assert document.text == "two\nlines\u2028here"
    with pytest.raises(DataError, match=r"more cells than headings @ u.csv\[2\]"):
        coded_positions(write("u.csv", "actor,measure,stance\nNRV,x,yes,no\n"), load_mapping(None))


def test_roll_calls(write):
    """Votes are done by the actor itself; an abstention is undecided, an absence nothing."""
    table = "country,rcid,vote,date\nNRV,101,yes,2025-09-04\nOST,101,abstain,2025-09-04\n"
    table += "KLD,101,absent,2025-09-04\nNRV,102,no,2025-09-05\n"
    found = coded_positions(write("v.csv", table), load_mapping(None), votes=True)
    positions = [position for _, reading in found for position in reading.positions]
    assert [(p.actor, p.measure, p.stance) for p in positions] == [
        ("NRV", "101", "support"),
        ("OST", "101", "undecided"),
        ("NRV", "102", "oppose"),
    ]
    assert {p.level for p in positions} == {"done"}
    assert len(found) == 2


def test_joint_statements(write):
    """Each signatory holds each clause, in the statement's own words."""
    ((document, reading),) = joint_statement(write("s.toml", STATEMENT))
    assert [(p.actor, p.measure, p.stance) for p in reading.positions] == [
        ("NRV", "joint_patrol", "support"),
        ("KLD", "joint_patrol", "support"),
        ("NRV", "arms", "oppose"),
        ("KLD", "arms", "oppose"),
    ]
    for position in reading.positions:
        span = position.evidence
        assert document.text[span.start : span.end] == span.text
    with pytest.raises(DataError, match="clause 1"):
        joint_statement(write("b.toml", STATEMENT.replace('evidence = "We', 'evidence = "They')))


def test_dna_statements(tmp_path, ledger):
    """DNA statements become positions whose evidence is what was coded there."""
    for pair in dna_positions(write_dna(tmp_path / "a.dna")):
        ledger.record(*pair)
    first, second = ledger.positions()
    assert (first.actor_text, first.stance, first.speaker) == ("Norvania", "support", "Ana Ruiz")
    assert second.evidence.text == "Ostmark is against the patrol"
    assert second.stance == "oppose"


def test_importing_twice_changes_nothing(write, ledger):
    """The same file imported again leaves the same positions."""
    pairs = coded_positions(write("t.csv", TABLE), load_mapping(write("m.toml", MAPPING)))
    for pair in pairs * 2:
        ledger.record(*pair)
    assert len(ledger.positions()) == 2
