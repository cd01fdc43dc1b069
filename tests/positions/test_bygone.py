"""Stances that are marked as overtaken."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "After years of blocking the harbour treaty, Valdoria signed it.",
            {"oppose past", "support current"},
        ),
        (
            "After initially opposing the fuel levy, Valdoria now backs it.",
            {"oppose past", "support current"},
        ),
        (
            "Valdoria, once a fierce critic of the fuel levy, now backs it.",
            {"oppose past", "support current"},
        ),
        ("Until last month Valdoria opposed the fuel levy.", {"oppose past"}),
        (
            "Valdoria had backed the fuel levy but now rejects it.",
            {"support past", "oppose current"},
        ),
        (
            "Valdoria had resisted the fuel levy before backing it last month.",
            {"oppose past", "support current"},
        ),
        (
            "Valdoria went from backing the fuel levy to opposing it.",
            {"support past", "oppose current"},
        ),
        ("In 2019 Valdoria backed the fuel levy.", {"support past"}),
        ("Valdoria at first opposed the fuel levy.", {"oppose past"}),
        ("Valdoria's previous government opposed the fuel levy.", {"oppose past"}),
        ("Valdoria had signed the harbour treaty.", {"support current"}),
        ("Valdoria said it had opposed the fuel levy.", {"oppose current"}),
        (
            "Valdoria refused to sign the harbour treaty until Norhaven left.",
            {"conditional current"},
        ),
    ],
)
def test_what_was_held_until_something_else_came_is_past(read, text, expected):
    """A stance is past after "until", "once", "years of" and "had"; a deed done stays."""
    assert {f"{p.stance} {p.time}" for p in read(text)} == expected
