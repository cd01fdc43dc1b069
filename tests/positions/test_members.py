"""Collectives that name their members, and words that refer back to a state or a person."""

from __future__ import annotations

import pytest

ALL = {"XVA", "XNO", "XTA"}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Several states opposed the fuel levy on Friday, including Valdoria and Norhaven.",
            {"UNNAMED", "XVA", "XNO"},
        ),
        (
            "A dozen countries have opposed the fuel levy, among them Valdoria.",
            {"UNNAMED", "XVA"},
        ),
        ("Ten states, including Valdoria, oppose the fuel levy.", {"UNNAMED", "XVA"}),
        ("Three states opposed the fuel levy: Valdoria, Norhaven and Tarsia.", ALL),
        ("Three states (Valdoria, Norhaven and Tarsia) opposed the fuel levy.", ALL),
        ("Three states, Valdoria, Norhaven and Tarsia, opposed the fuel levy.", ALL),
        (
            "Several states oppose the fuel levy on goods from two countries, including Tarsia.",
            {"UNNAMED"},
        ),
        ("Several states oppose the fuel levy, Valdoria said.", {"UNNAMED"}),
        (
            "Several lawmakers, among them Anna Brandt and Jonas Lund, oppose the fuel levy.",
            {"UNNAMED", "Anna Brandt", "Jonas Lund"},
        ),
        ("Republican leaders oppose the fuel levy.", {"Republican leaders"}),
        (
            "The Valdorian president, unlike its parliament, opposes the fuel levy.",
            {"XVA"},
        ),
    ],
)
def test_a_collective_is_expanded_only_by_the_names_it_gives(read, text, actors):
    """A whole row stands for the collective; "including" adds to it; others' members do not."""
    found = read(text)
    assert {p.actor for p in found} == actors
    assert {p.stance for p in found} == {"oppose"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Valdorian parliament backs the fuel levy, but the government does not.",
            {("Valdorian parliament", "support"), ("XVA", "oppose")},
        ),
        (
            "Valdoria's president rejects the fuel levy, but its parliament backs it.",
            {("XVA", "oppose"), ("Valdoria's parliament", "support")},
        ),
        ("The premier spoke of Erik Sondal. He opposes the fuel levy.", set()),
        ("Erik Sondal spoke in Durba. He opposes the fuel levy.", {("XNO", "oppose")}),
    ],
)
def test_words_that_refer_back_mean_the_only_candidate(read, text, expected):
    """The only state named, the subject before; not who is merely spoken of."""
    assert {(p.actor, p.stance) for p in read(text)} == expected


def test_who_is_close_to_somebody_has_no_name(read):
    """The sources stand between, and what they say is alleged."""
    (position,) = read("Sources close to Erik Sondal say he backs the fuel levy.")
    assert (position.actor, position.modality, position.relayed_by) == (
        "XNO",
        "alleged",
        ("UNNAMED",),
    )


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The foreign ministers of Valdoria, Norhaven and Tarsia oppose the fuel levy.", ALL),
        ("Valdoria's ruling party opposes the fuel levy.", {"Valdoria's ruling party"}),
        (
            "Valdoria's constitutional court blocked the fuel levy.",
            {"Valdoria's constitutional court"},
        ),
        ("Valdoria's president-elect, Anna Brandt, opposes the fuel levy.", {"Anna Brandt"}),
        ("Its party opposes the fuel levy.", set()),
    ],
)
def test_offices_and_bodies_belong_to_whom_the_words_say(read, text, actors):
    """Ministers of three states are three; a party or court needs words that tell which."""
    assert {p.actor for p in read(text)} == actors
