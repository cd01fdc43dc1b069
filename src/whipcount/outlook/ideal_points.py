"""A joint Bayesian ordinal ideal-point model of actors x measures.

Outcomes are ordered: 0 against, 1 between (abstaining, undecided, conditional), 2 for, -1 unknown.
They are modelled as a continuation-ratio sequence (Tutz 1991): first "for" against the rest, then
"between" against "against"; each stage is a logistic two-parameter item response model on the
actor's ideal point, so logit P = b_j + beta_j' x_i (Clinton, Jackman and Rivers 2004). Both stages
of a measure share one Gaussian prior whose mean and covariance are learned (empirical Bayes), and
ideal points have a Gaussian prior that covariates or roll calls may inform.

Inference is variational with the Jaakkola-Jordan bound (2000), which equals Polya-Gamma mean-field
(Durante and Rigon 2019): closed-form sweeps over (n, d, d) blocks, all of it matrix products.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.threads import single_thread

Floats = NDArray[Any]
Outcomes = NDArray[np.int8]

UNKNOWN, AGAINST, BETWEEN, FOR = -1, 0, 1, 2
STAGES = 2


class ModelSettings(Struct, frozen=True, kw_only=True):
    """How the model is fitted; every default was chosen inside the years before 2016."""

    dimensions: int = 4  # 3 to 8 within .002 log-loss of one another with neighbours on 2012-15
    sweeps: int = 30  # 60 moves held-out log-loss by less than .001
    tolerance: float = 2e-3  # largest change of an ideal point, in prior sds
    item_scale: float = 2.0  # sd of item parameters before any measure is seen
    item_strength: float = 4.0  # how many measures that first guess weighs as


class PointPrior(Struct, frozen=True):
    """A Gaussian prior of ideal points: `mean` (n, d) and `covariance` (n, d, d)."""

    mean: Floats
    covariance: Floats


class ItemPrior(Struct, frozen=True):
    """The Gaussian prior of a measure's parameters: `mean` (p,), `covariance` (p, p)."""

    mean: Floats
    covariance: Floats


class IdealPointFit(Struct, frozen=True, kw_only=True):
    """The posterior: Gaussian for each actor and each measure, with diagnostics.

    `points` (n, d), `point_covariance` (n, d, d); `items` (j, 2(d + 1)) holds intercept and
    discrimination of stage one, then of stage two, `item_covariance` (j, p, p); `prior` is the
    learned prior of a measure nobody has spoken on. `coefficients` (q, d) map covariates to points.
    """

    points: Floats
    point_covariance: Floats
    items: Floats
    item_covariance: Floats
    prior: ItemPrior
    coefficients: Floats | None
    iterations: int
    converged: bool
    warnings: tuple[str, ...]

    @property
    def dimensions(self) -> int:
        """Number of dimensions of the policy space."""
        return int(self.points.shape[1])


class _State:
    """Working arrays of one fit; the sweeps change them in place."""

    def __init__(self, outcomes: Outcomes, settings: ModelSettings) -> None:
        count, items = outcomes.shape
        self.size = settings.dimensions + 1
        width = STAGES * self.size
        self.stages = stage_data(outcomes)
        self.points: Floats = starting_points(outcomes, settings.dimensions)
        self.spread: Floats = np.broadcast_to(
            0.05 * np.eye(settings.dimensions), (count, settings.dimensions, settings.dimensions)
        ).copy()
        self.mean = np.zeros(width)
        self.covariance = np.eye(width) * settings.item_scale**2
        self.items = np.zeros((items, width))
        self.item_spread = np.broadcast_to(0.3 * np.eye(width), (items, width, width)).copy()
        self.base = self.covariance.copy()
        self.strength = settings.item_strength


def stage_data(outcomes: Outcomes) -> list[tuple[Floats, Floats]]:
    """Mask and centred outcome (n, j) of each stage: for or not, then between or against."""
    known = outcomes >= 0
    rest = known & (outcomes < FOR)
    return [
        (known.astype(float), np.where(known, (outcomes == FOR) - 0.5, 0.0)),
        (rest.astype(float), np.where(rest, (outcomes == BETWEEN) - 0.5, 0.0)),
    ]


def starting_points(outcomes: Outcomes, dimensions: int) -> Floats:
    """First guess of the ideal points: leading left singular vectors of the centred outcomes."""
    known = outcomes >= 0
    seen = np.maximum(known.sum(axis=0), 1)
    values = np.where(known, outcomes.astype(float), 0.0)
    centred = np.where(known, values - values.sum(axis=0) / seen, 0.0)
    gram = centred @ centred.T
    _, vectors = np.linalg.eigh(gram)
    points = np.zeros((len(outcomes), dimensions))
    found = vectors[:, ::-1][:, :dimensions]
    # A sign that does not depend on the library's: the largest entry is positive.
    found = found * np.where(
        found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])] < 0, -1, 1
    )
    points[:, : found.shape[1]] = found - found.mean(axis=0)
    scale = points.std(axis=0)
    return np.asarray(points / np.where(scale > 1e-9, scale, 1))


