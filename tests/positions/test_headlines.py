"""Headlines, and matters named ahead of the stance on them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "stance", "modality"),
    [
        ("Valdoria to send troops to Varda", "support", "planned"),
        ("Valdoria to reject fuel levy, minister says", "oppose", "planned"),
        ("Valdoria against fuel levy", "oppose", "asserted"),
        ("Valdoria ready to sign harbour treaty", "support", "asserted"),
        ("As for the fuel levy, Valdoria remains opposed.", "oppose", "asserted"),
        ("On the fuel levy, Valdoria is undecided.", "undecided", "asserted"),
        ("Valdoria plans to call for a fuel levy.", "support", "planned"),
    ],
)
def test_a_headline_needs_no_copula(read, text, stance, modality):
    """The name before "to", "against" or "ready" holds it; what is to come is planned."""
    (position,) = read(text)
    assert (position.actor, position.stance, position.modality) == ("XVA", stance, modality)


@pytest.mark.parametrize(
    "text",
    [
        "Talks to end the grain embargo",
        "Valdoria: a case against the fuel levy",
        "On the fuel levy, Valdoria is happy to talk.",
    ],
)
def test_a_headline_without_a_stance_gives_none(read, text):
    """A purpose is no plan, a case against it is nobody's."""
    assert not read(text)
