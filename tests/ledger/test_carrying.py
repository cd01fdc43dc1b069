"""A changed codebook re-reads only the documents that it can touch."""

from __future__ import annotations

import pytest
from made_up import document, reading

from whipcount.actors import load_registry
from whipcount.ledger.carrying import carry_over, changed_measures
from whipcount.measures import parse_codebook

ONE = """
id = "small"
label = "Small"
[[measures]]
id = "troops"
label = "troops"
part = "own"
scope = ["any"]
phrases = ["send|deploy troops|soldiers"]
[[measures]]
id = "tariffs"
label = "tariffs"
part = "own"
scope = ["any"]
phrases = ["raise tariffs"]
"""
TEXTS = {
    "d1": "Norvania will raise tariffs next week.",
    "d2": "Ostmark sends soldiers.\n\nIt rained all day.",
    "d3": "The harvest was good.",
}


@pytest.fixture
def read(ledger):
    """Three documents read with the first codebook."""
    first = parse_codebook(ONE)
    ledger.save_codebook(first.id, first.version, first.text)
    for id_, text in TEXTS.items():
        found = reading(id_, codebook_version=first.version)
        ledger.record(document(id_, text=text, content_hash=id_), found)
    return ledger


def known(ledger, codebook):
    """Ids of the documents that need not be read again."""
    return {id_ for id_ in TEXTS if ledger.known(id_, "reader-1", codebook.version)}


def test_only_what_a_changed_phrase_may_touch_is_read_again(read):
    """A changed measure leaves alone the documents that it can match in neither form."""
    second = parse_codebook(ONE.replace("raise tariffs", "raise|cut tariffs"))
    assert [m.id for m in changed_measures(parse_codebook(ONE), second)] == ["tariffs", "tariffs"]
    assert carry_over(read, second, load_registry()) == 2
    assert known(read, second) == {"d2", "d3"}


def test_a_removed_or_new_measure_touches_its_matches(read):
    """Without a measure, documents that it matched are read again."""
    second = parse_codebook(ONE[: ONE.rindex("[[measures]]")])
    assert carry_over(read, second, load_registry()) == 2
    assert known(read, second) == {"d2", "d3"}


def test_a_new_label_reads_nothing_again(read):
    """Labels and rosters change no reading."""
    second = parse_codebook(ONE.replace('label = "Small"', 'label = "Other"'))
    assert carry_over(read, second, load_registry()) == 3
    assert known(read, second) == set(TEXTS)


def test_unknown_codebooks_are_read_again(read):
    """A reading whose codebook's text is not kept is never carried over."""
    read.store.run("DELETE FROM codebooks")
    second = parse_codebook(ONE.replace("raise tariffs", "raise|cut tariffs"))
    assert carry_over(read, second, load_registry()) == 0