def curvature(argument: Floats) -> Floats:
    """The bound's weight tanh(xi / 2) / (2 xi) at `argument` = xi squared; .25 at 0."""
    root = np.sqrt(np.maximum(argument, 1e-10))
    result: Floats = np.tanh(root / 2) / (2 * root)
    return result


def second_moments(points: Floats, spread: Floats) -> Floats:
    """E[(1, x)(1, x)'] for each actor: (n, (d + 1)^2)."""
    ones = np.concatenate([np.ones((len(points), 1)), points], axis=1)
    moments = ones[:, :, None] * ones[:, None, :]
    moments[:, 1:, 1:] += spread
    return np.asarray(moments.reshape(len(points), -1))


def item_moments(items: Floats, spread: Floats, part: slice) -> Floats:
    """E[theta theta'] of one stage for each measure: (j, (d + 1)^2)."""
    own = items[:, part]
    moments: Floats = own[:, :, None] * own[:, None, :] + spread[:, part, part]
    return moments.reshape(len(items), -1)


def update_items(
    stages: list[tuple[Floats, Floats]],
    points: Floats,
    spread: Floats,
    current: tuple[Floats, Floats],
    prior: ItemPrior,
) -> tuple[Floats, Floats]:
    """One closed-form update of every measure's mean (j, p) and covariance (j, p, p)."""
    items, item_spread = current
    size = points.shape[1] + 1
    ones = np.concatenate([np.ones((len(points), 1)), points], axis=1)
    moments = second_moments(points, spread)
    inverse = np.linalg.inv(prior.covariance)
    precision = np.tile(inverse, (len(items), 1, 1))
    linear = np.tile(inverse @ prior.mean, (len(items), 1))
    for stage, (mask, centred) in enumerate(stages):
        part = slice(stage * size, (stage + 1) * size)
        weight = mask * curvature(moments @ item_moments(items, item_spread, part).T)
        precision[:, part, part] += (weight.T @ moments).reshape(-1, size, size)
        linear[:, part] += centred.T @ ones
    covariance = np.linalg.inv(precision)
    return np.einsum("jpq,jq->jp", covariance, linear), covariance


def _update_points(state: _State, prior: PointPrior, weights: Floats) -> None:
    """One closed-form update of every actor, each measure counted with its weight."""
    size = state.size
    precision: Floats = np.linalg.inv(prior.covariance)
    linear: Floats = np.einsum("npq,nq->np", precision, prior.mean)
    moments = second_moments(state.points, state.spread)
    for stage, (mask, centred) in enumerate(state.stages):
        part = slice(stage * size, (stage + 1) * size)
        own = item_moments(state.items, state.item_spread, part)
        weight = mask * weights * curvature(moments @ own.T)
        gathered = (weight @ own).reshape(-1, size, size)
        precision = precision + gathered[:, 1:, 1:]
        slopes = state.items[:, part][:, 1:]
        linear = linear + (centred * weights) @ slopes - gathered[:, 1:, 0]
    state.spread = np.linalg.inv(precision)
    state.points = np.einsum("npq,nq->np", state.spread, linear)


def _update_prior(state: _State) -> None:
    """Learn the measures' prior, its covariance shrunk to the first guess by `strength`."""
    count = len(state.items)
    state.mean = state.items.sum(axis=0) / (count + 1)
    gaps = state.items - state.mean
    total = gaps.T @ gaps + state.item_spread.sum(axis=0) + np.outer(state.mean, state.mean)
    state.covariance = (total + state.strength * state.base) / (count + state.strength)


def _standardise(state: _State) -> None:
    """Give the points mean 0 and covariance 1, and turn the measures with them."""
    centre = state.points.mean(axis=0)
    gaps = state.points - centre
    total = gaps.T @ gaps / len(gaps) + state.spread.mean(axis=0)
    scale = np.linalg.cholesky(total)
    inverse = np.linalg.inv(scale)
    state.points = gaps @ inverse.T
    state.spread = inverse @ state.spread @ inverse.T
    turn: Floats = np.eye(state.size)
    turn[1:, 1:], turn[0, 1:] = scale.T, centre
    turn = np.kron(np.eye(STAGES), turn)
    state.items = state.items @ turn.T
    state.item_spread = turn @ state.item_spread @ turn.T
    state.mean = turn @ state.mean
    state.covariance = turn @ state.covariance @ turn.T


def regress(points: Floats, covariates: Floats, *, ridge: float = 3.0) -> Floats:
    """Ridge regression of ideal points (n, d) on standardised covariates (n, q): (q, d)."""
    gram = covariates.T @ covariates + ridge * np.eye(covariates.shape[1])
    result: Floats = np.linalg.solve(gram, covariates.T @ points)
    return result


def _regression_prior(state: _State, covariates: Floats) -> tuple[PointPrior, Floats]:
    """The prior that covariates give: their prediction, and what they leave unexplained."""
    coefficients = regress(state.points, covariates)
    mean = covariates @ coefficients
    gaps = state.points - mean
    left = gaps.T @ gaps / len(gaps) + state.spread.mean(axis=0)
    return PointPrior(mean, np.tile(left, (len(gaps), 1, 1))), coefficients


