"""A forward test of imputation on roll calls: show a few states' votes, impute the rest.

Nothing of a test resolution is used but the votes shown, and each is imputed on its own. Accuracy
here says nothing about news: votes are complete, dated and recur from year to year.
"""

from __future__ import annotations

import time
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.errors import CallError
from whipcount.outlook.ideal_points import (
    FOR,
    Floats,
    IdealPointFit,
    ModelSettings,
    Outcomes,
    fit_ideal_points,
    logistic,
    outcome_table,
)
from whipcount.outlook.precedents import Precedents, PrecedentSettings, independent
from whipcount.outlook.scoring import (
    bootstrap_mean,
    crps,
    interval,
    log_losses,
    score_cells,
)
from whipcount.outlook.threads import single_thread
from whipcount.outlook.votes import VoteTable, prominent_states

Select = Literal["prominent", "random"]
Flags = NDArray[np.bool_]

DRAWS = 500
CONTESTED_SHARE = 0.2  # of the votes cast not being yes
RECENCY = 3.0  # years after which a measure counts half for ideal points; 2 to 6 within .002
NEIGHBOUR_SCALE = (
    1.0  # a disagreement divides a neighbour's weight by e; .3 / .6 / 1: .121/.102/.098
)
NEIGHBOUR_PRIOR = 0.3  # the model's own weight among neighbours; .3 / 1: log-loss .098 / .101
NEIGHBOUR_OVERLAP = 0.3  # share of states that two resolutions must both show


class VoteScores(Struct, frozen=True, kw_only=True):
    """Scores of one set of resolutions; `low` and `high` bound log-loss at 95 %.

    `ece` is the expected calibration error; `coverage90` the share of resolutions whose number of
    hidden yes votes lies in its 90 % interval; `crps` and `interval_width` are in votes.
    """

    log_loss: float
    log_loss_low: float
    log_loss_high: float
    brier: float
    ece: float
    coverage90: float
    crps: float
    interval_width: float
    cells: int
    resolutions: int


class VoteBacktest(Struct, frozen=True, kw_only=True):
    """Scores of the imputation and, beside it, of independent draws and each state's base rate."""

    scores: VoteScores
    contested: VoteScores | None
    independent: VoteScores
    base_rate: VoteScores
    base_rate_contested: VoteScores | None
    seconds: float
    fit_seconds: float
    fit: IdealPointFit


class _Forecast(Struct):
    """What is to be scored: chances (n, j), hidden cells, and joint draws of each hidden total."""

    chances: Floats
    hidden: Flags
    totals: NDArray[np.int64]  # (draws, j)


def check_years(train: tuple[int, int], test: tuple[int, int]) -> None:
    """Refuse test years that are not after the training years."""
    if test[0] <= train[1]:
        raise CallError(
            f"--test {test[0]}-{test[1]} must come after --train {train[0]}-{train[1]}; "
            "a forward test sees no year twice"
        )


def show_votes(table: VoteTable, count: int, select: Select, rng: np.random.Generator) -> Flags:
    """Which cells (n, j) are shown: `count` of the states that voted on each resolution."""
    shown = np.zeros(table.outcomes.shape, bool)
    if select == "prominent":
        order = _prominent_order(table.states)
        ranked = np.array([place for place in order if place >= 0])
        voted = table.outcomes[ranked] >= 0
        first = voted & (np.cumsum(voted, axis=0) <= count)
        shown[ranked] = first
        return shown
    keys = np.where(table.outcomes >= 0, rng.random(shown.shape), 2.0)
    ranks = keys.argsort(axis=0).argsort(axis=0)
    result: Flags = (ranks < count) & (table.outcomes >= 0)
    return result


def _prominent_order(states: tuple[str, ...]) -> list[int]:
    """Rows of the prominent states; those the table lacks are left out."""
    places = {state: row for row, state in enumerate(states)}
    return [
        places.get(long, places.get(short, -1))
        for long, short in zip(*prominent_states(), strict=True)
    ]


