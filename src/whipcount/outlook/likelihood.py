"""Words for chances, as analysts use them (ICD 203, 2015), and confidence said separately."""

from __future__ import annotations

LIKELIHOOD = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)
HIGH_WIDTH, MODERATE_WIDTH = 0.2, 0.5


def likelihood_word(chance: float) -> str:
    """The ICD 203 term for a probability; bounds belong to the upper term."""
    return next(word for top, word in LIKELIHOOD if chance < top)


def confidence_word(low: float, high: float, observed: int) -> str:
    """Confidence in the assessment: low, moderate or high, by interval width and evidence."""
    width = high - low
    if observed >= 10 and width <= HIGH_WIDTH:
        return "high"
    return "moderate" if observed >= 5 and width <= MODERATE_WIDTH else "low"
