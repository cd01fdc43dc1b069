"""How sure a position is: a base, and a factor for each thing that made it less plain."""

from __future__ import annotations

from whipcount.measures import MeasureHit
from whipcount.positions.holders import Holder
from whipcount.positions.path import Path
from whipcount.records import Modality

BASE = 0.93


def confidence(path: Path, hit: MeasureHit, holder: Holder, modality: Modality) -> float:
    """A probability that actor, measure and stance are all as the text has them."""
    value = BASE
    value *= 0.97 ** max(0, len(path.reasons) - 1)
    if path.value.weak:
        value *= 0.75
    if holder.anaphor:
        value *= 0.9
    if holder.kind == "unnamed":
        value *= 0.92
    if path.role == "voice":
        value *= 0.9
    if hit.scoped == "document":
        value *= 0.96
    if modality == "alleged":
        value *= 0.9
    return round(value, 3)
