"""From a board to joint draws of outcomes: coding uncertainty, model, drift, conditions, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.outlook.conditions import Link, Resolved, link, resolve
from whipcount.outlook.horizon import Hazards, drift, surprise
from whipcount.outlook.ideal_points import FOR, Outcomes
from whipcount.outlook.imputation import CODED, Imputation
from whipcount.outlook.rules import Bound
from whipcount.outlook.simulation import REUSE, Simulation, draw, evaluate
from whipcount.outlook.threads import single_thread
from whipcount.records import Condition, Standing

Floats = NDArray[Any]
Flags = NDArray[np.bool_]

CODINGS = 200  # scenarios of which codings hold good; the interval of P(holds) runs over them
CONFLICT_FACTOR = 0.7  # reliability left where sources contradict one another
LEANING_FACTOR = 0.8
STALE_HALF_LIFE = 720.0  # days after which a standing tells half as much
TENTATIVE_FACTOR = 0.8  # where the newest position is planned, alleged or hypothetical


FAVOUR_BINS = 20
THIN_ESS = 50.0  # effective latent draws below which followers say little


class Panel(Struct, frozen=True, kw_only=True):
    """One measure's board as arrays over `actors` (n,), ready to be drawn from.

    `coded` is the outcome that the standing says (-1 silent), `reliability` the chance that it
    holds good. Each link of a conditional actor is in force where its coding is.
    """

    actors: tuple[str, ...]
    coded: Outcomes
    reliability: Floats
    links: tuple[Link, ...]
    imputation: Imputation | None
    hazards: Hazards
    months: float


class Draws(Struct, frozen=True, kw_only=True):
    """Joint draws of one scenario, with what came of them.

    `outcomes` (s, n) after conditions (cautious reading); `holds` (s,); `coding` (s,) numbers the
    coding scenario of each draw, `favour` (s,) is how the silent see the measure in it;
    `ess` is the effective number of latent draws.
    """

    outcomes: Outcomes
    holds: Flags
    coding: NDArray[np.int64]
    favour: Floats
    simulation: Simulation
    resolved: Resolved
    bandwagon: float
    ess: float


class What(Struct, frozen=True, kw_only=True):
    """What is assumed in a scenario: who is left out, chances of events, a rise of costs."""

    without: tuple[str, ...] = ()
    events: Mapping[str, float] = {}
    cost: float = 0.0


def reliability(standing: Standing) -> float:
    """The chance that a standing says what the actor would do: confidence, less what weakens it."""
    value = standing.confidence
    value *= CONFLICT_FACTOR if standing.conflict else 1.0
    value *= LEANING_FACTOR if standing.standing.startswith("leaning") else 1.0
    if standing.positions and max(standing.positions, key=_day).modality != "asserted":
        value *= TENTATIVE_FACTOR
    if standing.stale_days:
        value *= 0.5 ** (standing.stale_days / STALE_HALF_LIFE)
    return float(min(max(value, 0.0), 0.99))


def _day(position: Any) -> str:
    return position.held_on or position.date or ""


def panel(
    standings: Sequence[Standing],
    actors: Sequence[str],
    imputation: Imputation | None,
    hazards: Hazards,
    months: float,
) -> Panel:
    """Arrays of one measure's standings; actors without one are silent."""
    by_actor = {each.actor: each for each in standings if each.standing != "silent"}
    coded = np.full(len(actors), -1, np.int8)
    trust = np.zeros(len(actors))
    links = []
    for place, actor in enumerate(actors):
        found = by_actor.get(actor)
        if found is None:
            continue
        coded[place], trust[place] = CODED[found.standing], reliability(found)
        condition = condition_of(found)
        if condition is not None:
            links.append(link(place, condition, actors, f"condition of {actor}"))
    return Panel(
        actors=tuple(actors),
        coded=coded,
        reliability=trust,
        links=tuple(links),
        imputation=imputation,
        hazards=hazards,
        months=months,
    )


def condition_of(standing: Standing) -> Condition | None:
    """The condition of the newest conditional position behind a conditional standing."""
    if standing.standing != "conditional":
        return None
    held = [each for each in standing.positions if each.condition is not None]
    return max(held, key=_day).condition if held else None


def events_of(each: Panel) -> tuple[str, ...]:
    """Events that conditions on the board hang on, in order of first mention."""
    named = (one.event for one in each.links if one.event is not None)
    return tuple(dict.fromkeys(named))


