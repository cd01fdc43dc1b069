"""Several measures in one clause: each of a row gets the clause's stance."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "measures", "stance"),
    [
        ("Valdoria opposes the fuel levy and the grain embargo.", {"levy", "embargo"}, "oppose"),
        (
            "Valdoria opposes both the levy on fuel and the harbour treaty.",
            {"levy", "treaty"},
            "oppose",
        ),
        (
            "Valdoria opposes the harbour treaty, the fuel levy and the coastal pipeline.",
            {"treaty", "levy", "pipeline"},
            "oppose",
        ),
        (
            "Valdoria did not rule out a fuel levy or a grain embargo.",
            {"levy", "embargo"},
            "undecided",
        ),
        (
            "Valdoria called for a fuel levy and for a grain embargo.",
            {"levy", "embargo"},
            "support",
        ),
        (
            "Valdoria opposes the harbour treaty, a mistake and a danger to the coastal pipeline.",
            {"treaty"},
            "oppose",
        ),
    ],
)
def test_each_measure_of_a_row_gets_the_stance(read, text, measures, stance):
    """A row may look like an apposition to the parse; what only describes a measure is none."""
    found = read(text)
    assert {p.measure for p in found} == measures
    assert {p.stance for p in found} == {stance}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Anna Brandt broke with her party to back the fuel levy.", "support"),
        ("Twelve senators signed a letter against the fuel levy.", "oppose"),
        ("NORHAVEN (Reuters) - Valdoria on Monday rejected the fuel levy.", "oppose"),
        ("Kesten (AFP) – Valdoria on Monday rejected the fuel levy.", "oppose"),
    ],
)
def test_steps_towards_a_stance(read, text, stance):
    """Whoever breaks ranks or signs a letter takes the stance; a dateline takes none."""
    (position,) = read(text)
    assert position.stance == stance
    assert position.actor in ("Anna Brandt", "UNNAMED", "XVA")
