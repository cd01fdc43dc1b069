"""Names beside offices, rows taken up by "both of whom", and quotations broken by who says them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "actor", "speaker"),
    [
        (
            "Valdoria's trade minister, Jonas Lund, said on Monday he opposed the fuel levy.",
            "XVA",
            "Jonas Lund",
        ),
        (
            "Jonas Lund, a spokesman for the Valdorian navy, said it opposed the fuel levy.",
            "XVA",
            "Jonas Lund",
        ),
        (
            "The leader of the Harbour Union, Jonas Lund, criticised the fuel levy.",
            "Harbour Union",
            "Jonas Lund",
        ),
        (
            "The leader of the Harbour Party, Jonas Lund, said he opposed the fuel levy.",
            "Jonas Lund",
            "Jonas Lund",
        ),
        (
            "Valdoria's ambassador to the UN, Jonas Lund, said his country opposed the fuel levy.",
            "XVA",
            "Jonas Lund",
        ),
        (
            "“We will not,” Valdoria's envoy, Jonas Lund, told reporters, “back the fuel levy.”",
            "XVA",
            "Jonas Lund",
        ),
        (
            "Jonas Lund, who leads the opposition, said he would scrap the fuel levy.",
            "Jonas Lund",
            "Jonas Lund",
        ),
        (
            "The fuel levy, Norhaven's foreign minister Liv Aaster said, is a mistake.",
            "XNO",
            "Liv Aaster",
        ),
        (
            "Norhaven, Liv Aaster said on Monday, would not accept the fuel levy.",
            "XNO",
            "Liv Aaster",
        ),
        ("The candidates unanimously opposed the fuel levy.", "UNNAMED", None),
    ],
)
def test_who_stands_beside_an_office_speaks_for_it(read, text, actor, speaker):
    """The office gives the actor, the name beside it the speaker; a party's head is himself."""
    (position,) = read(text)
    assert (position.actor, position.stance, position.speaker, position.relayed_by) == (
        actor,
        "oppose",
        speaker,
        (),
    )


def test_a_quotation_goes_on_where_it_broke_off(read):
    """A negation in front of the attribution denies what comes behind it."""
    (position,) = read('"We will," Norhaven\'s president said, "never send troops to Varda."')
    assert (position.actor, position.stance) == ("XNO", "oppose")


def test_both_of_whom_are_those_of_the_row(read):
    """The pronoun takes up all who were named; "some of whom" would be nobody certain."""
    found = read("Jonas Lund and Mia Lang, both of whom opposed the fuel levy, met on Monday.")
    assert {p.actor for p in found} == {"Jonas Lund", "Mia Lang"}


@pytest.mark.parametrize(
    ("text", "speaker", "relays"),
    [
        (
            "TASS quoted Erik Sondal as saying Norhaven opposed the fuel levy.",
            "Erik Sondal",
            ("TASS",),
        ),
        (
            "A spokeswoman for Erik Sondal said he opposed the fuel levy.",
            "Erik Sondal",
            (),
        ),
        ("Norhaven opposes the fuel levy, two diplomats told TASS.", None, ("TASS", "UNNAMED")),
    ],
)
def test_words_come_through_whoever_quotes_them(read, text, speaker, relays):
    """Whoever is quoted speaks, whoever quotes relays; a spokeswoman's "he" is her principal."""
    (position,) = read(text)
    assert (position.speaker, position.relayed_by) == (speaker, relays)
