"""Months ahead: positions drift by hazards per class of measure, shaken together.

Base rates: 44,048 country x recurring-resolution x year pairs of UN votes 2004-2019 for words;
half-years of aid to Ukraine (Kiel Institute) for deeds. A shared gamma shock makes moves come
together, as they do: by resolution and year the share that moved has sd .035 where independent
moves would give .0107. Persistence, nothing moves, is the named baseline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from whipcount.records import Position

Floats = NDArray[Any]
MeasureClass = Literal["declaratory", "material", "mixed"]

SHOCK_SHAPE = 0.5  # gamma shape: relative sd 1.4, from .035 / .024 of the roll-call base rates
SURPRISE_POWER = 0.5  # an assumption: direction measured on UN votes (AUC .54 to .82), size not
SURPRISE_RANGE = (0.25, 4.0)
DAYS_A_MONTH = 30.44
ENOUGH_DEPARTURES = 5  # of the ledger's own before they change the base rate
PRIOR_MONTHS = 200.0  # actor-months that the class's base rate weighs as against the ledger's own


class Hazards(Struct, frozen=True, kw_only=True):
    """Monthly rates: `leave` those in, `join` those undecided, `turn` those against.

    `fall` is the share of leavers who end against rather than undecided.
    """

    leave: float
    join: float
    turn: float
    fall: float
    basis: str


CLASSES: dict[MeasureClass, Hazards] = {
    # Annual UN transitions .985 / .014 / .001 from yes, .071 abstain to yes, .029 + .044 from no.
    "declaratory": Hazards(
        leave=0.0015, join=0.006, turn=0.006, fall=0.07, basis="UN roll calls 2004-2019"
    ),
    # Half-yearly P(stop) .21-.38 and P(start) .08-.25 of aid to Ukraine, by threshold.
    "material": Hazards(
        leave=0.06, join=0.03, turn=0.015, fall=0.3, basis="aid to Ukraine by half-year, Kiel"
    ),
    # The geometric mean of the two, where a measure covers both words and deeds.
    "mixed": Hazards(
        leave=0.0095, join=0.0134, turn=0.0095, fall=0.15, basis="between roll calls and aid"
    ),
}


def learned(base: Hazards, departures: int, months: float) -> Hazards:
    """The class's rates updated by the ledger's own reversals: a gamma-Poisson posterior mean.

    Fewer than five departures leave the base rate as it is.
    """
    if departures < ENOUGH_DEPARTURES or months <= 0:
        return base
    leave = (base.leave * PRIOR_MONTHS + departures) / (PRIOR_MONTHS + months)
    return Hazards(
        leave=leave,
        join=base.join,
        turn=base.turn,
        fall=base.fall,
        basis=f"{base.basis}; {departures} departures in {months:.0f} actor-months of the ledger",
    )


def drift(
    chances: tuple[Floats, Floats],
    surprise: Floats,
    hazards: Hazards,
    months: float,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Chances of being for and against (latents, n) moved `months` ahead.

    `surprise` (n,) multiplies the rate of leaving; one gamma shock per latent draw moves all.
    """
    if months <= 0:
        return chances
    for_, against = chances
    shock = rng.gamma(SHOCK_SHAPE, 1 / SHOCK_SHAPE, (len(for_), 1))
    leave = 1 - np.exp(-hazards.leave * months * shock * surprise)
    join = 1 - np.exp(-hazards.join * months * shock)
    turn = 1 - np.exp(-hazards.turn * months * shock)
    between = np.maximum(1 - for_ - against, 0)
    moved_for = for_ * (1 - leave) + between * join
    moved_against = against * (1 - turn) + for_ * leave * hazards.fall
    return moved_for, moved_against


def surprise(model_chance: Floats) -> Floats:
    """How much likelier than average each actor is to leave, from the model's chance it is in."""
    doubt = np.clip(1 - model_chance, 1e-3, 1)
    ratio = (doubt / doubt.mean()) ** SURPRISE_POWER
    result: Floats = np.clip(ratio, *SURPRISE_RANGE)
    return result


def own_reversals(positions: Sequence[Position]) -> tuple[int, float]:
    """Departures from support in a ledger's positions, and the actor-months in support watched.

    Each actor's dated own positions on each measure are put in order; the time between two
    neighbours counts where the first is support, and ends in a departure where the second is not.
    """
    cells: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for each in positions:
        day = each.held_on or each.date
        if day and each.time == "current":
            cells[each.actor, each.measure].append((day, each.stance))
    departures, months = 0, 0.0
    for held in cells.values():
        for (day, stance), (later, after) in pairwise(sorted(held)):
            if stance == "support":
                days = (date.fromisoformat(later) - date.fromisoformat(day)).days
                months += days / DAYS_A_MONTH
                departures += after != "support"
    return departures, months
