"""Silent actors on the board: joint posterior draws from a few positions and a weak prior.

The model of `ideal_points` on the board's own cells. Ideal points of states start from their UN
roll calls (a prior widened for the change of subject); fixed covariates (alliance, economic size,
region) are added as known dimensions, so that each measure regresses on them. A measure's prior
is centred on "even": where few positions are known the answer stays near even and is called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.ideal_points import (
    BETWEEN,
    FOR,
    STAGES,
    IdealPointFit,
    ItemPrior,
    ModelSettings,
    Outcomes,
    PointPrior,
    fit_ideal_points,
    item_moments,
    logistic,
    second_moments,
    stage_data,
)
from whipcount.outlook.rules import shipped_weights
from whipcount.outlook.votes import prominent_states
from whipcount.records import Standing, StandingName

Floats = NDArray[Any]

TRANSFER = 0.5  # variance added to a roll-call ideal point: security is not the General Assembly
INTERCEPT_SD, SLOPE_SD = 1.5, 0.8
COVARIATE_VARIANCE = 1e-4
NO_INFORMATION = 0.25  # share of prior variance explained below which the posterior is the prior
PROMINENT = 20  # ranks that count as what reporters quote first
SELECTION_WIDENING = 1.75  # variance factor where mostly prominent actors are known: 1.5 to 2
SELECTION_GAP = 0.25  # excess share of prominent actors among the known that triggers it
SHARED_SD = 0.5  # log-odds shift shared by all silent actors: they may differ from the quoted
COMPONENTS = 3  # of the covariates; more would outnumber the measures of most boards
GROUPS = ("EU", "NATO", "G7", "BRICS", "Arab League", "ASEAN")

CODED: Mapping[StandingName, int] = {
    "in": FOR,
    "leaning in": FOR,
    "conditional": BETWEEN,
    "undecided": BETWEEN,
    "leaning out": 0,
    "out": 0,
    "silent": -1,
}


class Driver(Struct, frozen=True, kw_only=True):
    """What moved an imputed actor: another actor on this measure, or its own other position."""

    kind: str
    name: str
    push: float


class Imputation(Struct, frozen=True, kw_only=True):
    """The fitted board, ready to draw from; arrays run over `actors`, one measure in focus."""

    actors: tuple[str, ...]
    measures: tuple[str, ...]
    focus: int
    outcomes: Outcomes
    fit: IdealPointFit
    observed: int
    information: Floats
    widened: bool
    sources: tuple[str, ...]

    def latent(self, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Joint draws of the chances of being for and against the measure: (count, n) each."""
        fit, size = self.fit, self.fit.dimensions + 1
        root = np.linalg.cholesky(fit.item_covariance[self.focus])
        items = fit.items[self.focus] + rng.standard_normal((count, len(root))) @ root.T
        roots = np.linalg.cholesky(fit.point_covariance)
        noise = rng.standard_normal((count, *fit.points.shape))
        points = fit.points + np.einsum("npq,snq->snp", roots, noise)
        silent = self.outcomes[:, self.focus] < 0
        shared = SHARED_SD * rng.standard_normal((count, 1)) * silent
        chances = []
        for stage in range(STAGES):
            own = items[:, stage * size : (stage + 1) * size]
            odds = own[:, :1] + np.einsum("snp,sp->sn", points, own[:, 1:])
            if stage == 0:
                odds = self._widen(odds + shared, silent)
            chances.append(logistic(odds))
        return chances[0], (1 - chances[0]) * (1 - chances[1])

    def _widen(self, odds: Floats, silent: NDArray[np.bool_]) -> Floats:
        if not self.widened:
            return odds
        centre = odds.mean(axis=0)
        # Wider about a centre drawn toward even: the quoted are the engaged.
        wide = centre / SELECTION_WIDENING + (odds - centre) * np.sqrt(SELECTION_WIDENING)
        return np.where(silent, wide, odds)

    def drivers(self, actor: int, limit: int = 3) -> tuple[Driver, ...]:
        """The positions that moved an actor's log-odds most: exact terms of the linear update."""
        fit, size = self.fit, self.fit.dimensions + 1
        ones = np.concatenate([np.ones((len(fit.points), 1)), fit.points], axis=1)
        centred = stage_data(self.outcomes)[0][1]
        block = fit.item_covariance[self.focus][:size, :size]
        pushes = (ones @ block @ ones[actor]) * centred[:, self.focus]
        slopes = fit.items[:, 1:size]
        own = (slopes @ fit.point_covariance[actor] @ slopes[self.focus]) * centred[actor]
        found = [
            Driver(kind="actor", name=name, push=float(push))
            for name, push in zip(self.actors, pushes, strict=True)
        ]
        found += [
            Driver(kind="measure", name=name, push=float(push))
            for place, (name, push) in enumerate(zip(self.measures, own, strict=True))
            if place != self.focus
        ]
        found.sort(key=lambda each: (-abs(each.push), each.name))
        return tuple(each for each in found[:limit] if each.push != 0)


def board_outcomes(
    standings: Sequence[Standing], actors: Sequence[str], measures: Sequence[str]
) -> Outcomes:
    """Standings as ordered outcomes (n, j): 2 in, 1 conditional or undecided, 0 out, -1 silent."""
    rows = {actor: place for place, actor in enumerate(actors)}
    columns = {measure: place for place, measure in enumerate(measures)}
    table = np.full((len(actors), len(measures)), -1, np.int8)
    for each in standings:
        if each.actor in rows and each.measure in columns:
            table[rows[each.actor], columns[each.measure]] = CODED[each.standing]
    return table


