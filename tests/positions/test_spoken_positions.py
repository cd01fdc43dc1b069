"""Turns of speech that hold a position; the states and speakers are made up."""

from __future__ import annotations

import pytest

SPEAKER = "Liv Aaster, Prime Minister of Norhaven"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We keep fighting for the harbour treaty.", {"support"}),
        ("We are fighting the harbour treaty.", {"oppose"}),
        ("We should get rid of the fuel levy.", {"oppose"}),
        ("We could not be happier with the harbour treaty.", {"support"}),
        ("We could not be more opposed to the fuel levy.", {"oppose"}),
        ("We could not be happy with the harbour treaty.", {"oppose"}),
        ("We cannot support the harbour treaty any longer.", {"oppose"}),
        ("We once again support the harbour treaty.", {"support"}),
        ("That's why we oppose the fuel levy.", {"oppose"}),
        ("That's not why we oppose the fuel levy.", set()),
        ("We ought to ratify the harbour treaty.", {"support"}),
        ("Let's ratify the harbour treaty.", {"support"}),
        ("It is time to lift the grain embargo.", {"oppose"}),
        ("Now is not the time to lift the grain embargo.", {"support"}),
        ("Now is the time for parliament to ratify the harbour treaty.", {"support"}),
    ],
)
def test_spoken_turns(read, text, expected):
    """Each turn has the sign its speaker means, or none."""
    assert {each.stance for each in read(text, speaker=SPEAKER)} == expected
