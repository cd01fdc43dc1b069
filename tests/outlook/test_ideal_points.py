"""The ideal-point model: recovery of parameters, calibration, priors, covariates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from whipcount.outlook.ideal_points import (
    FOR,
    ItemPrior,
    ModelSettings,
    PointPrior,
    curvature,
    fit_ideal_points,
    infer_items,
    logistic,
    outcome_table,
    regress,
)


def _simulated(
    rng: np.random.Generator, states: int, items: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points (n, 1), stage-one parameters (j, 2) and outcomes drawn from the model."""
    points = rng.standard_normal((states, 1))
    first = np.column_stack([rng.normal(0.5, 1, items), rng.normal(0, 1.5, items)])
    second = np.column_stack([rng.normal(0, 1, items), rng.normal(0, 1, items)])
    chances = [logistic(part[:, 0] + points @ part[:, 1:].T) for part in (first, second)]
    joined = rng.random(chances[0].shape) < chances[0]
    between = rng.random(chances[1].shape) < chances[1]
    outcomes = np.where(joined, 2, between.astype(int)).astype(np.int8)
    return points, first, outcomes


def test_parameter_recovery() -> None:
    """From 300 measures the points, and each measure's parameters, come back (up to sign)."""
    points, items, outcomes = _simulated(np.random.default_rng(2), 80, 300)
    fit = fit_ideal_points(outcomes, ModelSettings(dimensions=1, sweeps=60))
    sign = np.sign(np.corrcoef(fit.points[:, 0], points[:, 0])[0, 1])
    assert np.corrcoef(fit.points[:, 0], points[:, 0])[0, 1] * sign > 0.98
    assert np.corrcoef(fit.items[:, 0], items[:, 0])[0, 1] > 0.9
    assert np.corrcoef(fit.items[:, 1], items[:, 1])[0, 1] * sign > 0.9
    errors = (fit.points[:, 0] * sign - points[:, 0] / points.std()) / np.sqrt(
        fit.point_covariance[:, 0, 0]
    )
    assert np.mean(np.abs(errors) < 3) > 0.8


def test_simulation_based_calibration() -> None:
    """Ranks of the true log-odds among posterior draws are uniform when the prior is true.

    Measures are drawn from a known prior, twenty known states are seen, and the rank of a hidden
    state's true log-odds among 99 posterior draws is recorded (Talts et al. 2018).
    """
    rng = np.random.default_rng(8)
    states, count = 40, 400
    points = rng.standard_normal((states, 1))
    prior = ItemPrior(np.zeros(4), np.diag([1.0, 1.0, 1.0, 1.0]))
    items = rng.standard_normal((count, 4))
    known = PointPrior(points, np.full((states, 1, 1), 1e-8))
    joined = rng.random((states, count)) < logistic(items[:, 0] + points @ items[:, 1:2].T)
    between = rng.random((states, count)) < logistic(items[:, 2] + points @ items[:, 3:].T)
    outcomes = np.where(joined, 2, between.astype(int)).astype(np.int8)
    outcomes[20:] = -1
    fit = fit_ideal_points(
        outcomes, ModelSettings(dimensions=1, sweeps=30), prior=known, item_prior=prior
    )
    roots = np.linalg.cholesky(fit.item_covariance)
    drawn = fit.items[:, None] + np.einsum(
        "jpq,jsq->jsp", roots, rng.standard_normal((count, 99, 4))
    )
    hidden = points[25, 0]
    truth = items[:, 0] + hidden * items[:, 1]
    ranks = (drawn[:, :, 0] + hidden * drawn[:, :, 1] < truth[:, None]).mean(axis=1)
    assert kstest(ranks, "uniform").pvalue > 0.01
    wrong = (0.4 * (drawn[:, :, 0] + hidden * drawn[:, :, 1]) < truth[:, None]).mean(axis=1)
    assert kstest(wrong, "uniform").pvalue < 0.01


def test_nothing_known_is_the_prior() -> None:
    """A measure nobody spoke on has the prior as its posterior, near even under a centred prior."""
    outcomes = np.full((12, 2), -1, np.int8)
    outcomes[:, 0] = 2
    prior = PointPrior(np.zeros((12, 2)), np.tile(np.eye(2), (12, 1, 1)))
    centred = ItemPrior(np.zeros(6), np.eye(6))
    fit = fit_ideal_points(outcomes, ModelSettings(dimensions=2), prior=prior, item_prior=centred)
    assert fit.items[1] == pytest.approx(np.zeros(6), abs=1e-12)
    assert fit.item_covariance[1] == pytest.approx(np.eye(6), abs=1e-9)
    assert outcome_table(fit, fit.items)[FOR][:, 1] == pytest.approx(0.5)
    assert (outcome_table(fit, fit.items)[FOR][:, 0] > 0.6).all()


def test_outcome_probabilities_sum_to_one() -> None:
    """Against, between and for share the whole, for each state and measure."""
    _, _, outcomes = _simulated(np.random.default_rng(3), 30, 40)
    fit = fit_ideal_points(outcomes, ModelSettings(dimensions=2, sweeps=5))
    assert sum(outcome_table(fit, fit.items)) == pytest.approx(1)
    assert not fit.converged
    assert "before ideal points came to rest" in fit.warnings[0]


def test_covariates_inform_the_silent() -> None:
    """A state without any vote is placed by its covariates."""
    rng = np.random.default_rng(6)
    bloc = np.repeat([1.0, -1.0], 30)
    points = bloc[:, None] + 0.2 * rng.standard_normal((60, 1))
    slopes = rng.normal(0, 2, 200)
    odds = points * slopes
    outcomes = np.where(rng.random(odds.shape) < logistic(odds), 2, 0).astype(np.int8)
    outcomes[[0, 59]] = -1
    settings = ModelSettings(dimensions=1, sweeps=40)
    told = fit_ideal_points(outcomes, settings, covariates=bloc[:, None])
    plain = fit_ideal_points(outcomes, settings)
    assert abs(told.points[0, 0] - told.points[59, 0]) > 1
    assert abs(plain.points[0, 0] - plain.points[59, 0]) < 0.2
    assert told.coefficients is not None
    assert np.abs(told.coefficients).item() > 0.5


def test_new_measures_are_inferred_like_old() -> None:
    """Inferring a measure anew from all its votes gives nearly the parameters of the joint fit."""
    _, _, outcomes = _simulated(np.random.default_rng(4), 60, 120)
    fit = fit_ideal_points(outcomes, ModelSettings(dimensions=1, sweeps=60))
    items, _ = infer_items(fit, outcomes[:, :10])
    assert items == pytest.approx(fit.items[:10], abs=0.15)


def test_bound_at_zero_and_ridge() -> None:
    """The bound's weight tends to 1/4 at 0, and ridge regression shrinks toward 0."""
    assert curvature(np.array([0.0]))[0] == pytest.approx(0.25, abs=1e-6)
    design = np.ones((10, 1))
    target = np.full((10, 1), 2.0)
    assert regress(target, design, ridge=0.0).item() == pytest.approx(2)
    assert regress(target, design, ridge=10.0).item() == pytest.approx(1)
