"""Spatial bargaining: where a settlement would land if actors press one another.

The model is the Spatial Model of Politics of the KTAB project in its default mode (Wise, Lester
and Efird 2015, "Multidimensional bargaining using KTAB"): linear votes, conditional challenges,
deterministic choice, one-third risk adjustment, SemiCommit third parties, S2P2 interpolation.
On 339 EU decisions it did not beat the capability x salience weighted mean ("compromise model",
Achen in Thomson et al. 2006, "The European Union Decides"), which therefore leads every answer;
this model is a scenario engine. Positions run from 0 to 1 on every dimension.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.errors import DataError

Floats = NDArray[Any]

RISK_ADJUSTMENT = 1 / 3  # KTAB's default, OneThirdRA
PROPOSAL_FLOOR = 1e-5  # a challenge has to promise more than this
INTERPOLATION_FLOOR = 1e-6
DECIMALS = 4  # KTAB rounds every bargained position
MAX_TURNS = 100
STOP_SHARE = 0.02  # of the first turn's movement
STOP_FLOOR = 1e-4


class Case(Struct, frozen=True, kw_only=True):
    """Who bargains: `capability` (n,), `salience` (n, k) and `positions` (n, k), all plain lists.

    Positions and salience lie in [0, 1]; an actor's salience should sum to at most 1.
    """

    capability: tuple[float, ...]
    salience: tuple[tuple[float, ...], ...]
    positions: tuple[tuple[float, ...], ...]
    actors: tuple[str, ...]
    dimensions: tuple[str, ...]


class Bargain(Struct, frozen=True, kw_only=True):
    """One proposal of one turn: who presses whom, the chance seen, and who moved by it."""

    turn: int
    initiator: str
    receiver: str
    success: float
    taken_by: tuple[str, ...]


class BargainResult(Struct, frozen=True, kw_only=True):
    """Positions by turn, shape (turns + 1, n, k), and every proposal made on the way."""

    actors: tuple[str, ...]
    positions_by_turn: tuple[tuple[tuple[float, ...], ...], ...]
    bargains: tuple[Bargain, ...]
    settled: bool
    compromise: tuple[float, ...]
    settlement: tuple[float, ...]


class Ensemble(Struct, frozen=True, kw_only=True):
    """Quantiles over runs with noisy inputs; shape of each field (quantiles, k)."""

    probabilities: tuple[float, ...]
    compromise: tuple[tuple[float, ...], ...]
    settlement: tuple[tuple[float, ...], ...]
    runs: int


def read_case(value: Mapping[str, Any], where: str = "case") -> Case:
    """A case from parsed JSON; positions come from `positions` or turn 0 of `positions_by_turn`.

    `actors` and `dimensions` may be counts or lists of names. Raises `DataError` with every fault.
    """
    capability = np.asarray(value.get("capability", ()), float).reshape(-1)
    salience = _table(value.get("salience", ()))
    positions = _table(value["positions"] if "positions" in value else _first_turn(value))
    faults = _faults(capability, salience, positions, where)
    if faults:
        raise DataError(faults)
    return Case(
        capability=tuple(capability.tolist()),
        salience=tuple(tuple(row) for row in salience.tolist()),
        positions=tuple(tuple(row) for row in positions.tolist()),
        actors=_names(value.get("actors"), len(capability), "actor"),
        dimensions=_names(value.get("dimensions"), positions.shape[1], "dimension"),
    )


def _first_turn(value: Mapping[str, Any]) -> Any:
    turns = value.get("positions_by_turn") or [()]
    return turns[0]


def _table(value: Any) -> Floats:
    """A two-dimensional array; one number for each actor is one dimension."""
    try:
        array = np.asarray(value, float)
    except (TypeError, ValueError):
        return np.full((0, 0), np.nan)
    return array.reshape(-1, 1) if array.ndim == 1 else array


def _names(given: Any, count: int, kind: str) -> tuple[str, ...]:
    if isinstance(given, Sequence) and not isinstance(given, str) and len(given) == count:
        return tuple(str(name) for name in given)
    return tuple(f"{kind} {number + 1}" for number in range(count))


def _faults(capability: Floats, salience: Floats, positions: Floats, where: str) -> list[str]:
    count = len(capability)
    faults = []
    if count < 2:
        faults.append(f"{where}: capability: expected at least two actors; add them")
    elif not (np.isfinite(capability).all() and (capability > 0).all()):
        faults.append(f"{where}: capability: expected numbers above 0")
    for name, table in (("salience", salience), ("positions", positions)):
        if table.ndim != 2 or len(table) != count or table.shape != positions.shape:
            faults.append(f"{where}: {name}: expected {count} rows of equal length, one an actor")
        elif not np.isfinite(table).all() or (table < 0).any() or (table > 1).any():
            faults.append(f"{where}: {name}: expected numbers from 0 to 1")
    if not faults and (salience.sum(axis=1) <= 0).any():
        faults.append(f"{where}: salience: an actor's row is all 0; leave the actor out")
    return faults


def utility(distance: Floats, risk: Floats | float) -> Floats:
    """Utility of a position at `distance` for risk attitude `risk`: (1 - d)(1 + dR), then linear.

    Beyond d = 1 the slope is that of (1 - d)(1 + R). Arrays broadcast.
    """
    return (1 - distance) * (1 + np.minimum(distance, 1) * risk)


def weighted_distance(ideals: Floats, positions: Floats, salience: Floats) -> Floats:
    """Salience-weighted Euclidean distance of each ideal (n, k) to each position (m, k): (n, m)."""
    from whipcount.outlook.kernels import distances

    result: Floats = distances(ideals, positions, salience)
    return result


def coalition_strength(utilities: Floats, weights: Floats) -> Floats:
    """Support for option i over j: utilities (actors, options), weights (actors,) -> (m, m)."""
    from whipcount.outlook.kernels import support

    result: Floats = support(utilities, weights)
    return result


def victory(strength: Floats) -> Floats:
    """Probability that each option wins, the conditional PCE: product of pairwise chances."""
    pairwise = strength / (strength + strength.T)
    product = pairwise.prod(axis=1)
    result: Floats = product / product.sum()
    return result


def risk_attitudes(chances: Floats) -> Floats:
    """Risk attitude in [-.5, 1] (range Mid) from each actor's chance of its position winning."""
    low, high = float(chances.min()), float(chances.max())
    if high - low < 1e-12:
        return np.zeros_like(chances)
    return (3 * chances - (high + 2 * low)) / (2 * (high - low))