def impute(
    outcomes: Outcomes, actors: Sequence[str], measures: Sequence[str], focus: int
) -> Imputation:
    """Fit the board (n, j) with `focus` the measure asked about; no randomness."""
    prior, sources = point_prior(tuple(actors))
    size = prior.mean.shape[1] + 1
    scale = np.array([INTERCEPT_SD] + [SLOPE_SD] * (size - 1))
    item_prior = ItemPrior(np.zeros(STAGES * size), np.diag(np.tile(scale**2, STAGES)))
    settings = ModelSettings(dimensions=size - 1, sweeps=60)
    fit = fit_ideal_points(outcomes, settings, prior=prior, item_prior=item_prior)
    known = outcomes[:, focus] >= 0
    return Imputation(
        actors=tuple(actors),
        measures=tuple(measures),
        focus=focus,
        outcomes=outcomes,
        fit=fit,
        observed=int(known.sum()),
        information=_information(fit, prior, item_prior, focus),
        widened=selected(tuple(actors), known),
        sources=sources,
    )


def _information(
    fit: IdealPointFit, prior: PointPrior, item_prior: ItemPrior, focus: int
) -> Floats:
    """Share of each actor's prior variance in log-odds that the positions explain: (n,)."""
    size = fit.dimensions + 1
    part = slice(0, size)
    before = second_moments(prior.mean, prior.covariance)
    after = second_moments(fit.points, fit.point_covariance)
    flat = item_prior.covariance[part, part].reshape(-1)
    moments = item_moments(fit.items, fit.item_covariance, part)[focus]
    ones = np.concatenate([np.ones((len(fit.points), 1)), fit.points], axis=1)
    left = after @ moments - (ones @ fit.items[focus, part]) ** 2
    result: Floats = np.clip(1 - left / (before @ flat), 0, 1)
    return result


def selected(actors: tuple[str, ...], known: NDArray[np.bool_]) -> bool:
    """Whether the known actors are much oftener prominent than the silent ones."""
    leading = set(prominent_states()[0][:PROMINENT])
    flags = np.array([actor in leading for actor in actors])
    if known.all() or not known.any():
        return False
    return bool(flags[known].mean() - flags[~known].mean() > SELECTION_GAP)


@cache
def point_prior(actors: tuple[str, ...]) -> tuple[PointPrior, tuple[str, ...]]:
    """Prior ideal points of the actors: roll-call dimensions, then covariates; and its sources.

    An actor without roll calls (an organisation) gets the average state's point, fully uncertain.
    """
    mean, covariance, source = _roll_calls(actors)
    extra, extra_source = _covariates(actors)
    count, known = mean.shape
    size = known + extra.shape[1]
    points = np.concatenate([mean, extra], axis=1)
    spread = np.zeros((count, size, size))
    spread[:, :known, :known] = covariance + TRANSFER * np.eye(known)
    spread[:, range(known, size), range(known, size)] = COVARIATE_VARIANCE
    return PointPrior(points, spread), (source, *extra_source)


def _roll_calls(actors: Sequence[str]) -> tuple[Floats, Floats, str]:
    with as_file(files("whipcount.outlook").joinpath("data/un_points.npz")) as path:
        data = np.load(path, allow_pickle=False)
        held = {code: place for place, code in enumerate(data["actors"].tolist())}
        mean, covariance = data["mean"].astype(float), data["covariance"].astype(float)
        source = str(data["source"])
    size = mean.shape[1]
    points = np.zeros((len(actors), size))
    spread = np.tile(np.eye(size), (len(actors), 1, 1))
    for place, actor in enumerate(actors):
        if actor in held:
            points[place], spread[place] = mean[held[actor]], covariance[held[actor]]
    return points, spread, source


def _covariates(actors: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """Leading components (n, q) of standardised memberships, region, place on the globe and GDP."""
    from whipcount.actors import load_registry

    registry = load_registry()
    gdp = shipped_weights()["gdp"]
    rows = []
    for code in actors:
        actor = registry.actor(code)
        current = {each.group for each in actor.memberships if not each.end} if actor else set()
        row = [float(group in current) for group in GROUPS]
        row.append(float(actor is not None and actor.region == "Europe"))
        row += _on_globe(actor.at if actor else None)
        row.append(float(np.log(gdp.values[code])) if code in gdp.values else np.nan)
        rows.append(row)
    table = np.array(rows, float)
    known = ~np.isnan(table)
    counts = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, table, 0).sum(axis=0) / counts
    table = np.where(known, table - centre, 0.0)
    scale = table.std(axis=0)
    table = table[:, scale > 1e-9] / scale[scale > 1e-9]
    sources = (
        f"memberships ({', '.join(GROUPS)}), region and capital's place: actor registry",
        f"{gdp.name}: {gdp.source}",
    )
    return _components(table), sources


def _on_globe(at: tuple[float, float] | None) -> list[float]:
    """Unit vector of a latitude and longitude: its differences grow with distance."""
    if at is None:
        return [np.nan] * 3
    latitude, longitude = np.radians(at)
    level = np.cos(latitude)
    return [
        float(level * np.cos(longitude)),
        float(level * np.sin(longitude)),
        float(np.sin(latitude)),
    ]


def _components(table: Floats) -> Floats:
    """The first principal components (n, at most COMPONENTS), each of unit spread."""
    if table.shape[1] == 0:
        return np.zeros((len(table), 0))
    left, values, _ = np.linalg.svd(table, full_matrices=False)
    kept = min(COMPONENTS, int((values > 1e-9).sum()))
    left = left[:, :kept]
    largest = left[np.abs(left).argmax(axis=0), np.arange(kept)]
    result: Floats = left * np.where(largest < 0, -1, 1) * np.sqrt(len(table))
    return result
