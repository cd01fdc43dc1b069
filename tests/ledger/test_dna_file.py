"""Reading Discourse Network Analyzer databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from dna_sample import TEXT, write_dna

from whipcount.errors import DataError, StoreError
from whipcount.ledger.dna_file import Utf16Offsets, read_dna, utf16_spans


def test_offsets_become_code_points(tmp_path):
    """UTF-16 offsets after a wide character still cut out the coded words."""
    statements = read_dna(write_dna(tmp_path / "a.dna"))
    assert [s.text for s in statements] == [
        "Norvania backs the patrol",
        "Ostmark is against the patrol",
    ]
    assert all(TEXT[s.start : s.end] == s.text for s in statements)


def test_values_and_date(tmp_path):
    """Person, organisation, concept, qualifier and the document's UTC date are read."""
    first, second = read_dna(write_dna(tmp_path / "a.dna"))
    assert (first.person, first.organization, first.concept) == (
        "Ana Ruiz",
        "Norvania",
        "Joint patrol",
    )
    assert (first.agreement, second.agreement) == (1, 0)
    assert first.date == "2025-09-04"
    assert first.document.source == "Harbour Post"


def test_other_files_are_refused_in_one_line(tmp_path):
    """A missing file, or one that is no DNA database, is a StoreError of one line."""
    other = tmp_path / "b.dna"
    other.write_text("not a database at all, only words" * 40)
    for path in (tmp_path / "none.dna", other):
        with pytest.raises(StoreError) as caught:
            read_dna(path)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("word", ["strongly agree", "-1"])
def test_agreement_in_words_is_refused(tmp_path, word):
    """Agreement as short text is read where it is a number, else refused with file and place."""
    path = write_dna(tmp_path / "a.dna")
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DELETE FROM DATABOOLEAN WHERE StatementId = 2")
        base.execute("UPDATE VARIABLES SET DataType = 'short text' WHERE Variable = 'agreement'")
        base.execute("INSERT INTO ENTITIES VALUES (900, 4, ?, 0, 0, 0, 0)", (word,))
        base.execute("INSERT INTO DATASHORTTEXT VALUES (900, 2, 4, 900)")
    if word == "-1":
        assert [s.agreement for s in read_dna(path)] == [1, -1]
        return
    with pytest.raises(DataError) as caught:
        read_dna(path)
    told = str(caught.value)
    assert "\n" not in told
    assert all(part in told for part in ("a.dna: statement 2", "strongly agree", "recode"))


def test_offsets_round_trip():
    """Code points to units and back is the identity, wide characters or not."""
    text = "a\U0001f6a9b\U0001f6a9\U0001f6a9c"
    offsets = Utf16Offsets(text)
    assert [offsets.code_point(offsets.unit(i)) for i in range(len(text) + 1)] == list(
        range(len(text) + 1)
    )
    assert utf16_spans(text, [(2, 3), (5, 6)]) == [(3, 4), (8, 9)]