class _Offer(Struct, frozen=True):
    """One bargain as its initiator sees it, with the positions that it would leave."""

    initiator: int
    receiver: int
    success: float
    moved: Floats  # (2, k): the initiator's and the receiver's position after it


def _interpolate(
    positions: Floats, salience: Floats, pairs: NDArray[np.int64], success: Floats
) -> Floats:
    """Where each pair (m, 2) would meet, per dimension (S2P2): (m, 2, k), its two positions."""
    first, second = positions[pairs[:, 0]], positions[pairs[:, 1]]
    mine = salience[pairs[:, 0]] ** 2 * success[:, None] ** 2
    theirs = salience[pairs[:, 1]] ** 2 * (1 - success[:, None]) ** 2
    total = mine + theirs + INTERPOLATION_FLOOR
    moved = np.stack(
        [
            ((mine + INTERPOLATION_FLOOR) * first + theirs * second) / total,
            (mine * first + (INTERPOLATION_FLOOR + theirs) * second) / total,
        ],
        axis=1,
    )
    result: Floats = np.round(moved, DECIMALS)
    return result


def _offers(
    positions: Floats, salience: Floats, capability: Floats, distance: Floats, risk: Floats
) -> list[_Offer]:
    """Each actor's best proposal as it sees it, where one promises more than the floor."""
    from whipcount.outlook.kernels import best_challenges

    engaged = salience.sum(axis=1)
    targets, gains, chances = best_challenges(
        distance, risk, RISK_ADJUSTMENT, engaged, engaged * capability
    )
    initiators = np.flatnonzero(gains > PROPOSAL_FLOOR)
    pairs = np.stack([initiators, targets[initiators]], axis=1)
    moved = _interpolate(positions, salience, pairs, chances[initiators])
    return [
        _Offer(first, second, chance, places)
        for (first, second), chance, places in zip(
            pairs.tolist(), chances[initiators].tolist(), moved, strict=True
        )
    ]


def _values(
    positions: Floats, salience: Floats, distance: Floats, risk: Floats, offers: list[_Offer]
) -> Floats:
    """What each actor thinks of the status quo (column 0) and of each offer: (n, 1 + offers)."""
    count = len(positions)
    current = utility(distance, risk[:, None])
    moved = np.concatenate([offer.moved for offer in offers])
    after = utility(weighted_distance(positions, moved, salience), risk[:, None])
    after = after.reshape(count, len(offers), 2)
    pairs = np.array([(offer.initiator, offer.receiver) for offer in offers])
    change = after.sum(axis=2) - current[:, pairs].sum(axis=2)
    base = current.sum(axis=1, keepdims=True)
    return np.concatenate([base, base + change], axis=1) / count