def draw_scenario(each: Panel, bound: Bound, what: What, *, draws: int, seed: int) -> Draws:
    """Draw a scenario jointly; the same seed gives the same draws on any machine."""
    streams = np.random.default_rng(seed).spawn(5)
    latents = -(-max(draws // REUSE, CODINGS) // CODINGS) * CODINGS
    with single_thread():
        chances, flags, coding = _latent(each, latents, streams[0], streams[1])
    chances = _cost(chances, what.cost)
    chances, chosen, ess = _leave(each, chances, what.without, streams[2])
    outcomes = draw(chances, REUSE, streams[3])
    applies = np.repeat(flags[chosen][:, [one.actor for one in each.links]], REUSE, axis=0)
    places = [each.actors.index(actor) for actor in what.without]
    # Leaving overrides the leaver's own condition.
    applies &= ~np.isin([one.actor for one in each.links], places)
    happened = {
        event: streams[4].random(len(outcomes)) < what.events.get(event, 0.0)
        for event in events_of(each)
    }
    resolved = resolve(outcomes, each.links, applies, happened)
    holds, sums = evaluate(bound, resolved.least)
    other, _ = evaluate(bound, resolved.greatest) if each.links else (holds, sums)
    return Draws(
        outcomes=resolved.least,
        holds=holds,
        coding=np.repeat(coding[chosen], REUSE),
        favour=np.repeat(_favour(each, chances[0]), REUSE),
        simulation=sums,
        resolved=resolved,
        bandwagon=float(other.mean()),
        ess=ess,
    )


def _latent(
    each: Panel, latents: int, model_rng: np.random.Generator, coding_rng: np.random.Generator
) -> tuple[tuple[Floats, Floats], Flags, NDArray[np.int64]]:
    """Chances of for and against, which codings hold, all (latents, n), and scenario numbers."""
    count = len(each.actors)
    coding = np.tile(np.arange(CODINGS), latents // CODINGS)
    good = coding_rng.random((CODINGS, count)) < each.reliability
    flags = good[coding] & (each.coded >= 0)
    if each.imputation is not None:
        for_, against = each.imputation.latent(latents, model_rng)
    else:
        # Without imputation the silent stay out of it, and a coding that fails says nothing.
        level = np.where(each.coded >= 0, 1 / 3, 0.0)
        for_ = against = np.tile(level, (latents, 1))
    doubt = surprise(for_.mean(axis=0)) if each.imputation is not None else np.ones(count)
    for_ = np.where(flags, each.coded == FOR, for_)
    against = np.where(flags, each.coded == 0, against)
    moved = drift((for_, against), doubt, each.hazards, each.months, model_rng)
    return moved, flags, coding


def _cost(chances: tuple[Floats, Floats], cost: float) -> tuple[Floats, Floats]:
    """Lower the log-odds of being for by `cost`; who drops out is undecided."""
    if cost == 0:
        return chances
    for_, against = chances
    safe = np.clip(for_, 1e-9, 1 - 1e-9)
    odds = safe / (1 - safe) * np.exp(-cost)
    return np.asarray(odds / (1 + odds)), against


def _leave(
    each: Panel,
    chances: tuple[Floats, Floats],
    without: Sequence[str],
    rng: np.random.Generator,
) -> tuple[tuple[Floats, Floats], NDArray[np.int64], float]:
    """Condition the latent draws on the leavers not being for, so that likely followers follow."""
    for_, against = chances
    count = len(for_)
    if not without:
        return chances, np.arange(count), float(count)
    places = [each.actors.index(actor) for actor in without]
    weight = np.prod(np.clip(1 - for_[:, places], 1e-9, 1), axis=1)
    share = weight / weight.sum()
    ticks = (np.arange(count) + rng.random()) / count
    chosen = np.searchsorted(np.cumsum(share), ticks).clip(0, count - 1)
    for_, against = for_[chosen].copy(), against[chosen].copy()
    for_[:, places], against[:, places] = 0.0, 0.0
    return (for_, against), chosen, float(1 / (share**2).sum())


def coding_interval(found: Draws, share: float = 0.9) -> tuple[float, float]:
    """Interval of P(holds) over coding scenarios: how far miscoded cells could move the answer."""
    held = np.bincount(found.coding, weights=found.holds, minlength=CODINGS)
    drawn = np.bincount(found.coding, minlength=CODINGS)
    rates = held[drawn > 0] / drawn[drawn > 0]
    tail = (1 - share) / 2
    low, high = np.quantile(rates, [tail, 1 - tail])
    return float(low), float(high)


def _favour(each: Panel, for_: Floats) -> Floats:
    """Mean chance of the silent to be for, by latent draw; of all where nobody is silent."""
    silent = each.coded < 0
    result: Floats = for_[:, silent if silent.any() else ~silent].mean(axis=1)
    return result


def model_interval(found: Draws, share: float = 0.9) -> tuple[float, float]:
    """Interval of P(holds) over how favourably the silent see the measure, in 20 equal parts."""
    order = np.argsort(found.favour, kind="stable")
    rates = [float(part.mean()) for part in np.array_split(found.holds[order], FAVOUR_BINS)]
    tail = (1 - share) / 2
    low, high = np.quantile(rates, [tail, 1 - tail])
    return float(low), float(high)


def in_chances(found: Draws) -> Floats:
    """Probability (n,) that each actor is for."""
    result: Floats = (found.outcomes == FOR).mean(axis=0)
    return result
