"""The founding article: what must be read from it, and what must not.

The article lies outside the checkout; only what it must yield is written here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from whipcount.reader import load_reader
from whipcount.records import UNNAMED, Document

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed" / "article.txt"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def reading():
    """The article read with the shipped codebook, dated as published."""
    if not ARTICLE.is_file():
        pytest.skip("the shared data folder is not beside the checkout")
    text = ARTICLE.read_text("utf-8")
    return load_reader("security")(Document(id="seed", text=text, date="2025-09-05"))


def test_italy_is_out_on_troops_twice(reading):
    """Both refusals are found, both in the premier's own words, one of them relayed."""
    found = [p for p in reading.positions if p.measure == "troops_on_the_ground"]
    italian = [p for p in found if p.actor == "ITA"]
    assert [p.stance for p in italian] == ["oppose", "oppose"]
    assert ("Giorgia Meloni", ("TASS",)) in [(p.speaker, p.relayed_by) for p in italian]


@pytest.mark.parametrize("measure", ["ceasefire", "ceasefire_monitoring", "training_abroad"])
def test_italy_is_in_on_the_rest(reading, measure):
    """What the premier is willing to do stands as her word, relayed by the agency."""
    found = [p for p in reading.positions if p.measure == measure and p.actor == "ITA"]
    assert [(p.stance, p.speaker, p.relayed_by) for p in found] == [
        ("support", "Giorgia Meloni", ("TASS",))
    ]


def test_nobody_else_takes_a_position(reading):
    """Attending gives no state a position; an unnamed collective is never expanded."""
    assert {p.actor for p in reading.positions} <= {"ITA", UNNAMED}
    measures = {p.measure for p in reading.positions if p.actor == "ITA"}
    assert measures == {
        "troops_on_the_ground",
        "ceasefire",
        "ceasefire_monitoring",
        "training_abroad",
    }


def test_unnamed_voices_are_claims(reading):
    """Analysts and critics make claims, and lend no position."""
    voices = [claim.voice.lower() for claim in reading.claims]
    assert any("some analysts" in voice for voice in voices)
    assert any("critics" in voice for voice in voices)
