"""The spatial bargaining model and the weighted mean that leads it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from whipcount.errors import DataError
from whipcount.outlook.bargaining import (
    bargain,
    ensemble,
    read_case,
    risk_attitudes,
    utility,
    victory,
    weighted_distance,
    weighted_mean,
)

CASE = {
    "capability": [10, 20, 70],
    "salience": [[0.5], [0.5], [0.5]],
    "positions": [[0.0], [0.5], [1.0]],
}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["n8_d1", "n12_d2", "n20_d3"])
def test_published_cases(shared: Path, name: str) -> None:
    """Positions equal the reference at every turn to 1e-9, and the run stops on the same turn."""
    value = json.loads((shared / "smp" / "cases.json").read_text())[name]
    expected = np.array(value["positions_by_turn"])
    result = bargain(read_case(value))
    found = np.array(result.positions_by_turn)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-9
    assert result.settled


def test_utility_at_the_ends() -> None:
    """Utility is 1 at one's ideal, 0 at distance 1, whatever the risk attitude."""
    for risk in (-0.5, 0.0, 1.0):
        assert utility(np.array([0.0, 1.0]), risk).tolist() == [1.0, 0.0]
    assert utility(np.array([0.5]), 1.0)[0] == pytest.approx(0.75)


def test_distance_weighs_salience() -> None:
    """A dimension without salience adds no distance."""
    found = weighted_distance(
        np.array([[0.0, 0.0]]), np.array([[1.0, 0.5]]), np.array([[0.0, 0.7]])
    )
    assert found[0, 0] == pytest.approx(0.5)


def test_victory_of_equals() -> None:
    """Options of equal strength win equally often; a stronger one wins more."""
    assert victory(np.full((4, 4), 3.0)).tolist() == pytest.approx([0.25] * 4)
    assert victory(np.array([[1.0, 4.0], [1.0, 1.0]])).tolist() == pytest.approx([0.8, 0.2])


def test_risk_range() -> None:
    """The likeliest winner has risk attitude 1, the least likely -.5; equals have none."""
    found = risk_attitudes(np.array([0.1, 0.2, 0.7]))
    assert found[[0, 2]].tolist() == pytest.approx([-0.5, 1.0])
    assert risk_attitudes(np.full(3, 1 / 3)).tolist() == [0.0, 0.0, 0.0]


def test_compromise_is_the_weighted_mean() -> None:
    """The compromise weighs positions by capability x salience."""
    result = bargain(read_case(CASE))
    assert result.compromise == pytest.approx((0.8,))
    assert weighted_mean(np.array([[0.2], [0.4]]), np.zeros((2, 1))) == pytest.approx([0.3])


def test_agreement_stays() -> None:
    """Actors who agree have nothing to bargain about and stay."""
    value = {**CASE, "positions": [[0.4], [0.4], [0.4]]}
    result = bargain(read_case(value))
    assert np.ptp(np.array(result.positions_by_turn)) == 0
    assert result.settled


def test_moves_are_recorded() -> None:
    """Every change of a position is due to a recorded bargain that the actor took."""
    result = bargain(read_case({**CASE, "actors": ["A", "B", "C"]}))
    places = np.array(result.positions_by_turn)
    for turn in range(1, len(places)):
        moved = {
            actor
            for actor, change in zip("ABC", np.abs(places[turn] - places[turn - 1]), strict=True)
            if change.max() > 1e-4
        }
        taken = {a for each in result.bargains if each.turn == turn for a in each.taken_by}
        assert moved <= taken
    assert result.bargains


def test_ensemble_brackets_the_run() -> None:
    """Quantiles over noisy inputs are ordered, reproducible and spread with the noise."""
    case = read_case(CASE)
    first = ensemble(case, np.random.default_rng(3), runs=20, noise=0.05)
    again = ensemble(case, np.random.default_rng(3), runs=20, noise=0.05)
    assert first == again
    low, middle, high = (row[0] for row in first.compromise)
    assert low < middle < high
    assert low < 0.8 < high


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"capability": [1.0]}, "at least two actors"),
        ({"capability": [1, -1, 1]}, "above 0"),
        ({"positions": [[0.0], [0.5], [1.5]]}, "from 0 to 1"),
        ({"salience": [[0.5], [0.5]]}, "3 rows"),
        ({"salience": [[0.0], [0.5], [0.5]]}, "leave the actor out"),
        ({"positions": [["x"], [0], [0]]}, "3 rows"),
    ],
)
def test_faulty_case(change: dict[str, object], said: str) -> None:
    """A faulty case is refused in one line that says where and what."""
    with pytest.raises(DataError, match=said):
        read_case({**CASE, **change})
