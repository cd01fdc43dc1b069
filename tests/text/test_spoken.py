"""Transcribed speech: what a speaker takes back is not parsed, and offsets stay true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whipcount.text.spoken import smooth


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("We are — we are ready.", "we are ready."),
        ("our pro- — our proposal stands", "our proposal stands"),
        ("Valdoria is a — has just joined it.", "Valdoria has just joined it."),
        ("It was offered to the — to peace.", "It was offered to peace."),
        ("We have, uh, said no, you know, twice.", "We have said no twice."),
        ("Norhaven is, is not going.", "Norhaven is not going."),
        ("So, we — we’re, you know, not — we’re not going.", "So, we're not going."),
        ("Valdoria co-sponsored it.", "Valdoria sponsored it."),
    ],
)
def test_what_is_taken_back_is_cut_out(said, meant):
    """Restarts, broken-off words and fillers go; the words that count stay."""
    assert smooth(said)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "That is who we are — we support the pact.",
        "Never, never again.",
        "A well-known plan — the first of its kind — is dead.",
        "They — while others slept — had signed.",
    ],
)
def test_what_is_meant_stays(text):
    """Dashes and repetitions that carry meaning are left alone."""
    assert smooth(text) == (text, list(range(len(text))))


@given(st.text(alphabet="we is a the to Oslo-—, .uhm", max_size=80))
def test_every_character_keeps_its_place(text):
    """Whatever is cut, what is left stands where `origins` says; spaces may fill a gap."""
    said, origins = smooth(text)
    assert len(said) == len(origins)
    assert origins == sorted(origins)
    assert all(text[at] == char or char == " " for char, at in zip(said, origins, strict=True))


@pytest.mark.parametrize("text", ["(Laughter.)", "(inaudible)", "Uh, ", "—", ""])
def test_something_is_left_to_parse(text):
    """A sentence that is all taken back stays as it is: the parse needs a token."""
    assert smooth(text) == (text, list(range(len(text))))