def _turn(
    positions: Floats, salience: Floats, capability: Floats
) -> tuple[Floats, list[tuple[_Offer, list[int]]]]:
    """Positions after one turn, and each offer with the actors (indices) that moved by it."""
    from whipcount.outlook.kernels import choices

    distance = weighted_distance(positions, positions, salience)
    chances = victory(coalition_strength(utility(distance, 0.0), capability))
    risk = risk_attitudes(chances)
    offers = _offers(positions, salience, capability, distance, risk)
    taken: list[tuple[_Offer, list[int]]] = [(offer, []) for offer in offers]
    after = positions.copy()
    if not offers:
        return after, taken
    values = _values(positions, salience, distance, risk, offers)
    strength = coalition_strength(values, capability)
    pairs = np.array([(offer.initiator, offer.receiver) for offer in offers])
    for actor, choice in enumerate(choices(strength, pairs, len(positions))):
        if choice:
            offer, movers = taken[choice - 1]
            after[actor] = offer.moved[0 if actor == offer.initiator else 1]
            movers.append(actor)
    return after, taken


def bargain(case: Case, *, max_turns: int = MAX_TURNS) -> BargainResult:
    """Run the case to rest: until movement falls below 2 % of the first turn's, or `max_turns`.

    Deterministic. `settled` is False where the turns ran out. `compromise` is the capability x
    salience weighted mean of the first positions, `settlement` that of the last.
    """
    salience, capability = np.array(case.salience), np.array(case.capability)
    turns = [np.array(case.positions)]
    bargains: list[Bargain] = []
    first, settled = 0.0, False
    while len(turns) <= max_turns and not settled:
        after, taken = _turn(turns[-1], salience, capability)
        movement = float(np.sqrt(((after - turns[-1]) ** 2).sum(axis=1)).sum())
        turns.append(after)
        bargains += [_record(case, len(turns) - 1, offer, movers) for offer, movers in taken]
        first = movement if len(turns) == 2 else first
        settled = len(turns) > 2 and movement < STOP_SHARE * first + STOP_FLOOR
    weights = salience * capability[:, None]
    return BargainResult(
        actors=case.actors,
        positions_by_turn=tuple(tuple(tuple(row) for row in turn.tolist()) for turn in turns),
        bargains=tuple(bargains),
        settled=settled,
        compromise=tuple(weighted_mean(turns[0], weights).tolist()),
        settlement=tuple(weighted_mean(turns[-1], weights).tolist()),
    )


def _record(case: Case, turn: int, offer: _Offer, movers: list[int]) -> Bargain:
    return Bargain(
        turn=turn,
        initiator=case.actors[offer.initiator],
        receiver=case.actors[offer.receiver],
        success=offer.success,
        taken_by=tuple(case.actors[actor] for actor in movers),
    )


def weighted_mean(positions: Floats, weights: Floats) -> Floats:
    """The compromise model: weighted mean per dimension; both arrays (n, k), result (k,).

    A dimension that nobody weighs gives the plain mean.
    """
    total = weights.sum(axis=0)
    safe = np.where(total > 0, total, 1)
    mean = np.where(total > 0, (positions * weights).sum(axis=0) / safe, positions.mean(axis=0))
    result: Floats = mean
    return result


def ensemble(
    case: Case,
    rng: np.random.Generator,
    *,
    runs: int = 100,
    noise: float = 0.1,
    probabilities: Sequence[float] = (0.1, 0.5, 0.9),
) -> Ensemble:
    """Run the case under noisy inputs; `noise` is the sd of positions and of log weights.

    Positions are clipped to [0, 1], salience rescaled where a row would exceed 1.
    """
    salience, capability = np.array(case.salience), np.array(case.capability)
    positions = np.array(case.positions)
    starts, ends = [], []
    for _ in range(runs):
        noisy = salience * np.exp(noise * rng.standard_normal(salience.shape))
        noisy /= np.maximum(noisy.sum(axis=1, keepdims=True), 1)
        weight = capability * np.exp(noise * rng.standard_normal(len(capability)))
        moved = np.clip(positions + noise * rng.standard_normal(positions.shape), 0, 1)
        run = bargain(
            Case(
                capability=tuple(weight.tolist()),
                salience=tuple(tuple(row) for row in noisy.tolist()),
                positions=tuple(tuple(row) for row in moved.tolist()),
                actors=case.actors,
                dimensions=case.dimensions,
            )
        )
        starts.append(run.compromise)
        ends.append(run.settlement)
    return Ensemble(
        probabilities=tuple(probabilities),
        compromise=_quantiles(starts, probabilities),
        settlement=_quantiles(ends, probabilities),
        runs=runs,
    )


def _quantiles(
    values: Sequence[tuple[float, ...]], probabilities: Sequence[float]
) -> tuple[tuple[float, ...], ...]:
    table = np.quantile(np.array(values), probabilities, axis=0)
    return tuple(tuple(row) for row in table.tolist())
