"""What: the codebook, and where a sentence speaks of one of its measures."""

from __future__ import annotations

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
from whipcount.measures.matching import Matcher
from whipcount.measures.plain import plain_codebook

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
