"""Bills, resolutions and plans: what a paper provides for is what is voted, vetoed, proposed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Valdoria vetoed a resolution that would have extended the grain embargo.",
            {"XVA oppose"},
        ),
        ("Valdoria backed a bill that would impose a grain embargo.", {"XVA support"}),
        ("Valdoria rejected a plan that would send troops to Varda.", {"XVA oppose"}),
        ("Valdoria voted for a draft which calls for a grain embargo.", {"XVA support"}),
        ("Valdoria voted for a bill banning grain exports.", {"XVA support"}),
        ("A bill that would ban grain exports was rejected by Valdoria.", {"XVA oppose"}),
        ("Valdoria abstained on a resolution that would end the grain embargo.", {"XVA undecided"}),
        ("Valdoria wants a deal that ends the grain embargo.", {"XVA oppose"}),
        ("Valdoria voted for a resolution condemning the grain embargo.", {"XVA oppose"}),
        ("Valdoria voted against a resolution condemning the grain embargo.", set()),
        ("Valdoria discussed a bill that would ban grain exports.", set()),
        ("A bill that would ban grain exports was published on Monday.", set()),
    ],
)
def test_a_stance_on_a_paper_is_one_on_what_it_provides(read, text, expected):
    """The vote, the veto, the proposal decide; a condemnation voted down approves of nothing."""
    assert {f"{p.actor} {p.stance}" for p in read(text)} == expected
