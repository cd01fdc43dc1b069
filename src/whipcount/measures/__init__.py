"""What: the codebook, and where a sentence speaks of one of its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whipcount.measures.codebook import (
    Codebook,
    Measure,
    Phrase,
    RosterEntry,
    find_measure,
    load_codebook,
    parse_codebook,
)
from whipcount.measures.hits import MeasureHit
from whipcount.measures.plain import plain_codebook

if TYPE_CHECKING:
    from whipcount.measures.matching import Matcher

__all__ = [
    "Codebook",
    "Matcher",
    "Measure",
    "MeasureHit",
    "Phrase",
    "RosterEntry",
    "find_measure",
    "load_codebook",
    "parse_codebook",
    "plain_codebook",
]


def __getattr__(name: str) -> Any:
    """Import the matcher at use: whoever only names measures need not load it."""
    if name == "Matcher":
        from whipcount.measures import matching

        return matching.Matcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