def base_rates(outcomes: Outcomes) -> Floats:
    """Each state's share of yes among its past votes, Laplace-smoothed: (n,)."""
    result: Floats = ((outcomes == FOR).sum(axis=1) + 1) / ((outcomes >= 0).sum(axis=1) + 2)
    return result


def forward(
    votes: VoteTable,
    train: tuple[int, int],
    test: tuple[int, int],
    *,
    observe: int,
    select: Select,
    seed: int,
    model: ModelSettings | None = None,
    precedents: PrecedentSettings | None = None,
) -> VoteBacktest:
    """Fit on `train` years, show `observe` states' votes on each `test` resolution, score the rest.

    Raises `CallError` where the years overlap or hold no votes.
    """
    check_years(train, test)
    past, future = _part(votes, train), _part(votes, test)
    started = time.process_time()
    shown_rng, particle_rng, draw_rng = np.random.default_rng(seed).spawn(3)
    shown = show_votes(future, observe, select, shown_rng)
    hidden = (future.outcomes >= 0) & ~shown
    ages = (train[1] - past.years).astype(float)
    fit = fit_ideal_points(past.outcomes, model, weights=0.5 ** (ages / RECENCY))
    fitted = time.process_time()
    particles = Precedents(fit, past.outcomes, ages, particle_rng, precedents)
    weights = particles.weights(np.where(shown, future.outcomes, -1).astype(np.int8))
    totals = np.stack(
        [
            particles.draw(weights[:, place], DRAWS, draw_rng)[:, hidden[:, place]].sum(axis=1)
            for place in range(hidden.shape[1])
        ],
        axis=1,
    )
    forecast = _Forecast(particles.probabilities(weights), hidden, totals)
    return _scored(forecast, future, past, fit, (started, fitted), seed)


def _part(votes: VoteTable, years: tuple[int, int]) -> VoteTable:
    part = votes.between(*years)
    if not part.resolutions:
        raise CallError(
            f"no votes from {years[0]} to {years[1]}; the file holds "
            f"{int(votes.years.min())}-{int(votes.years.max())}"
        )
    return part


def hide(
    votes: VoteTable,
    years: tuple[int, int],
    *,
    share: float,
    seed: int,
    model: ModelSettings | None = None,
) -> VoteBacktest:
    """Hide a random `share` of all cells of `years`, fit on the others, score the hidden ones."""
    if not 0 < share < 1:
        raise CallError(f"--hide {share}: expected a share between 0 and 1, such as .3")
    table = _part(votes, years)
    started = time.process_time()
    hide_rng, draw_rng = np.random.default_rng(seed).spawn(2)
    hidden = (table.outcomes >= 0) & (hide_rng.random(table.outcomes.shape) < share)
    visible = np.where(hidden, -1, table.outcomes).astype(np.int8)
    fit = fit_ideal_points(visible, model)
    fitted = time.process_time()
    chances = with_neighbours(outcome_table(fit, fit.items)[FOR], visible)
    totals = _totals_around(fit, chances, hidden, draw_rng)
    seen = VoteTable(
        states=table.states,
        resolutions=table.resolutions,
        years=table.years,
        outcomes=visible,
        unnamed=table.unnamed,
    )
    forecast = _Forecast(chances, hidden, totals)
    return _scored(forecast, table, seen, fit, (started, fitted), seed)


def with_neighbours(chances: Floats, visible: Outcomes) -> Floats:
    """Mix chances (n, j) with the votes on resolutions that nearly everybody voted alike on.

    A neighbour weighs e to the minus number of states that are seen to differ, the model itself
    `NEIGHBOUR_PRIOR`; only visible votes enter.
    """
    with single_thread():
        known = (visible >= 0).astype(float)
        parts = [(visible == outcome).astype(float) for outcome in range(3)]
        both = known.T @ known
        alike = sum((part.T @ part for part in parts), np.zeros_like(both))
        weight = np.exp(-NEIGHBOUR_SCALE * (both - alike))
        weight *= both >= NEIGHBOUR_OVERLAP * len(visible)
        np.fill_diagonal(weight, 0)
        told = parts[FOR] @ weight + NEIGHBOUR_PRIOR * chances
        result: Floats = told / (known @ weight + NEIGHBOUR_PRIOR)
    return result


