"""Imputing a new measure from precedents: past measures as particles of a posterior.

A new measure is taken to resemble one of the measures already seen. Each particle is a precedent:
a draw of its item parameters, plus the record of who stood where on it, which an actor repeats
with a probability that fades with the precedent's age. A shared shift along the ideal points says
how the new measure differs. Weighting particles by the likelihood of the positions shown is a
Bayesian mixture with an empirical prior; the particles carry the joint distribution, so one draw
of a particle moves all actors together.

Recurring texts are what makes roll calls of the UN General Assembly easy; with no precedent the
answer falls back to the ideal-point model, whose draws are the other half of the particles.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.ideal_points import (
    BETWEEN,
    FOR,
    STAGES,
    Floats,
    IdealPointFit,
    Outcomes,
    outcome_table,
)
from whipcount.outlook.threads import single_thread

FLOOR = 1e-4  # a position that no particle foresaw must not exclude every one


class PrecedentSettings(Struct, frozen=True, kw_only=True):
    """How past measures serve; chosen on 2012-2015 with fits on the ten years before."""

    particles: int = 10_000  # 6,000 to 16,000: log-loss .117 to .115, sd over seeds .002 to .0005
    prior_half_life: float = 1.0  # years; 3 / 2 / 1.5 / 1: log-loss .160 / .160 / .157 / .156
    repeat: tuple[float, ...] = (0.5, 0.8)  # (.5,) .1615, (.8,) .158, both .159, cover best
    repeat_half_life: float = 10.0  # years; 5 and 10 alike
    shift: float = 0.3  # sd, in units of the measures' own; 0: cover .76, .3: .80 four years ahead
    power: float = 0.75  # of the likelihood; .85 / .75: log-loss alike, cover .857 / .867
    edge: float = 0.01  # no shifted probability starts nearer to 0 or 1 than half of this


class Precedents:
    """Particles built once from a fit and its outcomes, then used for any number of measures."""

    def __init__(
        self,
        fit: IdealPointFit,
        outcomes: Outcomes,
        ages: Floats,
        rng: np.random.Generator,
        settings: PrecedentSettings | None = None,
    ) -> None:
        """`outcomes` (n, j) and `ages` (j,), in years, describe the measures of `fit`."""
        self.settings = settings or PrecedentSettings()
        with single_thread():
            chosen, items = _particles(fit, ages, rng, self.settings)
            table = _repeat(
                outcome_table(fit, items), outcomes[:, chosen], ages[chosen], rng, self.settings
            )
            self.table = _shift(table, fit, rng, self.settings)
        self.precedent = chosen
        self._logs = np.stack([np.log(np.maximum(part, FLOOR)).T for part in self.table])

    def weights(self, shown: Outcomes) -> Floats:
        """Posterior weight of each particle (s, j), given the outcomes shown (n, j), -1 unknown."""
        with single_thread():
            total = sum(
                self._logs[outcome] @ (shown == outcome).astype(float) for outcome in range(3)
            )
        logs = self.settings.power * np.asarray(total)
        logs -= logs.max(axis=0)
        raw = np.exp(logs)
        result: Floats = raw / raw.sum(axis=0)
        return result

    def probabilities(self, weights: Floats) -> Floats:
        """Posterior probability (n, j) that each actor is for each measure."""
        with single_thread():
            result: Floats = self.table[FOR] @ weights
        return result

    def draw(self, weights: Floats, count: int, rng: np.random.Generator) -> NDArray[np.bool_]:
        """Joint draws of who is for one measure: weights (s,) -> (count, n)."""
        places = (np.arange(count) + rng.random()) / count
        chosen = np.searchsorted(np.cumsum(weights), places).clip(0, len(weights) - 1)
        chances = self.table[FOR][:, chosen].T
        result: NDArray[np.bool_] = rng.random(chances.shape) < chances
        return result


def _particles(
    fit: IdealPointFit, ages: Floats, rng: np.random.Generator, settings: PrecedentSettings
) -> tuple[NDArray[np.int64], Floats]:
    """Which precedent each particle is of, recent ones more often, and its item parameters."""
    weight = 0.5 ** (ages / settings.prior_half_life)
    cumulative = np.cumsum(weight / weight.sum())
    places = (np.arange(settings.particles) + rng.random()) / settings.particles
    chosen = np.searchsorted(cumulative, places).clip(0, len(ages) - 1)
    roots = np.linalg.cholesky(fit.item_covariance)
    noise = rng.standard_normal((settings.particles, fit.items.shape[1]))
    items = fit.items[chosen] + np.einsum("spq,sq->sp", roots[chosen], noise)
    return chosen, items


def _repeat(
    table: tuple[Floats, Floats, Floats],
    record: Outcomes,
    ages: Floats,
    rng: np.random.Generator,
    settings: PrecedentSettings,
) -> list[Floats]:
    """Mix each probability (n, s) with the record of the precedent, where there is one."""
    chance = rng.choice(np.array(settings.repeat), size=len(ages))
    chance = chance * 0.5 ** (ages / settings.repeat_half_life)
    return [
        np.where(record >= 0, (1 - chance) * part + chance * (record == outcome), part)
        for outcome, part in enumerate(table)
    ]


def _shift(
    table: list[Floats],
    fit: IdealPointFit,
    rng: np.random.Generator,
    settings: PrecedentSettings,
) -> tuple[Floats, Floats, Floats]:
    """Move the log-odds of being for by a shared random direction of the policy space."""
    size = fit.dimensions + 1
    root = np.linalg.cholesky(fit.prior.covariance[:size, :size])
    noise = rng.standard_normal((table[0].shape[1], size)) @ root.T * settings.shift
    ones = np.concatenate([np.ones((len(fit.points), 1)), fit.points], axis=1)
    chance = np.clip(table[FOR], settings.edge / 2, 1 - settings.edge / 2)
    odds = chance / (1 - chance) * np.exp(np.clip(ones @ noise.T, -30, 30))
    moved = odds / (1 + odds)
    rest = (1 - moved) / np.maximum(table[0] + table[BETWEEN], 1e-9)
    return table[0] * rest, table[BETWEEN] * rest, moved


def independent(chances: Floats, count: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Draws that treat actors as independent (n,) -> (count, n): the ablation, never the answer."""
    result: NDArray[np.bool_] = rng.random((count, len(chances))) < chances
    return result


def describe(fit: IdealPointFit) -> dict[str, Any]:
    """Diagnostics of a fit, for reports."""
    return {
        "dimensions": fit.dimensions,
        "stages": STAGES,
        "iterations": fit.iterations,
        "converged": fit.converged,
        "warnings": list(fit.warnings),
    }
