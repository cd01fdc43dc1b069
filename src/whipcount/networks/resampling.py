"""Intervals that carry both what was coded by mistake and what was read by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from whipcount.errors import CallError
from whipcount.networks.matrices import Settings
from whipcount.networks.table import Statements

Figure = Callable[[Statements], Mapping[str, float]]

_REPEATABLE = frozenset({"include", "origin", "document"})


@dataclass(frozen=True)
class Interval:
    """A figure with its interval; `draws` is the number of resamples that have the figure."""

    value: float
    low: float
    high: float
    draws: int


def resamples(
    table: Statements,
    settings: Settings,
    *,
    draws: int = 200,
    seed: int = 0,
    sampling: bool = True,
) -> Iterator[Statements]:
    """Draw tables as they might have been.

    Every statement is kept with the probability `confidence` that it is coded rightly; with
    `sampling`, origins (documents where there are none) are drawn with replacement and what
    follows from one drawn twice weighs twice, unless the duplicates rule counts it once anyway.
    """
    rng = np.random.default_rng(seed)
    clusters = np.unique(table.origins, return_inverse=True)[1] if len(table) else table.origins
    count = int(clusters.max(initial=-1)) + 1
    for _ in range(draws):
        weights = np.ones(len(table))
        if sampling and count:
            times = np.bincount(rng.integers(count, size=count), minlength=count)
            weights = times[clusters].astype(float)
        keep = (weights > 0) & (rng.random(len(table)) < table.confidence)
        drawn = table.take(keep)
        if settings.duplicates in _REPEATABLE:
            drawn = replace(drawn, weights=table.weights[keep] * weights[keep])
        yield drawn


def intervals(
    table: Statements,
    figure: Figure,
    settings: Settings,
    *,
    draws: int = 200,
    level: float = 0.9,
    seed: int = 0,
    sampling: bool = True,
) -> dict[str, Interval]:
    """Percentile intervals of every figure that `figure` computes from a table.

    A resample that lacks a figure (an actor without statements in it) is left out of that
    figure's interval and of its `draws`; without any, low and high are NaN.
    """
    if not 0 < level < 1:
        raise CallError(f"intervals: level must lie between 0 and 1, not {level}")
    first = figure(table)
    values: dict[str, list[float]] = {name: [] for name in first}
    for drawn in resamples(table, settings, draws=draws, seed=seed, sampling=sampling):
        for name, value in figure(drawn).items():
            if name in values and np.isfinite(value):
                values[name].append(value)
    tails = [(1 - level) / 2, (1 + level) / 2]
    result = {}
    for name, seen in values.items():
        low, high = np.quantile(seen, tails) if seen else (np.nan, np.nan)
        result[name] = Interval(first[name], float(low), float(high), len(seen))
    return result
