"""How sure a position is: a base, and a factor for each thing that made it less plain."""

from __future__ import annotations

from itertools import pairwise

from whipcount.measures import MeasureHit
from whipcount.positions.discourse import Holder
from whipcount.positions.path import Path
from whipcount.records import Modality

BASE = 0.93
# The abstain band, by precision: swept 0-.9 on news and briefings. Below .7 stand only positions
# with three doubts at once; up to .85 each step costs four right ones for a wrong one.
ABSTAIN_BELOW = 0.7
THIN_LABEL = 1.2  # on news and briefings: .76 right below this score of a label, .90 above
# Product of factors -> share right, read off the reliability bins of the constructed dev set
# (benchmarks/positions_reliability.py), made monotone and drawn in towards .9 at both ends for
# the small bins; the held-back set is the check.
CALIBRATION = ((0.0, 0.55), (0.6, 0.75), (0.8, 0.86), (0.9, 0.87), (0.912, 0.91), (0.93, 0.96))


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
    if hit.plain and hit.score < THIN_LABEL:
        value *= 0.85
    if modality == "alleged":
        value *= 0.9
    return round(calibrated(value), 3)


def calibrated(product: float) -> float:
    """The calibrated probability of a product of factors: linear between the measured points."""
    for (low, at_low), (high, at_high) in pairwise(CALIBRATION):
        if product <= high:
            return at_low + (at_high - at_low) * (product - low) / (high - low)
    return CALIBRATION[-1][1]