def fit_ideal_points(
    outcomes: Outcomes,
    settings: ModelSettings | None = None,
    *,
    weights: Floats | None = None,
    prior: PointPrior | None = None,
    item_prior: ItemPrior | None = None,
    covariates: Floats | None = None,
) -> IdealPointFit:
    """Fit the model to outcomes (n actors, j measures) of -1, 0, 1, 2; no randomness.

    `weights` (j,) say how much a measure counts for the ideal points (recency). A `prior` (from
    roll calls) fixes the space, otherwise it is standardised; `item_prior` fixes the measures'
    prior, otherwise it is learned; `covariates` (n, q), standardised, inform points by regression.
    """
    settings = settings or ModelSettings()
    with single_thread():
        return _fit(outcomes, settings, weights, prior, item_prior, covariates)


def _fit(
    outcomes: Outcomes,
    settings: ModelSettings,
    weights: Floats | None,
    prior: PointPrior | None,
    item_prior: ItemPrior | None,
    covariates: Floats | None,
) -> IdealPointFit:
    state = _State(outcomes, settings)
    count = len(outcomes)
    given = np.ones(outcomes.shape[1]) if weights is None else weights
    around: PointPrior = prior or _unit_prior(count, settings.dimensions)
    if prior is not None:
        state.points, state.spread = prior.mean.copy(), prior.covariance.copy()
    if item_prior is not None:
        state.mean, state.covariance = item_prior.mean, item_prior.covariance
    coefficients: Floats | None = None
    change, sweep = np.inf, 0
    for sweep in range(1, settings.sweeps + 1):
        before = state.points
        for _ in range(3 if sweep == 1 else 1):
            learned = ItemPrior(state.mean, state.covariance)
            state.items, state.item_spread = update_items(
                state.stages, state.points, state.spread, (state.items, state.item_spread), learned
            )
            if item_prior is None:
                _update_prior(state)
        if covariates is not None and prior is None:
            around, coefficients = _regression_prior(state, covariates)
        _update_points(state, around, given)
        if prior is None:
            _standardise(state)
        change = float(np.abs(state.points - before).max())
        if change < settings.tolerance:
            break
    return _result(state, sweep, change < settings.tolerance, coefficients, settings)


def _unit_prior(count: int, dimensions: int) -> PointPrior:
    covariance = np.tile(np.eye(dimensions), (count, 1, 1))
    return PointPrior(np.zeros((count, dimensions)), covariance)


def _result(
    state: _State,
    sweep: int,
    converged: bool,
    coefficients: Floats | None,
    settings: ModelSettings,
) -> IdealPointFit:
    warnings = []
    if not converged:
        warnings.append(f"stopped after {settings.sweeps} sweeps, before ideal points came to rest")
    if state.items.shape[0] < settings.dimensions:
        warnings.append(f"{state.items.shape[0]} measures for {settings.dimensions} dimensions")
    return IdealPointFit(
        points=state.points,
        point_covariance=state.spread,
        items=state.items,
        item_covariance=state.item_spread,
        prior=ItemPrior(state.mean, state.covariance),
        coefficients=coefficients,
        iterations=sweep,
        converged=converged,
        warnings=tuple(warnings),
    )


def infer_items(
    fit: IdealPointFit, outcomes: Outcomes, *, rounds: int = 25
) -> tuple[Floats, Floats]:
    """Posterior mean (j, p) and covariance (j, p, p) of new measures, ideal points held fixed."""
    width = len(fit.prior.mean)
    items = np.tile(fit.prior.mean, (outcomes.shape[1], 1))
    spread = np.tile(fit.prior.covariance, (outcomes.shape[1], 1, 1))
    assert width == STAGES * (fit.dimensions + 1)
    stages = stage_data(outcomes)
    with single_thread():
        for _ in range(rounds):
            items, spread = update_items(
                stages, fit.points, fit.point_covariance, (items, spread), fit.prior
            )
    return items, spread


def outcome_table(fit: IdealPointFit, items: Floats) -> tuple[Floats, Floats, Floats]:
    """Probabilities (against, between, for), each (n, s), for s draws of item parameters.

    An actor's uncertain ideal point flattens its curve by the usual probit-logit factor
    1 / sqrt(1 + pi v / 8) (MacKay 1992).
    """
    size = fit.dimensions + 1
    ones = np.concatenate([np.ones((len(fit.points), 1)), fit.points], axis=1)
    spread = fit.point_covariance.reshape(len(fit.points), -1)
    chances = []
    for stage in range(STAGES):
        own = items[:, stage * size : (stage + 1) * size]
        slopes = own[:, 1:]
        variance = spread @ (slopes[:, :, None] * slopes[:, None, :]).reshape(len(own), -1).T
        chances.append(logistic(ones @ own.T / np.sqrt(1 + np.pi * variance / 8)))
    first, second = chances
    return (1 - first) * (1 - second), (1 - first) * second, first


def logistic(value: Any) -> Floats:
    """The logistic function, safe for large arguments."""
    result: Floats = 0.5 * (1 + np.tanh(0.5 * np.asarray(value)))
    return result
