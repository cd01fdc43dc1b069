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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Valdoria is near. Our two countries oppose the fuel levy.", {"XNO", "XVA"}),
        ("Our two countries oppose the fuel levy.", {"XNO"}),
        ("That’s why, yesterday, Valdoria opposed the fuel levy.", {"XVA"}),
        ("I wonder, Valdoria has said it opposes the fuel levy.", {"XVA"}),
        ("This is in line with our opposition to the fuel levy.", {"XNO"}),
        ("You have Valdoria opposing the fuel levy.", {"XVA"}),
        ("Valdoria, with support from Tarsia, opposed the fuel levy.", {"XVA", "XTA"}),
    ],
)
def test_whom_a_speaker_speaks_of(read, text, expected):
    """Our countries are the speaker's and the other; what opens a sentence holds nothing."""
    found = read(text, speaker=SPEAKER)
    assert {(each.actor, each.stance) for each in found} == {
        (actor, "oppose") for actor in expected
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There should be a grain embargo.", {"support"}),
        ("There needs to be a grain embargo.", {"support"}),
        ("There should not be a fuel levy.", {"oppose"}),
        ("There is not going to be a fuel levy.", {"oppose"}),
        ("There is a fuel levy.", set()),
        ("There will be a fuel levy.", set()),
        ("It is our intention to sign the harbour treaty.", {"support"}),
        ("It is not our policy to sign the harbour treaty.", {"oppose"}),
        ("It is nobody's policy to sign the harbour treaty.", set()),
        ("Pass the harbour treaty.", {"support"}),
        ("Do not sign the harbour treaty.", {"oppose"}),
        ("Remember the harbour treaty.", set()),
        ("We need to see the harbour treaty signed.", {"support"}),
    ],
)
def test_what_a_speaker_calls_for(read, text, expected):
    """What there ought to be, what is meant to be done, what others are told to do."""
    assert {each.stance for each in read(text, speaker=SPEAKER)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was Valdoria that opposed the fuel levy.", {"XVA"}),
        ("It was not Valdoria that opposed the fuel levy.", set()),
        ("You saw Valdoria oppose the fuel levy.", {"XVA"}),
        ("We want to see Valdoria oppose the fuel levy.", {"XNO"}),
        ("We appreciate that Valdoria opposes the fuel levy.", {"XVA"}),
        ("Like Valdoria, we oppose the fuel levy.", {"XVA", "XNO"}),
        ("Unlike Valdoria, we oppose the fuel levy.", {"XNO"}),
        ("We stand with Valdoria in opposing the fuel levy.", {"XVA", "XNO"}),
    ],
)
def test_who_it_was(read, text, expected):
    """Of what is seen, singled out or likened, the one who does it holds the stance."""
    found = read(text, speaker=SPEAKER)
    assert {each.actor for each in found if each.stance == "oppose"} == expected
