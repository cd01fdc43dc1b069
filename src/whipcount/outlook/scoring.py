"""Scores of forecasts: log-loss, Brier, calibration error, coverage, CRPS; bootstrap intervals."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.ideal_points import Floats

EDGE = 1e-6  # a probability is scored no nearer to 0 or 1
BINS = 10


class CellScores(Struct, frozen=True, kw_only=True):
    """Scores over cells (actor x measure); `calibration_error` has 10 bins of equal width."""

    log_loss: float
    brier: float
    calibration_error: float
    cells: int


def score_cells(chances: Floats, happened: NDArray[np.bool_]) -> CellScores:
    """Score probabilities (m,) against outcomes (m,)."""
    if len(chances) == 0:
        return CellScores(log_loss=np.nan, brier=np.nan, calibration_error=np.nan, cells=0)
    truth = happened.astype(float)
    return CellScores(
        log_loss=float(log_losses(chances, happened).mean()),
        brier=float(((chances - truth) ** 2).mean()),
        calibration_error=calibration_error(chances, happened),
        cells=len(chances),
    )


def log_losses(chances: Floats, happened: NDArray[np.bool_]) -> Floats:
    """The log-loss of each cell, in nats."""
    safe = np.clip(chances, EDGE, 1 - EDGE)
    result: Floats = -np.where(happened, np.log(safe), np.log(1 - safe))
    return result


def calibration_error(chances: Floats, happened: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error: mean gap of forecast and share, weighted by the bin's size."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    gap = np.bincount(place, weights=chances - happened, minlength=bins)
    return float(np.abs(gap).sum() / len(chances))


def crps(draws: NDArray[np.int64], truth: int) -> float:
    """Continuous ranked probability score of draws (s,) of a number that turned out `truth`.

    E|X - y| - E|X - X'| / 2 with X and X' independent draws (Gneiting and Raftery 2007).
    """
    ordered = np.sort(draws).astype(float)
    count = len(ordered)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float(np.abs(ordered - truth).mean() - (ranks * ordered).sum() / count**2)


def interval(draws: NDArray[np.int64], share: float = 0.9) -> tuple[int, int]:
    """Central interval of draws of a whole number: both ends are numbers that were drawn."""
    tail = (1 - share) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], method="inverted_cdf")
    return int(low), int(high)


def bootstrap_mean(
    sums: Floats, counts: Floats, rng: np.random.Generator, *, runs: int = 1000
) -> tuple[float, float]:
    """95 % interval of sum / count when whole groups (g,) are drawn again, as resolutions are."""
    chosen = rng.integers(0, len(sums), (runs, len(sums)))
    means = sums[chosen].sum(axis=1) / np.maximum(counts[chosen].sum(axis=1), 1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