def _totals_around(
    fit: IdealPointFit, chances: Floats, hidden: Flags, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Joint draws of each resolution's hidden yes votes: margins as given, shifts shared."""
    size = fit.dimensions + 1
    ones = np.concatenate([np.ones((len(fit.points), 1)), fit.points], axis=1)
    roots = np.linalg.cholesky(fit.item_covariance[:, :size, :size])
    totals = np.empty((DRAWS, chances.shape[1]), np.int64)
    odds = np.log(np.clip(chances, 1e-6, 1 - 1e-6))
    odds -= np.log1p(-np.clip(chances, 1e-6, 1 - 1e-6))
    for place in range(chances.shape[1]):
        rows = hidden[:, place]
        shift = ones[rows] @ (roots[place] @ rng.standard_normal((size, DRAWS)))
        drawn = logistic(odds[rows, place][:, None] + shift)
        totals[:, place] = (rng.random(drawn.shape) < drawn).sum(axis=0)
    return totals


def _scored(
    forecast: _Forecast,
    truth: VoteTable,
    past: VoteTable,
    fit: IdealPointFit,
    clock: tuple[float, float],
    seed: int,
) -> VoteBacktest:
    done = time.process_time()
    yes = truth.outcomes == FOR
    cast = np.maximum((truth.outcomes >= 0).sum(axis=0), 1)
    contested = (1 - yes.sum(axis=0) / cast) >= CONTESTED_SHARE
    everything = np.ones(len(contested), bool)
    rng = np.random.default_rng([seed, 1])
    rates = np.repeat(base_rates(past.outcomes)[:, None], yes.shape[1], axis=1)
    plain = _Forecast(rates, forecast.hidden, _independent(rates, forecast.hidden, rng))
    apart = _Forecast(
        forecast.chances, forecast.hidden, _independent(forecast.chances, forecast.hidden, rng)
    )
    return VoteBacktest(
        scores=_score(forecast, yes, everything, rng),
        contested=_score(forecast, yes, contested, rng) if contested.any() else None,
        independent=_score(apart, yes, everything, rng),
        base_rate=_score(plain, yes, everything, rng),
        base_rate_contested=_score(plain, yes, contested, rng) if contested.any() else None,
        seconds=done - clock[0],
        fit_seconds=clock[1] - clock[0],
        fit=fit,
    )


def _independent(chances: Floats, hidden: Flags, rng: np.random.Generator) -> NDArray[np.int64]:
    """Totals (draws, j) when states are drawn one by one."""
    return np.stack(
        [
            independent(chances[hidden[:, place], place], DRAWS, rng).sum(axis=1)
            for place in range(chances.shape[1])
        ],
        axis=1,
    )


def _score(forecast: _Forecast, yes: Flags, kept: Flags, rng: np.random.Generator) -> VoteScores:
    hidden = forecast.hidden[:, kept]
    chances, truth = forecast.chances[:, kept], yes[:, kept]
    cells = score_cells(chances[hidden], truth[hidden])
    losses = np.where(hidden, log_losses(chances, truth), 0).sum(axis=0)
    low, high = bootstrap_mean(losses, hidden.sum(axis=0).astype(float), rng)
    totals = forecast.totals[:, kept]
    actual = (truth & hidden).sum(axis=0)
    bounds = np.array([interval(column) for column in totals.T])
    inside = (bounds[:, 0] <= actual) & (actual <= bounds[:, 1])
    return VoteScores(
        log_loss=cells.log_loss,
        log_loss_low=low,
        log_loss_high=high,
        brier=cells.brier,
        ece=cells.calibration_error,
        coverage90=float(inside.mean()),
        crps=float(np.mean([crps(totals[:, j], int(actual[j])) for j in range(len(actual))])),
        interval_width=float((bounds[:, 1] - bounds[:, 0]).mean()),
        cells=cells.cells,
        resolutions=len(actual),
    )
