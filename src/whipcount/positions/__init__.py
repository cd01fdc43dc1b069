"""Where they stand: positions from the structure of the sentence, never from word counts."""

from __future__ import annotations

from whipcount.positions.finding import Found, PositionFinder

__all__ = ["Found", "PositionFinder"]
