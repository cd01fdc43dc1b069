"""Power indices of weighted rules, exactly: Shapley-Shubik, Banzhaf, and pivots under any chances.

Shapley-Shubik is the integral over t of the chance of being pivotal when everybody joins with
probability t (Owen 1972); the integrand is a polynomial of degree n - 1, so Gauss-Legendre
quadrature with n / 2 nodes is exact. Plain indices take everyone as equally likely to join
anything: they are shown for reference, criticality under the draws leads.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whipcount.errors import CallError

Floats = NDArray[Any]
MAX_ENUMERATED = 20
MAX_TOTAL = 2_000_000


def shapley_shubik(weights: NDArray[np.int64], quota: int) -> Floats:
    """Shapley-Shubik index (n,) of a rule "sum of weights >= quota"; whole weights and quota."""
    from whipcount.outlook.kernels import pivot_chances

    _check(weights, quota)
    count = len(weights)
    nodes, shares = np.polynomial.legendre.leggauss((count + 1) // 2)
    index = np.zeros(count)
    for node, share in zip(nodes, shares, strict=True):
        chances = np.full(count, (node + 1) / 2)
        index += share / 2 * pivot_chances(weights, quota, chances)
    return index


def banzhaf(weights: NDArray[np.int64], quota: int) -> Floats:
    """Absolute Banzhaf (Penrose) index (n,): chance of a swing when all join with chance .5."""
    from whipcount.outlook.kernels import pivot_chances

    _check(weights, quota)
    result: Floats = pivot_chances(weights, quota, np.full(len(weights), 0.5))
    return result


def normalised(index: Floats) -> Floats:
    """An index scaled to sum to 1; unchanged where nobody has power."""
    total = index.sum()
    result: Floats = index / total if total > 0 else index
    return result


def pivotal(weights: NDArray[np.int64], quota: int, chances: Floats) -> Floats:
    """Chance of being pivotal (n,) when actors join independently with `chances` (n,)."""
    from whipcount.outlook.kernels import pivot_chances

    _check(weights, quota)
    result: Floats = pivot_chances(weights, quota, np.asarray(chances, float))
    return result


def _check(weights: NDArray[np.int64], quota: int) -> None:
    if not np.issubdtype(np.asarray(weights).dtype, np.integer) or (weights < 0).any():
        raise CallError("power index: weights have to be whole numbers from 0 up; scale them")
    if not 0 < quota <= weights.sum():
        raise CallError(f"power index: quota {quota} is not between 1 and {weights.sum()}")
    if weights.sum() > MAX_TOTAL:
        raise CallError(f"power index: weights sum to more than {MAX_TOTAL}; divide them")


def enumerated(
    holds: Callable[[NDArray[np.bool_]], NDArray[np.bool_]], count: int
) -> tuple[Floats, Floats]:
    """Shapley-Shubik and Banzhaf of any monotone rule by listing all coalitions; n up to 20.

    `holds` maps coalitions (m, n) to whether each carries the measure.
    """
    if count > MAX_ENUMERATED:
        raise CallError(f"listing coalitions stops at {MAX_ENUMERATED} actors, got {count}")
    masks = np.arange(2**count)
    members = (masks[:, None] >> np.arange(count)) & 1 == 1
    won = holds(members)
    sizes = members.sum(axis=1)
    orders = _order_shares(count)
    shapley, swings = np.zeros(count), np.zeros(count)
    for actor in range(count):
        without = masks[~members[:, actor]]
        swing = won[without | (1 << actor)] & ~won[without]
        shapley[actor] = orders[sizes[without[swing]]].sum()
        swings[actor] = swing.mean()
    return shapley, swings


def _order_shares(count: int) -> Floats:
    """Share of orders in which just s others come first: s! (n - 1 - s)! / n!, s = 0 .. n - 1."""
    shares = [1.0 / count]
    for size in range(1, count):
        shares.append(shares[-1] * size / (count - size))
    return np.array(shares)


def sampled(
    holds: Callable[[NDArray[np.bool_]], NDArray[np.bool_]],
    count: int,
    rng: np.random.Generator,
    *,
    orders: int = 20_000,
) -> tuple[Floats, Floats]:
    """Shapley-Shubik of any monotone rule from random orders, and its standard error, (n,) each."""
    pivots = np.zeros(count)
    done = 0
    for start, stop in pairwise([*range(0, orders, 2000), orders]):
        order = rng.permuted(np.tile(np.arange(count), (stop - start, 1)), axis=1)
        rank = order.argsort(axis=1)
        low, high = np.zeros(len(order), int), np.full(len(order), count)
        while (low < high).any():
            middle = (low + high) // 2
            won = holds(rank < middle[:, None])
            high, low = np.where(won, middle, high), np.where(won, low, middle + 1)
            low = np.minimum(low, high)
        reached = holds(np.ones((1, count), bool))[0]
        if reached:
            pivots += np.bincount(order[np.arange(len(order)), high - 1], minlength=count)
        done += len(order)
    share = pivots / done
    return share, np.sqrt(share * (1 - share) / done)
