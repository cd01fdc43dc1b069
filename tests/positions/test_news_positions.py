"""How news puts positions, one sentence for each rule; states and places are made up."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Citing its budget, Valdoria declined to sign the harbour treaty.",
        "Some farmers in Tarsia have been drawn to Valdoria's plan for a grain embargo.",
        "Norhaven contrasted its silence with Valdoria's vote for the harbour treaty.",
    ],
)
def test_who_tells_nothing_is_no_relay(read, text):
    """Cues that are a stance, a deed or a reason of the subject add no voice."""
    found = [p for p in read(text) if p.actor == "XVA"]
    assert [p.relayed_by for p in found] == [()]


def test_who_votes_does_not_speak(read):
    """A vote is narrated; no words of the voter's are told."""
    (found,) = read("President Ren Hollis of Valdoria voted for the fuel levy.")
    assert found.speaker is None


ROWS = [
    ("Valdoria, long opposed to the fuel levy, asked for a delay.", {"XVA": "oppose"}),
    ("Valdoria, committed to the harbour treaty, asked for a delay.", {"XVA": "support"}),
    ("Norhaven has emerged as the leading critic of the fuel levy.", {"XNO": "oppose"}),
    ("The fuel levy, a proposal championed by Norhaven, begins in May.", {"XNO": "support"}),
    ("The grain embargo announced by Valdoria took effect on Friday.", {"XVA": "support"}),
    ("The fuel levy has run into opposition from Valdoria.", {"XVA": "oppose"}),
    ("Opposition from Norhaven has held up the harbour treaty.", {"XNO": "oppose"}),
    ("Opposition from Norhaven has not stopped the harbour treaty.", {}),
    ("Norhaven has dug in its heels over the fuel levy.", {"XNO": "oppose"}),
    ("Valdoria brushed aside the harbour treaty.", {"XVA": "oppose"}),
    ("Norhaven has not endorsed the fuel levy.", {}),
    ("The Northern States called for the fuel levy.", {}),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_news_words_for_a_stance(read, text, expected):
    """Participles, appositions and subjects that say whose stance it is."""
    assert {p.actor: p.stance for p in read(text)} == expected


def test_the_same_pronoun_goes_on(read):
    """A further "he" of the sentence is the first one, not somebody named in between."""
    text = "President Ren Hollis spoke. He met Mira Toval, though he opposes the fuel levy."
    assert [p.actor for p in read(text)] == ["Ren Hollis"]
