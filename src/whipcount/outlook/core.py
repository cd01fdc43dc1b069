"""The outlook of one measure: who carries it, whether it holds, what would break it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from whipcount.errors import CallError, DataError, UnknownName
from whipcount.outlook.conditions import named_by
from whipcount.outlook.horizon import CLASSES
from whipcount.outlook.imputation import (
    NO_INFORMATION,
    Imputation,
    board_outcomes,
    impute,
)
from whipcount.outlook.power import MAX_ENUMERATED, enumerated, sampled
from whipcount.outlook.results import ActorOutlook, Branch, Holds, Outlook, Pivot, Settings, Size
from whipcount.outlook.rules import Bound, Rule, bind, carried
from whipcount.outlook.scenarios import (
    Draws,
    Panel,
    What,
    coding_interval,
    draw_scenario,
    events_of,
    in_chances,
    model_interval,
    panel,
)
from whipcount.outlook.shocks import (
    Shock,
    break_even,
    cost_shocks,
    departure,
    minimal_coalitions,
    value_of_checking,
)
from whipcount.outlook.simulation import size_quantiles
from whipcount.outlook.wording import THIN, assumptions, confidence_word, likelihood_word, warnings
from whipcount.records import Standing

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
DOTS = 50
SHOCKED = 6  # departures that are worked out, most critical first
MAX_BRANCHED = 3  # unknown events shown in every combination; more only all and none
MIN_SHOCK_DRAWS = 4000


def outlook(
    standings: Sequence[Standing],
    roster: Sequence[str],
    measure: str,
    rule: Rule,
    settings: Settings | None = None,
) -> Outlook:
    """The outlook of `measure` from the board's standings (all measures) on a roster of codes.

    Raises `DataError` where nobody on the roster has a counted position on the measure, and
    `CallError` where the rule, an actor or an event of the settings does not fit the board.
    """
    settings = settings or Settings()
    actors = tuple(dict.fromkeys((*roster, *rule.members)))
    each, imputation = _panel(standings, actors, measure, settings)
    bound = bind(rule, actors)
    what = _what(each, settings)
    branches = list(_branches(each, bound, what, settings))
    _, base = branches[0]
    pivots = _pivots(each, bound, base, settings.seed)
    shocks, cost = _shocks(each, bound, base, what, pivots, settings)
    checks = value_of_checking(base)
    return Outlook(
        measure=measure,
        rule=rule.name,
        actors=_actors(each, base, standings, measure, checks),
        holds=_holds(each, bound, what, branches, settings),
        size=_size(base),
        pivotal=pivots,
        shocks=shocks,
        break_even_cost=cost,
        coalitions=minimal_coalitions(each, bound, base),
        check_next=actors[int(checks.argmax())] if checks.max() > 0 else None,
        observed=int((each.coded >= 0).sum()),
        draws=settings.draws,
        seed=settings.seed,
        assumptions=assumptions(each, what, rule, settings, imputation),
        warnings=warnings(each, branches, settings, imputation),
    )


def _panel(
    standings: Sequence[Standing], actors: Sequence[str], measure: str, settings: Settings
) -> tuple[Panel, Imputation | None]:
    measures = tuple(dict.fromkeys((measure, *(each.measure for each in standings))))
    outcomes = board_outcomes(standings, actors, measures)
    if not (outcomes[:, 0] >= 0).any():
        missing = (
            f"{measure}: nobody on the roster has a counted position, so there is no outlook; "
            "read more documents, widen the measure's phrases or the roster"
        )
        raise DataError([missing])
    imputation = impute(outcomes, actors, measures, 0) if settings.impute else None
    own = [each for each in standings if each.measure == measure]
    hazards = settings.hazards or CLASSES[settings.measure_class]
    return panel(own, actors, imputation, hazards, settings.months), imputation


def _what(each: Panel, settings: Settings) -> What:
    for actor in settings.without:
        if actor not in each.actors:
            raise UnknownName("actor", actor, [a for a in each.actors if a[:1] == actor[:1]][:3])
    events: dict[str, float] = {}
    for name, chance in settings.events.items():
        if not 0 <= chance <= 1:
            raise CallError(f"event {name}: expected a chance from 0 to 1, got {chance:g}")
        events |= {one.event: chance for one in each.links if one.event and named_by(one, name)}
    return What(without=settings.without, events=events)


def _branches(
    each: Panel, bound: Bound, what: What, settings: Settings
) -> Iterator[tuple[dict[str, bool], Draws]]:
    """Draws for each way the events without a chance may turn out; none happens in the first."""
    unknown = [event for event in events_of(each) if event not in what.events]
    ways: list[tuple[bool, ...]] = list(product((False, True), repeat=len(unknown)))
    if len(unknown) > MAX_BRANCHED:
        ways = [ways[0], ways[-1]]
    for way in ways:
        happens = dict(zip(unknown, way, strict=True))
        events = {**what.events, **{event: float(value) for event, value in happens.items()}}
        assumed = What(without=what.without, events=events)
        yield happens, draw_scenario(each, bound, assumed, draws=settings.draws, seed=settings.seed)


def _holds(
    each: Panel,
    bound: Bound,
    what: What,
    branches: Sequence[tuple[dict[str, bool], Draws]],
    settings: Settings,
) -> Holds:
    found = []
    observed = int((each.coded >= 0).sum())
    for happens, draws in branches:
        low, high = coding_interval(draws)
        if observed < THIN:
            wide = model_interval(draws)
            low, high = min(low, wide[0]), max(high, wide[1])
        chance = draws.simulation.chance
        found.append(
            Branch(
                events=happens,
                p=chance,
                low=min(low, chance),
                high=max(high, chance, draws.bandwagon),
                bandwagon=draws.bandwagon,
            )
        )
    low, high = min(each.low for each in found), max(each.high for each in found)
    chances = [each.p for each in found]
    middle = (min(chances) + max(chances)) / 2
    return Holds(
        p=middle,
        low=low,
        high=high,
        word=likelihood_word(middle),
        confidence=confidence_word(low, high, observed),
        branches=tuple(found),
        persistence=_persistence(each, bound, what, branches, settings),
    )


def _persistence(
    each: Panel,
    bound: Bound,
    what: What,
    branches: Sequence[tuple[dict[str, bool], Draws]],
    settings: Settings,
) -> float:
    if each.months <= 0:
        return branches[0][1].simulation.chance
    still = Panel(
        actors=each.actors,
        coded=each.coded,
        reliability=each.reliability,
        links=each.links,
        imputation=each.imputation,
        hazards=each.hazards,
        months=0.0,
    )
    return draw_scenario(
        still, bound, what, draws=settings.draws, seed=settings.seed
    ).simulation.chance


def _size(base: Draws) -> Size:
    counts = base.simulation.size_counts
    ticks = tuple((dot + 0.5) / DOTS for dot in range(DOTS))
    values = size_quantiles(counts, QUANTILES)
    return Size(
        mean=float((np.arange(len(counts)) * counts).sum() / counts.sum()),
        quantiles={f"{p:.2f}": value for p, value in zip(QUANTILES, values, strict=True)},
        dots=tuple(size_quantiles(counts, ticks)),
    )


def _actors(
    each: Panel,
    base: Draws,
    standings: Sequence[Standing],
    measure: str,
    checks: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[ActorOutlook, ...]:
    names = {one.actor: one.standing for one in standings if one.measure == measure}
    chances, simulation = in_chances(base), base.simulation
    gaps = simulation.gap
    found = []
    for place, actor in enumerate(each.actors):
        silent = bool(each.coded[place] < 0)
        imputed = silent and each.imputation is not None
        found.append(
            ActorOutlook(
                actor=actor,
                p=float(chances[place]),
                imputed=imputed,
                standing=names.get(actor, "silent"),
                criticality=float(simulation.criticality[place]),
                gap=_known(gaps[place]),
                check=float(checks[place]),
                note=_note(each, place) if silent else "",
                drivers=each.imputation.drivers(place) if imputed and each.imputation else (),
            )
        )
    return tuple(found)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _note(each: Panel, place: int) -> str:
    if each.imputation is None:
        return "silent: counted as not in"
    thin = each.imputation.information[place] < NO_INFORMATION
    return "no information" if thin else "imputed"


def _pivots(each: Panel, bound: Bound, base: Draws, seed: int) -> tuple[Pivot, ...]:
    """Actors by criticality; the plain indices are exact up to 20 actors, else sampled."""

    def holds(
        coalitions: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        result: np.ndarray[tuple[int], np.dtype[np.bool_]] = carried(bound, coalitions, ~coalitions)
        return result

    count = len(each.actors)
    swings: np.ndarray[tuple[int], np.dtype[np.float64]] | None = None
    if count <= min(MAX_ENUMERATED, 16):
        shapley, swings = enumerated(holds, count)
    else:
        shapley, _ = sampled(holds, count, np.random.default_rng([seed, 7]), orders=4000)
    simulation = base.simulation
    gaps = simulation.gap
    order = np.argsort(-simulation.criticality, kind="stable")
    return tuple(
        Pivot(
            actor=each.actors[place],
            criticality=float(simulation.criticality[place]),
            gap=_known(gaps[place]),
            shapley_shubik=float(shapley[place]),
            banzhaf=None if swings is None else float(swings[place]),
        )
        for place in order
        if simulation.criticality[place] > 0
    )


def _shocks(
    each: Panel,
    bound: Bound,
    base: Draws,
    what: What,
    pivots: Sequence[Pivot],
    settings: Settings,
) -> tuple[tuple[Shock, ...], float | None]:
    """Departures of the most critical and of those others wait for, then rising costs."""
    waited = [each.actors[one.on] for one in each.links if one.on is not None]
    leavers = dict.fromkeys((*waited, *(pivot.actor for pivot in pivots)))
    chosen = [actor for actor in leavers if actor not in what.without][:SHOCKED]
    draws = max(MIN_SHOCK_DRAWS, settings.draws // 4)
    seed = settings.seed
    found = [departure(each, bound, base, what, actor, draws=draws, seed=seed) for actor in chosen]
    found += cost_shocks(each, bound, base, what, draws=draws, seed=seed)
    cost = break_even(each, bound, base, what, draws=draws, seed=seed)
    return tuple(sorted(found, key=lambda shock: shock.change)), cost
