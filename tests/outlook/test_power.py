"""Power indices against published values and brute force."""

from __future__ import annotations

import numpy as np
import pytest

from whipcount.errors import CallError
from whipcount.outlook.power import (
    banzhaf,
    enumerated,
    normalised,
    pivotal,
    sampled,
    shapley_shubik,
)
from whipcount.outlook.rules import bind, carried, load_rule


def test_security_council() -> None:
    """The Security Council gives a permanent member .1963 and an elected one .0019."""
    found = shapley_shubik(np.array([7] * 5 + [1] * 10), 39)
    assert found[0] == pytest.approx(0.1963, abs=5e-5)
    assert found[-1] == pytest.approx(0.0019, abs=5e-5)


def test_shipped_council_rule() -> None:
    """The shipped rule with quorum and vetoes gives the same indices as its weighted form."""
    rule = load_rule("unsc")
    bound = bind(rule, rule.members)
    shapley, swings = enumerated(lambda each: carried(bound, each, ~each), 15)
    weights = np.array([7] * 5 + [1] * 10)
    assert np.abs(shapley - shapley_shubik(weights, 39)).max() < 1e-12
    assert np.abs(swings - banzhaf(weights, 39)).max() < 1e-12


def test_treaty_of_rome() -> None:
    """The EEC of 1958 gives .2333, .15 and, to Luxembourg, nothing."""
    found = shapley_shubik(np.array([4, 4, 4, 2, 2, 1]), 12)
    assert found == pytest.approx([0.7 / 3] * 3 + [0.15] * 2 + [0.0], abs=1e-12)


@pytest.mark.parametrize("count", range(2, 11))
def test_equal_to_brute_force(count: int) -> None:
    """Both indices equal the list of all coalitions, for any weights up to ten actors."""
    rng = np.random.default_rng(count)
    weights = rng.integers(0, 20, count)
    weights[0] += 1
    quota = int(rng.integers(1, weights.sum() + 1))
    shapley, swings = enumerated(lambda each: each @ weights >= quota, count)
    assert np.abs(shapley_shubik(weights, quota) - shapley).max() < 1e-12
    assert np.abs(banzhaf(weights, quota) - swings).max() < 1e-12
    assert shapley.sum() == pytest.approx(1)


def test_pivot_under_unequal_chances() -> None:
    """With unequal chances the pivot equals the sum over all coalitions of the others."""
    weights, quota = np.array([3, 2, 2, 1]), 5
    chances = np.array([0.9, 0.5, 0.2, 1.0])
    coalitions = (np.arange(16)[:, None] >> np.arange(4)) & 1 == 1
    expected = []
    for actor in range(4):
        others = np.arange(4) != actor
        kept = coalitions[~coalitions[:, actor]]
        share = np.where(kept[:, others], chances[others], 1 - chances[others]).prod(axis=1)
        total = kept @ weights
        swing = (total < quota) & (total + weights[actor] >= quota)
        expected.append(share[swing].sum())
    assert pivotal(weights, quota, chances) == pytest.approx(expected)


def test_many_actors_sum_to_one() -> None:
    """With 120 actors of unequal weight nothing is lost to rounding."""
    weights = np.random.default_rng(4).integers(1, 40, 120)
    found = shapley_shubik(weights, int(weights.sum()) // 2 + 1)
    assert found.sum() == pytest.approx(1, abs=1e-9)
    assert (found > 0).all()
    assert normalised(banzhaf(weights, int(weights.sum()) // 2 + 1)).sum() == pytest.approx(1)


def test_sampled_orders_agree() -> None:
    """Random orders reproduce the exact index within four standard errors."""
    weights, quota = np.array([5, 4, 3, 2, 1]), 9
    share, error = sampled(lambda each: each @ weights >= quota, 5, np.random.default_rng(1))
    assert (np.abs(share - shapley_shubik(weights, quota)) < 4 * error + 1e-9).all()


@pytest.mark.parametrize(
    ("weights", "quota"), [([1, 2], 0), ([1, 2], 4), ([-1, 2], 1), ([0.5, 2.0], 1)]
)
def test_impossible_quota(weights: list[int], quota: int) -> None:
    """A quota nobody can meet, negative or fractional weights are refused."""
    with pytest.raises(CallError, match="power index"):
        shapley_shubik(np.array(weights), quota)
