"""Compiled simulation: joint draws of outcomes, and what a rule makes of them.

The generator is SplitMix64 (Steele, Lea and Flood 2014), one stream per call, so that a seed gives
the same draws whatever the number of threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from whipcount.outlook.kernels import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@compiled
def draw_outcomes(for_: Any, against: Any, reuse: int, seed: Any) -> Any:
    """Outcomes 0, 1, 2 (latents x reuse, n) from chances (latents, n) of each latent draw.

    Each latent draw, which carries what actors share, serves `reuse` draws of what they do not.
    """
    latents, count = for_.shape
    outcomes = np.empty((latents * reuse, count), np.int8)
    high, low = np.empty(count, np.uint64), np.empty(count, np.uint64)
    state = np.uint64(seed)
    spare = np.uint64(0)
    held = False
    scale = 4294967296.0
    for latent in range(latents):
        for actor in range(count):
            high[actor] = np.uint64(for_[latent, actor] * scale)
            low[actor] = np.uint64((1.0 - against[latent, actor]) * scale)
        for again in range(reuse):
            row = latent * reuse + again
            for actor in range(count):
                if held:
                    number = spare
                    held = False
                else:
                    state += _GOLDEN
                    mixed = state
                    mixed = (mixed ^ (mixed >> _S30)) * _FIRST
                    mixed = (mixed ^ (mixed >> _S27)) * _SECOND
                    mixed = mixed ^ (mixed >> _S31)
                    number = mixed & _LOW
                    spare = mixed >> _S32
                    held = True
                outcomes[row, actor] = (number < high[actor]) + np.int8(number < low[actor])
    return outcomes


@compiled
def passes(size: int, weight: float, missing: int, vetoed: int, limits: Any) -> bool:
    """Whether counts carry a rule of (quorum, threshold, members, blocking), groups aside."""
    quorum, threshold, members, blocking = limits
    shared = weight >= threshold or (blocking > 0 and members - size < blocking)
    return bool(size >= quorum and shared and missing == 0 and vetoed == 0)


@compiled
def evaluate(
    outcomes: Any,
    quorum: int,
    weights: Any,
    threshold: float,
    required: Any,
    groups: Any,
    vetoes: Any,
    counted: Any,
    blocking: int,
) -> Any:
    """Whether each draw (s, n) carries the rule, how many joined, and who was critical.

    Returns holds (s,), sizes (s,), and per actor the number of draws in which it was for, was for
    and the measure held, and was critical: its flip alone would turn the answer.
    """
    draws, count = outcomes.shape
    holds, sizes = np.zeros(draws, np.bool_), np.zeros(draws, np.int64)
    joined, carried = np.zeros(count, np.int64), np.zeros(count, np.int64)
    critical = np.zeros(count, np.int64)
    limits = (quorum, threshold, counted.sum(), blocking)
    group_counts = np.zeros(len(groups), np.int64)
    for draw in range(draws):
        size, weight, missing, vetoed = 0, 0.0, required.sum(), 0
        group_counts[:] = 0
        for actor in range(count):
            if outcomes[draw, actor] == 2:
                size += counted[actor]
                weight += weights[actor]
                missing -= required[actor]
                for group in range(len(groups)):
                    group_counts[group] += groups[group, actor]
            elif outcomes[draw, actor] == 0:
                vetoed += vetoes[actor]
        held = passes(size, weight, missing, vetoed, limits) and (group_counts > 0).all()
        sizes[draw], holds[draw] = size, held
        for actor in range(count):
            inside = outcomes[draw, actor] == 2
            joined[actor] += inside
            carried[actor] += inside and held
            if inside != held:
                continue
            step = -1 if inside else 1
            left = vetoed
            if inside or outcomes[draw, actor] == 0:
                left -= step * vetoes[actor]
            flipped = passes(
                size + step * counted[actor],
                weight + step * weights[actor],
                missing - step * required[actor],
                left,
                limits,
            )
            for group in range(len(groups)):
                flipped = flipped and group_counts[group] + step * groups[group, actor] > 0
            critical[actor] += flipped != held
    return holds, sizes, joined, carried, critical
