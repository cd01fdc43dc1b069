"""What would break it: departures with their followers, rising costs, minimal coalitions."""

from __future__ import annotations

from collections import Counter

import numpy as np
from msgspec import Struct

from whipcount.outlook.ideal_points import FOR
from whipcount.outlook.rules import Bound, carried
from whipcount.outlook.scenarios import THIN_ESS, Draws, Panel, What, draw_scenario, in_chances

FOLLOWERS = 5
FOLLOWS = 0.03  # a drop in P(in) below this is noise at the default number of draws
COSTS = (0.5, 1.0, 2.0)
COST_TOP = 8.0
COALITION_SAMPLE = 2000


class Follower(Struct, frozen=True, kw_only=True):
    """An actor that goes too: by its condition, or by alignment (the draws move together)."""

    actor: str
    change: float
    via: str


class Shock(Struct, frozen=True, kw_only=True):
    """A scenario beside the base: P(holds), the change, and who follows.

    `thin` says that too few draws foresaw it: the followers then say little.
    """

    shock: str
    actor: str | None
    p: float
    change: float
    followers: tuple[Follower, ...] = ()
    thin: bool = False


class Coalition(Struct, frozen=True, kw_only=True):
    """A minimal winning coalition: nobody in it can be spared; `share` of the draws that hold."""

    actors: tuple[str, ...]
    share: float


def departure(
    each: Panel, bound: Bound, base: Draws, what: What, actor: str, *, draws: int, seed: int
) -> Shock:
    """The actor leaves: draws conditioned on that, conditions resolved anew."""
    changed = What(without=(*what.without, actor), events=what.events, cost=what.cost)
    found = draw_scenario(each, bound, changed, draws=draws, seed=seed)
    change = in_chances(found) - in_chances(base)
    linked = _dependants(each, each.actors.index(actor))
    order = np.argsort(change, kind="stable")
    followers = [
        Follower(
            actor=each.actors[place],
            change=float(change[place]),
            via="condition" if place in linked else "alignment",
        )
        for place in order
        if change[place] < -FOLLOWS and each.actors[place] not in changed.without
    ]
    return Shock(
        shock="leaves",
        actor=actor,
        p=found.simulation.chance,
        change=found.simulation.chance - base.simulation.chance,
        followers=tuple(followers[:FOLLOWERS]),
        thin=found.ess < THIN_ESS,
    )


def _dependants(each: Panel, actor: int) -> set[int]:
    """Actors whose conditions lead to `actor`, directly or through others."""
    reached = {actor}
    growing = True
    while growing:
        more = {
            one.actor
            for one in each.links
            if one.actor not in reached and (one.on in reached or one.least is not None)
        }
        growing = bool(more)
        reached |= more
    return reached - {actor}


def cost_shocks(
    each: Panel, bound: Bound, base: Draws, what: What, *, draws: int, seed: int
) -> list[Shock]:
    """Costs rise: everybody's log-odds of being for fall by .5, 1 and 2."""
    shocks = []
    for cost in COSTS:
        changed = What(without=what.without, events=what.events, cost=what.cost + cost)
        found = draw_scenario(each, bound, changed, draws=draws, seed=seed)
        chance = found.simulation.chance
        shocks.append(
            Shock(
                shock=f"costs rise: log-odds -{cost:g}",
                actor=None,
                p=chance,
                change=chance - base.simulation.chance,
            )
        )
    return shocks


def break_even(
    each: Panel, bound: Bound, base: Draws, what: What, *, draws: int, seed: int
) -> float | None:
    """The fall in log-odds at which P(holds) is one half; None where it is out of reach."""
    if base.simulation.chance <= 0.5:
        return None
    low, high = 0.0, COST_TOP
    for _ in range(8):
        middle = (low + high) / 2
        changed = What(without=what.without, events=what.events, cost=what.cost + middle)
        found = draw_scenario(each, bound, changed, draws=draws, seed=seed)
        low, high = (middle, high) if found.simulation.chance > 0.5 else (low, middle)
    return None if high == COST_TOP else (low + high) / 2


def minimal_coalitions(
    each: Panel, bound: Bound, base: Draws, *, limit: int = 5
) -> tuple[Coalition, ...]:
    """Likely minimal winning coalitions: in draws that hold, the least likely are spared first."""
    holding = base.outcomes[base.holds][:COALITION_SAMPLE]
    if len(holding) == 0:
        return ()
    inside = holding == FOR
    against = holding == 0
    for place in np.argsort(in_chances(base), kind="stable"):
        tried = inside.copy()
        tried[:, place] = False
        spared = carried(bound, tried, against) & inside[:, place]
        inside[spared, place] = False
    counts = Counter(tuple(np.flatnonzero(row).tolist()) for row in inside)
    return tuple(
        Coalition(actors=tuple(each.actors[place] for place in members), share=count / len(inside))
        for members, count in counts.most_common(limit)
    )


def value_of_checking(base: Draws) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Expected move of P(holds) on learning where each actor stands: 2 p (1 - p) |gap|, (n,)."""
    chance = in_chances(base)
    gap = np.nan_to_num(base.simulation.gap)
    result: np.ndarray[tuple[int], np.dtype[np.float64]] = 2 * chance * (1 - chance) * np.abs(gap)
    return result
